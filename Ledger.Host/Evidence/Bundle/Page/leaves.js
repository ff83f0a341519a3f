// Facts and the leaves that prove them (evidence.md §§3 and 6): facts.jsonl and leaves.jsonl, line by line.

// The facts that could be read, in leaf order: {line, leaf, entry, fact, hidden:Set, isProved}.
async function readFacts(files, checkpoint, report, progress) {
  const facts = await report.part({ file: 'data/facts.jsonl' }, async () => lineTexts(files, 'data/facts.jsonl', report)) ?? [];
  const leaves = await report.part({ file: 'data/leaves.jsonl' }, async () => lineTexts(files, 'data/leaves.jsonl', report)) ?? [];
  if (facts.length !== leaves.length)
    report.add('facts.line-count', { file: 'data/leaves.jsonl' }, [`事实 ${facts.length} 行，证明 ${leaves.length} 行`, `${facts.length} facts, ${leaves.length} leaves`]);
  const count = Math.min(facts.length, leaves.length);
  const read = new Array(count);
  // Together, because WebCrypto answers out of line; in portions, so that the page stays alive.
  for (let from = 0; from < count; from += 50) {
    const lines = Array.from({ length: Math.min(50, count - from) }, (_, i) => from + i);
    await Promise.all(lines.map(async i => { read[i] = await readFact(facts[i], leaves[i], i + 1, checkpoint, report); }));
    await progress('facts', Math.min(count, from + 50), count);
  }
  const good = read.filter(fact => fact !== null);
  checkOrder(good, report);
  return good;
}

const lineTexts = (files, name, report) => {
  const text = fileText(files, name, report);
  return text === null ? [] : linesOf(text, name);
};

async function readFact(factText, leafText, line, checkpoint, report) {
  const where = { file: 'data/facts.jsonl', line };
  const fact = await report.part(where, async () => asFact(parseJson(factText)));
  const leafWhere = { file: 'data/leaves.jsonl', line };
  return report.part(leafWhere, async () => {
    const leaf = asLeaf(parseJson(leafText));
    const entry = readEntry(leaf.entry, 'event');
    if (fact === null) return null;
    const at = { ...where, sequence: entry.seq, subject: entry.stream };
    await checkInclusion(leaf, entry, checkpoint, { ...leafWhere, sequence: entry.seq, subject: entry.stream }, report);
    await checkAgreement(fact, leaf.hdr, entry, at, report);
    await checkCommitments(fact.data, leaf, entry, at, report);
    if (entry.intake !== 'ok') report.add('leaf.intake', { ...at, member: 'intake' }, entry.intake);
    if (entry.bdata !== null)
      report.skip('bdata', '二进制事件数据不在包内，只核验了其承诺在日志中', 'binary event data are not in the bundle; only their hash in the log was checked');
    return {
      line, leaf: BigInt(leaf.leaf), entry, fact, hidden: new Set(Object.keys(leaf.hidden?.data ?? {})),
      // Facts are read side by side, so what was found of this one is told by its line.
      isProved: checkpoint !== null && !report.findings.some(finding => finding.line === line && (finding.file === where.file || finding.file === leafWhere.file)),
    };
  });
}

// facts.md §1: a CloudEvent with exactly these members.
function asFact(fact) {
  const names = ['specversion', 'id', 'source', 'type', 'subject', 'data'];
  const optional = ['time'].filter(name => isObject(fact) && name in fact);
  demand(hasExactly(fact, [...names, ...optional]), 'CloudEvent');
  for (const name of ['id', 'source', 'type', 'subject', ...optional]) demand(isText(fact[name]), name, { member: name });
  demand(fact.specversion === '1.0', 'specversion', { member: 'specversion' });
  demand(isObject(fact.data), 'data', { member: 'data' });
  return fact;
}

