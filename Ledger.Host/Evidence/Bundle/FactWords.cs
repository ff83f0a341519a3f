using System.Collections.Frozen;
using Ledger.Domain.Obligations;
using Ledger.Domain.Plan;

namespace Ledger.Host.Evidence.Bundle;

/// <summary>The Chinese words for the members and codes of facts, as the report and the verifier's page print them.</summary>
public static class FactWords
{
    private static readonly Dictionary<string, string> Spine = new(StringComparer.Ordinal)
    {
    };

    /// <summary>Every word; those of the spine before those of the areas.</summary>
    public static FrozenDictionary<string, string> All { get; } =
        Spine.Concat(Areas.All.SelectMany(a => a.Labels)).Concat(DutyKinds.All.Select(k => KeyValuePair.Create(k.Kind.ToString(), k.Chinese)))
            .DistinctBy(w => w.Key, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The word for a member or code, or the name itself where there is none.</summary>
    public static string Of(string name) => All.GetValueOrDefault(name, name);
}
