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
    if (held.trim() !== '') await checkHeld(files, held, result, trust, report);
    else report.skip('held', '没有给出以前持有的检查点：不能说明此前的历史是否被改写', 'no earlier checkpoint was given: whether earlier history was rewritten could not be told');
    result.facts = await readFacts(files, result.checkpoint, report, progress);
    const heads = await readHeads(files, result.checkpoint, report);
    if (result.bundle !== null && heads !== null) checkCompleteness(result.bundle, heads, result.facts, report);
    summarise(result, heads, report);
    await progress('attachments', 0, 1);
    if (result.bundle !== null) await checkAttachments(files, result, report);
    await progress('numbers', 0, 1);
    result.claims = await checkClaims(files, result, report);
    notInBrowser(files, report);
  }

  await progress('done', 1, 1);
  return { code: report.code, findings: report.sorted, notChecked: report.notChecked, checks: report.checks, ...result };
}

// The keys that the inspector trusts. What cannot be read is malformed input, and is trusted for nothing.
async function readTrust(key, policyText, report) {
  const trust = { keys: [], policy: null };
  for (const line of key.split('\n').map(text => text.trim()).filter(text => text !== '')) {
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
      by: isText, recipient: isText, purpose: isText, at: isZulu, streams: isSortedSet,
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
  && typeof value.present === 'boolean' && (isCounter(value.size) || (!value.present && value.size === null))
  && (isText(value.mediaType) || (!value.present && value.mediaType === null));

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
        if (said !== signed) report.add('checkpoint.differs', { file: 'data/bundle.json', member }, `${said} ≠ ${signed}`);
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
  const states = [];
  for (const key of own) {
    const { state } = await orUnsupported(() => signatureOf(checkpoint, key), where, report);
    states.push(state);
    mark(signatures, key, state);
    if (state === 'wrong') report.add('note.signature-wrong', where, `${key.name} ${key.id}`);
    if (state === 'verified') report.checked('signature', `${key.name}（${key.id}）`, `${key.name} (${key.id})`);
  }
  if (states.includes('unsupported'))
    report.skip('sm2', 'SM2 签名未在浏览器中核验，请用 ledger-verify', 'SM2 signatures were not checked in the browser; use ledger-verify');
  if (states.includes('verified') || states.includes('wrong')) return;
  if (trust.keys.length === 0) report.add('key.none', where);
  else if (own.length === 0) report.add('key.other-origin', where, `${trust.keys.map(key => key.name).join('、')} ≠ ${checkpoint.origin}`);
  else report.add('key.untrusted', where, checkpoint.signatures.map(({ name, id }) => `${name} ${id}`).join('；'));
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
    if (state === 'wrong') report.add('note.signature-wrong', where, `${key.name} ${key.id}`);
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
    await report.part({ file, line: i + 1 }, async () => {
      const change = parseJson(text);
      demand(hasExactly(change, ['leaf', 'entry', 'proof', 'checkpoint']) && isCounter(change.leaf) && isText(change.checkpoint), 'members');
      demand(proofOf(change.proof) !== null, 'proof', { member: 'proof' });
      const entry = readEntry(change.entry, 'key-change');
      const next = await parseVkey(entry.key);
      const note = parseCheckpoint(change.checkpoint);
      const where = { file, line: i + 1 };
      demand(note.origin === origin && next.name === origin, 'origin');
      if (!await isIncluded(BigInt(change.leaf), note.size, note.root, await leafHash(utf8(change.entry)), proofOf(change.proof))) {
        report.add('key-change.not-in-tree', where);
        return;
      }
      for (const key of trust.keys.filter(known => known.name === origin)) {
        const { state } = await orUnsupported(() => signatureOf(note, key), where, report);
        if (state === 'wrong') report.add('note.signature-wrong', where, `${key.name} ${key.id}`);
        if (state !== 'verified') continue;
        trust.keys.push(next);
        report.checked('keys', `${key.id} → ${next.id}`);
        return;
      }
    });
  if (lines.length === 0) report.checked('keys', '没有变更', 'no change');
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
  await report.part({}, async () => {
    const mine = parseCheckpoint(held);
    const proofs = await readConsistency(files, report);
    const { checkpoint } = result;
    if (checkpoint === null) return;
    if (mine.origin !== checkpoint.origin) {
      report.add('key.other-origin', {}, `${mine.origin} ≠ ${checkpoint.origin}`);
      return;
    }
    if (trust.keys.length > 0) {
      const states = await Promise.all(trust.keys.map(key => orUnsupported(() => signatureOf(mine, key), {}, report)));
      if (!states.some(({ state }) => state === 'verified')) report.add('held.untrusted');
    }
    const [older, newer] = mine.size <= checkpoint.size ? [mine, checkpoint] : [checkpoint, mine];
    const proof = older.size === newer.size ? []
      : proofs.find(line => BigInt(line.from) === older.size && BigInt(line.to) === newer.size)?.proof;
    if (proof === undefined) report.add('consistency.missing', { file }, `${older.size} → ${newer.size}`);
    else if (!await isConsistent(older.size, older.root, newer.size, newer.root, proofOf(proof)))
      report.add('checkpoint.forked', { file }, `${older.size} → ${newer.size}`);
    else report.checked('continues', `${older.size} → ${newer.size}`);
  });
}

async function readConsistency(files, report) {
  const file = 'data/consistency.jsonl';
  return await report.part({ file }, async () => lineTexts(files, file, report).map((text, i) => {
    const line = parseJson(text);
    demand(hasExactly(line, ['from', 'to', 'proof']) && isCounter(line.from) && isCounter(line.to) && proofOf(line.proof) !== null, 'members', { line: i + 1 });
    return line;
  })) ?? [];
}

function summarise(result, heads, report) {
  const { facts, checkpoint } = result;
  const hidden = facts.reduce((sum, fact) => sum + fact.hidden.size, 0);
  if (checkpoint !== null && facts.length > 0) report.checked('inclusion', `${facts.length} 条，日志共 ${checkpoint.size} 条`, `${facts.length} of ${checkpoint.size} leaves`);
  if (facts.length > 0) for (const id of ['content', 'source']) report.checked(id, `${facts.length} 条事实`, `${facts.length} facts`);
  if (result.bundle !== null && heads !== null)
    report.checked('complete', `${heads.streams.length} 个流，${heads.indexes.length} 份名录`, `${heads.streams.length} streams, ${heads.indexes.length} indexes`);
  report.checked('disclosure', hidden === 0 ? '没有隐去' : `隐去 ${hidden} 项`, hidden === 0 ? 'nothing is hidden' : `${hidden} members hidden`);
  if (hidden > 0) report.skip('hidden', `隐去的 ${hidden} 项内容不可见，只核验了它们的承诺`, `${hidden} hidden members cannot be read; only their commitments were checked`);
}

async function checkAttachments(files, { bundle, facts }, report) {
  const listed = new Map(bundle.attachments.map(item => [item.sha256, item]));
  for (const [hash, item] of listed) {
    const file = `data/attachments/${hash}`;
    const bytes = files.get(file);
    if (bytes === undefined && item.present) report.add('attachment.missing', { file });
    if (bytes === undefined) continue;
    if (!item.present || String(bytes.length) !== item.size || hexOf(await sha256(bytes)) !== hash) report.add('attachment.differs', { file });
  }
  for (const name of files.keys())
    if (name.startsWith('data/attachments/') && !listed.has(name.slice(17))) report.add('bag.unknown-file', { file: name });
  for (const fact of facts)
    for (const hash of documentsIn(fact.fact.data))
      if (!listed.has(hash))
        report.add('attachment.unlisted', { file: 'data/facts.jsonl', line: fact.line, sequence: fact.entry.seq, subject: fact.entry.stream }, hash);
  const absent = bundle.attachments.filter(item => !item.present).length;
  if (absent > 0) report.skip('attachments', `${absent} 份文件从未交入台账，只有哈希`, `${absent} documents were never handed in; only their hashes are known`);
  report.checked('attachments', `${bundle.attachments.length - absent} 份`, `${bundle.attachments.length - absent} documents`);
}

// Documents are named by 64 hex digits; nothing else in the facts looks like that.
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
      if (said !== expected) report.add('claims.differ', { file, member }, `${said} ≠ ${expected}`);
    const opened = facts.map(({ entry, fact, hidden }) => ({
      sequence: Number(entry.seq), subject: entry.stream, type: entry.type, source: fact.source, id: fact.id, recordedAt: entry.rec, data: fact.data, hidden,
    }));
    if (typeof numberFindings === 'undefined') {
      report.skip('numbers', '数字未复算', 'the numbers were not derived again');
      return claims;
    }
    for (const finding of numberFindings(opened, claims, bundle))
      report.add(finding.isWrong ? 'number.wrong' : 'number.not-derived', { file, member: finding.where, claimed: finding.claimed, derived: finding.derived }, [finding.chinese, finding.english]);
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
