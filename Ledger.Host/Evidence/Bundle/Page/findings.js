// What a verifier can find: one table, so that each code has one exit code, one archive property and one wording.
//
// Properties are the four of the archives' rules: 真实性 authenticity (who made it), 完整性 integrity (nothing changed, nothing
// left out), 可用性 usability (it can be read), 安全性 security (nothing is hidden in it that could do harm).

const exits = { good: 0, tampered: 1, incomplete: 2, untrusted: 3, malformed: 4 };

// evidence.md §7: the worst of several, in this order.
const worstFirst = [exits.malformed, exits.untrusted, exits.tampered, exits.incomplete];

// code: [exit code, property, Chinese, English]
const catalogue = {
  'container.malformed': [4, 'usability', 'ZIP 文件不合规范', 'the ZIP file is malformed'],
  'container.name': [4, 'security', 'ZIP 中有不安全的路径', 'the ZIP file holds an unsafe path'],
  'container.link': [4, 'security', 'ZIP 中有链接或特殊文件', 'the ZIP file holds a link or a special file'],
  'container.duplicate': [4, 'security', 'ZIP 中有重名文件（不分大小写）', 'two names in the ZIP file are the same file'],
  'bag.malformed': [4, 'usability', 'BagIt 封装不合规范', 'the BagIt bag is malformed'],
  'bag.extra-file': [4, 'security', '文件不在清单之内', 'a file is in no manifest'],
  'bag.unknown-file': [4, 'security', '证据包格式未规定的文件', 'a file that the bundle format does not know'],
  'json.malformed': [4, 'usability', 'JSON 不合规范', 'malformed JSON'],
  'format.malformed': [4, 'usability', '内容不合证据包格式', 'the content does not fit the format of bundles'],
  'entry.kind': [4, 'usability', '不认识的日志条目（版本、种类或成员）', 'a log entry of unknown version, kind or members'],
  'leaf.order': [4, 'usability', '事实不按日志位置排列，或有重复', 'the facts are not in the order of the log, or one is there twice'],
  'leaf.opening': [4, 'usability', '须要么给出 salt，要么给出 salts 和 hidden', 'either salt is given, or salts and hidden'],
  'disclosure.not-full': [4, 'usability', '声称全部披露的包隐去了成员', 'a member is hidden in a bundle that discloses everything'],
  'heads.duplicate': [4, 'usability', '流或名录重复', 'a stream or an index is there twice'],
  'heads.index-name': [4, 'usability', '不认识的名录', 'an unknown index'],
  'consistency.other-size': [4, 'usability', '衔接证明不通向本包的检查点', 'a consistency proof does not lead to the bundle\'s checkpoint'],
  'claims.not-of-lawsuit': [4, 'usability', '单案证据包不应有排名或计分卡', 'a lawsuit\'s bundle claims no ranking and no scorecard'],
  'attachment.unexpected': [4, 'security', '未列入、或列为不在包内的附件', 'a document that is not listed, or listed as not in the bundle'],
  'note.malformed': [4, 'usability', '检查点格式错误', 'a malformed checkpoint'],
  'policy.malformed': [4, 'usability', '见证策略格式错误', 'a malformed policy'],
  'key.malformed': [4, 'usability', '输入的公钥格式错误', 'the key entered is malformed'],

  'key.none': [3, 'authenticity', '没有输入可信公钥：包内的公钥不能证明自己', 'no trusted key was entered: a key inside the bundle cannot vouch for itself'],
  'signature.untrusted': [3, 'authenticity', '没有您信任的公钥的有效签名', 'no valid signature by a key that you trust'],
  'signature.retired-key': [3, 'authenticity', '只有已更换的旧公钥的签名', 'only keys that were replaced have signed'],
  'browser.unsupported': [3, 'authenticity', '本浏览器不支持 Ed25519 验签，请换用新版浏览器或 ledger-verify', 'this browser cannot verify Ed25519: use a newer one, or ledger-verify'],

  'bag.manifest-mismatch': [1, 'integrity', '文件与清单的哈希不符', 'a file differs from its hash in the manifest'],
  'bag.oxum': [1, 'integrity', '文件总数或总字节数与 Payload-Oxum 不符', 'the files differ from Payload-Oxum'],
  'signature.invalid': [1, 'authenticity', '可信公钥的签名验证失败', 'the signature of a trusted key does not verify'],
  'cosignature.invalid': [1, 'authenticity', '见证机关的联署验证失败', 'the cosignature of a witness does not verify'],
  'key-change.origin': [1, 'authenticity', '密钥变更属于另一本台账', 'the key change is another ledger\'s'],
  'key-change.signature': [1, 'authenticity', '密钥变更的检查点上，可信公钥的签名验证失败', 'a trusted key\'s signature on the key change\'s checkpoint does not verify'],
  'key-change.proof': [1, 'authenticity', '密钥变更不在旧密钥签名的检查点内', 'the key change is not in the checkpoint that the old key signed'],
  'bundle.other-checkpoint': [1, 'integrity', '证据包说明与检查点不符', 'the bundle says otherwise than the checkpoint'],
  'consistency.rewritten': [1, 'integrity', '与您持有的检查点矛盾：历史被改写', 'contradicts the checkpoint that you hold: history was rewritten'],
  'consistency.other-log': [1, 'integrity', '您持有的检查点属于另一本台账', 'the checkpoint that you hold is another ledger\'s'],
  'leaf.proof': [1, 'integrity', '事实不在已签名的日志中', 'the fact is not in the signed log'],
  'leaf.sequence': [1, 'integrity', '台账序号没有随日志位置递增', 'sequence numbers do not rise with the log'],
  'leaf.intake': [1, 'authenticity', '日志自己记载：此行未经正常写入，在封存前被改动，或入库时没有行哈希', 'the log itself records that this row did not come in normally, was changed before it was sealed, or was taken in without a hash'],
  'fact.differs': [1, 'integrity', '事实与日志条目不符', 'the fact differs from its log entry'],
  'fact.headers': [1, 'authenticity', '来源信息与已签名的承诺不符：被改动', 'the headers differ from what was signed: they were changed'],
  'fact.data': [1, 'integrity', '内容与已签名的承诺不符：被改动', 'the content differs from what was signed: it was changed'],
  'heads.proof': [1, 'integrity', '流头条目不在已签名的日志中', 'the heads entry is not in the signed log'],
  'heads.leaf-proof': [1, 'integrity', '流头或名录不在已封存的流头树中', 'a head or an index is not in the sealed heads tree'],
  'heads.order': [1, 'integrity', '流头树没有排序', 'the heads tree is not sorted'],
  'complete.chain': [1, 'integrity', '名录与已封存的链值不符：有卷宗被换掉或添入', 'an index differs from its sealed chain: a stream was replaced or added'],
  'complete.index-differs': [1, 'integrity', '名录与事实所示的归属不符', 'an index is not what the facts say belongs to it'],
  'complete.after-heads': [1, 'integrity', '事实在流头条目之后', 'the fact comes after the heads entry'],
  'complete.beyond-head': [1, 'integrity', '版本超过流头所记的末版', 'the version is beyond the stream\'s last'],
  'complete.version-order': [1, 'integrity', '版本重复或次序不对', 'a version is there twice or out of order'],
  'complete.last-leaf': [1, 'integrity', '最后一条事实的日志位置与流头不符', 'the last fact is not at the leaf that the head names'],
  'attachment.differs': [1, 'integrity', '附件与其哈希或大小不符', 'a document differs from its hash or size'],
  'attachment.unnamed': [1, 'integrity', '没有事实提到的附件', 'a document that no fact names'],
  'numbers.wrong': [1, 'integrity', '数字与事实不符', 'a number contradicts the facts'],
  'claims.other-moment': [1, 'integrity', '数字所依的位置、日期或单位与证据包说明不符', 'the claims are for another position, date or unit'],

  'bag.missing-file': [2, 'integrity', '文件缺失', 'a file is missing'],
  'facts.line-count': [2, 'integrity', '事实与证明的行数不同', 'there are not as many leaves as facts'],
  'complete.missing-fact': [2, 'integrity', '事实缺失：版本不连续', 'a fact is missing: versions are not contiguous'],
  'complete.missing-stream': [2, 'integrity', '卷宗（流）缺失', 'a stream is missing'],
  'complete.no-head': [2, 'integrity', '流没有流头证明', 'a stream without a proof of its last version'],
  'complete.unlisted-stream': [2, 'integrity', '有流头证明，证据包说明却未列此流', 'a stream has a head and is not listed'],
  'complete.no-index': [2, 'integrity', '名录缺失，无法证明没有遗漏', 'an index is missing: it cannot be shown that nothing was left out'],
  'heads.too-old': [2, 'integrity', '流头早于数字所依据的位置', 'the heads are older than the position of the numbers'],
  'quorum.missing': [2, 'authenticity', '见证联署未达到策略要求的数量', 'the witnesses that cosigned are not the quorum of the policy'],
  'consistency.missing': [2, 'integrity', '没有与您持有的检查点相衔接的证明', 'no proof that this continues the checkpoint that you hold'],
  'consistency.bundle-older': [2, 'integrity', '您持有的检查点比本包更新', 'the checkpoint that you hold is newer than the bundle\'s'],
  'attachment.missing': [2, 'usability', '附件缺失', 'a document is missing'],
  'attachment.unlisted': [2, 'usability', '事实引用的附件未列入清单', 'a document that a fact names is not listed'],
  'numbers.not-derivable': [2, 'integrity', '数字无法由包内事实推算', 'a number could not be derived from the facts'],
};

