using Npgsql;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Infrastructure;

public sealed class TestClusterTests
{
    [Fact]
    public async Task A_database_made_from_a_template_starts_with_the_templates_rows()
    {
        var original = await TestCluster.CreateDatabaseAsync();
        await ExecuteAsync(original, "create table t (n int); insert into t values (7)");

        var copy = await TestCluster.CreateDatabaseAsync(TestCluster.NameOf(original));

        (await ExecuteAsync(copy, "select n from t")).ShouldBe(7);
        (copy == original).ShouldBeFalse();
    }

    private static async Task<object?> ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
