using System.Security.Claims;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Ledger.Host.Pages;

/// <summary>
/// Draws the first pages once, for nobody, before the host says that it is ready: whoever comes first after a start waits no
/// longer than the next one. What goes wrong here went wrong for nobody, and whether the ledger answers is another check's verdict.
/// </summary>
public sealed class PageWarmUp(IServiceScopeFactory scopes, LedgerAuthentication settings, ILoggerFactory loggers) : BackgroundService, IHealthCheck
{
    private readonly TaskCompletionSource _drawn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <inheritdoc/>
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _drawn.Task.WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            foreach (var page in (string[])["", "ranking"]) await DrawAsync(page);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            loggers.CreateLogger<PageWarmUp>().LogInformation("The pages were not drawn in advance: {Reason}", e.GetType().Name);
        }
        finally
        {
            _drawn.TrySetResult();
        }
    }

    private async Task DrawAsync(string page)
    {
        await using var scope = scopes.CreateAsyncScope();
        var services = scope.ServiceProvider;
        ((IHostEnvironmentNavigationManager)services.GetRequiredService<NavigationManager>()).Initialize("http://localhost/", "http://localhost/" + page);
        var identity = new ClaimsIdentity(
            [new(LedgerAuthentication.ActorClaim, "warm-up"), new("azp", "warm-up"), new(settings.RoleClaim, nameof(LedgerRole.Supervisor))], nameof(PageWarmUp));
        ((IHostEnvironmentAuthenticationStateProvider)services.GetRequiredService<AuthenticationStateProvider>())
            .SetAuthenticationState(Task.FromResult(new AuthenticationState(new ClaimsPrincipal(identity))));
        await using var renderer = new HtmlRenderer(services, loggers);
        await renderer.Dispatcher.InvokeAsync(async () => await renderer.RenderComponentAsync<Routes>());
    }
}
