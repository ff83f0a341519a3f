using Ledger.Domain.Sealing;
using Microsoft.AspNetCore.Authorization;

namespace Ledger.Host.Evidence.Witnesses;

/// <summary>
/// A witness as a server of its own: no database, one folder. The protocol knows no callers; what a checkpoint is worth is
/// decided by its signature.
/// </summary>
public static class WitnessHost
{
    /// <summary>Puts the server together; nothing is started.</summary>
    /// <param name="args">Arguments of the server, such as <c>--urls</c>.</param>
    /// <param name="witness">The witness.</param>
    /// <param name="configure">Changes the server before it is built.</param>
    public static WebApplication Build(string[] args, Witness witness, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            // The endpoint itself refuses what is longer than a request can be, with the protocol's status.
            kestrel.Limits.MaxRequestBodySize = AddCheckpoint.MaxBytes + 1;
        });
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapPost("/add-checkpoint", (HttpRequest request) => AddAsync(witness, request)).WithMetadata(new AllowAnonymousAttribute());
        app.MapGet("/{origin}/checkpoint", (string origin) => witness.Latest(origin) is { } note
            ? Results.Text(note.ToString(), "text/plain; charset=utf-8")
            : Results.NotFound()).WithMetadata(new AllowAnonymousAttribute());
        return app;
    }

    private static async Task<IResult> AddAsync(Witness witness, HttpRequest request)
    {
        var body = new byte[AddCheckpoint.MaxBytes + 1];
        int length;
        try
        {
            length = await request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        }
        catch (BadHttpRequestException)
        {
            length = body.Length;
        }

        // Too long is refused by the parser, which knows the limit.
        var answer = witness.Add(body.AsSpan(0, length));
        return Results.Text(answer.Body, answer.ContentType, statusCode: answer.Status);
    }
}
