// The verification as a whole, in the order in which each step rests on the one before.

// bytes: the bundle. key: verifier keys, one a line. policy: a tlog-policy. checkpoint: a signed note that you hold.
async function verifyBundle(bytes, { key = '', policy = '', checkpoint: held = '' } = {}, progress = async () => {}) {
  const report = new Report();
  const result = { bundle: null, claims: null, checkpoint: null, facts: [], signatures: [] };
  const trust = await readTrust(key, policy, report);

  await progress('unpack', 0, 1);
  const files = await report.part({}, () => readZip(new Uint8Array(bytes)));
  if (files !== null) {
    report.checked('readable', `${files.size} 个文件`, `${files.size} files`);
    report.checked('harmless');
    await progress('files', 0, 1);
    await checkBag(files, report);
    report.checked('manifest', 'SHA-256');
    result.bundle = await readBundle(files, report);
    result.checkpoint = await checkCheckpoint(files, result, trust, report);
    await checkHeld(files, held, result, trust, report);
    result.facts = await readFacts(files, result.checkpoint, report, progress);
    const heads = await readHeads(files, result.checkpoint, report);
    const isComplete = result.bundle !== null && heads !== null && checkCompleteness(result.bundle, heads, result.facts, report);
    summarise(result, heads, report);
    await progress('attachments', 0, 1);
    if (result.bundle !== null) await checkAttachments(files, result, isComplete, report);
    await progress('numbers', 0, 1);
    result.claims = await checkClaims(files, result, report);
    notInBrowser(files, report);
  }

  await progress('done', 1, 1);
  return { code: report.code, findings: report.sorted, notChecked: report.notChecked, checks: report.checks, ...result };
}

// The keys that the inspector trusts. What cannot be read is malformed input, and is trusted for nothing.
async function readTrust(key, policyText, report) {
  const trust = { keys: [], policy: null, retired: new Map() };
  for (const line of key.split('\n').map(text => text.trim()).filter(text => text !== '' && !text.startsWith('#'))) {
    try {
      const read = await parseVkey(line);
      if (read.type === signatureTypes.cosignature) throw new NoteError('a cosigner\'s key');
      trust.keys.push(read);
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      report.add('key.malformed', {}, error.message);
    }
  }
  if (policyText.trim() !== '') {
    try {
      trust.policy = await parsePolicy(policyText);
      trust.keys.push(...trust.policy.logs);
    } catch (error) {
      if (!(error instanceof NoteError)) throw error;
      report.add('policy.malformed', {}, error.message);
    }
  }
  return trust;
}

async function readBundle(files, report) {
  const file = 'data/bundle.json';
  return report.part({ file }, async () => {
    const text = fileText(files, file, report);
    if (text === null) return null;
    const bundle = parseJson(text);
    const members = {
      v: value => value === 1, origin: isText, ledger: isUuid, size: isCounter, position: isCounter, selection: isSelection, asOf: isDate,
      knownAt: value => value === null || isZulu(value), disclosure: value => value === 'Full' || value === 'Masked',
      by: isText, recipient: isText, purpose: isText, at: isInstant, streams: isSortedSet,
      attachments: value => Array.isArray(value) && value.every(isAttachment) && new Set(value.map(item => item.sha256)).size === value.length,
    };
    demand(hasExactly(bundle, Object.keys(members)), 'members');
    for (const [name, fits] of Object.entries(members)) demand(fits(bundle[name]), name, { member: name });
    return bundle;
  });
}

const isZulu = value => isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/.test(value) && !Number.isNaN(Date.parse(value));

const isSelection = value =>
  hasExactly(value, ['unit', 'lawsuit', 'period']) && isText(value.unit) && isTextOrNull(value.lawsuit) && isTextOrNull(value.period);

const isAttachment = value =>
  hasExactly(value, ['sha256', 'size', 'mediaType', 'present']) && isText(value.sha256) && /^[0-9a-f]{64}$/.test(value.sha256)
  && isCounter(value.size) && isText(value.mediaType) && typeof value.present === 'boolean';

