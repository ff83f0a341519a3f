using Ledger.Domain.Facts;
using Ledger.Domain.Units;

namespace Ledger.Domain.Supervision;

/// <summary>乡级监督机构设立: the judicial office (司法所) of a township supervises enforcement there (plan 3.3.2: 三级全覆盖).</summary>
/// <param name="JudicialOffice">The name of the judicial office.</param>
/// <param name="Supervisors">How many of its people hold a supervisor's certificate.</param>
/// <param name="EstablishedOn">From when.</param>
public sealed record SupervisionNodeEstablished(string JudicialOffice, int Supervisors, DateOnly EstablishedOn) : IUnitFact
{
    /// <inheritdoc/>
    public DateOnly? LegalDate => EstablishedOn;
}

/// <summary>The rules of supervision nodes in <c>unit/{unit}</c>: a township has one.</summary>
public sealed class SupervisionNode(string unit) : IStreamState
{
    private UnitKind? _kind;

    /// <summary>The node, if there is one.</summary>
    public VisibleFact? Established { get; private set; }

    /// <inheritdoc/>
    public Refusal? Check(IFact fact, AdmissionContext context) => fact switch
    {
        SupervisionNodeEstablished when _kind is not null and not UnitKind.Township => Refusal.Of(Codes.SupervisionNotATownship, unit),
        SupervisionNodeEstablished when Established is not null => Refusal.Of(Codes.SupervisionNodeEstablished, unit),
        SupervisionNodeEstablished { Supervisors: < 0 } f => Refusal.Of(Codes.InvalidValue, "supervisors", f.Supervisors),
        _ => null,
    };

    /// <inheritdoc/>
    public void Apply(VisibleFact fact)
    {
        if (fact.Fact is UnitRegistered registered) _kind ??= registered.Kind;
        if (fact.Fact is SupervisionNodeEstablished) Established ??= fact;
    }
}
