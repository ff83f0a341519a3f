using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Ledger.Domain.Units;
using Ledger.Host.Evidence.TimeStamps;
using Ledger.Verifier.Cli;
using Ledger.Verifier.Reports;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.BundledLedger;

namespace Ledger.Tests.Evidence;

/// <summary>A bundle's own checkpoint is time-stamped by the configured authorities, as far as they answer in time.</summary>
public sealed class BundleStampTests(LocalTsa tsa) : IClassFixture<LocalTsa>, IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private SealedLedger _ledger = null!;

    private TimeStampAuthority Authority => new() { Name = "local", Url = tsa.Url, Certificates = tsa.Root };

    public async ValueTask InitializeAsync()
    {
        tsa.Status = 200;
        _ledger = await SealedLedger.CreateAsync();
        (await _ledger.Ledger.RecordAsync("unit/wuquan", new UnitRegistered("舞泉镇", UnitKind.Township, new DateOnly(2020, 1, 1)))).Refusal.ShouldBeNull();
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_bundle_bears_a_time_stamp_that_verifies()
    {
        _ledger.Options.Value.Tsa.Add(Authority);
        var (zip, made) = await _ledger.ExportAsync(Request("wuquan"));
        Stamps(zip).ShouldBe(["data/timestamps/1.tst"]);
        (await _ledger.Checkpoints.TimeStampsAsync(made.Size)).ShouldHaveSingleItem().Authority.ShouldBe("local");

        await File.WriteAllBytesAsync(_folder.File("bundle.zip"), zip);
        var key = await _ledger.ScalarAsync<string>("select key from ledger.head");
        VerifyCommand.Run([_folder.File("bundle.zip"), "--key", key, "--tsa", tsa.Root], TextWriter.Null, TextWriter.Null).ShouldBe((int)Outcome.Good);
        // Somebody else's certificate vouches for nothing.
        await using var other = await LocalTsa.OfAsync("timeStamping");
        var report = await _ledger.VerifyAsync(zip, i => i with { Authorities = [X509Certificate2.CreateFromPem(File.ReadAllText(other.Root))] });
        report.Verdict.ShouldNotBe(Outcome.Good);
    }

    [Fact]
    public async Task Authorities_that_fail_fail_no_export_and_no_other_authority()
    {
        await using var broken = await LocalTsa.OfAsync("timeStamping");
        broken.Status = 503;
        _ledger.Options.Value.Tsa.Add(new TimeStampAuthority { Name = "broken", Url = broken.Url });
        _ledger.Options.Value.Tsa.Add(new TimeStampAuthority { Name = "away", Url = new Uri("http://127.0.0.1:1/") });
        _ledger.Options.Value.Tsa.Add(new TimeStampAuthority { Name = "nowhere" });
        _ledger.Options.Value.Tsa.Add(new TimeStampAuthority { Name = "without", Url = tsa.Url, Certificates = _folder.File("nothing.pem") });
        _ledger.Options.Value.Tsa.Add(Authority);
        var problems = new List<string>();
        using var to = new MemoryStream();
        var (made, refusal) = await _ledger.NewExport().RunAsync(Request("wuquan"), to, new Told(problems));
        refusal.ShouldBeNull();
        broken.Requests.ShouldBe(1);
        (await _ledger.Checkpoints.TimeStampsAsync(made!.Size)).Select(s => s.Authority).ShouldBe(["local"]);
        Stamps(to.ToArray()).ShouldHaveSingleItem();
        problems.ShouldContain(p => p.Contains(TimeStampException.Refused, StringComparison.Ordinal));
        problems.ShouldContain(p => p.Contains(TimeStampException.Unreachable, StringComparison.Ordinal));
        (await _ledger.VerifyAsync(to.ToArray())).Verdict.ShouldBe(Outcome.Good);
    }

    [Fact]
    public async Task An_authority_that_never_answers_is_not_waited_for()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _ledger.Options.Value.Tsa.Add(new TimeStampAuthority { Name = "mute", Url = new Uri($"http://{listener.LocalEndpoint}/") });
        var exporting = _ledger.ExportAsync(Request("wuquan"));
        using var asked = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        exporting.IsCompleted.ShouldBeFalse();
        _ledger.Ledger.Clock.Advance(TimeSpan.FromSeconds(10));
        var (zip, _) = await exporting;
        Stamps(zip).ShouldBeEmpty();
        (await _ledger.VerifyAsync(zip)).Verdict.ShouldBe(Outcome.Good);
    }

    private static string[] Stamps(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return [.. archive.Entries.Select(e => e.FullName).Where(n => n.StartsWith("data/timestamps/", StringComparison.Ordinal))];
    }

    private sealed class Told(List<string> lines) : IProgress<string>
    {
        public void Report(string value)
        {
            lock (lines) lines.Add(value);
        }
    }
}
