// Log entries (evidence.md §2): the members of each kind that a bundle can hold, and what each must look like.

const isText = value => typeof value === 'string';
const isTextOrNull = value => value === null || isText(value);
const isCounter = value => counterOf(value) !== null;
const isHash = value => base64Of32(value) !== null;
const isHashOrNull = value => value === null || isHash(value);
const isUuid = value => isText(value) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
const isInstant = value =>
  isText(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/.test(value) && isDate(value.slice(0, 10))
  && value.slice(11, 13) < '24' && value.slice(14, 16) < '60' && value.slice(17, 19) < '60';

// The day exists: writing it back gives the same text.
function isDate(value) {
  if (!isText(value) || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === value;
}

const isSortedSet = value =>
  Array.isArray(value) && value.every((item, i) => isText(item) && (i === 0 || byCodeUnit(value[i - 1], item) < 0));

const entryMembers = {
  event: {
    seq: isCounter, id: isUuid, stream: isText, ver: isCounter, type: isText, dotnet: isText, tenant: isText, ts: isInstant,
    rec: isInstant, user: isTextOrNull, corr: isTextOrNull, caus: isTextOrNull, by: isText, app: isText,
    archived: value => typeof value === 'boolean', units: isSortedSet, hdr: isHash, data: isHash, bdata: isHashOrNull,
    intake: value => ['ok', 'unhashed', 'differs', 'none'].includes(value),
  },
  heads: { at: isInstant, position: isCounter, count: isCounter, root: isHash },
  'key-change': { at: isInstant, key: isText, by: isText, reason: isText },
};

// The entry in its canonical text, of the kind that must stand here.
function readEntry(text, kind) {
  demand(isText(text), 'entry', {}, 'entry.kind');
  const entry = parseJson(text);
  const members = entryMembers[kind];
  demand(isObject(entry) && entry.v === 1 && entry.kind === kind, `v, kind ≠ ${kind}`, {}, 'entry.kind');
  demand(hasExactly(entry, ['v', 'kind', ...Object.keys(members)]), `members of ${kind}`, {}, 'entry.kind');
  for (const [name, fits] of Object.entries(members)) demand(fits(entry[name]), name, { member: name }, 'entry.kind');
  demand(jcs(entry) === text, 'not RFC 8785', {}, 'entry.kind');
  return entry;
}
