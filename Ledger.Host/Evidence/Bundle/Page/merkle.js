// Merkle trees of RFC 6962 §2.1. The two verifications are the algorithms of RFC 9162 §2.1.3.2 and §2.1.4.2, which restate
// them for the same trees.

const leafHash = entry => sha256(concat(new Uint8Array([0]), entry));
const nodeHash = (left, right) => sha256(concat(new Uint8Array([1]), left, right));

const isHashBytes = bytes => bytes.length === 32;

// The root that an audit path leads to, or null when the path has another length than the place needs.
async function rootOfInclusion(index, size, leaf, path) {
  if (index < 0n || index >= size || ![leaf, ...path].every(isHashBytes)) return null;
  let place = index;
  let last = size - 1n;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0n) return null;
    if ((place & 1n) === 1n || place === last) {
      hash = await nodeHash(sibling, hash);
      while ((place & 1n) === 0n && place !== 0n) {
        place >>= 1n;
        last >>= 1n;
      }
    } else {
      hash = await nodeHash(hash, sibling);
    }
    place >>= 1n;
    last >>= 1n;
  }
  return last === 0n ? hash : null;
}

async function isIncluded(index, size, root, leaf, path) {
  const derived = await rootOfInclusion(index, size, leaf, path);
  return derived !== null && sameBytes(derived, root);
}

// An empty tree is consistent with everything and so proves nothing: it is refused.
async function isConsistent(size1, root1, size2, root2, path) {
  if (size1 <= 0n || size1 > size2) return false;
  if (size1 === size2) return path.length === 0 && sameBytes(root1, root2);
  if (path.length === 0 || ![root1, root2, ...path].every(isHashBytes)) return false;
  const hashes = (size1 & (size1 - 1n)) === 0n ? [root1, ...path] : [...path];
  let place = size1 - 1n;
  let last = size2 - 1n;
  while ((place & 1n) === 1n) {
    place >>= 1n;
    last >>= 1n;
  }
  let [older] = hashes;
  let newer = older;
  for (const hash of hashes.slice(1)) {
    if (last === 0n) return false;
    if ((place & 1n) === 1n || place === last) {
      older = await nodeHash(hash, older);
      newer = await nodeHash(hash, newer);
      while ((place & 1n) === 0n && place !== 0n) {
        place >>= 1n;
        last >>= 1n;
      }
    } else {
      newer = await nodeHash(newer, hash);
    }
    place >>= 1n;
    last >>= 1n;
  }
  return last === 0n && sameBytes(older, root1) && sameBytes(newer, root2);
}

// A proof as it stands in the files: a list of base64 hashes. Null when it is anything else.
function proofOf(value) {
  if (!Array.isArray(value) || value.length > 64) return null;
  const hashes = value.map(base64Of32);
  return hashes.includes(null) ? null : hashes;
}