// What is checked, for people: id: [property, Chinese, English, codes (or beginnings of codes) that fail it].
const checkList = {
  signature: ['authenticity', '检查点由可信公钥签名', 'The checkpoint is signed by a key that you trust',
    ['key.none', 'key.malformed', 'note.malformed', 'signature.', 'browser.unsupported']],
  keys: ['authenticity', '密钥变更逐次由旧密钥认可', 'Each change of key was vouched for by the key before', ['key-change.']],
  quorum: ['authenticity', '见证机关的联署达到策略要求', 'The witnesses required by your policy have cosigned', ['quorum.missing', 'cosignature.invalid', 'policy.malformed']],
  source: ['authenticity', '每条事实的来源与封存时一致，入账未绕过台账', 'Each fact comes from where it says, and none came in behind the ledger\'s back',
    ['fact.headers', 'leaf.intake']],
  manifest: ['integrity', '文件与清单逐一相符', 'Every file is as the manifests say', ['bag.manifest-mismatch', 'bag.missing-file', 'bag.oxum']],
  inclusion: ['integrity', '每条事实都在已签名的日志中', 'Every fact is in the signed log', ['leaf.proof', 'leaf.sequence', 'leaf.order', 'bundle.other-checkpoint']],
  content: ['integrity', '每条事实的内容与封存时一致', 'Every fact says what was sealed', ['fact.differs', 'fact.data']],
  complete: ['integrity', '没有遗漏事实或卷宗', 'No fact and no stream was left out', ['complete.', 'heads.', 'facts.line-count']],
  continues: ['integrity', '与您持有的检查点前后衔接', 'It continues the checkpoint that you hold', ['consistency.']],
  numbers: ['integrity', '数字由事实重新推算，结果一致', 'The numbers follow from the facts', ['numbers.', 'claims.']],
  readable: ['usability', '封装与格式可以读取', 'The package and its formats can be read',
    ['container.malformed', 'bag.malformed', 'json.malformed', 'format.malformed', 'entry.kind', 'leaf.opening', 'disclosure.not-full']],
  attachments: ['usability', '附件齐全且未变', 'The documents are there and unchanged', ['attachment.']],
  harmless: ['security', '没有越界路径、链接、重名或夹带的文件', 'No unsafe path, link, double name or smuggled file',
    ['container.name', 'container.link', 'container.duplicate', 'bag.extra-file', 'bag.unknown-file', 'attachment.unexpected']],
  disclosure: ['security', '隐去的内容未破坏证明', 'What is hidden does not break the proofs', ['disclosure.not-full']],
};

