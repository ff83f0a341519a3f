using System.Runtime.CompilerServices;
using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Domain;

/// <summary>
/// Event names and their JSON are the storage format. The names are an append-only list and every version of an event has
/// a sample; both are committed and read back as they stand.
/// </summary>
public sealed class GoldenTests
{
    // What was ever committed stays: a line or a sample removed from the folder is still named here.
    private static readonly string[] Committed =
    [
        "UnitRegistered.v1", "UnitRenamed.v1", "UnitMerged.v1", "DutyRegistered.v1", "EnforcementPerformed.v1", "NonPerformanceReportSubmitted.v1",
        "LawsuitDocketed.v1", "DefendantAdded.v1", "DefendantRemoved.v1", "SeriesLinked.v1", "ResponseMaterialsReceived.v1", "CaseFilingSubmitted.v1",
        "AnswerSubmitted.v1", "CaseConferenceHeld.v1", "SelfCorrectionMade.v1", "HearingHeld.v1", "InstanceOpened.v1", "AppealFiled.v1",
        "JudgmentRendered.v1", "JudgmentReceived.v1", "LossFilingDocumentSubmitted.v1", "OutcomeBecameEffective.v1", "LawsuitSuspended.v1",
        "LawsuitResumed.v1", "CountingPolicyAdopted.v1", "CalendarYearPublished.v1", "ProvincialBenchmarkRecorded.v1", "FactCorrected.v1", "FactRetracted.v1",
        .. Areas.All.SelectMany(Names).Select(name => name + ".v1"),
    ];

    // The names of an area as they were first written down; a line is added, never changed or removed.
    private static string[] Names(Area area) => File.ReadAllLines(Path.Combine(Folder(), "names", area.Name + ".txt"));

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "..", "Golden");

    private static IEnumerable<(string Version, string Name, string Json)> Samples =>
        from file in Directory.GetFiles(Path.Combine(Folder(), "events"), "*.json").Order(StringComparer.Ordinal)
        let version = Path.GetFileNameWithoutExtension(file)
        select (version, version.Split('.')[0], File.ReadAllText(file).TrimEnd('\n'));

    [Fact]
    public void Every_sample_is_read_and_written_back_byte_for_byte()
    {
        foreach (var (version, name, json) in Samples)
        {
            var entry = EventCatalog.Find(name).ShouldNotBeNull(version);
            using var document = JsonDocument.Parse(json);
            var (fact, refusal) = FactJson.Read(entry, document.RootElement);
            refusal.ShouldBeNull(version);
            FactJson.Write(fact!).ShouldBe(json, version);
            FactJson.Write(FactJson.ReadTrusted(entry, json)).ShouldBe(json, version);
            FactJson.WriteNode(fact!).ToJsonString(FactJson.Options).ShouldBe(json, version);
        }
    }

    [Fact]
    public void Every_event_has_a_sample_with_all_its_members_at_every_level()
    {
        foreach (var entry in EventCatalog.All)
        {
            var json = Samples.Last(s => s.Name == entry.Name).Json;
            using var document = JsonDocument.Parse(json);
            Filled(document.RootElement, entry.Schema, entry.Name);
        }

        static void Filled(JsonElement value, FactSchema schema, string path)
        {
            foreach (var member in schema.Members)
            {
                value.TryGetProperty(member.Name, out var of).ShouldBeTrue($"{path}.{member.Name}");
                if (member.Value.Members is { } members) Filled(of, members, $"{path}.{member.Name}");
                if (member.Value.Item is null) continue;
                of.GetArrayLength().ShouldBeGreaterThan(0, $"{path}.{member.Name}");
                if (member.Value.Item.Members is { } items) Filled(of[0], items, $"{path}.{member.Name}[0]");
            }
        }
    }

    [Fact]
    public void No_sample_was_removed_and_every_sample_is_on_the_committed_list() => Samples.Select(s => s.Version).ShouldBe(Committed, ignoreOrder: true);

    [Fact]
    public void The_names_are_those_of_the_list_in_its_order_none_changed_or_removed()
    {
        string[] listed =
        [
            .. File.ReadAllLines(Path.Combine(Folder(), "event-names.txt")),
            .. Areas.All.SelectMany(area => Names(area).Select(name => $"{name} {EventCatalog.Find(name)?.Kind?.ToString().ToLowerInvariant()}")),
        ];
        listed.ShouldBe(EventCatalog.All.Select(e => $"{e.Name} {e.Kind?.ToString().ToLowerInvariant() ?? "any"}"));
        listed.Select(l => l.Split(' ')[0] + ".v1").ShouldBe(Committed.Where(c => c.EndsWith(".v1", StringComparison.Ordinal)));
    }

    [Fact]
    public void Every_name_is_one_type_with_a_Chinese_name()
    {
        EventCatalog.All.Select(e => e.Name).ShouldBeUnique();
        EventCatalog.All.Select(e => e.Type).ShouldBeUnique();
        EventCatalog.All.Select(e => e.Chinese).ShouldBeUnique();
        typeof(IFact).Assembly.GetTypes().Where(t => typeof(IFact).IsAssignableFrom(t) && !t.IsInterface)
            .ShouldBe(EventCatalog.All.Select(e => e.Type), ignoreOrder: true);
        EventCatalog.All.ShouldAllBe(e => e.Type.IsSealed && e.Type.BaseType == typeof(object));
    }
}
