using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ledger.Domain.Counting;
using Ledger.Domain.Facts;
using Ledger.Domain.Periods;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Ledger.Host.Api;
using Ledger.Host.Import;
using Ledger.Host.Pages;
using Ledger.Host.Security;
using Ledger.Host.Telemetry;
using Ledger.Projections.Reading;
using Npgsql;

namespace Ledger.Host.Office.Imports;

/// <summary>What somebody asks of a sheet.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Sha256">The file.</param>
/// <param name="Period">The quarter of a court's list.</param>
/// <param name="SharedOn">The day on which the court shared it.</param>
/// <param name="Columns">Which column holds what; null as it is remembered or guessed.</param>
/// <param name="WithNew">Whether cases that nobody has recorded are recorded too, beside a court's list.</param>
public sealed record SheetAsked(ImportKind Kind, string Sha256, string? Period, DateOnly? SharedOn, IReadOnlyDictionary<ImportField, int>? Columns, bool WithNew = true);

/// <summary>A sheet with what it would come to.</summary>
/// <param name="Name">What the sender calls the file.</param>
/// <param name="Table">The sheet.</param>
/// <param name="Columns">Which column holds what.</param>
/// <param name="Rows">Its rows with their verdicts.</param>
/// <param name="Problems">Why nothing of it can be committed, besides its rows.</param>
/// <param name="Proposed">Facts that would be recorded.</param>
/// <param name="IsShared">Whether the very list has been recorded already.</param>
/// <param name="LedgerOnly">For a list: the ledger's cases of the quarter that it lacks.</param>
public sealed record SheetPreview(
    string Name, SheetTable Table, IReadOnlyDictionary<ImportField, int> Columns, IReadOnlyList<JudgedRow> Rows, IReadOnlyList<Refusal> Problems, int Proposed, bool IsShared,
    IReadOnlyList<string> LedgerOnly)
{
    /// <summary>Whether it can be committed.</summary>
    public bool CanCommit => Problems.Count == 0 && Proposed > 0 && Rows.All(r => r.Verdict != RowVerdict.Refused);

    /// <summary>How many rows have a verdict.</summary>
    public int Count(RowVerdict verdict) => Rows.Count(r => r.Verdict == verdict);

    internal IReadOnlyList<(int? Row, ProposedFact Fact)> Facts { get; init; } = [];
}

