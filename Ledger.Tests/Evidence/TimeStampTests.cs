using System.Security.Cryptography.X509Certificates;
using CsCheck;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.TimeStamps;
using Ledger.Host.Security;
using Ledger.Tests.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;
using static Ledger.Tests.Evidence.NoteSamples;

namespace Ledger.Tests.Evidence;

public sealed class TimeStampTests : IClassFixture<LocalTsa>, IDisposable
{
    private static readonly byte[] Text = Sealed(7, Hash(7)).TextBytes;

    private readonly HttpClient _http = TimeStampClient.NewHttp();
    private readonly TestFolder _folder = new();
    private readonly LocalTsa _tsa;
    private readonly TimeStampClient _client;

    public TimeStampTests(LocalTsa tsa)
    {
        (_tsa, _client) = (tsa, new TimeStampClient(_http));
        (_tsa.Status, _tsa.Change) = (200, answer => answer);
    }

    private TimeStampAuthority Authority => new() { Name = "local", Url = _tsa.Url, Certificates = _tsa.Root };

    private X509Certificate2Collection Roots => [X509Certificate2.CreateFromPem(File.ReadAllText(_tsa.Root))];

    [Fact]
    public async Task A_token_states_when_the_text_was_there_and_openssl_agrees()
    {
        var (token, time) = await _client.AskAsync(Authority, Text);
        (TimeProvider.System.GetUtcNow() - time).Duration().ShouldBeLessThan(TimeSpan.FromMinutes(1));
        TimeStampToken.Check(token, Text, Roots).ShouldBe(time);
        TimeStampToken.Check(token, Text).ShouldBe(time);

        await File.WriteAllBytesAsync(_folder.File("token"), token);
        await File.WriteAllBytesAsync(_folder.File("text"), Text);
        string[] verify = ["ts", "-verify", "-token_in", "-in", "token", "-data", "text", "-CAfile", _tsa.Root];
        (await Tool.RunAsync("openssl", "openssl", _folder.Path, verify)).Exit.ShouldBe(0);
        await File.AppendAllTextAsync(_folder.File("text"), "more\n");
        (await Tool.RunAsync("openssl", "openssl", _folder.Path, verify)).Exit.ShouldNotBe(0);
    }

    [Fact]
    public async Task A_token_is_about_one_text_and_of_one_authority()
    {
        var (token, _) = await _client.AskAsync(Authority, Text);
        Code(() => TimeStampToken.Check(token, Sealed(8, Hash(7)).TextBytes, Roots)).ShouldBe(TimeStampException.Invalid);
        Code(() => TimeStampToken.Check((byte[])[.. token, 0], Text, Roots)).ShouldBe(TimeStampException.Invalid);
        Code(() => TimeStampToken.Check(token.AsMemory(0, token.Length - 1), Text, Roots)).ShouldBe(TimeStampException.Invalid);
        await using var other = await LocalTsa.OfAsync("timeStamping");
        Code(() => TimeStampToken.Check(token, Text, [X509Certificate2.CreateFromPem(File.ReadAllText(other.Root))])).ShouldBe(TimeStampException.Invalid);
    }

    [Fact]
    public async Task A_token_with_any_octet_changed_never_states_another_time()
    {
        var (token, time) = await _client.AskAsync(Authority, Text);
        var refused = 0;
        // Some octets are not covered by the signature (of certificates beside it, say); none of them tells the time.
        Gen.Select(Gen.Int[0, token.Length - 1], Gen.Byte[1, 255]).Sample((at, change) =>
        {
            var changed = token.ToArray();
            changed[at] ^= change;
            try
            {
                return TimeStampToken.Check(changed, Text, Roots) == time;
            }
            catch (TimeStampException)
            {
                Interlocked.Increment(ref refused);
                return true;
            }
        }, iter: 500);
        refused.ShouldBeGreaterThan(300);
    }

