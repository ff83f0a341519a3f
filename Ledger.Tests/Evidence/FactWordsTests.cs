using Ledger.Domain.Facts;
using Ledger.Host.Evidence.Bundle;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

public sealed class FactWordsTests
{
    [Fact]
    public void Every_member_and_code_of_the_catalogue_has_a_chinese_word() =>
        EventCatalog.All.SelectMany(e => NamesIn(e.Schema)).Distinct(StringComparer.Ordinal)
            .Where(name => !FactWords.All.ContainsKey(name)).Order(StringComparer.Ordinal).ShouldBeEmpty();

    private static IEnumerable<string> NamesIn(FactSchema schema) => schema.Members.SelectMany(m => NamesIn(m.Value).Prepend(m.Name));

    private static IEnumerable<string> NamesIn(ValueSchema value) =>
        [.. value.Codes ?? [], .. value.Members is { } members ? NamesIn(members) : [], .. value.Item is { } item ? NamesIn(item) : []];
}
