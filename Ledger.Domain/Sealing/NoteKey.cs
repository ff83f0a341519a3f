using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ledger.Domain.Sealing;

/// <summary>
/// A public key of a note (C2SP signed-note, "Verifier keys"): <c>name+hex(id)+base64(type ‖ material)</c>. The id follows from
/// the other three.
/// </summary>
public sealed record NoteKey
{
    /// <summary>Signature type of Ed25519 over the note's text.</summary>
    public const byte Ed25519 = 0x01;

    /// <summary>Signature type of a witness: time-stamped Ed25519 (C2SP tlog-cosignature).</summary>
    public const byte Cosignature = 0x04;

    /// <summary>Signature type of anything without a type of its own; the material begins with its identifier.</summary>
    public const byte Other = 0xff;

    private const int LongestKey = 16 * 1024;

    // Text, so that two keys are equal when their parts are.
    private readonly string _encoded;

    private NoteKey(string name, byte[] typeAndMaterial)
    {
        Name = name;
        _encoded = Convert.ToBase64String(typeAndMaterial);
        KeyId = IdOf(name, typeAndMaterial);
    }

    /// <summary>The key's name: not empty, without white space and plus.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of SHA-256(name ‖ newline ‖ type ‖ material), big-endian.</summary>
    public uint KeyId { get; }

    /// <summary>How its signatures are made.</summary>
    public byte Type => Convert.FromBase64String(_encoded)[0];

    /// <summary>The encoding of the public key without its type.</summary>
    public byte[] Material => Convert.FromBase64String(_encoded)[1..];

    /// <summary>The material of an SM2-with-SM3 key begins with this (docs/evidence.md §4); a point of 65 bytes follows.</summary>
    public static ReadOnlySpan<byte> Sm2Identifier => "SM2-SM3\n"u8;

    /// <summary>Whether its signatures are SM2 with SM3.</summary>
    public bool IsSm2 => Type == Other && Material is { } material && material.Length == Sm2Identifier.Length + 65 && material.AsSpan().StartsWith(Sm2Identifier);

    /// <summary>A key of its parts.</summary>
    /// <exception cref="EvidenceFormatException">The name is not one, or the material is too long.</exception>
    public static NoteKey Of(string name, byte type, ReadOnlySpan<byte> material)
    {
        if (!IsName(name)) throw NotAName(name);
        if (material.Length > LongestKey) throw new EvidenceFormatException("公钥过长", "the key is too long");
        return new NoteKey(name, [type, .. material]);
    }

    /// <summary>Whether a text can be a key's name: not empty, without any white space and without plus, and it can be written in UTF-8.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && !name.Any(c => char.IsWhiteSpace(c) || c == '+' || c < ' ') && !HasLoneSurrogate(name);

    /// <summary>Reads a vkey.</summary>
    /// <exception cref="EvidenceFormatException">It is not one, or its id does not belong to it.</exception>
    public static NoteKey Parse(string vkey)
    {
        var parts = vkey.Split('+', 3);
        if (parts.Length != 3 || vkey.Length > 2 * LongestKey)
            throw new EvidenceFormatException("公钥应为“名称+编号+密钥”三部分", "a key has three parts: name+id+key");
        if (!IsName(parts[0])) throw NotAName(parts[0]);
        if (!EvidenceText.TryBase64(parts[2], out var key) || key.Length < 2)
            throw new EvidenceFormatException($"公钥“{parts[0]}”的密钥部分不是 Base64", $"the key part of '{parts[0]}' is not Base 64");
        var read = Of(parts[0], key[0], key.AsSpan(1));
        return string.Equals(parts[1], Hex(read.KeyId), StringComparison.Ordinal)
            ? read
            : throw new EvidenceFormatException($"公钥“{parts[0]}”的编号应为 {Hex(read.KeyId)}", $"the id of the key '{parts[0]}' should be {Hex(read.KeyId)}");
    }

    /// <summary>The vkey.</summary>
    public override string ToString() => $"{Name}+{Hex(KeyId)}+{_encoded}";

    /// <summary>A key id as vkeys spell it: eight lower-case hex digits.</summary>
    public static string Hex(uint id) => id.ToString("x8", CultureInfo.InvariantCulture);

    private static bool HasLoneSurrogate(string name)
    {
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i])) continue;
            if (i + 1 >= name.Length || !char.IsSurrogatePair(name[i], name[i + 1])) return true;
            i++;
        }

        return false;
    }

    private static uint IdOf(string name, byte[] key) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. key]));

    private static EvidenceFormatException NotAName(string name) =>
        new($"“{name}”不能作为密钥名称：不得为空，不得含空白和加号", $"'{name}' is no key name: it may not be empty nor hold white space or plus");
}
