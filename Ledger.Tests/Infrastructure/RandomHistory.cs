using System.Globalization;
using System.Text.Json;
using CsCheck;
using Ledger.Domain.Calendar;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Policies;
using Ledger.Domain.Units;

namespace Ledger.Tests.Infrastructure;

/// <summary>
/// A random history of facts that the ledger admits one after another: units, several lawsuits with appeals, remands and
/// co-defendants, policies and a calendar, and corrections (renames among them) and retractions of what was said before.
/// It is a function of the choices alone, so that a failing case can be told again.
/// </summary>
public sealed record RandomHistory(DateOnly Today, IReadOnlyList<Told> Told)
{
    private const int ChoicesPerStep = 10;

    /// <summary>Histories of about as many facts as steps; a step whose fact the rules refuse adds none.</summary>
    public static Gen<RandomHistory> Of(int steps = 80) => Gen.Int[0, 99_999].Array[steps * ChoicesPerStep].Select(From);

    /// <summary>The history that a list of choices tells.</summary>
    public static RandomHistory From(int[] choices)
    {
        var teller = new Teller(choices);
        return new RandomHistory(Teller.Today, teller.Tell());
    }

    /// <summary>A ledger in memory to which everything was told.</summary>
    public MemoryLedger Ledger()
    {
        var ledger = new MemoryLedger(Today);
        foreach (var told in Told) ledger.Tell(told);
        return ledger;
    }

    public override string ToString() => string.Join('\n', Told.Select(t => $"{t.Subject} {t.Id.Id} {EventCatalog.NameOf(t.Fact)} {FactJson.Write(t.Fact)}"));

    private sealed class Teller(int[] choices) : IRandomTeller
    {
        public static readonly DateOnly Today = new(2024, 6, 30);

        private static readonly string[] Units = ["wuquan", "beiwudu", "jiaotong", "gongan", "shuiwu", "county", "city"];
        private static readonly DateOnly Start = new(2023, 1, 1);

        private readonly MemoryLedger _ledger = new(Today);
        private readonly List<Told> _told = [];
        private int _at;
        private int _number;

        MemoryLedger IRandomTeller.Ledger => _ledger;

        DateOnly IRandomTeller.Today => Today;

        int IRandomTeller.Next(int below) => Next(below);

        T IRandomTeller.One<T>(IReadOnlyList<T> of) => One(of);

        T IRandomTeller.One<T>() => One<T>();

        bool IRandomTeller.Rarely(int oneIn) => Rarely(oneIn);

        DateOnly IRandomTeller.Day(DateOnly? from, int within) => Day(from, within);

        string IRandomTeller.Unit() => One(Units);

        public IReadOnlyList<Told> Tell()
        {
            foreach (var unit in Samples.Units) Say(unit);
            for (var step = 0; step < choices.Length / ChoicesPerStep; step++)
            {
                _at = step * ChoicesPerStep;
                Step();
            }

            return _told;
        }

        private int Next(int below)
        {
            // A step that needs more than its share of choices goes on with shifted ones: still a function of the choices.
            var choice = choices[_at % choices.Length] + (_at / choices.Length * 7);
            _at++;
            return choice % below;
        }

        private T One<T>(IReadOnlyList<T> of) => of[Next(of.Count)];

        private T One<T>()
            where T : struct, Enum => One(Enum.GetValues<T>());

        private bool Rarely(int oneIn) => Next(oneIn) == 0;

        private DateOnly Day(DateOnly? from = null, int within = 60)
        {
            var day = (from ?? Start).AddDays(Next(within));
            return day <= Today ? day : Today;
        }

        private DateTimeOffset Instant(DateOnly day) => new(day.ToDateTime(new TimeOnly(Next(24), Next(60))), TimeSpan.FromHours(8));

        private bool Say(Told told)
        {
            if (_ledger.Tell(told).Fact is null) return false;
            _told.Add(told);
            return true;
        }

        // Through JSON, as every fact reaches the ledger: that is where case numbers are normalised.
        private void Say(Subject subject, IFact fact) => Say(new Told(
            subject, fact is INeedsApproval needs ? global::Ledger.Domain.Approvals.Approval.IdOf(needs.Approval) : new FactId("/random", $"{_at}-{_told.Count}"), FactJson.ReadTrusted(EventCatalog.EntryOf(fact), FactJson.Write(fact))));

        private void Step()
        {
            switch (Next(40))
            {
                case >= 34: AmendThePlan(); break;
                case >= 20: TellOfThePlan(); break;
                case 0: Say(Subject.Unit(One(Units)), UnitFact()); break;
                case 1: SayPolicyOrCalendar(); break;
                case 2 or 3 or 4: Amend(Subject.Lawsuit(LawsuitKey())); break;
                case 5: Amend(Subject.Unit(One(Units))); break;
                default: SayOf(LawsuitKey()); break;
            }
        }

        // Some facts of one area on end: a life cycle gets nowhere by single facts among many areas.
        private void TellOfThePlan()
        {
            var area = One(AreaSpecimen.All);
            for (var i = Next(8); i >= 0; i--)
                if (area.Next(this) is var (subject, fact)) Say(subject, fact);
        }

