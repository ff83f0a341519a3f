using Ledger.Host;
using Ledger.Host.Postgres;

await using var connection = await LedgerConnection.ResolveAsync();
await using var app = LedgerHost.Build(args, connection.ConnectionString);
await LedgerHost.MigrateAsync(app.Services);
await app.RunAsync();
