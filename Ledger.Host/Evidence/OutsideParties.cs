using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.TimeStamps;
using Ledger.Host.Evidence.Witnesses;
using Ledger.Host.Security;

namespace Ledger.Host.Evidence;

/// <summary>Registers what the ledger asks of others: cosignatures and time-stamps. Without configuration it asks nobody.</summary>
public static class OutsideParties
{
    /// <summary>Registers the services that ask, where anybody to be asked is configured.</summary>
    /// <param name="services">Where; a <see cref="SealerDatabase"/> has to be there.</param>
    /// <param name="configuration">The configuration, with <see cref="EvidenceOptions.Section"/>.</param>
    /// <exception cref="StartupRefusedException">The policy cannot be read, or an address is none.</exception>
    public static IServiceCollection AddOutsideParties(this IServiceCollection services, IConfiguration configuration)
    {
        var options = configuration.GetSection(EvidenceOptions.Section).Get<EvidenceOptions>() ?? new EvidenceOptions();
        if (options.Policy is { } path)
        {
            services.AddSingleton(ReadPolicy(path));
            services.AddSingleton(_ => new WitnessClient(WitnessClient.NewHttp()));
            services.AddSingleton<WitnessService>();
            services.AddHostedService(provider => provider.GetRequiredService<WitnessService>());
        }

        foreach (var authority in options.Tsa)
            if (authority.Name.Length == 0 || !IsAddress(authority.Url))
                throw new StartupRefusedException(
                    $"时间戳机构“{authority.Name}”须有名称和 http(s) 地址", $"the time-stamp authority '{authority.Name}' needs a name and an address of http or https");
        if (options.Tsa.Count > 0)
        {
            services.AddSingleton<TimeStampService>();
            services.AddHostedService(provider => provider.GetRequiredService<TimeStampService>());
        }

        return services;
    }

    /// <summary>Reads a policy file whose witnesses, where they have an address, can be asked.</summary>
    /// <exception cref="StartupRefusedException">It cannot be read, or is no policy.</exception>
    public static WitnessPolicy ReadPolicy(string path)
    {
        try
        {
            var policy = WitnessPolicy.Parse(File.ReadAllBytes(path));
            return policy.Witnesses.FirstOrDefault(w => w.Url is not null && !(Uri.TryCreate(w.Url, UriKind.Absolute, out var url) && IsAddress(url))) is { } wrong
                ? throw new StartupRefusedException($"见证“{wrong.Name}”的地址须为 http(s)", $"the address of the witness '{wrong.Name}' must be of http or https")
                : policy;
        }
        catch (Exception e) when (e is EvidenceFormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException($"见证规则文件“{path}”不可用：{e.Message}", $"the policy file {path} cannot be used: {e.Message}");
        }
    }

    private static bool IsAddress(Uri? url) => url is { IsAbsoluteUri: true } && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps);
}
