using Ledger.Host;
using Ledger.Host.Security;
using Microsoft.Extensions.Configuration;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Http;

/// <summary>A configuration under which anybody could act does not start.</summary>
public sealed class StartupTests
{
    // Never reached: what is tested here refuses before anything connects.
    private const string NoDatabase = "Host=127.0.0.1;Port=1;Database=none;Username=none";

    [Theory]
    [InlineData("Authentication:Authority", "")]
    [InlineData("Authentication:Audience", "Authentication:Authority=https://a.test")]
    [InlineData("Authentication:Authority", "Authentication:Authority=;Authentication:Audience=ledger")]
    [InlineData("https", "Authentication:Authority=http://a.test;Authentication:Audience=ledger")]
    [InlineData("https", "Authentication:Authority=nonsense;Authentication:Audience=ledger")]
    [InlineData("Authentication:Authority", "Ledger:Demo=true;Authentication:Authority=https://a.test;Authentication:Audience=ledger")]
    [InlineData("http://0.0.0.0:5080", "Ledger:Demo=true;urls=http://0.0.0.0:5080")]
    [InlineData("http://*:5080", "Ledger:Demo=true;urls=http://127.0.0.1:5080;urls=http://*:5080")]
    [InlineData("http://+:80", "Ledger:Demo=true;urls=http://+:80")]
    [InlineData("http://192.0.2.1:5080", "Ledger:Demo=true;urls=http://localhost:5080,http://192.0.2.1:5080")]
    [InlineData("http://[::]:5080", "Ledger:Demo=true;urls=http://[::]:5080")]
    [InlineData("http://ledger.test", "Ledger:Demo=true;urls=http://ledger.test")]
    [InlineData("http://*:8080", "Ledger:Demo=true;http_ports=8080")]
    [InlineData("http://*:8443", "Ledger:Demo=true;https_ports=8443")]
    [InlineData("http://0.0.0.0:9", "Ledger:Demo=true;Kestrel:Endpoints:Open:Url=http://0.0.0.0:9")]
    public void It_refuses_and_says_why_in_both_languages(string says, string settings)
    {
        var refused = Should.Throw<StartupRefusedException>(() => Build(settings));
        refused.Message.ShouldContain(says);
        refused.Message.Split('\n').Length.ShouldBe(2);
        refused.Message.Split('\n')[0].ShouldMatch("\\p{IsCJKUnifiedIdeographs}");
    }

    [Theory]
    [InlineData("Authentication:Authority=https://a.test;Authentication:Audience=ledger")]
    [InlineData("Authentication:Authority=http://127.0.0.1:9;Authentication:Audience=ledger")]
    [InlineData("Ledger:Demo=true")]
    [InlineData("Ledger:Demo=true;urls=http://127.0.0.1:5080,http://localhost:5081,http://[::1]:5082;http_ports=8080")]
    public void What_protects_the_ledger_is_accepted(string settings) => Should.NotThrow(() => Build(settings));

    private static void Build(string settings) => LedgerHost.CreateBuilder([], NoDatabase, builder =>
    {
        // What the machine that runs the tests has set does not count.
        builder.Configuration.AddInMemoryCollection([new("urls", ""), new("http_ports", ""), new("https_ports", "")]);
        foreach (var setting in settings.Split(';', StringSplitOptions.RemoveEmptyEntries))
            builder.Configuration[setting.Split('=', 2)[0]] = setting.Split('=', 2)[1].Replace(',', ';');
    });
}
