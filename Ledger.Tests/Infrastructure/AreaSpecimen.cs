using System.Text.Json;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;

namespace Ledger.Tests.Infrastructure;

/// <summary>
/// What an area of the plan shows the tests that hold for all areas: who may record and ask, written down independently of
/// the product, and how a random history goes on. Each area has one; they are found by their type.
/// </summary>
public abstract class AreaSpecimen
{
    private static readonly Lazy<IReadOnlyList<AreaSpecimen>> Found = new(() =>
    [
        .. typeof(AreaSpecimen).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(AreaSpecimen)) && !t.IsAbstract)
            .OrderBy(t => t.FullName, StringComparer.Ordinal).Select(t => (AreaSpecimen)Activator.CreateInstance(t)!),
    ]);

    /// <summary>The specimens of all areas.</summary>
    public static IReadOnlyList<AreaSpecimen> All => Found.Value;

    /// <summary>The area.</summary>
    public abstract Area Area { get; }

    /// <summary>The roles that may record each fact, by its stable name.</summary>
    public abstract IReadOnlyDictionary<string, string> Recorders { get; }

    /// <summary>The roles that may ask each question, by its name.</summary>
    public abstract IReadOnlyDictionary<string, string> Askers { get; }

    /// <summary>
    /// Facts that no random history tells, because they rest on a ledger position and so on everything before them; stories
    /// of their own tell them.
    /// </summary>
    public virtual IReadOnlySet<string> ToldByStories => new HashSet<string>(StringComparer.Ordinal);

    /// <summary>
    /// One more fact of a random history, of whatever fits what was told so far; the rules may still refuse it, and a
    /// history is the better the less often they do. Null when nothing fits.
    /// </summary>
    public abstract (Subject Subject, IFact Fact)? Next(IRandomTeller teller);

    /// <summary>New values with which a random history corrects a fact of the area; empty for a fact that it only retracts.</summary>
    public virtual IReadOnlyDictionary<string, JsonElement> Set(IFact fact, IRandomTeller teller) => new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>A value of a correction.</summary>
    protected static JsonElement Value(object? value) => JsonSerializer.SerializeToElement(value, FactJson.Options);
}

/// <summary>What a random history knows and the choices that it makes.</summary>
public interface IRandomTeller
{
    /// <summary>Everything told so far.</summary>
    MemoryLedger Ledger { get; }

    /// <summary>The day on which the history ends.</summary>
    DateOnly Today { get; }

    /// <summary>A choice below a number.</summary>
    int Next(int below);

    /// <summary>One of several.</summary>
    T One<T>(IReadOnlyList<T> of);

    /// <summary>A code of a list.</summary>
    T One<T>()
        where T : struct, Enum;

    /// <summary>True once in so many times.</summary>
    bool Rarely(int oneIn);

    /// <summary>A day within some days of another (of 2023-01-01), today at the latest.</summary>
    DateOnly Day(DateOnly? from = null, int within = 60);

    /// <summary>A registered unit's key.</summary>
    string Unit();
}