function asLeaf(leaf) {
  demand(hasExactly(leaf, ['leaf', 'entry', 'hdr', 'salt', 'salts', 'hidden', 'proof']), 'members');
  demand(isCounter(leaf.leaf), 'leaf', { member: 'leaf' });
  demand(proofOf(leaf.proof) !== null, 'proof', { member: 'proof' });
  const headers = ['source', 'id', ...['time', 'clause'].filter(name => isObject(leaf.hdr) && name in leaf.hdr)];
  demand(hasExactly(leaf.hdr, headers) && headers.every(name => isText(leaf.hdr[name])), 'hdr', { member: 'hdr' });
  const areHashes = value => isObject(value) && Object.values(value).every(isHash);
  demand((leaf.salt === null) === (leaf.salts !== null) && (leaf.salts === null) === (leaf.hidden === null), '', {}, 'leaf.opening');
  if (leaf.salt !== null) {
    demand(isHash(leaf.salt), 'salt', { member: 'salt' });
  } else {
    demand(hasExactly(leaf.salts, ['hdr', 'data']) && areHashes(leaf.salts.hdr) && areHashes(leaf.salts.data), 'salts', { member: 'salts' });
    demand(hasExactly(leaf.hidden, ['data']) && areHashes(leaf.hidden.data), 'hidden', { member: 'hidden' });
  }
  return leaf;
}

async function checkInclusion(leaf, entry, checkpoint, where, report) {
  if (checkpoint === null) return;
  const hash = await leafHash(utf8(leaf.entry));
  if (!await isIncluded(BigInt(leaf.leaf), checkpoint.size, checkpoint.root, hash, proofOf(leaf.proof)))
    report.add('leaf.proof', { ...where, member: 'proof' }, [`日志位置 ${leaf.leaf}`, `leaf ${leaf.leaf}`]);
}

async function checkAgreement(fact, headers, entry, where, report) {
  const pairs = [
    ['subject', fact.subject, entry.stream], ['type', fact.type, entry.type], ['source', fact.source, headers.source],
    ['id', fact.id, headers.id], ['time', fact.time, headers.time],
  ];
  for (const [member, found, sealed] of pairs)
    if (found !== sealed) report.add('fact.differs', { ...where, member }, `${found ?? '—'} ≠ ${sealed ?? '—'}`);
  if (await uuidV5(`${headers.source}#${headers.id}`) !== entry.id)
    report.add('fact.differs', { ...where, member: 'id' }, [`编号与来源不符：${entry.id}`, `the id does not belong to its source: ${entry.id}`]);
}

async function checkCommitments(data, leaf, entry, where, report) {
  const hidden = leaf.hidden?.data ?? {};
  const parts = [['hdr', leaf.hdr, {}], ['data', data, hidden]];
  for (const [part, shown, unseen] of parts) {
    const salts = leaf.salts?.[part];
    const names = Object.keys(shown);
    const opened = salts === undefined || (names.length === Object.keys(salts).length && names.every(name => name in salts));
    const code = part === 'hdr' ? 'fact.headers' : 'fact.data';
    if (!opened || names.some(name => name in unseen)) {
      report.add(code, { ...where, member: part }, ['盐值与成员不对应', 'salts and members do not match']);
      continue;
    }
    const members = Object.assign(Object.create(null), unseen);
    for (const name of names) {
      const salt = salts === undefined ? await hmacSha256(base64Of32(leaf.salt), utf8(`${part}:${name}`)) : base64Of32(salts[name]);
      members[name] = base64Of(await sha256(concat(new Uint8Array([1]), salt, utf8(jcs(shown[name])))));
    }
    if (base64Of(await sha256(concat(new Uint8Array([2]), utf8(jcs(members))))) !== entry[part])
      report.add(code, { ...where, member: part }, [`成员 ${names.join('、')}`, `members ${names.join(', ')}`]);
  }
}

// Leaf order is the order of the positions (§1), so no fact can stand twice.
function checkOrder(facts, report) {
  for (const [i, fact] of facts.entries()) {
    const previous = facts[i - 1];
    if (previous === undefined) continue;
    const where = { file: 'data/leaves.jsonl', line: fact.line, sequence: fact.entry.seq, subject: fact.entry.stream };
    if (fact.leaf <= previous.leaf) report.add('leaf.order', { ...where, member: 'leaf' });
    else if (BigInt(fact.entry.seq) <= BigInt(previous.entry.seq)) report.add('leaf.sequence', { ...where, member: 'seq' });
  }
}
