using System.Diagnostics;
using Ledger.Domain.Sealing;
using Ledger.Domain.Units;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Keys;
using Ledger.Host.Evidence.Witnesses;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.NoteSamples;

namespace Ledger.Tests.Evidence;

/// <summary>The whole host with a witness and a time-stamp authority that really run, and the command line beside it.</summary>
public class WitnessedApp : AppFixture
{
    private readonly TestFolder _folder = new();
    private readonly LocalTsa _tsa = new();
    private WebApplication? _witness;
    private WitnessState? _state;
    private Witness _court = null!;

    /// <summary>The key that the log begins with.</summary>
    public NoteKey Log { get; private set; } = null!;

    public LocalTsa Tsa => _tsa;

    /// <summary>A file of the fixture's own.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>Something that the witness cosigned before the host ever asked it; nothing unless a fixture says so.</summary>
    protected virtual SignedNote? CosignedBefore(INoteSigner log) => null;

    protected override async Task PrepareAsync()
    {
        await _tsa.InitializeAsync();
        var ledger = (Guid)(await AsAdministratorAsync("select ledger from ledger.identity"))!;
        var ring = new FileKeyRing(new EvidenceFolder(Options.Create(new EvidenceOptions { Directory = _folder.File("evidence") })), TimeProvider.System);
        Log = ring.Create(ledger, $"{new EvidenceOptions().Origin}/{ledger.ToString()[..8]}");
        _state = WitnessState.Open(_folder.File("court"));
        _court = new Witness(_state, Witness("court"), Witness("court").Key, [Log]);
        if (CosignedBefore(ring.Find(ledger, Log)!) is { } note) _court.Add(System.Text.Encoding.UTF8.GetBytes(new AddCheckpoint(0, [], note).ToString())).Status.ShouldBe(200);
        _witness = await WitnessTests.StartAsync(_court);
        await System.IO.File.WriteAllTextAsync(
            _folder.File("policy"), $"log {Log}\nwitness court {Witness("court").Key} {_witness.Urls.Single()}/\nwitness paper {Witness("paper").Key}\nquorum court\n");
    }

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Configuration.AddInMemoryCollection(Settings.Select(s => KeyValuePair.Create(s.Key.Replace("__", ":", StringComparison.Ordinal), (string?)s.Value)));
    }

    protected override Task ArrangeAsync() => RecordAsync("unit/wuquan", new UnitRegistered("舞泉镇", UnitKind.Township, new DateOnly(2020, 1, 1)));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_witness is not null) await _witness.DisposeAsync();
        _state?.Dispose();
        await _tsa.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The last checkpoint, once it covers everything that is recorded.</summary>
    public async Task<PublishedCheckpoint> SealedAsync()
    {
        await Services.GetRequiredService<Sealer>().SealAsync();
        return (await Services.GetRequiredService<SealedLog>().LatestAsync())!;
    }

    /// <summary>A verb in a process of its own, on the same ledger, keys and policy.</summary>
    public async Task<(int Code, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ledger.Host.dll"), .. arguments])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__ledger"] = Logins.Writer;
        start.Environment["ConnectionStrings__ledger_sealer"] = Logins.Sealer;
        foreach (var (name, value) in Settings) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    private Dictionary<string, string> Settings => new(StringComparer.Ordinal)
    {
        ["Ledger__Evidence__Directory"] = _folder.File("evidence"),
        ["Ledger__Evidence__Interval"] = "00:00:00.1",
        ["Ledger__Evidence__Policy"] = _folder.File("policy"),
        ["Ledger__Evidence__TsaInterval"] = "00:00:00.1",
        ["Ledger__Evidence__Tsa__0__Name"] = "local",
        ["Ledger__Evidence__Tsa__0__Url"] = _tsa.Url.ToString(),
        ["Ledger__Evidence__Tsa__0__Certificates"] = _tsa.Root,
    };
}
