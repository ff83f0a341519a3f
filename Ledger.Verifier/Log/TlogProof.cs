using Ledger.Verifier.Formats;
using Ledger.Verifier.Reports;

namespace Ledger.Verifier.Log;

/// <summary>A receipt: the place of an entry, its path, and the checkpoint that it was sealed under (C2SP tlog-proof).</summary>
internal sealed record TlogProof(long Index, IReadOnlyList<byte[]> Path, Checkpoint Checkpoint)
{
    private const int LongestPath = 64;

    public static TlogProof Parse(ReadOnlySpan<byte> utf8, string where)
    {
        var blank = utf8.IndexOf("\n\n"u8);
        if (blank < 0) throw Refuse(where);
        var lines = StrictJson.Text(utf8[..blank], where).Split('\n');
        if (lines[0] != "c2sp.org/tlog-proof@v1") throw Refuse(where);

        // The extra line is authenticated by nothing: it is checked for its form and not used.
        var next = lines.Length > 1 && lines[1].StartsWith("extra ", StringComparison.Ordinal) ? 2 : 1;
        if (next == 2 && Base64.Bytes(lines[1]["extra ".Length..]) is null) throw Refuse(where);
        if (lines.Length <= next || lines.Length > next + 1 + LongestPath || !lines[next].StartsWith("index ", StringComparison.Ordinal)
            || Members.Decimal(lines[next]["index ".Length..]) is not { } index)
            throw Refuse(where);
        return new(index, [.. lines[(next + 1)..].Select(line => Base64.Hash(line) ?? throw Refuse(where))], Checkpoint.Parse(utf8[(blank + 2)..], where));
    }

    private static StoppedException Refuse(string where) => StoppedException.Malformed("receipt.malformed", where, "不是 c2sp.org/tlog-proof@v1 回执", "is not a receipt c2sp.org/tlog-proof@v1");
}
