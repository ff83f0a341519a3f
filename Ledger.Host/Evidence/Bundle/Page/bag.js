// BagIt 1.0 (RFC 8493) with SHA-256 manifests, as evidence.md §6 narrows it.

const tagFiles = ['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt', 'README.md', 'README.zh-CN.md', 'verify.html'];

const dataFiles = [
  'bundle.json', 'facts.jsonl', 'leaves.jsonl', 'heads.json', 'checkpoint', 'policy', 'consistency.jsonl', 'keys.jsonl',
  'claims.json', 'report.html',
].map(name => `data/${name}`);

const bagFolders = ['data', 'data/attachments', 'data/timestamps'];

const isKnownFile = name =>
  tagFiles.includes(name) || name === 'tagmanifest-sha256.txt' || dataFiles.includes(name)
  || /^data\/attachments\/[0-9a-f]{64}$/.test(name) || /^data\/timestamps\/(0|[1-9][0-9]{0,5})\.tst$/.test(name);

async function checkBag(files, report) {
  for (const name of files.keys()) if (!isKnownFile(name)) report.add('bag.unknown-file', { file: name });
  await report.part({ file: 'bagit.txt' }, async () => {
    const declaration = fileText(files, 'bagit.txt', report);
    if (declaration !== null)
      demand(declaration === 'BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n', 'bagit.txt', {}, 'bag.malformed');
  });
  const isPayload = name => name.startsWith('data/');
  await checkManifest(files, 'manifest-sha256.txt', isPayload, report);
  await checkManifest(files, 'tagmanifest-sha256.txt', name => !isPayload(name) && name !== 'tagmanifest-sha256.txt', report);
  for (const name of [...tagFiles, ...dataFiles]) requireFile(files, name, report);
  await report.part({ file: 'bag-info.txt' }, async () => {
    const info = fileText(files, 'bag-info.txt', report);
    if (info === null) return;
    const oxums = info.split('\n').flatMap(line => /^payload-oxum: *([0-9]+)\.([0-9]+) *$/i.exec(line)?.slice(1, 3).join('.') ?? []);
    demand(oxums.length === 1, 'Payload-Oxum', {}, 'bag.malformed');
    const payload = [...files].filter(([name]) => isPayload(name));
    const found = `${payload.reduce((sum, [, bytes]) => sum + bytes.length, 0)}.${payload.length}`;
    // Where files are missing or too many, that has been said.
    const isSaid = report.findings.some(finding => finding.code === 'bag.missing-file' || finding.code === 'bag.extra-file');
    if (found !== oxums[0] && !isSaid) report.add('bag.oxum', { file: 'bag-info.txt' }, `${oxums[0]} ≠ ${found}`);
  });
}

async function checkManifest(files, manifest, belongs, report) {
  await report.part({ file: manifest }, async () => {
    const text = fileText(files, manifest, report);
    if (text === null) return;
    const hashes = new Map();
    for (const [i, line] of linesOf(text, manifest).entries()) {
      const match = /^([0-9a-f]{64}) {2}(.+)$/.exec(line);
      const where = { line: i + 1 };
      demand(match !== null, 'manifest line', where, 'bag.malformed');
      const name = match[2];
      demand(!hashes.has(name) && belongs(name), name, where, 'bag.malformed');
      hashes.set(name, match[1]);
    }
    for (const [name, hash] of hashes)
      if (!files.has(name)) requireFile(files, name, report);
      else if (hexOf(await sha256(files.get(name))) !== hash) report.add('bag.manifest-mismatch', { file: name });
    for (const name of files.keys())
      if (belongs(name) && !hashes.has(name)) report.add('bag.extra-file', { file: name });
  });
}

// A missing file is reported once, whoever misses it.
function requireFile(files, name, report) {
  if (!files.has(name) && !report.findings.some(finding => finding.code === 'bag.missing-file' && finding.file === name))
    report.add('bag.missing-file', { file: name });
  return files.has(name);
}

// The text of a file; null (and a finding) when it is missing.
function fileText(files, name, report) {
  if (!requireFile(files, name, report)) return null;
  try {
    return textOf(files.get(name));
  } catch {
    throw new FormatError('UTF-8', { file: name });
  }
}

// The lines of a file each of whose lines ends with a line feed.
function linesOf(text, file) {
  if (text === '') return [];
  demand(text.endsWith('\n') && !text.includes('\r'), 'line ends', { file });
  return text.slice(0, -1).split('\n');
}
