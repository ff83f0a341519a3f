// Completeness (evidence.md §5): the heads of all streams are in a tree whose root is sealed, so what is left out shows.

async function readHeads(files, checkpoint, report) {
  const where = { file: 'data/heads.json' };
  return report.part(where, async () => {
    const text = fileText(files, 'data/heads.json', report);
    if (text === null) return null;
    const heads = parseJson(text);
    demand(hasExactly(heads, ['leaf', 'entry', 'proof', 'streams', 'indexes']), 'members');
    demand(isCounter(heads.leaf), 'leaf', { member: 'leaf' });
    demand(proofOf(heads.proof) !== null, 'proof', { member: 'proof' });
    const entry = readEntry(heads.entry, 'heads');
    const lists = [[heads.streams, { stream: isText, version: isCounter, leaf: isCounter }], [heads.indexes, { name: isText, count: isCounter, chain: isHash }]];
    for (const [list, members] of lists) {
      demand(Array.isArray(list), 'streams, indexes');
      const isIndex = list === heads.indexes;
      for (const [i, item] of list.entries()) {
        const at = { member: `${isIndex ? 'indexes' : 'streams'}[${i}]` };
        demand(hasExactly(item, [...Object.keys(members), 'index', 'proof', ...(isIndex ? ['streams'] : [])]), 'members', at);
        for (const [name, fits] of Object.entries(members)) demand(fits(item[name]), name, at);
        demand(isCounter(item.index) && proofOf(item.proof) !== null, 'index, proof', at);
        demand(!isIndex || (Array.isArray(item.streams) && item.streams.every(isText)), 'streams', at);
      }
    }
    for (const names of [heads.streams.map(head => head.stream), heads.indexes.map(index => index.name)])
      demand(new Set(names).size === names.length, '', {}, 'heads.duplicate');
    for (const { name } of heads.indexes) demand(/^(unit|kind):/.test(name), name, {}, 'heads.index-name');
    const hash = await leafHash(utf8(heads.entry));
    if (checkpoint !== null && !await isIncluded(BigInt(heads.leaf), checkpoint.size, checkpoint.root, hash, proofOf(heads.proof)))
      report.add('heads.proof', { ...where, member: 'proof' });
    await checkHeadProofs(heads, entry, report);
    return { ...heads, entry };
  });
}

async function checkHeadProofs(heads, entry, report) {
  const leaves = [
    ...heads.streams.map(item => ({ item, leaf: ['stream', item.stream, item.version, item.leaf] })),
    ...heads.indexes.map(item => ({ item, leaf: ['index', item.name, item.count, item.chain] })),
  ].map(({ item, leaf }) => ({ item, name: leaf[1], bytes: utf8(jcs(leaf)) }));
  for (const { item, name, bytes } of leaves)
    if (!await isIncluded(BigInt(item.index), BigInt(entry.count), base64Of32(entry.root), await leafHash(bytes), proofOf(item.proof)))
      report.add('heads.leaf-proof', { file: 'data/heads.json', subject: name });
  // The tree is sorted: were it not, a name could stand in it twice with two heads.
  const placed = [...leaves].sort((a, b) => (BigInt(a.item.index) < BigInt(b.item.index) ? -1 : 1));
  for (const [i, leaf] of placed.entries())
    if (i > 0 && compareBytes(placed[i - 1].bytes, leaf.bytes) >= 0)
      report.add('heads.order', { file: 'data/heads.json', subject: leaf.name });
  for (const index of heads.indexes) {
    let chain = new Uint8Array(32);
    for (const stream of index.streams) chain = await sha256(concat(new Uint8Array([4]), chain, utf8(stream)));
    const where = { file: 'data/heads.json', subject: index.name };
    if (BigInt(index.streams.length) < BigInt(index.count))
      report.add('complete.missing-stream', where, [`应有 ${index.count} 个流，只列出 ${index.streams.length} 个`, `${index.streams.length} of ${index.count} streams are listed`]);
    else if (BigInt(index.streams.length) > BigInt(index.count) || base64Of(chain) !== index.chain)
      report.add('complete.chain', where);
  }
}

