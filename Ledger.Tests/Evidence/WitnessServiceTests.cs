using System.Net;
using System.Text;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Keys;
using Ledger.Host.Evidence.Witnesses;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.NoteSamples;

namespace Ledger.Tests.Evidence;

/// <summary>The ledger's side: what it asks of witnesses about a log that is really sealed.</summary>
public sealed class WitnessServiceTests : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly List<WitnessState> _states = [];
    private readonly List<WebApplication> _apps = [];
    private readonly HttpClient _http = WitnessClient.NewHttp();
    private SealedLedger _ledger = null!;
    private PostgresCheckpoints _checkpoints = null!;
    private NoteKey _log = null!;

    public async ValueTask InitializeAsync()
    {
        _ledger = await SealedLedger.CreateAsync();
        _checkpoints = _ledger.Checkpoints;
        await GrowAsync();
        var origin = Checkpoint.Parse((await _checkpoints.LatestAsync())!.Text).Origin;
        _log = _ledger.Keys.FindByName(await _ledger.Sealer.LedgerAsync(), origin)!;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps) await app.DisposeAsync();
        foreach (var state in _states) state.Dispose();
        _http.Dispose();
        await _ledger.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_witness_is_asked_after_each_publication_and_one_that_is_away_holds_up_nobody()
    {
        var policy = WitnessPolicy.Parse(
            $"log {_log}\nwitness court {await ServeAsync("court")}\nwitness city {Witness("city").Key} http://127.0.0.1:1/\nwitness paper {Witness("paper").Key}\n"
            + "group most 2 court city paper\nquorum most\n");
        using var service = new WitnessService(
            _checkpoints, policy, new WitnessClient(_http), Options.Create(new EvidenceOptions { Interval = TimeSpan.FromMilliseconds(20) }), TimeProvider.System, NullLogger<WitnessService>.Instance);
        await service.StartAsync(default);
        var standings = new CheckpointStandings(new SealedLog(_ledger.Ledger.Source), policy);
        await Eventually.IsAsync(async () => (await standings.OfAsync())!.Witnesses[0].CosignedAt is not null, "the court has cosigned");
        var size = await GrowAsync();
        var standing = (await Eventually.HasAsync(() => standings.OfAsync(), s => s.Witnesses[0].CosignedAt is not null, "the court has cosigned the next one"))!;
        standing.Published.Checkpoint.Size.ShouldBe(size);
        standing.Witnesses.Select(w => (w.Name, w.CosignedAt is not null)).ShouldBe([("court", true), ("city", false), ("paper", false)]);
        standing.QuorumMet.ShouldBe(false);
        await Eventually.IsAsync(() => Task.FromResult(service.Standings.Single(s => s.Name == "city").Failures > 0), "the city has been asked");
        service.Standings.Select(s => s.Name).ShouldBe(["court", "city"]);
        service.Standings[0].ShouldSatisfyAllConditions(s => s.Failures.ShouldBe(0), s => s.Problem.ShouldBeNull());
        service.Standings[1].Problem!.ShouldContain("witness.unreachable");
        await service.StopAsync(default);

        // By files the third one comes in, and the quorum is met.
        await AcceptAsync(policy, "paper");
        (await standings.OfAsync())!.QuorumMet.ShouldBe(true);
        var note = (await standings.OfAsync(size))!.Published.Note;
        policy.Evaluate(note, NoteKeys.VerifierOf).IsValid.ShouldBeTrue();
        (await standings.OfAsync(size + 1)).ShouldBeNull();
        (await new CheckpointStandings(new SealedLog(_ledger.Ledger.Source)).OfAsync())!.QuorumMet.ShouldBeNull();
    }

    [Fact]
    public async Task A_witness_that_stands_elsewhere_is_asked_again_from_there()
    {
        var client = new WitnessClient(_http);
        var court = new PolicyWitness("court", Witness("court").Key, (await ServeAsync("court")).Split(' ')[1]);
        var first = (await _checkpoints.LatestAsync())!;
        await client.AskAsync(court, first, 0, _checkpoints);
        await GrowAsync();
        // Its cosignature was lost: the ledger thinks that it has never cosigned, or that it has cosigned something else.
        var next = (await _checkpoints.LatestAsync())!;
        next.With(await client.AskAsync(court, next, 0, _checkpoints)).Verify(NoteKeys.Require(court.Key)).IsTrusted.ShouldBeTrue();
        next.With(await client.AskAsync(court, next, 2, _checkpoints)).Verify(NoteKeys.Require(court.Key)).IsTrusted.ShouldBeTrue();

        // It has seen more than is published here: that is no reason to go back, but to look.
        (await Should.ThrowAsync<WitnessException>(() => client.AskAsync(court, first, 0, _checkpoints))).Code.ShouldBe(WitnessException.Ahead);
    }

    [Fact]
    public async Task What_is_no_cosignature_is_not_taken()
    {
        var answer = "";
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        var turn = 0;
        app.MapPost("/add-checkpoint", () => answer switch
        {
            "nothing" => Results.Text(""),
            "garbage" => Results.Text("no line\n"),
            "other-key" => Results.Text($"{SignedNote.Sign("text\n", Witness("other")).Signatures[0]}\n"),
            "other-text" => Results.Text($"{SignedNote.Sign("text\n", Witness("court")).Signatures[0]}\n"),
            "size-as-text" => Results.Text("1\n", "text/plain", statusCode: 409),
            "size-is-none" => Results.Text("-1\n", "text/x.tlog.size", statusCode: 409),
            "moving" => Results.Text($"{turn++ % 2}\n", "text/x.tlog.size", statusCode: 409),
            "forbidden" => Results.Text("no\u0007\n", statusCode: 403),
            "broken" => Results.StatusCode(500),
            "elsewhere" => Results.Redirect("http://127.0.0.1:1/", permanent: true),
            _ => Results.Bytes(new byte[AddCheckpoint.MaxBytes + 1]),
        });
        await app.StartAsync();
        var court = new PolicyWitness("court", Witness("court").Key, app.Urls.Single());
        var note = (await _checkpoints.LatestAsync())!;
        foreach (var (kind, code) in new[]
        {
            ("nothing", WitnessException.AnswerInvalid),
            ("garbage", WitnessException.AnswerInvalid),
            ("other-key", WitnessException.AnswerInvalid),
            ("other-text", WitnessException.AnswerInvalid),
            ("size-as-text", WitnessException.AnswerInvalid),
            ("size-is-none", WitnessException.AnswerInvalid),
            ("moving", WitnessException.Refused),
            ("forbidden", WitnessException.Refused),
            ("broken", WitnessException.Unreachable),
            ("elsewhere", WitnessException.Refused),
            ("endless", WitnessException.Unreachable),
        })
        {
            answer = kind;
            var refused = await Should.ThrowAsync<WitnessException>(() => new WitnessClient(_http).AskAsync(court, note, 0, _checkpoints), kind);
            refused.Code.ShouldBe(code, kind);
            refused.Message.ShouldNotContain('\u0007');
        }
    }

    [Fact]
    public async Task Answers_by_file_are_taken_when_they_are_about_our_checkpoint_and_true()
    {
        var policy = WitnessPolicy.Parse($"witness paper {Witness("paper").Key}\nwitness other {Witness("other").Key}\nquorum paper\n");
        var note = (await _checkpoints.LatestAsync())!;
        var checkpoint = Checkpoint.Parse(note.Text);
        var line = SignedNote.Sign(note.Text, Witness("paper")).Signatures[0];

        await RefusedAsync($"{checkpoint.Size - 1}\n", WitnessException.Refused);
        await RefusedAsync(note.ToString(), WitnessException.AnswerInvalid);
        await RefusedAsync(note.With(NoteSignature.Of(line.Name, line.KeyId, new byte[72])).ToString(), WitnessException.AnswerInvalid);
        await RefusedAsync(note.With(line).With(NoteSignature.Of("other", Witness("other").KeyId, new byte[72])).ToString(), WitnessException.AnswerInvalid);
        await RefusedAsync(SignedNote.Sign(new Checkpoint(checkpoint.Origin, checkpoint.Size, Hash(1)).ToString(), Witness("paper")).ToString(), WitnessException.NotOurs);
        await RefusedAsync(SignedNote.Sign(new Checkpoint(checkpoint.Origin, checkpoint.Size + 5, Hash(1)).ToString(), Witness("paper")).ToString(), WitnessException.NotOurs);
        await Should.ThrowAsync<EvidenceFormatException>(() => WitnessFiles.AcceptAsync(_checkpoints, policy, [1, 2, 3]));
        (await _checkpoints.CosignaturesAsync(checkpoint.Size)).ShouldBeEmpty();

        (await WitnessFiles.AcceptAsync(_checkpoints, policy, Encoding.UTF8.GetBytes(note.With(line).ToString()))).ShouldBe(["paper"]);
        (await WitnessFiles.AcceptAsync(_checkpoints, policy, Encoding.UTF8.GetBytes(note.With(line).ToString()))).ShouldBe(["paper"]);
        (await _checkpoints.CosignaturesAsync(checkpoint.Size)).ShouldBe([line]);
        (await _checkpoints.LargestCosignedAsync(Witness("paper").Key)).ShouldBe(checkpoint.Size);
        // A new key of the same name has cosigned nothing yet.
        (await _checkpoints.LargestCosignedAsync(new CosignatureSigner("paper", Seed("new"), TimeProvider.System).Key)).ShouldBe(0);

        async Task RefusedAsync(string answer, string code) =>
            (await Should.ThrowAsync<WitnessException>(() => WitnessFiles.AcceptAsync(_checkpoints, policy, Encoding.UTF8.GetBytes(answer)))).Code.ShouldBe(code);
    }

    [Fact]
    public async Task Requests_by_file_start_where_the_witness_stands()
    {
        var policy = WitnessPolicy.Parse($"witness paper {Witness("paper").Key}\nquorum paper\n");
        var first = await WitnessFiles.RequestAsync(_checkpoints, policy, "paper");
        (first.OldSize, first.Proof.Count).ShouldBe((0, 0));
        await AcceptAsync(policy, "paper");
        await GrowAsync();
        var next = await WitnessFiles.RequestAsync(_checkpoints, policy, "paper");
        next.OldSize.ShouldBe(first.Checkpoint.Size);
        Merkle.VerifyConsistency(next.OldSize, first.Checkpoint.Root, next.Checkpoint.Size, next.Checkpoint.Root, next.Proof).ShouldBeTrue();
        (await WitnessFiles.RequestAsync(_checkpoints, policy, "paper", old: 1)).OldSize.ShouldBe(1);
        (await Should.ThrowAsync<WitnessException>(() => WitnessFiles.RequestAsync(_checkpoints, policy, "paper", old: 10_000))).Code.ShouldBe(WitnessException.Ahead);
        (await Should.ThrowAsync<WitnessException>(() => WitnessFiles.RequestAsync(_checkpoints, policy, "nobody"))).Code.ShouldBe(WitnessException.Refused);
    }

    [Fact]
    public void A_party_that_fails_is_asked_more_and_more_rarely()
    {
        var interval = TimeSpan.FromMilliseconds(500);
        int[] failures = [0, 1, 2, 3, 9, 10, 100, int.MaxValue];
        failures.Select(f => OutsideParty.Pause(f, interval).TotalSeconds).ShouldBe([0.5, 1, 2, 4, 256, 300, 300, 300]);
    }

    [Fact]
    public async Task A_policy_that_cannot_be_read_or_asked_stops_the_start()
    {
        Should.Throw<StartupRefusedException>(() => OutsideParties.ReadPolicy(_folder.File("nothing")));
        await File.WriteAllTextAsync(_folder.File("policy"), "quorum nobody\n");
        Should.Throw<StartupRefusedException>(() => OutsideParties.ReadPolicy(_folder.File("policy"))).Message.ShouldContain("line 1");
        foreach (var url in (string[])["file:///etc/passwd", "court", "ftp://court.example/"])
        {
            await File.WriteAllTextAsync(_folder.File("policy"), $"witness court {Witness("court").Key} {url}\nquorum court\n");
            Should.Throw<StartupRefusedException>(() => OutsideParties.ReadPolicy(_folder.File("policy"))).Message.ShouldContain("court");
        }

        await File.WriteAllTextAsync(_folder.File("policy"), $"witness court {Witness("court").Key} https://court.example/w1\nquorum court\n");
        OutsideParties.ReadPolicy(_folder.File("policy")).Witnesses.ShouldHaveSingleItem();
    }

    private async Task<long> GrowAsync()
    {
        await _ledger.RecordAsync();
        await _ledger.RecordAsync();
        return (await _ledger.Sealer.SealAsync()).Size;
    }

    // The vkey and the address of a witness that runs.
    private async Task<string> ServeAsync(string name)
    {
        var app = await WitnessTests.StartAsync(NewWitness(name));
        _apps.Add(app);
        return $"{Witness(name).Key} {app.Urls.Single()}/";
    }

    private Witness NewWitness(string name)
    {
        var state = WitnessState.Open(_folder.File(name));
        _states.Add(state);
        return new Witness(state, Witness(name), Witness(name).Key, [_log]);
    }

    private async Task AcceptAsync(WitnessPolicy policy, string name)
    {
        var request = await WitnessFiles.RequestAsync(_checkpoints, policy, name);
        var answer = NewWitness(name).Add(Encoding.UTF8.GetBytes(request.ToString()));
        answer.Status.ShouldBe((int)HttpStatusCode.OK);
        (await WitnessFiles.AcceptAsync(_checkpoints, policy, Encoding.UTF8.GetBytes(answer.Note!.ToString()))).ShouldBe([name]);
    }
}
