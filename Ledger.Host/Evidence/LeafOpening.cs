using System.Text.Json;
using Ledger.Domain.Sealing;
using Npgsql;

namespace Ledger.Host.Evidence;

/// <summary>How one member of a redacted event is opened: by its own salt while it is kept, by its hash when it is not.</summary>
/// <param name="Part"><see cref="Commitment.Headers"/> or <see cref="Commitment.Data"/>.</param>
/// <param name="Name">The member.</param>
/// <param name="Salt">Its salt; null when it was redacted.</param>
/// <param name="Hash">Its hash; null while it is kept.</param>
public sealed record LeafMember(string Part, string Name, byte[]? Salt, byte[]? Hash);

/// <summary>
/// What opens an event's commitments (docs/evidence.md §3): its salt or, once personal data of it were redacted, a salt for
/// each member that is kept and a hash for each that is not.
/// </summary>
public sealed class LeafOpening
{
    /// <summary>The columns that <see cref="Read"/> reads, from <c>p</c> (ledger.leaf_payload): five of them.</summary>
    public const string Columns =
        "p.salt, "
        + "case when p.salt is null then array(select m.part from ledger.leaf_member m where m.seq_id = p.seq_id order by m.part, m.name) end, "
        + "case when p.salt is null then array(select m.name from ledger.leaf_member m where m.seq_id = p.seq_id order by m.part, m.name) end, "
        + "case when p.salt is null then array(select m.salt from ledger.leaf_member m where m.seq_id = p.seq_id order by m.part, m.name) end, "
        + "case when p.salt is null then array(select m.hash from ledger.leaf_member m where m.seq_id = p.seq_id order by m.part, m.name) end";

    private readonly Dictionary<(string Part, string Name), LeafMember> _members;

    /// <summary>An event that is whole.</summary>
    public LeafOpening(byte[] salt) => (Salt, _members) = (salt, []);

    /// <summary>An event of which something was redacted.</summary>
    public LeafOpening(IEnumerable<LeafMember> members) => _members = members.ToDictionary(m => (m.Part, m.Name));

    /// <summary>The event's salt; null once something was redacted.</summary>
    public byte[]? Salt { get; }

    /// <summary>The members of the data that were redacted, sorted.</summary>
    public IReadOnlyList<string> Redacted =>
        [.. _members.Values.Where(m => m.Hash is not null && m.Part == Commitment.Data).Select(m => m.Name).Order(StringComparer.Ordinal)];

    /// <summary>Every member's salt or hash; empty while the event is whole.</summary>
    public IReadOnlyCollection<LeafMember> Members => _members.Values;

    /// <summary>Reads <see cref="Columns"/> from a column on.</summary>
    public static LeafOpening Read(NpgsqlDataReader row, int first)
    {
        if (!row.IsDBNull(first)) return new LeafOpening(row.GetFieldValue<byte[]>(first));
        var (parts, names) = (row.GetFieldValue<string[]>(first + 1), row.GetFieldValue<string[]>(first + 2));
        var (salts, hashes) = (row.GetFieldValue<byte[]?[]>(first + 3), row.GetFieldValue<byte[]?[]>(first + 4));
        return new LeafOpening(parts.Select((part, i) => new LeafMember(part, names[i], salts[i], hashes[i])));
    }

    /// <summary>The salt of one member; null when it was redacted, or the event has no such member.</summary>
    public byte[]? MemberSalt(string part, string name) =>
        Salt is { } salt ? Commitment.MemberSalt(salt, part, name) : _members.GetValueOrDefault((part, name))?.Salt;

    /// <summary>The hash of one member with that value; of a redacted one the hash that was kept. Null when nothing opens it.</summary>
    public byte[]? MemberHash(string part, string name, string canonical) =>
        MemberSalt(part, name) is { } salt ? Commitment.Member(salt, canonical) : _members.GetValueOrDefault((part, name))?.Hash;

    /// <summary>The commitment to an object; null when a member of it cannot be opened, or one that belongs to it is not there.</summary>
    public byte[]? CommitmentTo(string part, JsonElement value)
    {
        var members = new List<(string Name, byte[] Hash)>();
        foreach (var member in value.EnumerateObject())
            if (MemberHash(part, member.Name, Jcs.Text(member.Value)) is { } hash) members.Add((member.Name, hash));
            else return null;
        return Salt is null && members.Count != _members.Keys.Count(m => m.Part == part) ? null : Commitment.Of(members);
    }
}