// The checkpoint's text is believed only for what a trusted key signed; without one everything is still computed against it
// and shown, and the verdict says that it is not trusted.
async function checkCheckpoint(files, result, trust, report) {
  const file = 'data/checkpoint';
  return report.part({ file }, async () => {
    if (!requireFile(files, file, report)) return null;
    const checkpoint = parseCheckpoint(files.get(file));
    const { bundle } = result;
    if (bundle !== null)
      for (const [member, said, signed] of [['origin', bundle.origin, checkpoint.origin], ['size', bundle.size, String(checkpoint.size)]])
        if (said !== signed) report.add('bundle.other-checkpoint', { file: 'data/bundle.json', member }, `${said} ≠ ${signed}`);
    await followKeys(files, checkpoint.origin, trust, report);
    result.signatures = checkpoint.signatures.map(({ name, id }) => ({ name, id, state: 'unknown' }));
    await checkSigner(checkpoint, trust, { file }, result.signatures, report);
    await checkQuorum(checkpoint, trust.policy, { file }, result.signatures, report);
    await comparePolicy(files, trust, report);
    return checkpoint;
  });
}

async function checkSigner(checkpoint, trust, where, signatures, report) {
  const own = trust.keys.filter(key => key.name === checkpoint.origin);
  const signers = [];
  for (const key of own) {
    const { state } = await orUnsupported(() => signatureOf(checkpoint, key), where, report);
    mark(signatures, key, state);
    if (state === 'wrong') report.add('signature.invalid', where, `${key.name} ${key.id}`);
    if (state === 'verified') signers.push(key);
    if (state === 'unsupported')
      report.skip('sm2', 'SM2 签名未在浏览器中核验，请用 ledger-verify', 'SM2 signatures were not checked in the browser; use ledger-verify');
  }
  const isRetired = key => checkpoint.size > (trust.retired.get(key.text) ?? checkpoint.size);
  if (signers.length > 0 && signers.every(isRetired)) report.add('signature.retired-key', where, signers.map(key => key.id).join('、'));
  else if (signers.length > 0) report.checked('signature', signers.map(key => `${key.name}（${key.id}）`).join('、'), signers.map(key => `${key.name} (${key.id})`).join(', '));
  else if (own.length > 0 && report.findings.some(finding => finding.code === 'signature.invalid' && finding.file === where.file)) return;
  else if (trust.keys.length === 0) report.add('key.none', where);
  else report.add('signature.untrusted', where, own.length === 0
    ? [`您的公钥属于 ${trust.keys.map(key => key.name).join('、')}，检查点属于 ${checkpoint.origin}`, `your key is of ${trust.keys.map(key => key.name).join(', ')}, the checkpoint of ${checkpoint.origin}`]
    : [`签名人 ${checkpoint.signatures.map(({ name, id }) => `${name} ${id}`).join('、')}`, `signed by ${checkpoint.signatures.map(({ name, id }) => `${name} ${id}`).join(', ')}`]);
}

async function orUnsupported(work, where, report) {
  try {
    return await work();
  } catch (error) {
    if (error?.name !== 'NotSupportedError') throw error;
    report.add('browser.unsupported', where);
    return { state: 'unverifiable' };
  }
}

function mark(signatures, key, state) {
  for (const line of signatures) if (line.name === key.name && line.id === key.id) line.state = state;
}

async function checkQuorum(checkpoint, policy, where, signatures, report) {
  if (policy === null) {
    report.skip('quorum', '没有给出见证策略：见证机关的联署未核验', 'no policy was given: cosignatures of witnesses were not checked');
    return;
  }
  const cosigned = new Set();
  for (const [name, key] of policy.witnesses) {
    const { state, time } = await orUnsupported(() => signatureOf(checkpoint, key), where, report);
    mark(signatures, key, state);
    if (state === 'wrong') report.add('cosignature.invalid', where, `${key.name} ${key.id}`);
    if (state === 'verified') {
      cosigned.add(name);
      for (const line of signatures) if (line.name === key.name && line.id === key.id) line.time = String(time);
    }
  }
  if (!hasQuorum(policy, cosigned)) report.add('quorum.missing', where, `${policy.quorum}：${[...cosigned].join('、') || '0'}`);
  report.checked('quorum', `${cosigned.size} / ${policy.witnesses.size}`);
}

