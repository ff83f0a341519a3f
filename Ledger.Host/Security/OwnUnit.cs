using Ledger.Domain.Facts;
using Ledger.Host.Api;

namespace Ledger.Host.Security;

/// <summary>
/// Refuses a clerk who asks for another unit's data (403 <c>unit.forbidden</c>). On every endpoint whose address names a unit
/// or a lawsuit, so that a new one cannot forget it: a test walks them.
/// </summary>
public sealed class OwnUnit(ClerkRights rights) : IEndpointFilter
{
    /// <summary>The kind of stream whose key an address holds; without it, a lawsuit's.</summary>
    /// <param name="Kind">The kind.</param>
    public sealed record StreamOf(StreamKind Kind);

    /// <summary>Marks an endpoint that has the filter.</summary>
    public sealed class Mark;

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var user = LedgerUser.Of(http);
        if (LedgerPolicies.BindsToUnit(http, user)
            && SubjectOf(http) is { } subject
            && !await rights.MayReadAsync(user.Unit, subject, http.RequestAborted))
            return Problems.Of(Refusal.Of(Codes.UnitForbidden, user.Unit));
        return await next(context);
    }

    /// <summary>Narrows a list to a clerk's own unit; false where another one is asked for.</summary>
    public static bool TryNarrow(HttpContext http, ref string? unit, out Refusal? refusal)
    {
        refusal = null;
        var user = LedgerUser.Of(http);
        if (!LedgerPolicies.BindsToUnit(http, user)) return true;
        if (user.Unit is null || (unit ?? user.Unit) != user.Unit) refusal = Refusal.Of(Codes.UnitForbidden, user.Unit);
        unit = user.Unit;
        return refusal is null;
    }

    private static Subject? SubjectOf(HttpContext http) => http.Request.RouteValues switch
    {
        var route when route["unit"] is string unit => Subject.Unit(unit),
        var route when route["key"] is string key => new Subject(http.GetEndpoint()?.Metadata.GetMetadata<StreamOf>()?.Kind ?? StreamKind.Lawsuit, key),
        _ => null,
    };
}

/// <summary>Adds <see cref="OwnUnit"/> to an endpoint.</summary>
public static class OwnUnitExtensions
{
    /// <summary>A clerk reads the own unit's data only.</summary>
    public static RouteHandlerBuilder OfOwnUnit(this RouteHandlerBuilder endpoint) =>
        endpoint.AddEndpointFilter<OwnUnit>().WithMetadata(new OwnUnit.Mark()).ProducesProblem(StatusCodes.Status403Forbidden);
}
