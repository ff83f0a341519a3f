using Ledger.Domain.Counting;
using Ledger.Domain.Periods;
using Ledger.Host.Import;
using Npgsql;

namespace Ledger.Host.Demo;

/// <summary>Loads the demo county into an empty ledger, once, by the import that everybody uses.</summary>
public sealed class DemoLoader(NpgsqlDataSource database, FactImport import, DemoClosings closings)
{
    /// <summary>Who imported it.</summary>
    public const string Actor = "demo";

    /// <summary>
    /// Loads the county; null when the ledger holds facts of units already: the demo's own from an earlier start, or somebody
    /// else's, which the demo never touches. An import that was stopped half-way is finished first.
    /// </summary>
    public async Task<ImportReport?> LoadAsync(DemoOptions options, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default)
    {
        await import.FinishAsync(progress, cancellation);
        await using var command = database.CreateCommand("select exists (select from mt.mt_streams where id like 'unit/%' or id like 'lawsuit/%')");
        if ((bool)(await command.ExecuteScalarAsync(cancellation))!)
        {
            if (await IsOwnAndUnfinishedAsync(options, cancellation)) await closings.RecordAsync(options, cancellation);
            return null;
        }

        await using var file = new FileStream(
            Path.GetTempFileName(), FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await DemoFile.WriteAsync(file, options, cancellation);
        file.Position = 0;
        var report = await import.RunAsync(file, Actor, progress, cancellation);
        if (report.Refused.Count > 0) throw new InvalidOperationException($"The demo county is refused: {report.Refused[0].Message}");
        await closings.RecordAsync(options, cancellation);
        return report;
    }

    // The demo's own county, stopped after its import and before the year was made final: what is recorded already is left.
    private async Task<bool> IsOwnAndUnfinishedAsync(DemoOptions options, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select exists (select from mt.mt_events where stream_id like 'unit/%' and headers ->> 'source' = $1)
              and not exists (select from mt.mt_events where stream_id = $2 and type = 'AnnualLossRankingFinalised')
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = FactLog.Source });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = PeriodState.Of(Period.Parse($"{options.LastYear:D4}")).ToString() });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
