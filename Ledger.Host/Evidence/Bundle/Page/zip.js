// A ZIP file read strictly (APPNOTE 6.3.10). What two readers could read differently is refused: every byte belongs to
// exactly one entry, the central directory and the local headers agree, and no two names are the same file anywhere.

class ZipError extends Error {
  constructor(code, what, name) {
    super(what);
    this.code = code;
    this.entry = name;
  }
}

// What a browser can hold, and more than a bundle needs: whatever claims more is not read.
const largestZipContent = 1024 * 1024 * 1024;
const mostZipEntries = 20_000;
const highestZipRatio = 200;

// The files by name: Map(name -> bytes).
async function readZip(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries = readCentralDirectory(bytes, view);
  checkNames(entries);
  checkLayout(entries, bytes, view);
  const files = new Map();
  for (const entry of entries) {
    const content = await contentOf(entry, bytes);
    if (content.length !== entry.size || crc32(content) !== entry.crc) throw new ZipError('container.malformed', 'CRC-32', entry.name);
    if (!entry.isFolder) files.set(entry.name, content);
  }
  return files;
}

function readCentralDirectory(bytes, view) {
  const end = bytes.length - 22;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50 || view.getUint16(end + 20, true) !== 0)
    throw new ZipError('container.malformed', 'end of central directory');
  const count = view.getUint16(end + 10, true);
  const length = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 6, true) !== 0 || view.getUint16(end + 8, true) !== count
    || count === 0xffff || start === 0xffffffff || start + length !== end)
    throw new ZipError('container.malformed', 'central directory');
  if (count > mostZipEntries) throw new ZipError('container.malformed', `> ${mostZipEntries} files`);
  const entries = [];
  let at = start;
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw new ZipError('container.malformed', 'central header');
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    const next = at + 46 + nameLength + extraLength + commentLength;
    if (next > end) throw new ZipError('container.malformed', 'central header');
    const entry = {
      version: view.getUint16(at + 6, true),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packedSize: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      unixMode: view.getUint32(at + 38, true) >>> 16,
      offset: view.getUint32(at + 42, true),
      nameBytes: bytes.subarray(at + 46, at + 46 + nameLength),
    };
    entry.name = nameOf(entry);
    entry.isFolder = entry.name.endsWith('/');
    if (entry.version > 20 || (entry.flags & ~0x080e) !== 0 || (entry.method !== 0 && entry.method !== 8) || commentLength !== 0
      || view.getUint16(at + 34, true) !== 0 || (entry.method === 0 && entry.packedSize !== entry.size)
      || (entry.isFolder && entry.size !== 0))
      throw new ZipError('container.malformed', 'entry', entry.name);
    if (entry.size > 1024 * 1024 && entry.size > highestZipRatio * entry.packedSize) throw new ZipError('container.malformed', 'packed too tightly', entry.name);
    checkExtra(view, at + 46 + nameLength, extraLength, entry.name);
    const type = entry.unixMode & 0xf000;
    if (type !== 0 && type !== (entry.isFolder ? 0x4000 : 0x8000)) throw new ZipError('container.link', 'link', entry.name);
    total += entry.size;
    if (total > largestZipContent) throw new ZipError('container.malformed', '> 1 GiB');
    entries.push(entry);
    at = next;
  }
  if (at !== end) throw new ZipError('container.malformed', 'central directory');
  return entries;
}

function nameOf(entry) {
  try {
    const name = textOf(entry.nameBytes);
    // Without the UTF-8 flag the bytes would be code page 437.
    if ((entry.flags & 0x0800) === 0 && /[^\x20-\x7e]/.test(name)) throw new TypeError();
    return name;
  } catch {
    throw new ZipError('container.malformed', 'name');
  }
}

