// What a verifier can find: one table, so that each code has one exit code, one archive property and one wording.
//
// Properties are the four of the archives' rules: 真实性 authenticity (who made it), 完整性 integrity (nothing changed, nothing
// left out), 可用性 usability (it can be read), 安全性 security (nothing is hidden in it that could do harm).

const exits = { good: 0, tampered: 1, incomplete: 2, untrusted: 3, malformed: 4 };

// evidence.md §7: the worst of several, in this order.
const worstFirst = [exits.malformed, exits.untrusted, exits.tampered, exits.incomplete];

// code: [exit code, property, Chinese, English]
const catalogue = {
  'zip.malformed': [4, 'usability', 'ZIP 文件不合规范', 'the ZIP file is malformed'],
  'zip.unsafe-name': [4, 'security', 'ZIP 中有越界路径或链接', 'the ZIP file holds an unsafe path or a link'],
  'zip.duplicate-name': [4, 'security', 'ZIP 中有重名文件（含大小写、全半组合字符的重名）', 'two names in the ZIP file are the same file'],
  'bag.malformed': [4, 'usability', 'BagIt 封装不合规范', 'the BagIt bag is malformed'],
  'bag.unlisted-file': [4, 'security', '文件不在清单之内', 'a file is in no manifest'],
  'bag.unknown-file': [4, 'security', '证据包格式未规定的文件', 'a file that the bundle format does not know'],
  'json.malformed': [4, 'usability', 'JSON 不合规范', 'malformed JSON'],
  'format.malformed': [4, 'usability', '内容不合证据包格式', 'the content does not fit the format of bundles'],
  'entry.unknown': [4, 'usability', '不认识的日志条目（版本、种类或成员）', 'a log entry of unknown version, kind or members'],
  'note.malformed': [4, 'usability', '检查点格式错误', 'a malformed checkpoint'],
  'policy.malformed': [4, 'usability', '见证策略格式错误', 'a malformed policy'],
  'key.malformed': [4, 'usability', '输入的公钥格式错误', 'the key entered is malformed'],

  'key.none': [3, 'authenticity', '没有输入可信公钥：包内的公钥不能证明自己', 'no trusted key was entered: a key inside the bundle cannot vouch for itself'],
  'key.untrusted': [3, 'authenticity', '检查点没有任何可信公钥的签名', 'no key that you trust signed the checkpoint'],
  'key.other-origin': [3, 'authenticity', '可信公钥属于另一本台账', 'the trusted key belongs to another ledger'],
  'browser.unsupported': [3, 'authenticity', '本浏览器不支持 Ed25519 验签，请换用新版浏览器或 ledger-verify', 'this browser cannot verify Ed25519: use a newer one, or ledger-verify'],
  'held.untrusted': [3, 'authenticity', '您持有的检查点没有可信公钥的签名', 'no key that you trust signed the checkpoint that you hold'],

  'file.hash-differs': [1, 'integrity', '文件与清单的哈希不符', 'a file differs from its hash in the manifest'],
  'bag.oxum-differs': [1, 'integrity', '文件总数或总字节数与 Payload-Oxum 不符', 'the files differ from Payload-Oxum'],
  'note.signature-wrong': [1, 'authenticity', '已知公钥的签名验证失败', 'the signature of a known key does not verify'],
  'key-change.not-in-tree': [1, 'authenticity', '密钥变更不在旧密钥签名的检查点内', 'the key change is not in the checkpoint that the old key signed'],
  'checkpoint.differs': [1, 'integrity', '证据包说明与检查点不符', 'the bundle says otherwise than the checkpoint'],
  'checkpoint.forked': [1, 'integrity', '与您持有的检查点矛盾：历史被改写', 'contradicts the checkpoint that you hold: history was rewritten'],
  'leaf.not-in-tree': [1, 'integrity', '事实不在已签名的日志中', 'the fact is not in the signed log'],
  'leaf.order': [1, 'integrity', '日志位置与台账序号的先后不一致', 'places in the log and sequence numbers run in different orders'],
  'fact.differs': [1, 'integrity', '事实与日志条目不符', 'the fact differs from its log entry'],
  'fact.id-differs': [1, 'authenticity', '事实编号与其来源不符', 'the fact\'s id does not belong to its source'],
  'commitment.differs': [1, 'integrity', '内容与已签名的承诺不符：被改动', 'the content differs from what was signed: it was changed'],
  'intake.evidence': [1, 'authenticity', '日志自己记载：此行未经正常写入，或在封存前被改动', 'the log itself records that this row did not come in normally or was changed before it was sealed'],
  'heads.not-in-tree': [1, 'integrity', '流头条目不在已签名的日志中', 'the heads entry is not in the signed log'],
  'heads.proof-wrong': [1, 'integrity', '流头证明不成立', 'a proof in the heads tree does not hold'],
  'heads.chain-differs': [1, 'integrity', '名录与已签名的链值不符：有卷宗被删去或添入', 'an index differs from its signed chain: a stream was left out or added'],
  'heads.last-differs': [1, 'integrity', '最后一条事实的日志位置与流头不符', 'the last fact is not at the leaf that the head names'],
  'attachment.differs': [1, 'integrity', '附件与其哈希或大小不符', 'a document differs from its hash or size'],
  'number.wrong': [1, 'integrity', '数字与事实不符', 'a number contradicts the facts'],
  'claims.differ': [1, 'integrity', '数字文件与证据包说明不符', 'the claims are about something else than the bundle'],

  'file.missing': [2, 'integrity', '文件缺失', 'a file is missing'],
  'fact.missing': [2, 'integrity', '事实缺失：版本不连续', 'a fact is missing: versions are not contiguous'],
  'stream.missing': [2, 'integrity', '卷宗（流）缺失', 'a stream is missing'],
  'stream.foreign': [2, 'integrity', '事实所属的流没有流头证明', 'a fact belongs to a stream without a head'],
  'index.missing': [2, 'integrity', '名录缺失，无法证明没有遗漏', 'an index is missing: it cannot be shown that nothing was left out'],
  'heads.behind': [2, 'integrity', '流头早于数字所依据的位置', 'the heads are older than the position of the numbers'],
  'quorum.missing': [2, 'authenticity', '见证签名未达到策略要求的数量', 'the witnesses that cosigned are not the quorum of the policy'],
  'consistency.missing': [2, 'integrity', '没有与您持有的检查点相衔接的证明', 'no proof that this continues the checkpoint that you hold'],
  'attachment.missing': [2, 'usability', '附件缺失', 'a document is missing'],
  'attachment.unlisted': [2, 'usability', '事实引用的附件未列入清单', 'a document that a fact names is not listed'],
  'number.not-derived': [2, 'integrity', '数字无法由包内事实推算', 'a number could not be derived from the facts'],
};

