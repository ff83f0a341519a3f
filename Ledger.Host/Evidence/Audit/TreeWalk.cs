using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence.Audit;

/// <summary>Where a root is claimed for a number of leaves.</summary>
internal enum RootClaim
{
    /// <summary>A published checkpoint.</summary>
    Published,
    /// <summary>The journal.</summary>
    Journal,
    /// <summary>A checkpoint that the operator holds.</summary>
    Held,
    /// <summary>The run before this one.</summary>
    Resumed,
}

/// <summary>Grows the tree leaf by leaf, and compares its root wherever somebody has named one.</summary>
internal sealed class TreeWalk(AuditFindings findings)
{
    private readonly TreeEdge _edge = new();
    private readonly SortedDictionary<long, List<(RootClaim Claim, byte[] Root)>> _claims = [];
    private readonly Dictionary<RootClaim, long> _good = [];
    private readonly HashSet<RootClaim> _broken = [];

    /// <summary>Number of leaves so far.</summary>
    public long Size => _edge.Size;

    /// <summary>The partial tiles.</summary>
    public IReadOnlyList<byte[]> Levels => _edge.Levels;

    /// <summary>The root so far.</summary>
    public byte[] Root() => _edge.Root();

    /// <summary>Says that the tree of a size has a root.</summary>
    public void Expect(RootClaim claim, long size, byte[] root)
    {
        if (!_claims.TryGetValue(size, out var there)) _claims[size] = there = [];
        there.Add((claim, root));
    }

    /// <summary>Appends a leaf; answers the tiles that it filled.</summary>
    public IReadOnlyList<FullTile> Append(byte[] leafHash)
    {
        var filled = _edge.Append(leafHash);
        Compare();
        return filled;
    }

    /// <summary>What was claimed of trees that are greater than this one.</summary>
    public IEnumerable<(RootClaim Claim, long Size)> Beyond() => _claims.Where(c => c.Key > Size).SelectMany(c => c.Value.Select(v => (v.Claim, c.Key)));

    private void Compare()
    {
        if (!_claims.TryGetValue(Size, out var claims)) return;
        var root = Root();
        foreach (var (claim, was) in claims)
            if (root.AsSpan().SequenceEqual(was))
                _good[claim] = Size;
            // From the first root that differs on all do; it says where the change begins.
            else if (_broken.Add(claim))
                findings.Add(
                    CodeOf(claim), leaf: Size, subject: claim.ToString(), member: $"{_good.GetValueOrDefault(claim)}..{Size}",
                    was: Convert.ToBase64String(was), found: Convert.ToBase64String(root));
    }

    private static AuditCode CodeOf(RootClaim claim) => claim switch
    {
        RootClaim.Published => AuditCodes.RootDiffers,
        RootClaim.Journal => AuditCodes.JournalFork,
        RootClaim.Held => AuditCodes.HeldDiffers,
        _ => AuditCodes.ResumeDiffers,
    };
}