// evidence.md §4: whoever trusts the old key trusts the new one if a checkpoint signed by the old key includes the change.
async function followKeys(files, origin, trust, report) {
  const file = 'data/keys.jsonl';
  const lines = await report.part({ file }, async () => lineTexts(files, file, report)) ?? [];
  for (const [i, text] of lines.entries())
    await report.part({ file, line: i + 1 }, async () => followKey(parseJson(text), origin, trust, { file, line: i + 1 }, report));
  if (lines.length === 0) report.checked('keys', '没有变更', 'no change');
}

async function followKey(change, origin, trust, where, report) {
  demand(hasExactly(change, ['leaf', 'entry', 'proof', 'checkpoint']) && isCounter(change.leaf) && isText(change.checkpoint), 'members');
  demand(proofOf(change.proof) !== null, 'proof', { member: 'proof' });
  const next = await parseVkey(readEntry(change.entry, 'key-change').key);
  const note = parseCheckpoint(change.checkpoint);
  if (note.origin !== origin || next.name !== origin || next.type === signatureTypes.cosignature) {
    report.add('key-change.origin', where);
    return;
  }
  const signers = [];
  for (const key of [...trust.keys.filter(known => known.name === origin), next]) {
    const { state } = await orUnsupported(() => signatureOf(note, key), where, report);
    if (state === 'wrong') {
      report.add('key-change.signature', where, `${key.name} ${key.id}`);
      return;
    }
    if (state === 'verified' && key !== next) signers.push(key);
  }
  if (!await isIncluded(BigInt(change.leaf), note.size, note.root, await leafHash(utf8(change.entry)), proofOf(change.proof))) {
    report.add('key-change.proof', where);
    return;
  }
  if (signers.length === 0) return;
  // The first checkpoint with the change is the last that the old key may sign.
  for (const key of signers)
    if (key.type === next.type && key.text !== next.text && !trust.retired.has(key.text)) trust.retired.set(key.text, note.size);
  if (!trust.keys.some(key => key.text === next.text)) trust.keys.push(next);
  report.checked('keys', `→ ${next.id}`);
}

async function comparePolicy(files, trust, report) {
  const file = 'data/policy';
  await report.part({ file }, async () => {
    if (!requireFile(files, file, report)) return;
    let published;
    try {
      published = await parsePolicy(files.get(file));
    } catch (error) {
      throw error instanceof NoteError ? new FormatError(error.message, {}, 'policy.malformed') : error;
    }
    const keysOf = policy => [...policy.logs, ...policy.witnesses.values()].map(key => key.text).sort().join('\n');
    if (trust.policy !== null && keysOf(published) !== keysOf(trust.policy))
      report.skip('policy', '包内公布的见证策略与您的不同；核验只用您的', 'the policy published in the bundle differs from yours; only yours was used');
  });
}

async function checkHeld(files, held, result, trust, report) {
  const file = 'data/consistency.jsonl';
  const { checkpoint } = result;
  const proofs = await readConsistency(files, checkpoint, report);
  if (held.trim() === '') {
    report.skip('held', '没有给出以前持有的检查点：不能说明此前的历史是否被改写', 'no earlier checkpoint was given: whether earlier history was rewritten could not be told');
    return;
  }
  await report.part({}, async () => {
    const mine = parseHeld(held);
    if (checkpoint === null) return;
    // What the inspector holds may be older than a change of key.
    if (mine.signatures.length > 0) await checkSigner(mine, { ...trust, retired: new Map() }, { file: '', member: 'held' }, [], report);
    const sizes = `${mine.size} → ${checkpoint.size}`;
    const proof = mine.size === checkpoint.size ? [] : proofs.find(line => BigInt(line.from) === mine.size)?.proof;
    if (mine.origin !== checkpoint.origin) report.add('consistency.other-log', {}, `${mine.origin} ≠ ${checkpoint.origin}`);
    else if (mine.size > checkpoint.size) report.add('consistency.bundle-older', { file }, sizes);
    else if (mine.size === 0n) report.skip('held', '您持有的检查点是空日志的，说明不了什么', 'the checkpoint that you hold is of an empty log and shows nothing');
    else if (proof === undefined) report.add('consistency.missing', { file }, sizes);
    else if (!await isConsistent(mine.size, mine.root, checkpoint.size, checkpoint.root, proofOf(proof))) report.add('consistency.rewritten', { file }, sizes);
    else report.checked('continues', sizes);
  });
}

