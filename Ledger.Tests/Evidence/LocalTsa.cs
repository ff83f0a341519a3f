using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Ledger.Tests.Evidence;

/// <summary>A real time-stamp authority on this machine: openssl answers what comes in over HTTP.</summary>
public sealed class LocalTsa : IAsyncLifetime
{
    private readonly TestFolder _folder = new();
    private readonly SemaphoreSlim _turn = new(1);
    private WebApplication? _app;
    private int _requests;

    public Uri Url { get; private set; } = null!;

    /// <summary>The certificate that vouches for the authority's, PEM.</summary>
    public string Root => _folder.File("ca.pem");

    /// <summary>Changes an answer on its way; nothing unless a test does.</summary>
    public Func<byte[], byte[]> Change { get; set; } = answer => answer;

    /// <summary>Answers with this status instead, when it is not 200.</summary>
    public int Status { get; set; } = StatusCodes.Status200OK;

    public int Requests => _requests;

    public async ValueTask InitializeAsync() => await StartAsync("timeStamping");

    /// <param name="usage">What the authority's certificate is for; timeStamping is the only one that counts.</param>
    public static async Task<LocalTsa> OfAsync(string usage)
    {
        var tsa = new LocalTsa();
        await tsa.StartAsync(usage);
        return tsa;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
        _turn.Dispose();
        _folder.Dispose();
    }

    private async Task StartAsync(string usage)
    {
        await PrepareAsync(usage);
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.MapPost("/", AnswerAsync);
        await _app.StartAsync();
        Url = new Uri(_app.Urls.Single());
    }

    private async Task PrepareAsync(string usage)
    {
        await File.WriteAllTextAsync(_folder.File("serial"), "01\n");
        await File.WriteAllTextAsync(_folder.File("tsa.cnf"), """
            [tsa]
            default_tsa = default
            [default]
            serial = serial
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            ess_cert_id_chain = no
            ess_cert_id_alg = sha256
            """);
        await File.WriteAllTextAsync(_folder.File("leaf.cnf"), $"extendedKeyUsage=critical,{usage}\nkeyUsage=critical,digitalSignature\nbasicConstraints=CA:false\n");
        await OpenSslAsync("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 30 -subj /CN=test-root -addext basicConstraints=critical,CA:true");
        await OpenSslAsync("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.csr -subj /CN=test-tsa");
        await OpenSslAsync("x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 30 -extfile leaf.cnf");
    }

    private async Task<IResult> AnswerAsync(HttpRequest request)
    {
        Interlocked.Increment(ref _requests);
        if (Status != StatusCodes.Status200OK) return Results.StatusCode(Status);
        // openssl keeps its serial number in a file.
        await _turn.WaitAsync();
        try
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"query-{_requests}");
            await using (var file = File.Create(_folder.File(query))) await request.Body.CopyToAsync(file);
            await OpenSslAsync($"ts -reply -queryfile {query} -config tsa.cnf -section default -signer tsa.pem -inkey tsa.key -chain ca.pem -out {query}.tsr");
            return Results.Bytes(Change(await File.ReadAllBytesAsync(_folder.File(query + ".tsr"))), "application/timestamp-reply");
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task<string> OpenSslAsync(string arguments) => Tool.OpenSslAsync(_folder.Path, arguments.Split(' '));
}