// Collects findings and what was not checked.
class Report {
  findings = [];
  notChecked = [];
  #checked = new Map();

  // The worst first; in a file by line, whatever the order in which the browser answered.
  get sorted() {
    return this.findings.toSorted((a, b) => worstFirst.indexOf(a.exit) - worstFirst.indexOf(b.exit) || (a.file === b.file ? (a.line ?? 0) - (b.line ?? 0) : 0));
  }

  // A check was made; the details are for people.
  checked(id, chinese = '', english = chinese) {
    this.#checked.set(id, { chinese, english });
  }

  // Each check with its state: passed, failed, or skipped because nothing could be checked.
  get checks() {
    return Object.entries(checkList).map(([id, [property, chinese, english, codes]]) => {
      const failures = this.findings.filter(finding => codes.some(code => (code.endsWith('.') ? finding.code.startsWith(code) : finding.code === code)));
      const state = failures.length > 0 ? 'failed' : this.#checked.has(id) ? 'passed' : 'skipped';
      return { id, property, chinese, english, state, failures: failures.length, detail: this.#checked.get(id) ?? { chinese: '', english: '' } };
    });
  }

  // where: {file, line, sequence, subject, member}; detail: what exactly, the same in both languages, or a pair of texts.
  add(code, where = {}, detail = '') {
    const [exit, property, chinese, english] = catalogue[code];
    const [chineseDetail, englishDetail] = Array.isArray(detail) ? detail : [detail, detail];
    this.findings.push({
      code, exit, property, ...where,
      chinese: chineseDetail === '' ? chinese : `${chinese}：${chineseDetail}`,
      english: englishDetail === '' ? english : `${english}: ${englishDetail}`,
    });
  }

  skip(code, chinese, english) {
    if (!this.notChecked.some(item => item.code === code)) this.notChecked.push({ code, chinese, english });
  }

  // Runs one part of the verification. What it cannot read is one finding, and the other parts go on.
  async part(where, work) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof ZipError) this.add(error.code, { ...where, member: error.entry }, error.message);
      else if (error instanceof JsonError) this.add('json.malformed', where, error.message);
      else if (error instanceof NoteError) this.add('note.malformed', where, error.message);
      else if (error instanceof FormatError) this.add(error.code, { ...where, ...error.where }, error.message);
      else throw error;
      return null;
    }
  }

  get code() {
    return worstFirst.find(exit => this.findings.some(finding => finding.exit === exit)) ?? exits.good;
  }
}

// The input is not of its format.
class FormatError extends Error {
  constructor(what, where = {}, code = 'format.malformed') {
    super(what);
    this.where = where;
    this.code = code;
  }
}

function demand(isFulfilled, what, where, code) {
  if (!isFulfilled) throw new FormatError(what, where, code);
}
