using Ledger.Domain.Facts;

namespace Ledger.Host.Import;

/// <summary>What Marten writes of types, for rows that it does not write itself. A test compares the two.</summary>
public static class StreamTypes
{
    /// <summary>
    /// <c>mt_streams.type</c> of a stream: the alias that Marten derives from the aggregate class with which the command path
    /// starts streams of this kind.
    /// </summary>
    public static string AliasOf(StreamKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary><c>mt_events.mt_dotnet_type</c> of a fact.</summary>
    public static string DotNetName(Type type) => $"{type.FullName}, {type.Assembly.GetName().Name}";
}
