namespace Ledger.Host.Cli;

/// <summary>
/// <c>healthcheck URL</c>: exit code 0 when the running host answers that it is ready.
/// The container image carries neither a shell's tools nor curl.
/// </summary>
public static class HealthcheckVerb
{
    private const string Ready = "http://127.0.0.1:8080/health/ready";

    /// <summary>Asks once.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            using var answer = await client.GetAsync(new Uri(args.FirstOrDefault() ?? Ready));
            await Console.Out.WriteLineAsync($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TaskCanceledException)
        {
            await Console.Error.WriteLineAsync(unreachable.Message);
            return 1;
        }
    }
}