/// <summary>Judges a sheet by a dry run of the import, and commits it by the import: all of it or nothing.</summary>
public sealed class SheetImport(
    PageAnswers answers, UploadedSheets sheets, RememberedColumns remembered, Scopes scopes, FactMemory memory, NpgsqlDataSource database, TimeProvider clock, LedgerMetrics metrics)
{
    /// <summary>What a sheet would come to.</summary>
    public Task<Answer<SheetPreview>> PreviewAsync(SheetAsked asked) => answers.AsImporterAsync(async user =>
    {
        if (sheets.Find(user.Actor, asked.Sha256) is not { } file) return new(null, OfficeRefusals.Gone, null);
        var (table, refusal) = SheetReader.Read(file.Content, ImportColumns.IsHeading);
        if (table is null) return new(null, refusal, null);
        var columns = asked.Columns ?? await remembered.FindAsync(user.Actor, asked.Kind, table.Headings) ?? ImportColumns.Guess(asked.Kind, table.Headings);
        var (scope, _) = await scopes.ResolveAsync(new TimesAsked(), CancellationToken.None);
        try
        {
            var situation = await memory.SituationAsync(scope!.Position, scope.AsOf);
            var preview = Judge(asked, file, table, columns, situation);
            return new Answer<SheetPreview>(await TryAsync(preview, asked.Kind, user), null, scope);
        }
        catch (UnreadableFactException e)
        {
            return new(null, Refusal.Of(Codes.AnswerWithheld, e.Type, e.Sequence), scope);
        }
    });

    /// <summary>Commits a sheet, judged anew: what was new a minute ago may not be now.</summary>
    public async Task<Answer<ImportReport>> CommitAsync(SheetAsked asked)
    {
        var judged = await PreviewAsync(asked);
        if (judged.Value is not { } preview) return new(null, judged.Refusal, judged.Scope);
        if (preview.Problems.Count > 0) return new(null, preview.Problems[0], judged.Scope);
        if (preview.Rows.FirstOrDefault(r => r.Verdict == RowVerdict.Refused) is { } refused) return new(null, refused.Refusals[0], judged.Scope);
        return await answers.AsImporterAsync(async user =>
        {
            try
            {
                var report = await ImportOf(user).RunAsync(new MemoryStream(LinesOf(preview.Facts.Select(f => f.Fact), asked.Kind)), user.Actor);
                if (report.Refused.Count > 0) return new(null, new Refusal(report.Refused[0].Code, report.Refused[0].Message, report.Refused[0].Message), null);
                metrics.Imported(report.Imported);
                await remembered.KeepAsync(user.Actor, asked.Kind, preview.Table.Headings, preview.Columns);
                return new Answer<ImportReport>(report, null, judged.Scope);
            }
            catch (ImportBusyException busy)
            {
                return new(null, busy.Refusal, null);
            }
        });
    }

    private static SheetPreview Judge(SheetAsked asked, UploadedSheet file, SheetTable table, IReadOnlyDictionary<ImportField, int> columns, Situation situation)
    {
        var names = new UnitNames(situation.County.Names());
        var rows = table.Rows.Select(r => ReadRow.Of(asked.Kind, r, columns, names)).ToList();
        var judge = new RowJudge(situation);
        var preview = new SheetPreview(file.Name, table, columns, [], columns.ContainsKey(ImportField.CaseNo) ? [] : [OfficeRefusals.NoCaseNumbers], 0, false, []);
        if (asked.Kind == ImportKind.Register) return With(preview, [.. rows.Select(judge.OfRegister)], []);

        if (asked.Period is null || asked.SharedOn is not { } sharedOn || !Period.TryParse(asked.Period, out var quarter) || quarter.Text is not [_, _, _, _, 'Q', _])
            return With(preview with { Problems = [.. preview.Problems, OfficeRefusals.NoQuarter] }, [.. rows.Select(r => judge.OfCourt(r, Array.Empty<Difference>().ToLookup(d => d.Key.CaseNo, StringComparer.Ordinal)))], []);
        var stream = PeriodState.Of(quarter);
        var before = CourtLists.Of(situation.Of(stream));
        var list = ListOf(quarter, before, rows, file.Sha256, sharedOn);
        // What was shared is compared once; shared again, it would be another list.
        var isShared = before.Shared.Any(l => l.Sha256 == file.Sha256);
        var (differences, _) = new Reconciliation(situation).Of(quarter, isShared ? before : new CourtLists([.. before.Shared, list]));
        var byCase = differences.ToLookup(d => d.Key.CaseNo, StringComparer.Ordinal);
        var judged = rows.Select(r => judge.OfCourt(r, byCase)).ToList();
        if (!asked.WithNew) judged = [.. judged.Select(r => r with { Facts = [] })];
        return With(
            preview with { IsShared = isShared, LedgerOnly = [.. differences.Where(d => d.Key.Kind == DifferenceKind.LedgerOnly).Select(d => d.Key.CaseNo)] },
            judged, isShared ? [] : [new ProposedFact(stream, list)]);
    }

    private static CourtQuarterlyListShared ListOf(Period quarter, CourtLists before, List<ReadRow> rows, string sha256, DateOnly sharedOn)
    {
        var whole = rows.Where(r => r.Problems.Count == 0).ToList();
        return new(
            quarter.Text, (before.Last?.ListNo ?? 0) + 1, [.. whole.Select(r => r.Number!.Court).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. whole.Select(r => new CourtListRow(r.CaseNo, r.Units is [var unit] ? unit : null, r.Day(ImportField.DocketedOn), r.Day(ImportField.ClosedOn), r.Outcomes is [var outcome, ..] ? outcome : null))],
            sha256, sharedOn);
    }

    private static SheetPreview With(SheetPreview preview, IReadOnlyList<JudgedRow> rows, IReadOnlyList<ProposedFact> first)
    {
        List<(int? Row, ProposedFact Fact)> facts = [.. first.Select(f => ((int?)null, f)), .. rows.SelectMany((r, i) => r.Facts.Select(f => ((int?)i, f)))];
        return preview with { Rows = rows, Facts = facts, Proposed = facts.Count };
    }

    // The real rules, all rows together: what one row brings, a later one may rest on.
    private async Task<SheetPreview> TryAsync(SheetPreview preview, ImportKind kind, LedgerUser user)
    {
        if (preview.Facts.Count == 0) return preview;
        if (preview.Facts.Any(f => FactJson.Write(f.Fact.Fact) is var data && Encoding.UTF8.GetByteCount(data) > Envelope.LongestLine - 1_000))
            return preview with { Problems = [.. preview.Problems, OfficeRefusals.ListTooLong] };
        ImportTrial trial;
        try
        {
            trial = await ImportOf(user).TryAsync(new MemoryStream(LinesOf(preview.Facts.Select(f => f.Fact), kind)));
        }
        catch (ImportBusyException busy)
        {
            return preview with { Problems = [.. preview.Problems, busy.Refusal] };
        }

        var (rows, problems, left) = (preview.Rows.ToList(), preview.Problems.ToList(), new List<(int? Row, ProposedFact Fact)>());
        for (var i = 0; i < preview.Facts.Count; i++)
        {
            var (row, _) = preview.Facts[i];
            if (trial.Refused.TryGetValue(i + 1, out var refusal))
                if (row is { } at) rows[at] = rows[at] with { Verdict = RowVerdict.Refused, Refusals = [.. rows[at].Refusals, refusal] };
                else problems.Add(refusal);
            else if (!trial.Duplicates.Contains(i + 1)) left.Add(preview.Facts[i]);
        }

        // A row of which nothing is left to record is recorded already, by an earlier row or meanwhile.
        var busyRows = left.Select(f => f.Row).ToHashSet();
        for (var i = 0; i < rows.Count; i++)
            if (rows[i] is { Verdict: RowVerdict.New, Facts.Count: > 0 } && !busyRows.Contains(i)) rows[i] = rows[i] with { Verdict = RowVerdict.Recorded };
        return preview with { Rows = rows, Problems = problems, Facts = left, Proposed = left.Count };
    }

    private FactImport ImportOf(LedgerUser user) => new(database, clock, new ImportOptions { Allow = envelope => ImportEndpoint.MayImport(user, envelope) });

    // A fact's id is its content: the same row twice is one fact.
    private static byte[] LinesOf(IEnumerable<ProposedFact> facts, ImportKind kind)
    {
        using var lines = new MemoryStream();
        foreach (var (subject, fact) in facts)
        {
            var (type, data) = (EventCatalog.NameOf(fact), FactJson.WriteNode(fact));
            var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{subject}\n{type}\n{data.ToJsonString(FactJson.Options)}")))[..40];
            var line = new JsonObject
            {
                ["specversion"] = "1.0", ["id"] = id, ["source"] = kind == ImportKind.CourtList ? "/office/court-list" : "/office/register", ["type"] = type, ["subject"] = subject.ToString(), ["data"] = data,
            };
            lines.Write(Encoding.UTF8.GetBytes(line.ToJsonString(FactJson.Options)));
            lines.WriteByte((byte)'\n');
        }

        return lines.ToArray();
    }
}
