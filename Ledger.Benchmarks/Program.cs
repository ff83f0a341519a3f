using System.CommandLine;
using Ledger.Benchmarks.Running;

var quick = new Option<bool>("--quick") { Description = "three short repetitions of small cells: for a look, not for the record" };
var only = new Option<string[]>("--only") { Description = "only the cells whose name begins so; several may be named", AllowMultipleArgumentsPerToken = true };
var output = new Option<string?>("--out") { Description = "the document to write the table into; a full run writes docs/performance.md" };
var root = new RootCommand("Measures the ledger beside what the same machine can do at best.") { quick, only, output };
root.SetAction((parsed, cancellation) =>
{
    var (isQuick, names) = (parsed.GetValue(quick), parsed.GetValue(only) ?? []);
    var document = parsed.GetValue(output) ?? (isQuick || names.Length > 0 ? null : "docs/performance.md");
    return BenchRun.RunAsync(new BenchOptions(isQuick, names, document), cancellation);
});
return await root.Parse(args).InvokeAsync();