        private void AmendThePlan()
        {
            var streams = _ledger.Log.Select(r => r.Subject).Where(s => s.Kind is not (StreamKind.Unit or StreamKind.Lawsuit or StreamKind.Calendar)).Distinct().ToList();
            if (streams.Count > 0) Amend(One(streams));
        }

        private string LawsuitKey() => "l" + Next(4).ToString(CultureInfo.InvariantCulture);

        private IUnitFact UnitFact()
        {
            var duty = "duty" + Next(2).ToString(CultureInfo.InvariantCulture);
            return Next(8) switch
            {
                0 => new UnitMerged(One(Units), Day(within: 500)),
                1 => new UnitRenamed("改名" + Next(5).ToString(CultureInfo.InvariantCulture), Day(within: 500)),
                2 or 3 or 4 => new DutyRegistered(duty, "职责", new DateOnly(2021, 1, 1).AddDays(Next(900))),
                5 => new EnforcementPerformed(duty, new DateOnly(2021, 1, 1).AddDays(Next(1200)), Next(3)),
                _ => new NonPerformanceReportSubmitted(2021 + Next(3), duty, Instant(new DateOnly(2024, 1, 1).AddDays(Next(60))), "无"),
            };
        }

        private void SayPolicyOrCalendar()
        {
            if (Rarely(4))
            {
                var published = One(WorkingCalendar.Published);
                Say(new Subject(StreamKind.Calendar, $"{published.Year}"), published with { Holidays = [.. published.Holidays.Skip(Next(3))], Notice = "修订" });
                return;
            }

            var policy = new CountingPolicyAdopted(
                Start.AddDays(Next(700)),
                One<CountingBasis>(),
                One<SeriesCounting>(),
                Rarely(2) ? [Outcome.NotDocketed, Outcome.Transferred] : null,
                Rarely(2) ? [Outcome.ConfirmUnlawfulMinorProcedure] : null,
                !Rarely(2),
                One<BarList>(),
                One<FixedDateRollover>());
            Say(new Subject(StreamKind.Policy, "p" + Next(6).ToString(CultureInfo.InvariantCulture)), policy);
        }

        private void SayOf(string key)
        {
            var subject = Subject.Lawsuit(key);
            var lawsuit = Lawsuit.Fold(key, _ledger.Stream(subject).Visible, Today);
            Say(subject, lawsuit.Docketed is null ? Docketing() : LawsuitFact(lawsuit));
        }

        private LawsuitDocketed Docketing()
        {
            var units = Enumerable.Range(0, 1 + Next(3)).Select(_ => One(Units)).Distinct(StringComparer.Ordinal);
            return new LawsuitDocketed(
                Number("1121", "行初"), "舞阳县人民法院", Day(within: 200), Rarely(4) ? LawsuitCategory.Compensation : LawsuitCategory.Administrative,
                "行政处罚", "自然资源", "罚款", [.. units.Select(u => new Defendant(u, One<DefendantCapacity>()))],
                Rarely(2) ? "舞泉镇" : null, Rarely(2) ? ["张某", "李某"] : null, Rarely(2) ? "s" + Next(2).ToString(CultureInfo.InvariantCulture) : null);
        }

        private string Number(string court, string type)
        {
            _number++;
            var brackets = Rarely(3) ? ("(", ")") : ("（", "）");
            return $"{brackets.Item1}2023{brackets.Item2}豫{court}{type}{_number + (Next(2) * 1000)}号";
        }