async function readConsistency(files, checkpoint, report) {
  const file = 'data/consistency.jsonl';
  return await report.part({ file }, async () => lineTexts(files, file, report).map((text, i) => {
    const [line, where] = [parseJson(text), { line: i + 1 }];
    demand(hasExactly(line, ['from', 'to', 'proof']) && isCounter(line.from) && isCounter(line.to) && proofOf(line.proof) !== null, 'members', where);
    demand(checkpoint === null || BigInt(line.to) === checkpoint.size, line.to, where, 'consistency.other-size');
    return line;
  })) ?? [];
}

function summarise(result, heads, report) {
  const { bundle, facts, checkpoint } = result;
  if (bundle?.disclosure === 'Full')
    for (const fact of facts)
      if (fact.hidden.size > 0)
        report.add('disclosure.not-full', { file: 'data/leaves.jsonl', line: fact.line, sequence: fact.entry.seq, subject: fact.entry.stream, member: [...fact.hidden].join('、') });
  const hidden = facts.reduce((sum, fact) => sum + fact.hidden.size, 0);
  if (checkpoint !== null && facts.length > 0) report.checked('inclusion', `${facts.length} 条，日志共 ${checkpoint.size} 条`, `${facts.length} of ${checkpoint.size} leaves`);
  if (facts.length > 0) for (const id of ['content', 'source']) report.checked(id, `${facts.length} 条事实`, `${facts.length} facts`);
  if (bundle !== null && heads !== null)
    report.checked('complete', `${heads.streams.length} 个流，${heads.indexes.length} 份名录`, `${heads.streams.length} streams, ${heads.indexes.length} indexes`);
  report.checked('disclosure', hidden === 0 ? '没有隐去' : `隐去 ${hidden} 项`, hidden === 0 ? 'nothing is hidden' : `${hidden} members hidden`);
  if (hidden > 0) report.skip('hidden', `隐去的 ${hidden} 项内容不可见，只核验了它们的承诺`, `${hidden} hidden members cannot be read; only their commitments were checked`);
}

async function checkAttachments(files, { bundle, facts }, isComplete, report) {
  const folder = 'data/attachments/';
  const listed = new Map(bundle.attachments.map(item => [item.sha256, item]));
  const named = new Set();
  for (const fact of facts)
    for (const hash of documentsNamedBy(fact.entry.type, fact.fact.data)) {
      named.add(hash);
      if (!listed.has(hash))
        report.add('attachment.unlisted', { file: 'data/facts.jsonl', line: fact.line, sequence: fact.entry.seq, subject: fact.entry.stream }, hash);
    }
  // A hidden member or a missing fact may name it; without one, somebody has slipped it in.
  const isAllShown = isComplete && facts.every(fact => fact.hidden.size === 0);
  for (const [hash, item] of listed) {
    const file = folder + hash;
    const bytes = files.get(file);
    if (!named.has(hash) && isAllShown) report.add('attachment.unnamed', { file });
    if (bytes === undefined && item.present) report.add('attachment.missing', { file });
    if (bytes !== undefined && !item.present) report.add('attachment.unexpected', { file });
    if (bytes !== undefined && item.present && (String(bytes.length) !== item.size || hexOf(await sha256(bytes)) !== hash)) report.add('attachment.differs', { file });
  }
  for (const name of files.keys())
    if (name.startsWith(folder) && !listed.has(name.slice(folder.length))) report.add('attachment.unexpected', { file: name });
  const absent = bundle.attachments.filter(item => !item.present).length;
  if (absent > 0) report.skip('attachments', `${absent} 份文件不在包内（从未交入或被隐去），只有哈希`, `${absent} documents are not in the bundle (never handed in, or withheld); only their hashes are known`);
  report.checked('attachments', `${bundle.attachments.length - absent} 份`, `${bundle.attachments.length - absent} documents`);
}

