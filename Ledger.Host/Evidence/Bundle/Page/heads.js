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
    const hash = await leafHash(utf8(heads.entry));
    if (checkpoint !== null && !await isIncluded(BigInt(heads.leaf), checkpoint.size, checkpoint.root, hash, proofOf(heads.proof)))
      report.add('heads.not-in-tree', { ...where, member: 'proof' });
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
      report.add('heads.proof-wrong', { file: 'data/heads.json', subject: name });
  // The tree is sorted: were it not, a name could stand in it twice with two heads.
  const placed = [...leaves].sort((a, b) => (BigInt(a.item.index) < BigInt(b.item.index) ? -1 : 1));
  for (const [i, leaf] of placed.entries())
    if (i > 0 && compareBytes(placed[i - 1].bytes, leaf.bytes) >= 0)
      report.add('heads.proof-wrong', { file: 'data/heads.json', subject: leaf.name }, ['顺序', 'order']);
  for (const index of heads.indexes) {
    let chain = new Uint8Array(32);
    for (const stream of index.streams) chain = await sha256(concat(new Uint8Array([4]), chain, utf8(stream)));
    if (BigInt(index.count) !== BigInt(index.streams.length) || base64Of(chain) !== index.chain)
      report.add('heads.chain-differs', { file: 'data/heads.json', subject: index.name }, [`应有 ${index.count} 个流`, `${index.count} streams`]);
  }
}

function compareBytes(a, b) {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) if (a[i] !== b[i]) return a[i] - b[i];
  return a.length - b.length;
}

// Whether every stream that belongs to the selection is here, with every fact of it.
function checkCompleteness(bundle, heads, facts, report) {
  const inBundle = new Set(bundle.streams);
  const withHead = new Set(heads.streams.map(head => head.stream));
  if (BigInt(bundle.position) > BigInt(heads.entry.position))
    report.add('heads.behind', { file: 'data/heads.json', member: 'position' }, `${bundle.position} > ${heads.entry.position}`);
  for (const stream of bundle.streams)
    if (!withHead.has(stream)) report.add('stream.missing', { file: 'data/heads.json', subject: stream }, ['没有流头', 'no head']);
  for (const stream of withHead)
    if (!inBundle.has(stream)) report.add('format.malformed', { file: 'data/heads.json', subject: stream }, ['bundle.json 未列', 'not in bundle.json']);
  const byStream = Map.groupBy(facts, fact => fact.entry.stream);
  for (const stream of byStream.keys())
    if (!withHead.has(stream)) report.add('stream.foreign', { file: 'data/facts.jsonl', line: byStream.get(stream)[0].line, subject: stream });
  for (const head of heads.streams) checkVersions(head, byStream.get(head.stream) ?? [], report);
  for (const fact of facts)
    if (fact.leaf >= BigInt(heads.leaf))
      report.add('format.malformed', { file: 'data/leaves.jsonl', line: fact.line, sequence: fact.entry.seq, member: 'leaf' }, ['晚于流头', 'after the heads']);
  checkSelection(bundle, heads, inBundle, report);
}

function checkVersions(head, facts, report) {
  const where = { file: 'data/facts.jsonl', subject: head.stream };
  const versions = facts.map(fact => fact.entry.ver);
  for (const fact of facts) {
    const isRepeated = versions.indexOf(fact.entry.ver) !== facts.indexOf(fact);
    if (isRepeated || BigInt(fact.entry.ver) > BigInt(head.version) || fact.entry.ver === '0')
      report.add('heads.last-differs', { ...where, line: fact.line, sequence: fact.entry.seq, member: 'ver' }, fact.entry.ver);
  }
  const present = new Set(versions);
  for (let version = 1n, told = 0; version <= BigInt(head.version) && told < 20; version++)
    if (!present.has(String(version))) {
      told++;
      report.add('fact.missing', where, [`第 ${version} 版（共 ${head.version} 版）`, `version ${version} of ${head.version}`]);
    }
  const last = facts.find(fact => fact.entry.ver === head.version);
  if (last !== undefined && last.leaf !== BigInt(head.leaf))
    report.add('heads.last-differs', { ...where, line: last.line, sequence: last.entry.seq, member: 'leaf' }, `${last.leaf} ≠ ${head.leaf}`);
}

function checkSelection(bundle, heads, inBundle, report) {
  const { unit, lawsuit } = bundle.selection;
  const names = heads.indexes.map(index => index.name);
  if (new Set(names).size !== names.length) report.add('format.malformed', { file: 'data/heads.json', member: 'indexes' }, ['重名', 'a name twice']);
  for (const name of [...(lawsuit === null ? [`unit:${unit}`] : []), 'kind:policy', 'kind:calendar'])
    if (!names.includes(name)) missingIndex(name, report);
  for (const index of heads.indexes)
    for (const stream of index.streams)
      if (!inBundle.has(stream)) report.add('stream.missing', { file: 'data/bundle.json', subject: stream }, [`属于 ${index.name}`, `belongs to ${index.name}`]);
  for (const stream of lawsuit === null ? [] : [`lawsuit/${lawsuit}`, `unit/${unit}`])
    if (!inBundle.has(stream)) report.add('stream.missing', { file: 'data/bundle.json', subject: stream });
}

// A county may have adopted no policy and published no calendar: then there is no index, and its absence cannot be proved.
// Every unit of the ledger has a stream, so a bundle for a unit without its index is incomplete.
function missingIndex(name, report) {
  if (name.startsWith('unit:')) report.add('index.missing', { file: 'data/heads.json', subject: name });
  else report.skip(`index.absent:${name}`, `包内没有名录 ${name}：无法证明确实没有这类卷宗`, `there is no index ${name}: that no such stream exists could not be shown`);
}
