// What was found, as people read it. Everything from the bundle is set as text, never as markup.

const verdicts = {
  0: ['可信', 'Trustworthy', '✓', '签名、证明、内容与数字全部相符，没有遗漏。', 'Signatures, proofs, content and numbers all agree, and nothing was left out.'],
  1: ['被篡改', 'Tampered with', '✕', '有内容与已签名或已承诺的不符。请不要采信，并保留此文件。', 'Something does not agree with what was signed or committed. Do not rely on it, and keep this file.'],
  2: ['不完整', 'Incomplete', '…', '缺少事实、卷宗、证明、附件或见证联署，不能证明没有遗漏。', 'A fact, stream, proof, document or cosignature is missing: it cannot be shown that nothing was left out.'],
  3: ['密钥不可信', 'Untrusted key', '?', '没有您信任的公钥的签名：下面的内容即使前后一致，也可能是整体伪造的。', 'No key that you trust signed it: even if all below agrees with itself, the whole may be forged.'],
  4: ['格式错误', 'Malformed', '!', '文件不合证据包的格式，不能作为证据读取。', 'The file does not fit the format of bundles and cannot be read as evidence.'],
};

const propertyNames = {
  authenticity: ['真实性', 'Authenticity'], integrity: ['完整性', 'Integrity'], usability: ['可用性', 'Usability'], security: ['安全性', 'Security'],
};

const states = {
  passed: ['✓', '通过', 'passed'], failed: ['✕', '不通过', 'failed'], skipped: ['—', '未核验', 'not checked'],
};

// An element; members beginning with "data-", "aria-" and the like are attributes.
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A text in both languages; the style sheet shows the one chosen.
function both(chinese, english) {
  const fragment = document.createDocumentFragment();
  fragment.append(el('span', { class: 'zh' }, chinese), el('span', { class: 'en', lang: 'en' }, english));
  return fragment;
}

const section = (chinese, english, ...children) => el('section', { class: 'sheet' }, el('h2', {}, both(chinese, english)), ...children);

// columns: [Chinese, English, class]; rows of cells (text or node).
function tableOf(columns, rows, { stack = false, rowClass = () => null } = {}) {
  const head = el('thead', {}, el('tr', {}, ...columns.map(([zh, en, kind]) => el('th', { scope: 'col', class: kind ?? null }, both(zh, en)))));
  const body = el('tbody', {}, ...rows.map((row, i) => el('tr', { class: rowClass(i) },
    ...row.map((cell, c) => el('td', { class: columns[c][2] ?? null, 'data-zh': columns[c][0], 'data-en': columns[c][1] }, cell ?? '')))));
  return el('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': columns.map(column => column[0]).join('、') },
    el('table', { class: stack ? 'stack' : null }, head, body));
}

function pairs(...items) {
  return el('dl', { class: 'pairs' }, ...items.filter(item => item[2] !== null).flatMap(([zh, en, value]) => [el('dt', {}, both(zh, en)), el('dd', {}, value)]));
}

