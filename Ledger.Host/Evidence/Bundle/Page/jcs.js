// JSON read strictly (RFC 8259) and written canonically (RFC 8785).
//
// The browser's own JSON.parse keeps the last of two members with one name and rounds numbers without a word. Two readers
// could then see two different facts behind one hash, so both are refused here.

class JsonError extends Error {}

const deepestJson = 64;

// Objects come back without a prototype, so that no member's name (such as __proto__) means anything to the language.
function parseJson(text, { exactNumbers = true } = {}) {
  let at = 0;

  const fail = what => { throw new JsonError(`${what}, character ${at}`); };
  const skip = () => { while (at < text.length && ' \t\n\r'.includes(text[at])) at++; };
  const expect = token => {
    if (!text.startsWith(token, at)) fail(`expected ${token}`);
    at += token.length;
  };

  function value(depth) {
    if (depth > deepestJson) fail('nested too deeply');
    switch (text[at]) {
      case '{': return object(depth);
      case '[': return array(depth);
      case '"': return string();
      case 't': expect('true'); return true;
      case 'f': expect('false'); return false;
      case 'n': expect('null'); return null;
      default: return number();
    }
  }

  function object(depth) {
    const members = Object.create(null);
    at++;
    skip();
    if (text[at] === '}') { at++; return members; }
    for (;;) {
      skip();
      if (text[at] !== '"') fail('expected a member name');
      const name = string();
      if (name in members) fail(`member ${JSON.stringify(name)} twice`);
      skip();
      expect(':');
      skip();
      members[name] = value(depth + 1);
      skip();
      if (text[at] === '}') { at++; return members; }
      expect(',');
    }
  }

  function array(depth) {
    const items = [];
    at++;
    skip();
    if (text[at] === ']') { at++; return items; }
    for (;;) {
      skip();
      items.push(value(depth + 1));
      skip();
      if (text[at] === ']') { at++; return items; }
      expect(',');
    }
  }

  const escapes = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

  function string() {
    let read = '';
    at++;
    for (;;) {
      const start = at;
      while (at < text.length && text[at] !== '"' && text[at] !== '\\' && text[at] >= ' ') at++;
      read += text.slice(start, at);
      if (at >= text.length || text[at] < ' ') fail('unfinished text');
      if (text[at] === '"') {
        at++;
        if (!read.isWellFormed()) fail('lone surrogate');
        return read;
      }
      const escape = text[++at];
      if (escape === 'u') {
        const code = text.slice(at + 1, at + 5);
        if (!/^[0-9A-Fa-f]{4}$/.test(code)) fail('bad escape');
        read += String.fromCharCode(parseInt(code, 16));
        at += 5;
      } else {
        if (escape === undefined || !(escape in escapes)) fail('bad escape');
        read += escapes[escape];
        at++;
      }
    }
  }

  function number() {
    const pattern = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
    pattern.lastIndex = at;
    const token = pattern.exec(text)?.[0];
    if (token === undefined) fail('unexpected character');
    at += token.length;
    const read = Number(token);
    if (!Number.isFinite(read)) fail(`number ${token} out of range`);
    if (exactNumbers && decimalOf(token) !== decimalOf(String(read))) fail(`number ${token} is not exact`);
    return read;
  }

  skip();
  const read = value(0);
  skip();
  if (at !== text.length) fail('something after the end');
  return read;
}

// Sign, significant digits and power of ten: equal for two numerals iff they are the same number written the same way of sign.
function decimalOf(numeral) {
  const [, sign, whole, fraction = '', exponent = '0'] = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?$/.exec(numeral);
  const digits = (whole + fraction).replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return `${sign}0`;
  return `${sign}${significant}e${Number(exponent) - fraction.length + digits.length - significant.length}`;
}

// RFC 8785 §3.2: the language's own number and text forms are the ones that JCS prescribes; names sort by UTF-16 code unit.
function jcs(value) {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new JsonError('not a JSON number');
    return String(value);
  }
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  return `{${Object.keys(value).sort(byCodeUnit).map(name => `${JSON.stringify(name)}:${jcs(value[name])}`).join(',')}}`;
}

const byCodeUnit = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);

const hasExactly = (value, names) =>
  isObject(value) && Object.keys(value).length === names.length && names.every(name => name in value);

// A decimal string without leading zeroes (evidence.md §1), or null.
const counterOf = text => (typeof text === 'string' && /^(0|[1-9][0-9]{0,18})$/.test(text) ? BigInt(text) : null);
