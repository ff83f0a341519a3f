// What the facts of a bundle say in numbers, by the rules of counting-rules.md; the code shares nothing with the ledger.
const counting = (() => {
  class Unreadable extends Error {}

  const CASE_FILING = 'CaseFiling', LOSS_FILING = 'LossFiling', NON_PERFORMANCE = 'NonPerformanceReport';
  const LOSS_DOCUMENTS = ['JudicialDocument', 'CauseAnalysis', 'RectificationMeasures'];
  const HEADS = ['Principal', 'Deputy', 'HeadInCharge'];
  const LEVELS = ['First', 'Second', 'Petition', 'Retrial'];

  // By type: the member that dates the fact in law (null: it counts from its recording), and the others that numbers depend on.
  const CATALOGUE = {
    UnitRegistered: ['registeredOn', 'name', 'kind'],
    UnitRenamed: ['renamedOn', 'name'],
    UnitMerged: ['mergedOn'],
    DutyRegistered: ['registeredOn', 'duty'],
    EnforcementPerformed: ['performedOn', 'duty', 'count'],
    NonPerformanceReportSubmitted: ['submittedAt', 'year', 'duty'],
    ObligationTransferred: ['transferredOn', 'kind', 'to', 'caseNo', 'duty', 'year'],
    LawsuitDocketed: ['docketedOn', 'caseNo', 'category', 'defendants', 'series'],
    DefendantAdded: ['addedOn', 'unit'],
    DefendantRemoved: ['removedOn', 'unit'],
    SeriesLinked: ['linkedOn', 'series'],
    ResponseMaterialsReceived: ['receivedOn', 'unit', 'caseNo'],
    CaseFilingSubmitted: ['submittedAt', 'unit', 'caseNo'],
    HearingHeld: ['heldOn', 'caseNo', 'openCourt', 'attendances'],
    InstanceOpened: ['openedOn', 'caseNo', 'level'],
    JudgmentRendered: ['closedOn', 'caseNo', 'level', 'dispositions'],
    JudgmentReceived: ['receivedOn', 'unit', 'caseNo'],
    LossFilingDocumentSubmitted: ['submittedAt', 'unit', 'caseNo', 'document'],
    OutcomeBecameEffective: ['effectiveOn', 'caseNo'],
    CountingPolicyAdopted: [null, 'effectiveFrom', 'basis', 'series', 'excludeClosings', 'notLosses', 'countCompensation', 'barList', 'fixedDateRollover'],
    CalendarYearPublished: [null, 'year', 'holidays', 'makeUpWorkdays'],
    FactCorrected: [null, 'fact', 'set'],
    FactRetracted: [null, 'fact'],
  };
  const reads = type => Object.hasOwn(CATALOGUE, type);

  const CLASSES = new Map(Object.entries({
    Win: ['DismissClaims'],
    Loss: ['RevokeAll', 'RevokeAndRedo', 'RevokePart', 'OrderPerform', 'OrderPay', 'ConfirmUnlawful', 'ConfirmUnlawfulMinorProcedure',
      'ConfirmUnlawfulAfterSelfCorrection', 'ConfirmInvalid', 'Modify', 'AgreementLiability', 'OrderDamages'],
    Procedural: ['NotDocketed', 'DismissSuit'],
    Ended: ['WithdrawVoluntary', 'WithdrawAfterDefendantChanged', 'DeemedWithdrawn', 'Mediated'],
    Other: ['Terminated', 'Transferred', 'Consolidated', 'AgreementCompensation'],
    Affirming: ['AffirmJudgment', 'AffirmRuling', 'AppealWithdrawn'],
    None: ['RevokeAndRemand', 'OrderDocket', 'RetrialPetitionDismissed', 'RetrialOrdered'],
  }).flatMap(([name, outcomes]) => outcomes.map(outcome => [outcome, name])));
  const classOf = outcome => CLASSES.get(outcome) ?? fail(outcome);
  const isLossOutcome = outcome => classOf(outcome) === 'Loss';

  // --- small things -------------------------------------------------------------------------------------------------------

  function fail(message) { throw new Unreadable(message); }
  const last = list => list[list.length - 1];
  const unique = list => [...new Set(list)];
  const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
  const by = (...keys) => (a, b) => keys.reduce((order, key) => order || compare(key(a), key(b)), 0);
  const groups = (list, key) => [...list.reduce((map, item) => map.set(key(item), [...(map.get(key(item)) ?? []), item]), new Map())];
  const addDays = (day, days) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86400000).toISOString().slice(0, 10);
  const yearOf = day => Number(day.slice(0, 4));

  const text = (fact, member) => fact.data[member] ?? fail(`${fact.sequence} ${fact.type}.${member}`);
  // Of facts that decide together, the one with the latest legal date, ties by sequence.
  const latest = facts => last([...facts].sort(by(f => f.on, f => f.sequence)));

  // The instant of a submission as (seconds, fraction): finer than milliseconds.
  function instant(fact) {
    const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/i.exec(fact.data.submittedAt);
    const seconds = match ? Date.parse(match[1] + match[3].toUpperCase()) : NaN;
    return Number.isNaN(seconds) ? fail(`${fact.sequence} ${fact.type}.submittedAt`) : [seconds, (match[2] ?? '').padEnd(9, '0')];
  }
  // Asia/Shanghai is 8 hours ahead.
  const localDay = ([milliseconds]) => new Date(milliseconds + 8 * 3600000).toISOString().slice(0, 10);
  // Of several submissions the earliest by legal instant counts.
  const inTime = by(s => instant(s)[0], s => instant(s)[1], s => s.sequence);
  const earliest = submissions => [...submissions].sort(inTime)[0];

  // --- facts as they are read: corrected, not retracted, instances by their present numbers -------------------------------

  const opens = fact => fact.type === 'LawsuitDocketed' || fact.type === 'InstanceOpened';
  const normalised = number => number.replaceAll('(', '（').replaceAll(')', '）');

  function readingOf(stream) {
    const target = ({ data: { fact } }) => JSON.stringify([fact.source, fact.id]);
    const amendments = type => new Map(groups(stream.filter(f => f.type === type), target));
    const retractions = amendments('FactRetracted'), corrections = amendments('FactCorrected');
    const of = (map, fact) => map.get(JSON.stringify([fact.source, fact.id])) ?? [];
    const isRetracted = (fact, upTo = Infinity) => of(retractions, fact).some(r => r.sequence <= upTo);
    const standing = (fact, upTo = Infinity) => of(corrections, fact).filter(c => c.sequence <= upTo && !isRetracted(c, upTo));
    const read = (fact, upTo) => Object.assign({}, fact.data, ...standing(fact, upTo).map(c => c.data.set));

    const openings = stream.filter(f => opens(f) && !isRetracted(f));
    const numberAt = (opening, upTo) => normalised(read(opening, upTo).caseNo);
    const borne = (number, at) => openings.find(o => o.sequence <= at && numberAt(o, at) === number);
    const onceBorne = number => openings.findLast(o => stream.some(f => f.sequence >= o.sequence && numberAt(o, f.sequence) === number));
    // A fact names an instance by the number that it had when that was written down.
    const present = (number, statedAt) => {
      const opening = borne(number, statedAt) ?? onceBorne(number);
      return opening ? numberAt(opening, Infinity) : number;
    };
    return stream.filter(f => reads(f.type) && !f.type.startsWith('Fact') && !isRetracted(f)).map(fact => {
      const data = read(fact);
      if (typeof data.caseNo === 'string') {
        const statedBy = last(standing(fact).filter(c => Object.hasOwn(c.data.set, 'caseNo'))) ?? fact;
        data.caseNo = opens(fact) ? normalised(data.caseNo) : present(normalised(data.caseNo), statedBy.sequence);
      }
      const slash = fact.subject.indexOf('/'), dated = CATALOGUE[fact.type][0];
      const said = { sequence: fact.sequence, type: fact.type, kind: fact.subject.slice(0, slash), key: fact.subject.slice(slash + 1), data };
      said.on = dated === null ? null : dated === 'submittedAt' ? localDay(instant(said)) : text(said, dated);
      return said;
    });
  }

  // --- calendars, periods, policies ---------------------------------------------------------------------------------------

  function workingDays(facts) {
    const years = new Map(facts.filter(f => f.type === 'CalendarYearPublished').sort(by(f => f.sequence)).map(f => [f.data.year, f.data]));
    const isWorking = day => {
      const atWeekend = [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay()), year = years.get(yearOf(day));
      return year === undefined ? !atWeekend : atWeekend ? (year.makeUpWorkdays ?? []).includes(day) : !(year.holidays ?? []).includes(day);
    };
    return {
      after(receipt, days) {
        let on = receipt, provisional = false;
        while (days > 0) {
          on = addDays(on, 1);
          provisional ||= !years.has(yearOf(on));
          if (isWorking(on)) days--;
        }
        return { on, provisional };
      },
      rolled(day) {
        const provisional = !years.has(yearOf(day));
        while (!isWorking(day)) day = addDays(day, 1);
        return { on: day, provisional };
      },
      between(after, upTo) {
        let count = 0;
        for (let day = addDays(after, 1); day <= upTo; day = addDays(day, 1)) if (isWorking(day)) count++;
        return count;
      },
    };
  }

  function periodOf(said) {
    const match = /^(\d{4})(?:Q([1-4])|-(0[1-9]|1[0-2]))?$/.exec(said);
    if (!match) throw new RangeError(`period ${said}`);
    const month = match[2] ? 3 * match[2] - 2 : Number(match[3] ?? 1), months = match[2] ? 3 : match[3] ? 1 : 12;
    const first = `${match[1]}-${String(month).padStart(2, '0')}-01`;
    const end = month + months > 12 ? `${String(Number(match[1]) + 1).padStart(4, '0')}-01-01` : `${match[1]}-${String(month + months).padStart(2, '0')}-01`;
    return { first, last: addDays(end, -1), isYear: months === 12, holds: day => typeof day === 'string' && first <= day && day < end };
  }

  function policiesOf(facts) {
    const builtIn = { 'P-A': 'FirstInstanceClosed', 'P-B': 'Effective', 'P-C': 'SubstantiveJudgment', 'P-D': 'SubstantiveLoss' };
    const adopted = facts.filter(f => f.type === 'CountingPolicyAdopted').sort(by(f => f.sequence));
    const oneOf = (data, member, ...values) => values.includes(data[member] ?? values[0]) ? data[member] ?? values[0] : fail(`CountingPolicyAdopted.${member}`);
    const policy = data => {
      const basis = oneOf(data, 'basis', ...Object.values(builtIn)), notLosses = data.notLosses ?? [], exclude = data.excludeClosings ?? [];
      return {
        basis,
        oncePerSeries: oneOf(data, 'series', 'Each', 'OncePerSeries') === 'OncePerSeries',
        barsPerList: oneOf(data, 'barList', 'All', 'PerList') === 'PerList',
        rollsFixedDates: oneOf(data, 'fixedDateRollover', 'None', 'NextWorkingDay') === 'NextWorkingDay',
        countsCompensation: data.countCompensation ?? true,
        isLoss: outcome => (isLossOutcome(outcome) || (basis === 'SubstantiveLoss' && ['WithdrawAfterDefendantChanged', 'Mediated'].includes(outcome)))
          && !notLosses.includes(outcome),
        counts: outcomes => outcomes.length > 0 && !outcomes.every(o => exclude.includes(o))
          && (basis !== 'SubstantiveJudgment' || outcomes.some(o => ['Win', 'Loss'].includes(classOf(o)))),
      };
    };
    return {
      named(id) {
        const found = adopted.findLast(f => f.key === id);
        return found ? policy(found.data) : Object.hasOwn(builtIn, id) ? policy({ basis: builtIn[id] }) : null;
      },
      inForceOn: day => policy(last(adopted.filter(f => text(f, 'effectiveFrom') <= day).sort(by(f => f.data.effectiveFrom, f => f.sequence)))?.data ?? {}),
    };
  }

  // --- units and lawsuits as their visible facts tell them -----------------------------------------------------------------

  function unitOf(key, facts) {
    const registered = last(facts.filter(f => f.type === 'UnitRegistered')), kind = registered ? text(registered, 'kind') : null;
    const name = latest(facts.filter(f => f.type === 'UnitRegistered' || f.type === 'UnitRenamed'));
    const mergedOn = latest(facts.filter(f => f.type === 'UnitMerged'))?.on ?? null;
    // An organ outside the county is never listed, ranked, counted or obliged.
    const counts = kind !== null && kind !== 'External';
    const ownList = kind === 'Township' ? 'Townships' : ['Department', 'Stationed'].includes(kind) ? 'Departments' : null;
    const isListed = (list, period) => counts && registered.on <= period.last && !(mergedOn !== null && mergedOn < period.first) && (list === 'All' || list === ownList);
    return { key, facts, name: name ? text(name, 'name') : null, mergedOn, counts, ownList, isListed, isBarrable: counts && kind !== 'CountyGovernment' };
  }

  function lawsuitOf(key, facts) {
    const of = type => facts.filter(f => f.type === type);
    const level = fact => (LEVELS.includes(fact.data.level) ? LEVELS.indexOf(fact.data.level) : fail(`${fact.sequence} level`));
    const documents = of('JudgmentRendered').sort(by(d => d.on, level, d => d.sequence));
    const stated = (document, unit) => (document.data.dispositions ?? []).filter(d => d.unit === unit).map(d => d.outcome);
    // An affirmation gives what the nearest document before it gave, itself or by affirming.
    const affirmed = (document, unit) => documents.slice(0, documents.indexOf(document)).map(d => given(d, unit)).findLast(o => o.length > 0) ?? [];
    const given = (document, unit) => unique(stated(document, unit).flatMap(o =>
      classOf(o) === 'Affirming' ? affirmed(document, unit) : classOf(o) === 'None' ? [] : [o])).sort();
    const named = f => (f.type === 'LawsuitDocketed' ? (f.data.defendants ?? []).map(d => d.unit) : f.type.startsWith('Defendant') ? [f.data.unit] : []);
    const docketed = of('LawsuitDocketed')[0];
    const series = latest(facts.filter(f => ['LawsuitDocketed', 'SeriesLinked'].includes(f.type) && (f.data.series ?? null) !== null))?.data.series ?? null;
    return {
      key, of, documents, given, docketed, series, effective: latest(of('OutcomeBecameEffective')),
      isDefendant: unit => ![undefined, 'DefendantRemoved'].includes(latest(facts.filter(f => named(f).includes(unit)))?.type),
      opensLossFiling: (document, unit) => stated(document, unit).some(o =>
        isLossOutcome(o) || (['AffirmJudgment', 'AffirmRuling'].includes(o) && affirmed(document, unit).some(isLossOutcome))),
    };
  }

  function snapshotOf(facts, position, asOf) {
    const recorded = facts.filter(f => f.sequence <= position).sort(by(f => f.sequence));
    const read = groups(recorded, f => f.subject).flatMap(([, stream]) => readingOf(stream));
    const streams = kind => groups(read.filter(f => f.kind === kind && f.on !== null && f.on <= asOf), f => f.key);
    const units = new Map(streams('unit').map(([key, own]) => [key, unitOf(key, own)]));
    const snapshot = {
      asOf, units, policies: policiesOf(read), workingDays: workingDays(read),
      lawsuits: streams('lawsuit').map(([key, own]) => lawsuitOf(key, own)),
      instances: new Set(read.filter(opens).map(f => f.data.caseNo)),
      counts: unit => units.get(unit)?.counts === true,
    };
    return { ...snapshot, obligations: obligationsOf(snapshot) };
  }

  // --- obligations (counting-rules.md §7) ----------------------------------------------------------------------------------

  function obligationsOf({ asOf, units, policies, workingDays: days, lawsuits, counts }) {
    const isIn = (duty, { data }) => data.kind === duty.kind
      && (duty.caseNo === null ? (data.duty ?? null) === duty.duty && (data.year ?? null) === duty.year : (data.caseNo ?? null) === duty.caseNo);

    function judged(duty, due, metBy) {
      // An open duty moves to the unit to which it was last transferred; what was done before a transfer was no longer open.
      const done = metBy([duty.unit]);
      const moved = latest(units.get(duty.unit).facts.filter(f => f.type === 'ObligationTransferred' && isIn(duty, f) && !(done && done.on < f.on)));
      const met = metBy(moved ? [duty.unit, moved.data.to] : [duty.unit]);
      const until = met?.on ?? asOf, late = until > due.on;
      const row = { kind: duty.kind, unit: moved?.data.to ?? duty.unit, lawsuit: duty.lawsuit, caseNo: duty.caseNo };
      if (duty.duty !== null) Object.assign(row, { duty: duty.duty, year: duty.year });
      return Object.assign(row, {
        openedOn: duty.on, dueOn: due.on, provisional: due.provisional,
        status: met ? (late ? 'MetLate' : 'Met') : late ? 'Overdue' : 'Pending',
        metAt: met?.data.submittedAt ?? null, daysLate: late ? days.between(due.on, until) : 0,
      });
    }

    function filings(lawsuit, kind, receipts, workingDaysGiven, submissions, met) {
      return receipts.filter(r => counts(r.data.unit)).map(receipt => {
        const duty = { kind, unit: receipt.data.unit, lawsuit: lawsuit.key, caseNo: text(receipt, 'caseNo'), duty: null, year: null, on: receipt.on };
        const of = holders => lawsuit.of(submissions).filter(s => s.data.caseNo === duty.caseNo && holders.includes(s.data.unit));
        return judged(duty, days.after(receipt.on, workingDaysGiven), holders => met(of(holders)));
      });
    }

    function lastOfThree(submissions) {
      const first = LOSS_DOCUMENTS.map(document => earliest(submissions.filter(s => s.data.document === document)));
      return first.includes(undefined) ? undefined : last(first.sort(inTime));
    }

    const caseFilings = l => filings(l, CASE_FILING, l.of('ResponseMaterialsReceived'), 3, 'CaseFilingSubmitted', earliest);
    const lossFilings = l => filings(
      l, LOSS_FILING, l.of('JudgmentReceived').filter(r => l.documents.some(d => d.data.caseNo === r.data.caseNo && l.opensLossFiling(d, r.data.unit))),
      5, 'LossFilingDocumentSubmitted', lastOfThree);

    function reports(unit) {
      const of = (type, duty) => unit.facts.filter(f => f.type === type && f.data.duty === duty);
      return groups(unit.facts.filter(f => f.type === 'DutyRegistered'), f => f.data.duty).flatMap(([key, registered]) => {
        const found = [];
        for (let year = Math.min(...registered.map(r => yearOf(r.on))) + 1; year < yearOf(asOf); year++) {
          if (unit.mergedOn !== null && unit.mergedOn <= `${year}-12-31`) continue;
          if (of('EnforcementPerformed', key).some(f => yearOf(f.on) === year && f.data.count > 0)) continue;
          const fixed = `${year + 1}-01-31`;
          const due = policies.inForceOn(`${year}-01-01`).rollsFixedDates ? days.rolled(fixed) : { on: fixed, provisional: false };
          const duty = { kind: NON_PERFORMANCE, unit: unit.key, lawsuit: null, caseNo: null, duty: key, year, on: `${year + 1}-01-01` };
          found.push(judged(duty, due, holders => earliest(holders.flatMap(h => units.get(h)?.facts ?? [])
            .filter(f => f.type === 'NonPerformanceReportSubmitted' && f.data.duty === key && f.data.year === year))));
        }
        return found;
      });
    }

    return [...lawsuits.flatMap(l => [...caseFilings(l), ...lossFilings(l)]), ...[...units.values()].filter(u => u.counts).flatMap(reports)];
  }

  // --- the numbers of a unit (counting-rules.md §4 and §5) -----------------------------------------------------------------

  const rate = (items, counts) => ({ n: items.filter(counts).length, d: items.length });
  const rateOf = items => rate(items, item => item.counts);
  const lossRateOf = (decided, policy) => (policy.oncePerSeries
    ? rate(groups(decided, c => (c.series === null ? c : c.series)), ([, serial]) => serial.some(c => c.counts))
    : rateOf(decided));

  function tallyOf({ asOf, lawsuits, obligations }, unit, period, policy) {
    const closing = (lawsuit, document, on, counts) => {
      const outcomes = lawsuit.given(document, unit);
      return outcomes.length === 0 ? [] : [{ lawsuit: lawsuit.key, caseNo: document.data.caseNo, on, outcomes, series: lawsuit.series, counts: outcomes.some(counts) }];
    };
    const firstInstance = (l, counts) => l.documents.filter(d => d.data.level === 'First' && period.holds(d.on)).flatMap(d => closing(l, d, d.on, counts));
    const effective = (l, counts) => (period.holds(l.effective?.on)
      ? l.documents.filter(d => d.data.caseNo === l.effective.data.caseNo).flatMap(d => closing(l, d, l.effective.on, counts)) : []);
    const heard = l => groups(
      l.of('HearingHeld').filter(h => h.data.openCourt === true && period.holds(h.on) && (h.data.attendances ?? []).some(a => a.unit === unit)),
      h => text(h, 'caseNo')).map(([caseNo, hearings]) => {
      const came = hearings.map(h => ({ heldOn: h.on, counts: h.data.attendances.some(a => a.unit === unit && HEADS.includes(a.by)) }));
      return { lawsuit: l.key, caseNo, ...came.sort(by(h => !h.counts, h => h.heldOn))[0] };
    });
    const due = kind => obligations.filter(o => o.unit === unit && o.kind === kind && period.holds(o.dueOn) && o.dueOn <= asOf);
    return {
      decided: lawsuits.filter(l => policy.countsCompensation || l.docketed?.data.category !== 'Compensation')
        .flatMap(l => (policy.basis === 'Effective' ? effective : firstInstance)(l, policy.isLoss)).filter(c => policy.counts(c.outcomes)),
      closed: lawsuits.flatMap(l => firstInstance(l, o => classOf(o) === 'Ended')),
      fresh: lawsuits.filter(l => period.holds(l.docketed?.on) && l.isDefendant(unit))
        .map(l => ({ lawsuit: l.key, caseNo: l.docketed.data.caseNo, docketedOn: l.docketed.on })),
      heard: lawsuits.flatMap(heard), caseFilings: due(CASE_FILING), lossFilings: due(LOSS_FILING),
    };
  }

  const onTime = obligations => rate(obligations, o => o.status === 'Met');

  function numbersOf(tally, policy) {
    const lossRate = lossRateOf(tally.decided, policy);
    return {
      lossRate, losses: lossRate.n, newCases: tally.fresh.length, closed: tally.closed.length, mediatedOrWithdrawn: rateOf(tally.closed),
      headAttendance: rateOf(tally.heard), timelyCaseFiling: onTime(tally.caseFilings), timelyLossFiling: onTime(tally.lossFilings),
    };
  }

  function rowOf(unit, tally, policy) {
    const numbers = numbersOf(tally, policy), { d } = numbers.lossRate;
    return { ...numbers, unit: unit.key, name: unit.name, flags: d > 0 && d < 5 ? ['SmallSample'] : [] };
  }

  function behind({ decided, closed, fresh, heard, caseFilings, lossFilings }) {
    return {
      lossRate: decided, losses: decided.filter(c => c.counts), newCases: fresh, closed, mediatedOrWithdrawn: closed.filter(c => c.counts),
      headAttendance: heard, timelyCaseFiling: caseFilings, timelyLossFiling: lossFilings,
    };
  }

  // Distinct documents and lawsuits that count for at least one unit, lost if lost for one; what is counted by unit is summed.
  function countyOf(tallies, policy) {
    const distinct = closings => groups(closings, c => `${c.lawsuit}\n${c.caseNo}`).map(([, same]) => ({ ...same[0], counts: same.some(c => c.counts) }));
    const all = name => tallies.flatMap(t => t[name]);
    const fresh = unique(all('fresh').map(c => c.lawsuit));
    const merged = {
      decided: distinct(all('decided')), closed: distinct(all('closed')), fresh, heard: all('heard'), caseFilings: all('caseFilings'), lossFilings: all('lossFilings'),
    };
    return { ...numbersOf(merged, policy), unit: null, name: null };
  }

  // The highest rate first, then the most losses; equals share a rank and the next one skips. Compared as integers.
  function standingsOf(rates) {
    const isWorse = (a, b) => { const order = BigInt(a.n) * BigInt(b.d) - BigInt(b.n) * BigInt(a.d); return order > 0n || (order === 0n && a.n > b.n); };
    return rates
      .map(({ unit, lossRate }) => ({ unit, rank: lossRate.d === 0 ? null : 1 + rates.filter(o => o.lossRate.d > 0 && isWorse(o.lossRate, lossRate)).length }))
      .sort(by(s => s.rank ?? Infinity, s => s.unit));
  }

  // The members without which the numbers cannot be derived, of those that are not shown.
  const neededButHidden = fact => (reads(fact.type) ? CATALOGUE[fact.type].filter(member => member !== null && fact.hidden?.has(member)) : []);

  return { Unreadable, CASE_FILING, LOSS_FILING, by, unique, neededButHidden, periodOf, snapshotOf, tallyOf, lossRateOf, rowOf, behind, countyOf, standingsOf };
})();