// Beijing time, as the county reads it.
function beijing(instant) {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? String(instant) : new Date(time + 8 * 3600 * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

const worded = name => both((typeof factWords === 'undefined' ? null : factWords[name]) ?? name, name);

function showResult(result, file) {
  const parts = [verdictOf(result), findingsOf(result), aboutBundle(result, file), propertiesOf(result), notCheckedOf(result), signaturesOf(result)];
  if (result.claims !== null) parts.push(...numbersOf(result));
  if (result.facts.length > 0) parts.push(factsOf(result));
  return parts.filter(part => part !== null);
}

function verdictOf({ code, findings }) {
  const [zh, en, sign, why, whyEnglish] = verdicts[code];
  const count = findings.length;
  return el('div', { class: `verdict is-${code}`, id: 'verdict' },
    el('div', { class: 'sign', 'aria-hidden': 'true' }, sign),
    el('div', {},
      el('h2', { tabindex: '-1', id: 'verdict-title' }, both(zh, en), el('span', { class: 'exit' }, both(`结论代码 ${code}`, `exit code ${code}`))),
      el('p', {}, both(why, whyEnglish)),
      el('p', {}, count === 0 ? both('没有发现问题。', 'No findings.') : both(`发现 ${count} 个问题。`, `${count} finding${count === 1 ? '' : 's'}.`))));
}

function aboutBundle({ bundle, checkpoint, facts }, file) {
  const { selection } = bundle ?? {};
  const registered = facts.find(fact => bundle && fact.isProved && fact.entry.type === 'UnitRegistered' && fact.entry.stream === `unit/${selection.unit}`);
  const name = registered === undefined ? '' : `${registered.fact.data.name ?? ''} `;
  const disclosure = bundle && (bundle.disclosure === 'Full' ? both('全部披露', 'full') : both('个人信息已隐去', 'personal data masked'));
  return section('证据包', 'The bundle',
    pairs(
      ['文件', 'File', file === null ? null : `${file.name}（${file.size.toLocaleString('zh-CN')} B）`],
      ['文件 SHA-256', 'File SHA-256', file === null ? null : el('span', { class: 'mono' }, file.sha256)],
      ['单位', 'Unit', bundle && `${name}${selection.unit}`], ['诉讼', 'Lawsuit', bundle && selection.lawsuit], ['期间', 'Period', bundle && selection.period],
      ['截至（法律日期）', 'As of (legal date)', bundle && bundle.asOf],
      ['知悉至', 'Known at', bundle && bundle.knownAt && beijing(bundle.knownAt)],
      ['导出人', 'Exported by', bundle && bundle.by], ['接收方', 'Recipient', bundle && bundle.recipient], ['用途', 'Purpose', bundle && bundle.purpose],
      ['导出时间（北京时间）', 'Exported (Beijing time)', bundle && beijing(bundle.at)], ['披露范围', 'Disclosure', disclosure],
      ['台账', 'Ledger', checkpoint && el('span', { class: 'mono' }, checkpoint.origin)],
      ['检查点', 'Checkpoint', checkpoint && el('span', {}, both(`${checkpoint.size} 条，根 `, `${checkpoint.size} leaves, root `), el('span', { class: 'mono' }, base64Of(checkpoint.root)))],
      ['核验时间（本机时钟）', 'Verified (this computer\'s clock)', beijing(new Date().toISOString())]),
    el('p', { class: 'more' }, printButton()));
}

function printButton() {
  const button = el('button', { type: 'button', class: 'secondary' }, both('打印核验结果', 'Print this result'));
  button.addEventListener('click', () => window.print());
  return button;
}

function propertiesOf({ checks }) {
  const cards = Object.entries(propertyNames).map(([property, [zh, en]]) => {
    const own = checks.filter(check => check.property === property);
    const state = own.some(check => check.state === 'failed') ? 'failed' : own.every(check => check.state === 'passed') ? 'passed' : 'skipped';
    const label = state === 'skipped' && own.some(check => check.state === 'passed') ? ['部分核验', 'partly checked'] : states[state].slice(1);
    return el('div', { class: `property ${state}`, 'data-property': property },
      el('h3', {}, el('span', {}, both(zh, en)), el('span', { class: `state ${state}` }, both(...label))),
      el('ul', { class: 'checks' }, ...own.map(checkLine)));
  });
  return section('四性核验', 'The four properties of an archive', el('div', { class: 'properties' }, ...cards));
}

function checkLine(check) {
  const [mark, zh, en] = states[check.state];
  const failed = check.failures > 0 ? both(`${check.failures} 个问题`, `${check.failures} findings`)
    : check.detail.chinese === '' ? null : both(check.detail.chinese, check.detail.english);
  return el('li', { class: check.state, 'data-check': check.id },
    el('span', { class: 'mark', 'aria-hidden': 'true' }, mark),
    both(check.chinese, check.english), el('span', { class: 'detail' }, both(zh, en), failed === null ? '' : ' · ', failed ?? ''));
}

const mostShown = 200;

function findingsOf({ findings }) {
  if (findings.length === 0) return null;
  const shown = findings.slice(0, mostShown);
  const rows = shown.map(finding => [
    el('span', { class: `tag is-${finding.exit}` }, both(verdicts[finding.exit][0], verdicts[finding.exit][1])),
    el('div', {}, both(finding.chinese, finding.english), el('div', { class: 'where' }, finding.code)),
    whereOf(finding),
  ]);
  return section('发现的问题', 'Findings',
    tableOf([['类别', 'Kind'], ['问题', 'What'], ['位置', 'Where']], rows, { stack: true }),
    shown.length < findings.length ? el('p', {}, both(`另有 ${findings.length - shown.length} 个未列出。`, `${findings.length - shown.length} more are not listed.`)) : '');
}

function whereOf(finding) {
  const lines = [
    [finding.file, finding.file], [finding.line, `第 ${finding.line} 行`, `line ${finding.line}`], [finding.sequence, `台账序号 ${finding.sequence}`, `sequence ${finding.sequence}`],
    [finding.subject, finding.subject], [finding.member, finding.member],
  ].filter(([value]) => value !== undefined && value !== '');
  return el('div', { class: 'where' }, ...lines.map(([, zh, en]) => el('div', {}, en === undefined ? String(zh) : both(zh, en))));
}

const notCheckedOf = ({ notChecked }) => section('没有核验的内容', 'What was not checked',
  el('ul', { class: 'skips' }, ...notChecked.map(item => el('li', { 'data-skip': item.code }, both(item.chinese, item.english)))));

function signaturesOf({ signatures }) {
  if (signatures.length === 0) return null;
  const words = { verified: ['已验证', 'verified'], wrong: ['验证失败', 'does not verify'], unknown: ['未知公钥，不采信', 'unknown key, ignored'], unsupported: ['浏览器不能核验', 'not checked in a browser'], unverifiable: ['浏览器不能核验', 'not checked in a browser'], absent: ['—', '—'] };
  return section('检查点上的签名', 'Signatures on the checkpoint', tableOf(
    [['签名人', 'Signer'], ['公钥编号', 'Key id'], ['结果', 'Result'], ['联署时间（北京时间）', 'Cosigned (Beijing time)']],
    signatures.map(line => [line.name, el('span', { class: 'mono' }, line.id), both(...words[line.state]), line.time === undefined ? '' : beijing(new Date(Number(line.time) * 1000).toISOString())]),
    { stack: true }));
}

function factsOf({ facts }) {
  const columns = [['序号', 'Sequence', 'figure'], ['卷宗（流）', 'Stream'], ['事实', 'Fact'], ['入库时间（北京时间）', 'Recorded (Beijing time)', 'time'], ['内容', 'Content', 'wide'], ['证明', 'Proof', 'short']];
  const row = ({ entry, fact, hidden, isProved }) => [
    entry.seq, both(`${entry.stream} 第 ${entry.ver} 版`, `${entry.stream} version ${entry.ver}`), worded(entry.type), beijing(entry.rec),
    membersOf(fact.data, hidden), isProved ? both('✓ 成立', '✓ holds') : both('✕ 不成立', '✕ does not hold'),
  ];
  const holder = el('div', {}, tableOf(columns, facts.slice(0, mostShown).map(row), { stack: true }));
  if (facts.length > mostShown) {
    const button = el('button', { type: 'button', class: 'secondary more' }, both(`显示全部 ${facts.length} 条`, `Show all ${facts.length}`));
    button.addEventListener('click', () => holder.replaceChildren(tableOf(columns, facts.map(row), { stack: true })));
    holder.append(button);
  }
  return section('事实', 'Facts', holder);
}

const membersOf = (data, hidden) => el('ul', { class: 'members' },
  ...Object.entries(data).map(([name, value]) => el('li', {}, el('span', { class: 'name' }, worded(name)), valueOf(value))),
  ...[...hidden].map(name => el('li', {}, el('span', { class: 'name' }, worded(name)), el('em', { class: 'hidden-member' }, both('（隐去，承诺已核验）', '(hidden; its commitment was checked)')))));

function valueOf(value) {
  if (value === null) return '—';
  if (typeof value === 'boolean') return both(value ? '是' : '否', value ? 'yes' : 'no');
  if (Array.isArray(value) && value.length === 0) return both('（空）', '(none)');
  if (Array.isArray(value)) return el('span', {}, ...value.flatMap((item, i) => [i === 0 ? '' : '；', valueOf(item)]));
  if (isObject(value)) {
    if (hasExactly(value, ['n', 'd'])) return `${value.n} / ${value.d}`;
    return el('span', {}, ...Object.entries(value).flatMap(([name, item], i) => [i === 0 ? '' : '，', worded(name), ' ', valueOf(item)]));
  }
  return typeof value === 'string' && /^[A-Z][A-Za-z]+$/.test(value) ? worded(value) : String(value);
}
