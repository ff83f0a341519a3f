using Ledger.Host.Cli;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Cli;

public sealed class HealthcheckVerbTests
{
    [Fact]
    public async Task It_tells_a_ready_host_from_one_that_is_not_and_from_none()
    {
        string ready, broken;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using (var host = builder.Build())
        {
            host.Urls.Add("http://127.0.0.1:0");
            host.MapGet("/ready", () => "Healthy");
            host.MapGet("/broken", () => Results.StatusCode(StatusCodes.Status503ServiceUnavailable));
            await host.StartAsync(TestContext.Current.CancellationToken);
            ready = host.Urls.Single() + "/ready";
            broken = host.Urls.Single() + "/broken";

            (await HealthcheckVerb.RunAsync([ready])).ShouldBe(0);
            (await HealthcheckVerb.RunAsync([broken])).ShouldBe(1);
        }

        (await HealthcheckVerb.RunAsync([ready])).ShouldBe(1);
    }
}