function compareBytes(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

// Whether every stream that belongs to the selection is here, with every fact of it. True when no fact of the streams is missing.
function checkCompleteness(bundle, heads, facts, report) {
  const inBundle = new Set(bundle.streams);
  const withHead = new Set(heads.streams.map(head => head.stream));
  if (BigInt(bundle.position) > BigInt(heads.entry.position))
    report.add('heads.too-old', { file: 'data/heads.json', member: 'position' }, `${bundle.position} > ${heads.entry.position}`);
  const before = report.findings.length;
  for (const stream of bundle.streams)
    if (!withHead.has(stream)) report.add('complete.no-head', { file: 'data/heads.json', subject: stream });
  for (const stream of withHead)
    if (!inBundle.has(stream)) report.add('complete.unlisted-stream', { file: 'data/heads.json', subject: stream });
  const byStream = Map.groupBy(facts, fact => fact.entry.stream);
  for (const stream of byStream.keys())
    if (!withHead.has(stream)) report.add('complete.no-head', { file: 'data/facts.jsonl', line: byStream.get(stream)[0].line, subject: stream });
  for (const head of heads.streams) checkVersions(head, byStream.get(head.stream) ?? [], report);
  for (const fact of facts)
    if (fact.leaf >= BigInt(heads.leaf))
      report.add('complete.after-heads', { file: 'data/leaves.jsonl', line: fact.line, sequence: fact.entry.seq, member: 'leaf' });
  const isComplete = report.findings.length === before;
  checkSelection(bundle, heads, inBundle, facts, isComplete, report);
  return isComplete;
}

// The facts stand in leaf order, so their versions have to be 1, 2, 3 … up to the head's.
function checkVersions(head, facts, report) {
  const last = BigInt(head.version);
  const missing = (from, to) => report.add('complete.missing-fact', { file: 'data/facts.jsonl', subject: head.stream },
    from === to ? [`第 ${from} 版（共 ${last} 版）`, `version ${from} of ${last}`] : [`第 ${from}–${to} 版（共 ${last} 版）`, `versions ${from}–${to} of ${last}`]);
  let next = 1n;
  for (const fact of facts) {
    const version = BigInt(fact.entry.ver);
    const where = { file: 'data/facts.jsonl', line: fact.line, sequence: fact.entry.seq, subject: head.stream, member: 'ver' };
    if (version > last) report.add('complete.beyond-head', where, `${version} > ${last}`);
    else if (version < next) report.add('complete.version-order', where, fact.entry.ver);
    else if (version > next) missing(next, version - 1n);
    if (version === last && fact.leaf !== BigInt(head.leaf)) report.add('complete.last-leaf', { ...where, member: 'leaf' }, `${fact.leaf} ≠ ${head.leaf}`);
    if (version >= next) next = version + 1n;
  }
  if (next <= last) missing(next, last);
}

function checkSelection(bundle, heads, inBundle, facts, isComplete, report) {
  const { unit, lawsuit } = bundle.selection;
  const names = heads.indexes.map(index => index.name);
  for (const name of [...(lawsuit === null ? [`unit:${unit}`] : []), 'kind:policy', 'kind:calendar'])
    if (!names.includes(name)) report.add('complete.no-index', { file: 'data/heads.json', subject: name });
  for (const stream of lawsuit === null ? [] : [`lawsuit/${lawsuit}`, `unit/${unit}`])
    if (!inBundle.has(stream)) report.add('complete.missing-stream', { file: 'data/bundle.json', subject: stream });
  for (const index of heads.indexes) {
    const absent = index.streams.filter(stream => !inBundle.has(stream));
    for (const stream of absent) report.add('complete.missing-stream', { file: 'data/bundle.json', subject: stream }, [`属于 ${index.name}`, `belongs to ${index.name}`]);
    // The facts themselves, when all are there, say which streams belong, and in which order they first did.
    const belonging = [...new Set(facts.filter(fact => belongsTo(index.name, fact.entry)).map(fact => fact.entry.stream))];
    if (isComplete && absent.length === 0 && belonging.join('\n') !== index.streams.join('\n'))
      report.add('complete.index-differs', { file: 'data/heads.json', subject: index.name });
  }
}

const belongsTo = (index, entry) => (index.startsWith('unit:') ? entry.units.includes(index.slice(5)) : entry.stream.split('/')[0] === index.slice(5));
