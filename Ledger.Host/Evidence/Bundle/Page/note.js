// C2SP signed-note, tlog-checkpoint, tlog-cosignature and tlog-policy.

class NoteError extends Error {}

const signatureTypes = { ed25519: 0x01, cosignature: 0x04, other: 0xff };

// A note's text (with its last newline) and its signature lines. Which of them count is decided by the keys that are trusted.
function parseNote(bytes) {
  const whole = decode(bytes);
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) throw new NoteError('control character');
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n')) throw new NoteError('no signatures');
  const lines = whole.slice(split + 2, -1).split('\n');
  if (lines.length > 64) throw new NoteError('more than 64 signatures');
  const signatures = lines.map(line => {
    const match = /^\u2014 ([^\s\u0085+]+) ([A-Za-z0-9+/]+={0,2})$/u.exec(line);
    const signed = match && base64Bytes(match[2]);
    if (!signed || signed.length < 5) throw new NoteError('signature line');
    return { name: match[1], id: hexOf(signed.slice(0, 4)), bytes: signed.slice(4) };
  });
  return { text: whole.slice(0, split + 1), signatures };
}

// A note over origin, size and root: three lines, no extension (evidence.md §4).
const parseCheckpoint = bytes => checkpointOf(parseNote(bytes));

// What an inspector holds may also be the three lines alone, as they were printed.
function parseHeld(text) {
  return text.includes('\n\n') ? parseCheckpoint(text) : checkpointOf({ text: `${text.trimEnd()}\n`, signatures: [] });
}

function checkpointOf(note) {
  const [origin, size, root, ...rest] = note.text.split('\n');
  if (rest.length !== 1 || rest[0] !== '' || origin === '' || counterOf(size) === null || base64Of32(root) === null)
    throw new NoteError('checkpoint lines');
  return { ...note, origin, size: BigInt(size), root: base64Of32(root) };
}

function decode(bytes) {
  try {
    return typeof bytes === 'string' ? bytes : textOf(bytes);
  } catch {
    throw new NoteError('UTF-8');
  }
}

// A verifier key: name+id+base64(type and key). The id is recomputed, so that a mistyped key is not merely unknown.
async function parseVkey(text) {
  const match = /^([^\s\u0085+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/u.exec(text);
  const material = match && base64Bytes(match[3]);
  if (!material || material.length < 2) throw new NoteError('verifier key');
  const [, name, id] = match;
  const derived = hexOf((await sha256(concat(utf8(`${name}\n`), material))).slice(0, 4));
  if (derived !== id) throw new NoteError('verifier key: the id does not belong to the key');
  const type = material[0];
  const isShort = type === signatureTypes.ed25519 || type === signatureTypes.cosignature;
  if (isShort && material.length !== 33) throw new NoteError('verifier key: length');
  if (!isShort && type !== signatureTypes.other) throw new NoteError('verifier key: unknown type');
  return { text, name, id, type, publicKey: material.slice(1) };
}

// Whether the key signed: 'verified', 'wrong' (its line is there and does not verify), 'absent', or 'unsupported'.
// One wrong line of a known key refuses the note, whatever its other lines say.
async function signatureOf(note, key) {
  const lines = note.signatures.filter(line => line.name === key.name && line.id === key.id);
  if (lines.length === 0) return { state: 'absent' };
  if (key.type === signatureTypes.other) return { state: 'unsupported' };
  let time = null;
  for (const line of lines) {
    const isCosignature = key.type === signatureTypes.cosignature;
    if (line.bytes.length !== (isCosignature ? 72 : 64)) return { state: 'wrong' };
    let message = note.text;
    if (isCosignature) {
      time = new DataView(line.bytes.buffer, line.bytes.byteOffset).getBigUint64(0);
      if (time > 0x7fffffffffffffffn) return { state: 'wrong' };
      message = `cosignature/v1\ntime ${time}\n${note.text}`;
    }
    if (!await ed25519Verifies(key.publicKey, line.bytes.slice(isCosignature ? 8 : 0), utf8(message))) return { state: 'wrong' };
  }
  return { state: 'verified', time };
}

// tlog-policy: logs, witnesses, groups and one quorum.
async function parsePolicy(bytes) {
  const text = decode(bytes);
  if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text)) throw new NoteError('control character');
  if (text !== '' && !text.endsWith('\n')) throw new NoteError('last line without its end');
  const policy = { logs: [], witnesses: new Map(), groups: new Map(), quorum: null };
  const used = new Set();
  const isTaken = name => name === 'none' || policy.witnesses.has(name) || policy.groups.has(name);
  for (const line of text.split('\n')) {
    const [keyword, ...words] = line.split(/[ \t]+/).filter(word => word !== '');
    if (keyword === undefined || keyword.startsWith('#')) continue;
    const fail = () => { throw new NoteError(`policy line: ${line.trim()}`); };
    if (keyword === 'log' && (words.length === 1 || words.length === 2)) {
      const key = await parseVkey(words[0]);
      if (key.type === signatureTypes.cosignature || isDuplicate(policy.logs, key)) fail();
      policy.logs.push(key);
    } else if (keyword === 'witness' && (words.length === 2 || words.length === 3)) {
      const key = await parseVkey(words[1]);
      if (isTaken(words[0]) || key.type !== signatureTypes.cosignature || isDuplicate([...policy.witnesses.values()], key)) fail();
      policy.witnesses.set(words[0], key);
    } else if (keyword === 'group' && words.length >= 3) {
      const [name, rule, ...members] = words;
      if (isTaken(name) || members.some(member => member === 'none' || !isTaken(member) || used.has(member))
        || new Set(members).size !== members.length) fail();
      const needed = rule === 'all' ? members.length : rule === 'any' ? 1 : /^[1-9][0-9]{0,3}$/.test(rule) ? Number(rule) : 0;
      if (needed < 1 || needed > members.length) fail();
      members.forEach(member => used.add(member));
      policy.groups.set(name, { needed, members });
    } else if (keyword === 'quorum' && words.length === 1 && policy.quorum === null && isTaken(words[0])) {
      [policy.quorum] = words;
    } else {
      fail();
    }
  }
  if (policy.quorum === null) throw new NoteError('policy without a quorum');
  return policy;
}

const isDuplicate = (keys, key) => keys.some(other => sameBytes(other.publicKey, key.publicKey));

// Whether the witnesses that have cosigned are a quorum.
function hasQuorum(policy, cosigned, name = policy.quorum) {
  if (name === 'none') return true;
  if (policy.witnesses.has(name)) return cosigned.has(name);
  const { needed, members } = policy.groups.get(name);
  return members.filter(member => hasQuorum(policy, cosigned, member)).length >= needed;
}
