using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Ledger.Host.Evidence.TimeStamps;

/// <summary>A time-stamp authority, as configured under <c>Ledger:Evidence:Tsa</c>.</summary>
public sealed class TimeStampAuthority
{
    /// <summary>What the ledger calls it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Its address (RFC 3161 §3.4).</summary>
    public Uri? Url { get; set; }

    /// <summary>A PEM file of the certificates that its own has to be issued under; when not given, only the token itself is checked.</summary>
    public string? Certificates { get; set; }

    /// <summary>Those certificates; null when none are given.</summary>
    /// <exception cref="CryptographicException">The file holds none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public X509Certificate2Collection? Roots()
    {
        if (Certificates is null) return null;
        var roots = new X509Certificate2Collection();
        roots.ImportFromPemFile(Certificates);
        return roots;
    }
}

/// <summary>Asks authorities for time-stamps (RFC 3161 over HTTP).</summary>
public sealed class TimeStampClient(HttpClient http)
{
    /// <summary>A client that does not wait long, follows nobody elsewhere and reads no long answers.</summary>
    public static HttpClient NewHttp() => new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
    {
        Timeout = TimeSpan.FromSeconds(20),
        MaxResponseContentBufferSize = 256 * 1024,
    };

    /// <summary>Asks for a time-stamp over a text and checks it.</summary>
    /// <returns>DER of the token, and the time that it states.</returns>
    /// <exception cref="TimeStampException">None can be had, or what came is none.</exception>
    public async Task<(byte[] Token, DateTimeOffset Time)> AskAsync(TimeStampAuthority authority, byte[] text, CancellationToken cancellation = default)
    {
        var request = Rfc3161TimestampRequest.CreateFromHash(
            TimeStampToken.Imprint(text), HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(16), requestSignerCertificates: true);
        var answer = await PostAsync(authority, request.Encode(), cancellation);
        try
        {
            // Refuses another nonce or imprint, and a status that is not granted.
            var token = request.ProcessResponse(answer, out var length);
            if (length != answer.Length) throw new CryptographicException("data after the response");
            var time = TimeStampToken.Check(token, text, authority.Roots());
            return (token.AsSignedCms().Encode(), time);
        }
        catch (CryptographicException e)
        {
            throw new TimeStampException(
                TimeStampException.Invalid, $"时间戳机构“{authority.Name}”的答复不可用：{e.Message}", $"the answer of the time-stamp authority '{authority.Name}' cannot be used: {e.Message}");
        }
    }

    private async Task<byte[]> PostAsync(TimeStampAuthority authority, byte[] request, CancellationToken cancellation)
    {
        try
        {
            using var content = new ByteArrayContent(request);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
            using var answer = await http.PostAsync(authority.Url, content, cancellation);
            if (!answer.IsSuccessStatusCode)
                throw new TimeStampException(
                    TimeStampException.Refused, $"时间戳机构“{authority.Name}”拒绝（{(int)answer.StatusCode}）", $"the time-stamp authority '{authority.Name}' refuses ({(int)answer.StatusCode})");
            return await answer.Content.ReadAsByteArrayAsync(cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new TimeStampException(
                TimeStampException.Unreachable, $"时间戳机构“{authority.Name}”无法连接：{e.Message}", $"the time-stamp authority '{authority.Name}' cannot be reached: {e.Message}");
        }
    }
}

/// <summary>
/// Has the published checkpoints time-stamped, as an option: the last one, every <see cref="EvidenceOptions.TsaInterval"/>, by
/// each authority for itself. What fails is tried again; nothing waits for it.
/// </summary>
public sealed partial class TimeStampService : BackgroundService
{
    private readonly ILogger<TimeStampService> _log;
    private readonly IReadOnlyList<OutsideParty> _parties;

    /// <summary>The service; nothing is asked before it is started.</summary>
    public TimeStampService(TimeStamper stamper, IOptions<EvidenceOptions> options, TimeProvider clock, ILogger<TimeStampService> log)
    {
        _log = log;
        _parties = [.. options.Value.Tsa.Select(authority =>
            new OutsideParty(authority.Name, cancellation => stamper.StampAsync(authority, null, cancellation), options.Value.TsaInterval, clock, Report))];
    }

    /// <summary>How it stands with each authority.</summary>
    public IReadOnlyList<OutsideStanding> Standings => [.. _parties.Select(p => p.Standing)];

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(_parties.Select(p => p.RunAsync(stoppingToken)));

    private void Report(OutsideStanding standing)
    {
        if (standing.Failures == 1) Failed(standing.Name, standing.Problem ?? "");
    }

    [LoggerMessage(EventId = 4111, Level = LogLevel.Warning, Message = "The time-stamp authority {Name} gave no time-stamp and is asked again: {Problem}")]
    private partial void Failed(string name, string problem);
}
