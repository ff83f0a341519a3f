using Ledger.Host.Cli;

return await LedgerCli.RunAsync(args);
