using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Ledger.Tests.Verifier;

/// <summary>A Merkle tree as RFC 6962 §2.1 defines it, by recursion over the leaves: plainly right, and remembering what it has hashed.</summary>
public sealed class NaiveTree(IReadOnlyList<byte[]> leafHashes)
{
    private readonly Dictionary<(int Start, int Count), byte[]> _roots = [];

    /// <summary>MTH(D[n]).</summary>
    public byte[] Root(int? size = null) => Root(0, size ?? leafHashes.Count);

    /// <summary>PATH(m, D[n]).</summary>
    public List<byte[]> Path(int index, int? size = null) => Path(index, 0, size ?? leafHashes.Count);

    /// <summary>PROOF(m, D[n]).</summary>
    public List<byte[]> Proof(int from, int? size = null) => SubProof(from, 0, size ?? leafHashes.Count, true);

    public static byte[] Leaf(byte[] entry) => SHA256.HashData([0, .. entry]);

    private byte[] Root(int start, int count)
    {
        if (_roots.TryGetValue((start, count), out var known)) return known;
        return _roots[(start, count)] = count switch
        {
            0 => SHA256.HashData([]),
            1 => leafHashes[start],
            _ => SHA256.HashData([1, .. Root(start, Split(count)), .. Root(start + Split(count), count - Split(count))]),
        };
    }

    private List<byte[]> Path(int index, int start, int count)
    {
        if (count == 1) return [];
        var left = Split(count);
        return index < left
            ? [.. Path(index, start, left), Root(start + left, count - left)]
            : [.. Path(index - left, start + left, count - left), Root(start, left)];
    }

    private List<byte[]> SubProof(int from, int start, int count, bool isWhole)
    {
        if (from == count) return isWhole ? [] : [Root(start, count)];
        var left = Split(count);
        return from <= left
            ? [.. SubProof(from, start, left, isWhole), Root(start + left, count - left)]
            : [.. SubProof(from - left, start + left, count - left, false), Root(start, left)];
    }

    private static int Split(int count) => 1 << (31 - int.LeadingZeroCount(count - 1));
}

/// <summary>Somebody who signs notes.</summary>
public sealed class TestSigner
{
    private readonly byte _type;
    private readonly Func<byte[], byte[]> _sign;

    private TestSigner(string name, byte type, byte[] material, Func<byte[], byte[]> sign)
    {
        (Name, _type, _sign) = (name, type, sign);
        Id = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData([.. Encoding.UTF8.GetBytes(name + "\n"), type, .. material]));
        Key = $"{name}+{Id:x8}+{Convert.ToBase64String([type, .. material])}";
    }

    public string Name { get; }

    public uint Id { get; }

    /// <summary>The verifier key.</summary>
    public string Key { get; }

    public static TestSigner Log(string name, byte seed) => Ed25519(name, 1, seed);

    public static TestSigner Witness(string name, byte seed) => Ed25519(name, 4, seed);

    public static TestSigner Sm2(string name, byte seed)
    {
        var curve = new ECDomainParameters(GMNamedCurves.GetByName("sm2p256v1"));
        var secret = new BigInteger(1, SHA256.HashData([seed]));
        var point = curve.G.Multiply(secret).Normalize().GetEncoded(compressed: false);
        return new(name, 0xff, [.. "SM2-SM3\n"u8, .. point], message =>
        {
            var signer = new SM2Signer();
            signer.Init(forSigning: true, new ParametersWithID(new ECPrivateKeyParameters(secret, curve), "1234567812345678"u8.ToArray()));
            signer.BlockUpdate(message, 0, message.Length);
            return signer.GenerateSignature();
        });
    }

    /// <summary>A signature line over the note's text.</summary>
    public string Line(string text)
    {
        const ulong time = 1_795_400_000;
        byte[] signature = _type == 4
            ? [.. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(time)), .. _sign(Encoding.UTF8.GetBytes($"cosignature/v1\ntime {time.ToString(CultureInfo.InvariantCulture)}\n{text}"))]
            : _sign(Encoding.UTF8.GetBytes(text));
        return LineOf(signature);
    }

    /// <summary>A line of this key with any bytes for its signature.</summary>
    public string LineOf(byte[] signature)
    {
        var id = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(id, Id);
        return $"— {Name} {Convert.ToBase64String([.. id, .. signature])}\n";
    }

    private static TestSigner Ed25519(string name, byte type, byte seed)
    {
        var key = new Ed25519PrivateKeyParameters(SHA256.HashData([type, seed]));
        return new(name, type, key.GeneratePublicKey().GetEncoded(), message =>
        {
            var signer = new Ed25519Signer();
            signer.Init(forSigning: true, key);
            signer.BlockUpdate(message, 0, message.Length);
            return signer.GenerateSignature();
        });
    }
}
