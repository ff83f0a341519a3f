using System.Globalization;
using JasperFx.Events;
using Ledger.Domain.Facts;

namespace Ledger.Projections.Store;

/// <summary>How a fact and its metadata stand in an event: the payload is the fact, the rest are headers.</summary>
public static class FactEvents
{
    /// <summary>Header: the sender (CloudEvents <c>source</c>).</summary>
    public const string Source = "source";

    /// <summary>Header: the sender's id of the fact.</summary>
    public const string Id = "id";

    /// <summary>Header: when the sender recorded it, as sent.</summary>
    public const string Time = "time";

    /// <summary>Header: the clause of the plan or law that the fact serves, when the sender names one.</summary>
    public const string Clause = "clause";

    /// <summary>The fact of an event as the domain reads it.</summary>
    public static Recorded ToRecorded(IEvent e) => new(e.Sequence, IdOf(e), (IFact)e.Data);

    /// <summary>The idempotency key of an event.</summary>
    public static FactId IdOf(IEvent e) => new(Header(e, Source), Header(e, Id));

    private static string Header(IEvent e, string name) =>
        Convert.ToString(e.GetHeader(name), CultureInfo.InvariantCulture)
        ?? throw new InvalidOperationException($"Event {e.Sequence} has no header '{name}': it was not written by the ledger.");
}
