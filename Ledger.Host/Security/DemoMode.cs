using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Ledger.Host.Security;

/// <summary>
/// Demo mode hands a token to whoever asks, so nobody but this machine may reach it. The addresses are looked at before
/// anything listens, and those really bound once more afterwards.
/// </summary>
public sealed class DemoMode(IServer server, IConfiguration configuration) : IHostedLifecycleService
{
    /// <summary>The configuration key.</summary>
    public const string Key = "Ledger:Demo";

    /// <summary>Whether demo mode is configured.</summary>
    public static bool IsOn(IConfiguration configuration) => configuration.GetValue<bool>(Key);

    /// <summary>Registers the guard, and the names under which a browser may ask (another name is another site's trick).</summary>
    public static void Register(WebApplicationBuilder builder)
    {
        RequireLoopback(Configured(builder.Configuration));
        builder.Configuration.AddInMemoryCollection([new("AllowedHosts", "localhost;127.0.0.1;[::1]")]);
        builder.Services.AddHostedService<DemoMode>();
    }

    /// <summary>Whether an address to listen on is this machine's own.</summary>
    public static bool IsLoopback(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.IsUnixPipe
            || string.Equals(binding.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(binding.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        RequireLoopback([.. Configured(configuration), .. Bound()]);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        RequireLoopback(Bound());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private IEnumerable<string> Bound() => server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    private static IEnumerable<string> Configured(IConfiguration configuration)
    {
        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
            if (endpoint["Url"] is { Length: > 0 } url)
                yield return url;
        if (configuration["urls"] is { Length: > 0 } urls)
        {
            foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) yield return url;
            yield break;
        }

        foreach (var key in (string[])["http_ports", "https_ports"])
            foreach (var port in (configuration[key] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                yield return $"http://*:{port}";
    }

    private static void RequireLoopback(IEnumerable<string> addresses)
    {
        if (addresses.FirstOrDefault(a => !IsLoopback(a)) is { } open)
            throw new StartupRefusedException(
                $"演示模式只能在本机地址（127.0.0.1、localhost）上运行，不能监听 {open}。",
                $"Demo mode runs on this machine's loopback address only and does not listen on {open}.");
    }
}