    [Theory]
    [InlineData("tampered", TimeStampException.Invalid)]
    [InlineData("longer", TimeStampException.Invalid)]
    [InlineData("garbage", TimeStampException.Invalid)]
    [InlineData("nothing", TimeStampException.Invalid)]
    [InlineData("replayed", TimeStampException.Invalid)]
    [InlineData("refused", TimeStampException.Refused)]
    [InlineData("away", TimeStampException.Unreachable)]
    public async Task What_is_no_answer_to_this_question_is_not_taken(string answer, string code)
    {
        byte[] earlier = [];
        if (answer == "replayed")
        {
            _tsa.Change = a => earlier = a;
            await _client.AskAsync(Authority, Text);
        }

        _tsa.Change = a => answer switch
        {
            // In the signature, which ends the answer or stands near its end.
            "tampered" => [.. a[..^20], (byte)(a[^20] ^ 1), .. a[^19..]],
            "longer" => [.. a, 0],
            "garbage" => [1, 2, 3],
            "nothing" => [],
            // The same text with another nonce: an old time for a new question.
            "replayed" => earlier,
            _ => a,
        };
        if (answer == "refused") _tsa.Status = 503;
        var authority = Authority;
        if (answer == "away") authority.Url = new Uri("http://127.0.0.1:1/");
        (await Should.ThrowAsync<TimeStampException>(() => _client.AskAsync(authority, Text))).Code.ShouldBe(code);
    }

    [Fact]
    public async Task A_certificate_for_something_else_stamps_nothing()
    {
        // The certificate of an ordinary server; openssl itself refuses to stamp with it.
        await using var other = await LocalTsa.OfAsync("serverAuth");
        var authority = new TimeStampAuthority { Name = "other", Url = other.Url, Certificates = other.Root };
        await Should.ThrowAsync<TimeStampException>(() => _client.AskAsync(authority, Text));
    }

    [Fact]
    public async Task Published_checkpoints_are_stamped_once_and_an_authority_that_is_away_is_asked_again()
    {
        await using var ledger = await SealedLedger.CreateAsync();
        await ledger.RecordAsync();
        var size = (await ledger.Sealer.SealAsync()).Size;
        _tsa.Status = 503;
        var options = new EvidenceOptions { TsaInterval = TimeSpan.FromMilliseconds(20), Tsa = { Authority } };
        var stamper = new TimeStamper(ledger.Checkpoints, _client, Options.Create(options), TimeProvider.System);
        using var service = new TimeStampService(stamper, Options.Create(options), TimeProvider.System, NullLogger<TimeStampService>.Instance);
        await service.StartAsync(default);
        await Eventually.IsAsync(() => Task.FromResult(service.Standings[0].Failures > 0), "the authority was away");
        service.Standings[0].Problem!.ShouldContain(TimeStampException.Refused);
        // The ledger is sealed all the same.
        await ledger.RecordAsync();
        var next = (await ledger.Sealer.SealAsync()).Size;
        next.ShouldBeGreaterThan(size);
        _tsa.Status = 200;
        var stamp = (await Eventually.HasAsync<IReadOnlyList<StoredTimeStamp>>(
            async () => await ledger.Checkpoints.TimeStampsAsync(next), s => s.Count > 0, "the last checkpoint is stamped")).ShouldHaveSingleItem();
        await service.StopAsync(default);
        stamp.Authority.ShouldBe("local");
        TimeStampToken.Check(stamp.Token, (await ledger.Checkpoints.AtAsync(next))!.TextBytes, Roots).ShouldBe(stamp.Time);
        (await new CheckpointStandings(new SealedLog(ledger.Ledger.Source)).OfAsync())!.TimeStamps.ShouldBe([new TimeStampStanding("local", stamp.Time)]);

        // Another one on request, of any checkpoint; what is stamped is not stamped again.
        await stamper.StampAsync(Authority, size);
        (await ledger.Checkpoints.TimeStampsAsync(size)).ShouldHaveSingleItem();
        var asked = _tsa.Requests;
        await stamper.StampAsync(Authority, size);
        _tsa.Requests.ShouldBe(asked);
    }

    [Fact]
    public void Without_configuration_nobody_is_asked_and_a_wrong_address_stops_the_start()
    {
        var services = new ServiceCollection();
        services.AddOutsideParties(new ConfigurationBuilder().Build());
        services.ShouldNotContain(s => s.ServiceType == typeof(Microsoft.Extensions.Hosting.IHostedService));

        services.AddOutsideParties(Configured("http://tsa.example/"));
        services.ShouldContain(s => s.ServiceType == typeof(TimeStampService));
        Should.Throw<StartupRefusedException>(() => new ServiceCollection().AddOutsideParties(Configured("ftp://tsa.example/")));
        Should.Throw<StartupRefusedException>(() => new ServiceCollection().AddOutsideParties(Configured("/tsa")));

        static IConfiguration Configured(string url) => new ConfigurationBuilder()
            .AddInMemoryCollection([new("Ledger:Evidence:Tsa:0:Name", "local"), new("Ledger:Evidence:Tsa:0:Url", url)]).Build();
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    private static string Code(Action check) => Should.Throw<TimeStampException>(check).Code;
}