// What is checked, for people: id: [property, Chinese, English, codes that fail it].
const checkList = {
  signature: ['authenticity', '检查点由可信公钥签名', 'The checkpoint is signed by a key that you trust',
    ['key.none', 'key.untrusted', 'key.other-origin', 'key.malformed', 'note.signature-wrong', 'note.malformed', 'browser.unsupported']],
  keys: ['authenticity', '密钥变更逐次由旧密钥认可', 'Each change of key was vouched for by the key before', ['key-change.not-in-tree']],
  quorum: ['authenticity', '见证机关的联署达到策略要求', 'The witnesses required by your policy have cosigned', ['quorum.missing', 'policy.malformed']],
  source: ['authenticity', '每条事实的编号与来源相符，入账未绕过台账', 'Each fact\'s id belongs to its source, and none came in behind the ledger\'s back',
    ['fact.id-differs', 'intake.evidence']],
  manifest: ['integrity', '文件与清单逐一相符', 'Every file is as the manifests say', ['file.hash-differs', 'file.missing', 'bag.oxum-differs']],
  inclusion: ['integrity', '每条事实都在已签名的日志中', 'Every fact is in the signed log', ['leaf.not-in-tree', 'leaf.order', 'checkpoint.differs']],
  content: ['integrity', '每条事实的内容与封存时一致', 'Every fact says what was sealed', ['fact.differs', 'commitment.differs']],
  complete: ['integrity', '没有遗漏事实或卷宗', 'No fact and no stream was left out',
    ['fact.missing', 'stream.missing', 'stream.foreign', 'index.missing', 'heads.behind', 'heads.not-in-tree', 'heads.proof-wrong', 'heads.chain-differs', 'heads.last-differs']],
  continues: ['integrity', '与您持有的检查点前后衔接', 'It continues the checkpoint that you hold', ['checkpoint.forked', 'consistency.missing', 'held.untrusted']],
  numbers: ['integrity', '数字由事实重新推算，结果一致', 'The numbers follow from the facts', ['number.wrong', 'number.not-derived', 'claims.differ']],
  readable: ['usability', '封装与格式可以读取', 'The package and its formats can be read',
    ['zip.malformed', 'bag.malformed', 'json.malformed', 'format.malformed', 'entry.unknown']],
  attachments: ['usability', '附件齐全且未变', 'The documents are there and unchanged', ['attachment.missing', 'attachment.differs', 'attachment.unlisted']],
  harmless: ['security', '没有越界路径、链接、重名或夹带的文件', 'No unsafe path, link, double name or smuggled file',
    ['zip.unsafe-name', 'zip.duplicate-name', 'bag.unlisted-file', 'bag.unknown-file']],
  disclosure: ['security', '隐去的内容未破坏证明', 'What is hidden does not break the proofs', []],
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
      const failures = this.findings.filter(finding => codes.includes(finding.code));
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