// ZIP64 sizes (0001) and Unicode paths (7075) would override what the header itself says.
function checkExtra(view, at, length, name) {
  const end = at + length;
  while (at < end) {
    if (at + 4 > end) throw new ZipError('container.malformed', 'extra field', name);
    const id = view.getUint16(at, true);
    if (id === 0x0001 || id === 0x7075 || id === 0x6375) throw new ZipError('container.malformed', 'extra field', name);
    at += 4 + view.getUint16(at + 2, true);
  }
  if (at !== end) throw new ZipError('container.malformed', 'extra field', name);
}

function checkNames(entries) {
  const folded = new Set();
  const files = new Set();
  for (const { name, isFolder } of entries) {
    const path = isFolder ? name.slice(0, -1) : name;
    if (!/^[A-Za-z0-9._/-]{1,200}$/.test(path) || path.split('/').some(part => part === '' || part === '.' || part === '..'))
      throw new ZipError('container.name', 'path', name);
    if (isFolder && !bagFolders.includes(path)) throw new ZipError('container.name', 'folder', name);
    const key = path.normalize('NFC').toLowerCase().normalize('NFC');
    if (folded.has(key)) throw new ZipError('container.duplicate', 'name', name);
    folded.add(key);
    if (!isFolder) files.add(key);
  }
  for (const key of folded)
    for (let slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1))
      if (files.has(key.slice(0, slash))) throw new ZipError('container.duplicate', 'file and folder', key);
}

// The local headers say what the central directory says, and the entries fill the file from its first byte to the directory.
function checkLayout(entries, bytes, view) {
  let expected = 0;
  for (const entry of [...entries].sort((a, b) => a.offset - b.offset)) {
    const at = entry.offset;
    if (at !== expected || at + 30 > bytes.length || view.getUint32(at, true) !== 0x04034b50)
      throw new ZipError('container.malformed', 'local header', entry.name);
    const nameLength = view.getUint16(at + 26, true);
    const extraLength = view.getUint16(at + 28, true);
    entry.start = at + 30 + nameLength + extraLength;
    const end = entry.start + entry.packedSize;
    if (end > bytes.length) throw new ZipError('container.malformed', 'length', entry.name);
    const described = (entry.flags & 0x0008) !== 0;
    const fits = offset => view.getUint32(offset, true) === entry.crc
      && view.getUint32(offset + 4, true) === entry.packedSize && view.getUint32(offset + 8, true) === entry.size;
    const isBlank = offset => [0, 4, 8].every(i => view.getUint32(offset + i, true) === 0);
    if (view.getUint16(at + 4, true) !== entry.version || view.getUint16(at + 6, true) !== entry.flags || view.getUint16(at + 8, true) !== entry.method
      || !sameBytes(bytes.subarray(at + 30, at + 30 + nameLength), entry.nameBytes)
      || !(fits(at + 14) || (described && isBlank(at + 14))))
      throw new ZipError('container.malformed', 'local header differs', entry.name);
    checkExtra(view, at + 30 + nameLength, extraLength, entry.name);
    expected = end;
    if (described) {
      if (end + 16 > bytes.length) throw new ZipError('container.malformed', 'data descriptor', entry.name);
      const signed = view.getUint32(end, true) === 0x08074b50 && fits(end + 4);
      if (!signed && !fits(end)) throw new ZipError('container.malformed', 'data descriptor', entry.name);
      expected = end + (signed ? 16 : 12);
    }
  }
  if (expected !== view.getUint32(bytes.length - 6, true)) throw new ZipError('container.malformed', 'bytes between entries');
}

async function contentOf(entry, bytes) {
  const packed = bytes.subarray(entry.start, entry.start + entry.packedSize);
  if (entry.method === 0) return packed;
  const content = new Uint8Array(entry.size);
  let length = 0;
  try {
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      // Set throws when more comes out than was declared: a bomb ends here.
      content.set(value, length);
      length += value.length;
    }
  } catch {
    throw new ZipError('container.malformed', 'deflate', entry.name);
  }
  if (length !== entry.size) throw new ZipError('container.malformed', 'length', entry.name);
  return content;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
