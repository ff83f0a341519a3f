// The numbers as the bundle claims them; whether they follow from the facts stands with the checks.

const figureColumns = [
  ['lossRate', '败诉率', 'Loss rate'], ['losses', '败诉', 'Losses'], ['newCases', '发案', 'New cases'], ['closed', '审结', 'Closed'],
  ['mediatedOrWithdrawn', '调撤', 'Mediated or withdrawn'], ['headAttendance', '负责人出庭', 'Head attended'],
  ['timelyCaseFiling', '三日报备', '3-day filing'], ['timelyLossFiling', '五日报备', '5-day filing'],
];

function numbersOf({ claims, bundle }) {
  const own = bundle?.selection.unit;
  const parts = [
    ...claims.rankings.filter(isObject).map(ranking => rankingOf(ranking, own)),
    ...claims.scorecards.filter(isObject).map(scorecardOf),
  ];
  if (claims.obligations.length > 0) parts.push(obligationsOf(claims.obligations.filter(isObject)));
  if (parts.length === 0) return [];
  return [section('所称的数字', 'The numbers claimed',
    el('p', { class: 'hint' }, both(
      `口径 ${claims.policy}，截至 ${claims.asOf}，台账位置 ${claims.position}。本单位各项由包内事实重新推算；其他单位的行只核对名次顺序。`,
      `Policy ${claims.policy}, as of ${claims.asOf}, position ${claims.position}. The unit's own numbers are derived again from the facts; of other units only the order of ranks is checked.`)),
    ...parts)];
}

function rankingOf(ranking, own) {
  const rows = Array.isArray(ranking.rows) ? ranking.rows.filter(isObject) : [];
  const cells = (row, name) => [row.rank ?? '—', name, ...figureColumns.map(([member]) => figure(row[member])), notesOf(row)];
  const all = rows.map(row => cells(row, row.name ?? row.unit ?? ''));
  if (isObject(ranking.county)) all.push(cells(ranking.county, both('全县', 'County')));
  const columns = [['名次', 'Rank', 'figure'], ['单位', 'Unit'], ...figureColumns.map(([, zh, en]) => [zh, en, 'figure']), ['备注', 'Notes']];
  return el('div', {}, heading(`${ranking.period} 败诉率排名（${wordOf(ranking.list)}）`, `Ranking ${ranking.period} (${ranking.list})`),
    tableOf(columns, all, { rowClass: i => (rows[i]?.unit === own ? 'own' : null) }));
}

function scorecardOf(card) {
  const lawsuits = isObject(card.lawsuits) ? card.lawsuits : {};
  const rows = figureColumns.map(([member, zh, en]) => [both(zh, en), figure(card[member]), behind(lawsuits[member])]);
  return el('div', {}, heading(`${card.period} 计分卡：${card.name ?? card.unit ?? ''}`, `Scorecard ${card.period}: ${card.name ?? card.unit ?? ''}`),
    tableOf([['指标', 'Indicator'], ['数值', 'Value', 'figure'], ['所依据的案件', 'The lawsuits behind it']], rows));
}

function obligationsOf(obligations) {
  const rows = obligations.map(item => [
    worded(item.kind), `${item.lawsuit ?? ''} ${item.caseNo ?? item.duty ?? ''} ${item.year ?? ''}`.trim(), item.openedOn ?? '',
    item.provisional === true ? el('span', {}, item.dueOn, both('（暂定）', ' (provisional)')) : item.dueOn ?? '',
    worded(item.status), item.metAt === null || item.metAt === undefined ? '' : beijing(item.metAt), figure(item.daysLate),
  ]);
  return el('div', {}, heading('义务', 'Obligations'), tableOf(
    [['种类', 'Kind'], ['案件', 'Case'], ['起算日', 'Opened', 'short'], ['到期日', 'Due', 'short'], ['状态', 'Status', 'short'], ['履行时间', 'Met at'], ['迟延（工作日）', 'Days late', 'figure']],
    rows, { stack: true }));
}

const heading = (zh, en) => el('h3', {}, both(zh, en));
const wordOf = name => (typeof factWords === 'undefined' ? null : factWords[name]) ?? name ?? '';

// n / d, never a percentage alone; without a denominator there is no rate.
function figure(value) {
  if (value === null || value === undefined) return '';
  return isObject(value) ? (value.d === 0 ? '—' : `${value.n} / ${value.d}`) : String(value);
}

function notesOf(row) {
  const notes = [];
  if (Array.isArray(row.flags) && row.flags.includes('SmallSample')) notes.push(both('样本少', 'small sample'));
  if (row.barred === true) notes.push(both('不得评优', 'barred from “excellent”'));
  return el('span', {}, ...notes.flatMap((note, i) => [i === 0 ? '' : '；', note]));
}

// The lawsuits that count are marked; the others are only in the denominator.
const behind = list => el('span', {}, ...(Array.isArray(list) ? list.filter(isObject) : []).flatMap((item, i) =>
  [i === 0 ? '' : '；', `${item.caseNo ?? item.lawsuit ?? ''}`, item.counts === true ? both('（计入）', ' (counts)') : '']));
