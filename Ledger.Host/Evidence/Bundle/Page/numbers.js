// The claimed numbers, derived again from the facts alone (docs/evidence.md §6); counting.js counts, this compares.
//
// facts: [{ sequence, subject, type, source, id, recordedAt, data, hidden }], hidden a Set of the members that are not shown;
// claims and bundle: the parsed files. Returns findings { isWrong, where, claimed, derived, chinese, english }: isWrong is
// false for what could not be derived. No findings: every number follows from the facts.
const numberFindings = (() => {
  const { Unreadable, CASE_FILING, LOSS_FILING, by, unique, neededButHidden, periodOf, snapshotOf, tallyOf, lossRateOf, rowOf, behind, countyOf, standingsOf } = counting;

  // What an answer says of the question; no number follows from the facts.
  const SCOPE = ['asOf', 'knownAt', 'position', 'synthetic', 'importInProgress', 'period', 'list', 'policy'];
  const CLAIMS = ['v', 'position', 'asOf', 'policy', 'unit', 'rankings', 'scorecards', 'obligations'];

  // --- comparison ----------------------------------------------------------------------------------------------------------

  // One text for equal values: members sorted, and the set of outcomes as well.
  function textOf(value, sortsItems = false) {
    if (Array.isArray(value)) {
      const items = value.map(item => textOf(item));
      return `[${(sortsItems ? items.sort() : items).join(',')}]`;
    }
    if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? '';
    return `{${Object.keys(value).sort().map(name => `${JSON.stringify(name)}:${textOf(value[name], name === 'outcomes')}`).join(',')}}`;
  }

  function comparison() {
    const findings = [];
    const compared = {
      findings,
      // Members that facts outside the bundle may change: a difference is no contradiction.
      undecided: new Set(),
      notDerived: (where, claimed) => findings.push({
        isWrong: false, where, claimed, derived: '', chinese: `${where} 无法由包内事实推算`, english: `${where} could not be derived from the facts in the bundle`,
      }),
      wrong(where, claimed, derived) {
        if (compared.undecided.has(where.slice(where.lastIndexOf('.') + 1))) compared.notDerived(where, claimed);
        else findings.push({
          isWrong: true, where, claimed, derived,
          chinese: `${where} 与事实不符：包内为 ${claimed || '（无）'}，由事实推算为 ${derived || '（无）'}`,
          english: `${where} does not follow from the facts: the bundle says ${claimed || '(nothing)'}, the facts give ${derived || '(nothing)'}`,
        });
      },
      texts(where, claimed, derived) { if (claimed !== derived) compared.wrong(where, claimed, derived); },
      values(where, claimed, derived) { if (textOf(claimed) !== textOf(derived)) compared.wrong(where, textOf(claimed), textOf(derived)); },
      sets(where, claimed, derived) {
        const missing = derived.map(row => textOf(row));
        for (const row of claimed.map(item => textOf(item))) {
          const found = missing.indexOf(row);
          if (found < 0) compared.wrong(where, row, ''); else missing.splice(found, 1);
        }
        for (const row of missing) compared.wrong(where, '', row);
      },
      members(where, claimed, derived) {
        for (const [name, value] of Object.entries(derived)) {
          if (!Object.hasOwn(claimed, name)) compared.wrong(`${where}.${name}`, '', textOf(value));
          else if (name === 'lawsuits') lists(`${where}.${name}`, claimed[name], value);
          else compared.values(`${where}.${name}`, claimed[name], value);
        }
        for (const name of Object.keys(claimed))
          if (!Object.hasOwn(derived, name) && !SCOPE.includes(name)) compared.notDerived(`${where}.${name}`, textOf(claimed[name]));
      },
    };
    function lists(where, claimed, derived) {
      for (const [name, rows] of Object.entries(derived)) compared.sets(`${where}.${name}`, claimed[name], rows);
      for (const name of Object.keys(claimed)) if (!Object.hasOwn(derived, name)) compared.notDerived(`${where}.${name}`, textOf(claimed[name]));
    }
    return compared;
  }

  // --- the claims ----------------------------------------------------------------------------------------------------------

  // A position in claims and bundle is a text, in an answer a number.
  function positionOf(answer) {
    if (!/^\d{1,15}$/.test(String(answer.position))) throw new RangeError(`position ${answer.position}`);
    return Number(answer.position);
  }

  function check(facts, claims, bundle, compared) {
    const { unit, lawsuit } = bundle.selection, position = positionOf(bundle);
    const hidden = facts.filter(f => f.sequence <= position).flatMap(f => neededButHidden(f).map(m => `facts/${f.sequence} ${f.type}.${m}`));
    // A value that is not shown may change every number after it, so nothing is said of any.
    for (const member of hidden) compared.notDerived(member, '');
    if (hidden.length > 0) return;

    compared.texts('claims.position', String(positionOf(claims)), String(position));
    compared.values('claims.asOf', claims.asOf, bundle.asOf);
    compared.values('claims.unit', claims.unit, unit);
    for (const name of Object.keys(claims)) if (!CLAIMS.includes(name)) compared.notDerived(`claims.${name}`, textOf(claims[name]));

    const snapshots = new Map(), unresolved = new Set();
    const momentOf = answer => {
      if (!/^\d{4}-\d\d-\d\d$/.test(answer.asOf)) throw new RangeError(`asOf ${answer.asOf}`);
      const key = `${positionOf(answer)} ${answer.asOf}`;
      if (!snapshots.has(key)) snapshots.set(key, snapshotOf(facts, positionOf(answer), answer.asOf));
      return snapshots.get(key);
    };
    // The bundle holds the facts up to its own position only.
    const scoped = (where, answer, then) => {
      if (positionOf(answer) > position) return compared.notDerived(where, String(answer.position));
      compared.undecided = unit === null ? new Set() : undecided(momentOf(answer), unit, lawsuit, unresolved, compared);
      return then(momentOf(answer));
    };
    claims.rankings.forEach((answer, i) => scoped(`rankings[${i}]`, answer, snapshot => checkRanking(`rankings[${i}]`, answer, snapshot, unit, claims.rankings, compared)));
    claims.scorecards.forEach((answer, i) => scoped(`scorecards[${i}]`, answer, snapshot => checkScorecard(`scorecards[${i}]`, answer, snapshot, unit, claims.rankings, compared)));
    scoped('obligations', claims, snapshot => checkObligations(claims.obligations, snapshot, unit, lawsuit, compared));
  }

  // What may have been transferred to the unit from units and lawsuits that are not in the bundle.
  function undecided(snapshot, unit, lawsuit, unresolved, compared) {
    const receipts = { [CASE_FILING]: 'ResponseMaterialsReceived', [LOSS_FILING]: 'JudgmentReceived' };
    const isForeign = type => snapshot.lawsuits.filter(l => l.key === lawsuit).some(l => l.of(type).some(r => !snapshot.units.has(r.data.unit)));
    let kinds = Object.keys(receipts).filter(kind => isForeign(receipts[kind]));
    if (lawsuit === null) {
      const transfers = [...snapshot.units.values()].flatMap(u => u.facts).filter(f => f.type === 'ObligationTransferred' && f.data.to === unit
        && (f.data.caseNo ?? null) !== null && !snapshot.instances.has(f.data.caseNo));
      for (const transfer of transfers.filter(t => !unresolved.has(t.sequence))) {
        unresolved.add(transfer.sequence);
        compared.notDerived(`facts/${transfer.sequence} ${transfer.type}`, transfer.data.caseNo);
      }
      kinds = transfers.map(t => t.data.kind);
    }
    return new Set(kinds.flatMap(kind => [kind, `timely${kind}`]));
  }

  function rankingOf(answer, snapshot, own, rankings, compared) {
    const period = periodOf(answer.period), policy = snapshot.policies.named(answer.policy);
    if (!['All', 'Townships', 'Departments'].includes(answer.list)) throw new RangeError(`list ${answer.list}`);
    const tally = unit => tallyOf(snapshot, unit, period, policy), standings = new Map();
    const isListed = list => u => u.isListed(list, period);

    // Without the other units' facts, by the rates of the ranking of that list, if it is among the claims.
    function ranked(list) {
      if (own === null) return standingsOf([...snapshot.units.values()].filter(isListed(list)).map(u => ({ unit: u.key, lossRate: lossRateOf(tally(u.key).decided, policy) })));
      const shown = rankings.find(r => r.list === list && ['period', 'policy', 'asOf', 'position'].every(m => textOf(r[m]) === textOf(answer[m])));
      return shown === undefined ? [] : standingsOf(shown.rows);
    }
    const rankIn = (list, unit) => (standings.get(list) ?? standings.set(list, ranked(list)).get(list)).find(s => s.unit === unit.key)?.rank ?? null;

    function checkRow(where, claimed, unit, withLawsuits) {
      const numbers = tally(unit.key), derived = rowOf(unit, numbers, policy), { n, d } = derived.lossRate;
      if (withLawsuits) derived.lawsuits = behind(numbers);
      const rank = d === 0 || !isListed(answer.list)(unit) ? null : rankIn(answer.list, unit);
      if (d === 0 || !isListed(answer.list)(unit) || rank !== null) derived.rank = rank;
      if (period.isYear) {
        const barring = unit.isBarrable && n > 0 ? rankIn(policy.barsPerList ? unit.ownList : 'All', unit) : Infinity;
        if (barring !== null) derived.barred = barring <= 3;
      }
      compared.members(where, claimed, derived);
    }
    return { period, policy, tally, isListed, checkRow };
  }

  function checkRanking(where, answer, snapshot, own, rankings, compared) {
    const { policy, tally, isListed, checkRow } = rankingOf(answer, snapshot, own, rankings, compared);
    if (policy === null) return compared.wrong(`${where}.policy`, answer.policy, '');
    // Of the units whose facts are not here, the ranks must follow from the rates that are shown.
    const order = rows => rows.map(r => `${r.unit}:${r.rank ?? '-'}`).join(' ');
    compared.texts(`${where}.rows.rank`, order(answer.rows), order(standingsOf(answer.rows)));
    if (unique(answer.rows.map(r => r.unit)).length < answer.rows.length) compared.wrong(`${where}.rows.unit`, '×2', '×1');
    const listed = [...snapshot.units.values()].filter(u => isListed(answer.list)(u) && (own === null || u.key === own));
    const rows = answer.rows.filter(r => own === null || r.unit === own);
    compared.sets(`${where}.rows.unit`, rows.map(r => r.unit), listed.map(u => u.key));
    for (const unit of listed) {
      const row = rows.find(r => r.unit === unit.key);
      if (row) checkRow(`${where}.rows.${unit.key}`, row, unit, false);
    }
    if (own === null) compared.members(`${where}.county`, answer.county, countyOf([...snapshot.units.values()].filter(u => u.counts).map(u => tally(u.key)), policy));
    const { rows: shown, county, ...others } = answer;
    return compared.members(where, others, {});
  }

  function checkScorecard(where, answer, snapshot, own, rankings, compared) {
    const { policy, checkRow } = rankingOf(answer, snapshot, own, rankings, compared), unit = snapshot.units.get(answer.unit);
    if (policy === null) compared.wrong(`${where}.policy`, answer.policy, '');
    else if (own !== null && answer.unit !== own) compared.notDerived(where, answer.unit);
    else if (unit) checkRow(where, answer, unit, true);
    else compared.wrong(`${where}.unit`, answer.unit, '');
  }

  function checkObligations(claimed, snapshot, unit, lawsuit, compared) {
    const derived = snapshot.obligations.filter(o => snapshot.counts(o.unit) && (unit === null || o.unit === unit) && (lawsuit === null || o.lawsuit === lawsuit));
    for (const kind of unique([...claimed, ...derived].map(o => o.kind)))
      compared.sets(`obligations.${kind}`, claimed.filter(o => o.kind === kind), derived.filter(o => o.kind === kind));
    const sorted = [...claimed].sort(by(o => o.dueOn, o => o.unit, o => o.kind, o => o.caseNo ?? ''));
    if (sorted.some((row, i) => row !== claimed[i])) compared.wrong('obligations', 'order', 'dueOn, unit, kind, caseNo');
  }

  return (facts, claims, bundle) => {
    const compared = comparison();
    try {
      check(facts, claims, bundle, compared);
    } catch (error) {
      if (error instanceof Unreadable) compared.notDerived(`facts: ${error.message}`, '');
      else compared.wrong(`claims.json: ${error.message}`, '', '');
    }
    return compared.findings;
  };
})();
