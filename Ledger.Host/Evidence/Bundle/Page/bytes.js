// Bytes, text and hashes. Hashes are WebCrypto's; nothing here reaches a network.

const utf8 = text => new TextEncoder().encode(text);

// Strict: an ill-formed sequence throws, and a byte order mark stays in the text, where no format allows it.
const textOf = bytes => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

function concat(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const sameBytes = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

const hexOf = bytes => Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');

function base64Of(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

// RFC 4648 §4 with padding and with zero pad bits: of several texts for the same bytes only one is accepted. Null otherwise.
function base64Bytes(text) {
  if (typeof text !== 'string' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  let binary;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  return btoa(binary) === text ? Uint8Array.from(binary, c => c.charCodeAt(0)) : null;
}

// A hash or a salt: base64 of 32 bytes, or null.
function base64Of32(text) {
  const bytes = base64Bytes(text);
  return bytes !== null && bytes.length === 32 ? bytes : null;
}

const sha256 = async bytes => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

// RFC 2104 with a key of 32 bytes, shorter than the block: two digests cost less than importing a key for each message.
async function hmacSha256(key, message) {
  const inner = new Uint8Array(64).fill(0x36);
  const outer = new Uint8Array(64).fill(0x5c);
  for (let i = 0; i < key.length; i++) {
    inner[i] ^= key[i];
    outer[i] ^= key[i];
  }
  return sha256(concat(outer, await sha256(concat(inner, message))));
}

// RFC 9562 §5.5 and §6.6: version 5 in the URL namespace.
const urlNamespace = new Uint8Array([0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8]);

async function uuidV5(name) {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-1', concat(urlNamespace, utf8(name)))).slice(0, 16);
  hash[6] = (hash[6] & 0x0f) | 0x50;
  hash[8] = (hash[8] & 0x3f) | 0x80;
  return hexOf(hash).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

// Raw Ed25519 (RFC 8032). A key that is no point of the curve verifies nothing.
async function ed25519Verifies(publicKey, signature, message) {
  try {
    const key = await crypto.subtle.importKey('raw', publicKey, { name: 'Ed25519' }, false, ['verify']);
    return await crypto.subtle.verify({ name: 'Ed25519' }, key, signature, message);
  } catch (error) {
    if (error && error.name === 'NotSupportedError') throw error;
    return false;
  }
}
