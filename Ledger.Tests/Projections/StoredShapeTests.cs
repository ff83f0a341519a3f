using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ledger.Domain.Facts;
using Ledger.Domain.Lawsuits;
using Ledger.Host.Deadlines;
using Ledger.Projections.Lawsuits;
using Ledger.Projections.Reading;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Projections;

/// <summary>
/// What is stored can be read again: a member that may be null is not written when it is, so nothing may ask for it.
/// </summary>
public sealed class StoredShapeTests
{
    private static readonly NullabilityInfo Nullability = new();

    public static TheoryData<Type> Stored() => [
        typeof(LawsuitRecord), typeof(SubjectRecord), typeof(UnitMonth), typeof(UnitDocket), typeof(Notice), .. EventCatalog.All.Select(e => e.Type),
    ];

    [Theory]
    [MemberData(nameof(Stored))]
    public void What_may_be_null_may_be_absent(Type stored)
    {
        var asked = new List<string>();
        Walk(stored, [], asked);
        asked.ShouldBeEmpty();
    }

    [Fact]
    public void A_filing_without_a_document_reads_back()
    {
        var filing = new Filing("wuquan", DateTimeOffset.UnixEpoch);
        JsonSerializer.Deserialize<Filing>(JsonSerializer.Serialize(filing, FactJson.Options), FactJson.Options).ShouldBe(filing);
    }

    private static void Walk(Type type, HashSet<Type> seen, List<string> asked)
    {
        if (!seen.Add(type)) return;
        var info = FactJson.Options.GetTypeInfo(type);
        if (info.ElementType is { } element) Walk(element, seen, asked);
        if (info.Kind != JsonTypeInfoKind.Object) return;
        foreach (var property in info.Properties)
        {
            if (property.AssociatedParameter is { HasDefaultValue: false } parameter && Nullability.Allows(type, parameter)) asked.Add($"{type.Name}.{property.Name}");
            Walk(property.PropertyType, seen, asked);
        }
    }

    private sealed class NullabilityInfo
    {
        private readonly System.Reflection.NullabilityInfoContext _context = new();

        public bool Allows(Type type, JsonParameterInfo parameter)
        {
            if (parameter.ParameterType.IsValueType) return Nullable.GetUnderlyingType(parameter.ParameterType) is not null;
            var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
            return _context.Create(constructor.GetParameters()[parameter.Position]).WriteState == System.Reflection.NullabilityState.Nullable;
        }
    }
}
