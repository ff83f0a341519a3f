using System.Text;
using System.Text.Json;
using Ledger.Domain.Sealing;

namespace Ledger.Host.Evidence.Audit;

/// <summary>
/// A row's headers or data in canonical form, and the commitment to them: what <see cref="SealedRow"/> and
/// <see cref="Commitment"/> do, on bytes. What is unusual (escapes, fractions, names beyond ASCII) is left to these.
/// </summary>
internal sealed class CanonicalPart(string part)
{
    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(part + ":");
    private readonly ByteText _text = new();
    private readonly ByteText _sorted = new();
    private readonly ByteText _hashed = new();
    private readonly ByteText _members = new();
    private readonly List<Member> _found = [];
    private readonly SaltedHash _mac = new();
    private bool _isPlain;

    /// <summary>The canonical form that was read last.</summary>
    public ReadOnlySpan<byte> Canonical => _text.Span;

    /// <summary>Reads a JSON text as the database stores it; an object without members where there is none.</summary>
    public void Read(ReadOnlySpan<byte> json)
    {
        _text.Clear();
        _found.Clear();
        if (json.IsEmpty) json = "{}"u8;
        _isPlain = TryRead(json);
        if (_isPlain) return;
        var row = new SealedRow(0, null, null, Encoding.UTF8.GetString(json), null, null);
        _text.Clear().Add(Jcs.Bytes(row.CanonicalData));
    }

    /// <summary>The commitment to what was read (docs/evidence.md §3).</summary>
    public void Commit(ReadOnlySpan<byte> salt, Span<byte> commitment)
    {
        if (!_isPlain)
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetString(Canonical));
            Commitment.Of(salt.ToArray(), part, json.RootElement).CopyTo(commitment);
            return;
        }

        Span<byte> hash = stackalloc byte[Merkle.HashSize];
        _mac.Key(salt);
        _members.Clear().Add(0x02).Add((byte)'{');
        foreach (var member in _found)
        {
            var name = _text[member.At + 1, member.Name];
            _mac.Mac(_hashed.Clear().Add(_prefix).Add(name).Span, hash);
            _mac.Hash(_hashed.Clear().Add(0x01).Add(hash).Add(_text[member.At + member.Name + 3, member.Length - member.Name - 3]).Span, hash);
            if (_members.Length > 2) _members.Add((byte)',');
            _members.Add((byte)'"').Add(name).Add("\":\""u8).Base64(hash).Add((byte)'"');
        }

        _mac.Hash(_members.Add((byte)'}').Span, commitment);
    }

    private bool TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && Object(ref reader, keep: true) && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool Value(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                return Object(ref reader, keep: false);
            case JsonTokenType.StartArray:
                _text.Add((byte)'[');
                for (var first = true; reader.Read() && reader.TokenType != JsonTokenType.EndArray; first = false)
                {
                    if (!first) _text.Add((byte)',');
                    if (!Value(ref reader)) return false;
                }

                _text.Add((byte)']');
                return true;
            case JsonTokenType.String:
                if (reader.ValueIsEscaped) return false;
                _text.Add((byte)'"').Add(reader.ValueSpan).Add((byte)'"');
                return true;
            case JsonTokenType.Number:
                // A whole number that a double holds is its own canonical form.
                if (reader.ValueSpan.Length > 15 || reader.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
                _text.Add(reader.ValueSpan);
                return true;
            default:
                _text.Add(reader.ValueSpan);
                return true;
        }
    }

    // Members are written as they come and then put in order: PostgreSQL keeps them by length first.
    private bool Object(ref Utf8JsonReader reader, bool keep)
    {
        var (first, start) = (_found.Count, _text.Length);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueIsEscaped || !Ascii.IsValid(reader.ValueSpan)) return false;
            var (at, name) = (_text.Length, reader.ValueSpan.Length);
            _text.Add((byte)'"').Add(reader.ValueSpan).Add("\":"u8);
            if (!reader.Read() || !Value(ref reader)) return false;
            if (!Insert(first, new Member(at, name, _text.Length - at))) return false;
        }

        _sorted.Clear().Add((byte)'{');
        for (var i = first; i < _found.Count; i++)
        {
            var member = _found[i];
            if (i > first) _sorted.Add((byte)',');
            _found[i] = member with { At = start + _sorted.Length };
            _sorted.Add(_text[member.At, member.Length]);
        }

        _text.Length = start;
        _text.Add(_sorted.Add((byte)'}').Span);
        if (!keep) _found.RemoveRange(first, _found.Count - first);
        return true;
    }

    private bool Insert(int first, Member member)
    {
        var place = _found.Count;
        for (; place > first; place--)
        {
            var order = _text[_found[place - 1].At + 1, _found[place - 1].Name].SequenceCompareTo(_text[member.At + 1, member.Name]);
            if (order == 0) return false;
            if (order < 0) break;
        }

        _found.Insert(place, member);
        return true;
    }

    // At: where its name's quotation mark stands. Length: of "name":value.
    private readonly record struct Member(int At, int Name, int Length);
}