        private IFact LawsuitFact(Lawsuit lawsuit)
        {
            var opened = lawsuit.Docketed!.DocketedOn;
            var defendants = lawsuit.EverDefendants.ToList();
            var unit = defendants.Count > 0 ? One(defendants) : One(Units);
            var instance = One(lawsuit.Instances);
            var undecided = lawsuit.Instances.FirstOrDefault(i => lawsuit.Document(i.CaseNo) is null);
            var documents = lawsuit.Documents.Where(d => defendants.Count == 0 || d.StatedFor(unit).Count > 0).ToList();
            var document = documents.Count > 0 ? One(documents) : null;
            switch (Next(22))
            {
                case 0: return new DefendantAdded(One(Units), One<DefendantCapacity>(), Day(opened, 90));
                case 1: return new DefendantRemoved(unit, Day(opened, 90), "撤回对其起诉");
                case 2: return new SeriesLinked("s" + Next(2).ToString(CultureInfo.InvariantCulture), Day(opened, 90), "同一征收项目");
                case 3: return new ResponseMaterialsReceived(unit, instance.CaseNo, Day(opened, 20));
                case 4: return new CaseFilingSubmitted(unit, instance.CaseNo, Instant(Day(opened, 30)));
                case 5: return new AnswerSubmitted(unit, instance.CaseNo, Day(opened, 30));
                case 6: return new CaseConferenceHeld(unit, Day(opened, 30), One<LossRisk>());
                case 7: return new SelfCorrectionMade(unit, Day(opened, 60), One<SelfCorrectionKind>(), Rarely(2) ? Day(opened, 60) : null);
                case 8 or 9:
                    return new HearingHeld(instance.CaseNo, Day(opened, 60), !Rarely(4), [.. defendants.Select(d => new Attendance(d, One<Attendee>()))]);
                case 10 when document is not null:
                    var level = One<InstanceLevel>();
                    return new InstanceOpened(
                        level, Number(level == InstanceLevel.First ? "1121" : "11", level switch
                        {
                            InstanceLevel.First => "行初", InstanceLevel.Second => "行终", InstanceLevel.Petition => "行申", _ => "行再",
                        }),
                        "法院", Day(document.Rendered.ClosedOn, 30));
                case 11: return new LawsuitSuspended(Day(opened, 90), "等待另案");
                case 12: return new LawsuitResumed(Day(opened, 120), "原因消除");
                case 13 when document is not null: return new AppealFiled(document.CaseNo, One<Appellant>(), Day(document.Rendered.ClosedOn, 15));
                case 14 or 15 when document is not null: return new JudgmentReceived(unit, document.CaseNo, Day(document.Rendered.ClosedOn, 15));
                case 16 or 17 when document is not null:
                    return new LossFilingDocumentSubmitted(
                        unit, document.CaseNo, One<LossDocument>(), Instant(Day(document.Rendered.ClosedOn, 30)), new string((char)('a' + Next(6)), 64));
                case 18 when document is not null: return new OutcomeBecameEffective(document.CaseNo, Day(document.Rendered.ClosedOn, 60), One<EffectiveBasis>());
                default:
                    var decided = undecided ?? instance;
                    return new JudgmentRendered(
                        decided.CaseNo, decided.Level, One<DocumentKind>(), Day(decided.OpenedOn, 120), [.. Dispositions(defendants, decided.Level)]);
            }
        }

        private IEnumerable<Disposition> Dispositions(IReadOnlyList<string> units, InstanceLevel level)
        {
            foreach (var unit in units)
            {
                var outcome = One<Outcome>();
                if (level == InstanceLevel.First && outcome.ClassOf() == OutcomeClass.AppealOnly) outcome = Outcome.RevokeAll;
                yield return new Disposition(unit, outcome, Rarely(3) ? [One<LossCause>()] : null, Rarely(4) ? Next(100_000) / 100m : null);
                if (Rarely(5) && outcome != Outcome.OrderDamages) yield return new Disposition(unit, Outcome.OrderDamages, null, 1200.00m);
            }
        }

        // Most amendments of a random fact would break the facts that rest on it; the rules refuse those.
        private void Amend(Subject subject)
        {
            var held = _ledger.Stream(subject).History;
            if (held.Count == 0) return;
            var target = One(held);
            Say(subject, (target.Fact is not UnitRegistered && Rarely(3)) || Set(target.Fact) is not { Count: > 0 } set
                ? new FactRetracted(target.Id, "误录", "局长")
                : new FactCorrected(target.Id, set, "笔误", "局长"));
        }

        private Dictionary<string, JsonElement> Set(IFact fact)
        {
            var set = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            switch (fact)
            {
                case IOpensInstance opening when Rarely(2): Put("caseNo", Number(opening is InstanceOpened ? "11" : "1121", "行初")); break;
                case LawsuitDocketed docketed:
                    Put("docketedOn", Iso(docketed.DocketedOn.AddDays(-Next(40))));
                    if (Rarely(2)) Put("township", Rarely(2) ? null : "北舞渡镇");
                    break;
                case JudgmentRendered judgment:
                    Put("dispositions", FactJson.WriteNode(judgment with { Dispositions = [.. Dispositions([.. judgment.NamedUnits.Distinct()], judgment.Level)] })["dispositions"]);
                    break;
                case JudgmentReceived received: Put("receivedOn", Iso(Day(received.ReceivedOn.AddDays(-5), 20))); break;
                case ResponseMaterialsReceived received: Put("receivedOn", Iso(Day(received.ReceivedOn.AddDays(-5), 20))); break;
                case OutcomeBecameEffective effective: Put("effectiveOn", Iso(Day(effective.EffectiveOn.AddDays(-5), 40))); break;
                case DefendantRemoved removed: Put("removedOn", Iso(Day(removed.RemovedOn.AddDays(-20), 40))); break;
                case CaseConferenceHeld: Put("plan", Rarely(3) ? null : "协调"); break;
                case UnitRegistered: Put("name", "更正名" + Next(3).ToString(CultureInfo.InvariantCulture)); break;
                case DutyRegistered duty: Put("registeredOn", Iso(duty.RegisteredOn.AddDays(Next(400) - 200))); break;
                default:
                    foreach (var specimen in AreaSpecimen.All)
                        foreach (var (member, value) in specimen.Set(fact, this))
                            set[member] = value;
                    break;
            }

            return set;

            void Put(string member, object? value) => set[member] = JsonSerializer.SerializeToElement(value, FactJson.Options);
        }

        private static string Iso(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
    }
}