// Documents are named by 64 hex digits; nothing else in the facts looks like that.
// What left the house, and what is left of a fact: neither is a document that the ledger keeps.
const digests = new Map([['EvidenceExported', 'sha256'], ['RedactionCarriedOut', 'remainder']]);

function documentsNamedBy(type, data) {
  return Object.entries(data).flatMap(([name, value]) => (digests.get(type) === name ? [] : documentsIn(value)));
}

function documentsIn(value) {
  if (isText(value)) return /^[0-9a-fA-F]{64}$/.test(value) ? [value.toLowerCase()] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(documentsIn) : [];
}

async function checkClaims(files, { bundle, facts }, report) {
  const file = 'data/claims.json';
  return report.part({ file }, async () => {
    const text = fileText(files, file, report);
    if (text === null) return null;
    const claims = parseJson(text);
    demand(hasExactly(claims, ['v', 'position', 'asOf', 'policy', 'unit', 'rankings', 'scorecards', 'obligations']) && claims.v === 1, 'members');
    demand(['rankings', 'scorecards', 'obligations'].every(name => Array.isArray(claims[name])), 'lists');
    if (bundle === null) return claims;
    for (const [member, said, expected] of [['position', claims.position, bundle.position], ['asOf', claims.asOf, bundle.asOf], ['unit', claims.unit, bundle.selection.unit]])
      if (said !== expected) report.add('claims.other-moment', { file, member }, `${said} ≠ ${expected}`);
    if (bundle.selection.lawsuit !== null && claims.rankings.length + claims.scorecards.length > 0) report.add('claims.not-of-lawsuit', { file });
    const opened = facts.map(({ entry, fact, hidden }) => ({
      sequence: Number(entry.seq), subject: entry.stream, type: entry.type, source: fact.source, id: fact.id, recordedAt: entry.rec, data: fact.data, hidden,
    }));
    // Over facts that are missing or changed every number would be wrong, which says nothing. Whom to trust is another question.
    if (!report.findings.every(({ exit, code }) => exit === exits.untrusted || ['quorum.missing', 'consistency.missing', 'consistency.bundle-older'].includes(code))) {
      report.skip('numbers', '前面的核验未通过，数字未复算', 'an earlier check failed: the numbers were not derived again');
      return claims;
    }
    for (const finding of numberFindings(opened, claims, bundle))
      report.add(finding.isWrong ? 'numbers.wrong' : 'numbers.not-derivable',
        { file, member: finding.where, claimed: finding.claimed, derived: finding.derived }, [finding.chinese, finding.english]);
    report.checked('numbers', `${claims.rankings.length} 份排名，${claims.scorecards.length} 份计分，${claims.obligations.length} 项义务`,
      `${claims.rankings.length} rankings, ${claims.scorecards.length} scorecards, ${claims.obligations.length} obligations`);
    return claims;
  });
}

function notInBrowser(files, report) {
  if ([...files.keys()].some(name => name.startsWith('data/timestamps/')))
    report.skip('timestamps', '可信时间戳（RFC 3161）未在浏览器中核验，请用 ledger-verify', 'RFC 3161 time-stamps were not checked in the browser; use ledger-verify');
  report.skip('page', '本页若取自证据包，可能与证据包一同被换；请使用发布机关另行提供的核验页', 'a page taken from the bundle could have been swapped together with it: use the page that the publisher provides apart');
  report.skip('report', 'report.html 的文字未与事实逐字比对；以本页所列事实为准', 'the wording of report.html was not compared with the facts: the facts listed here count');
}
