using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.GM;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;

namespace Ledger.Tests.Verifier;

/// <summary>A Merkle tree as RFC 6962 §2.1 defines it, by recursion over the leaves: slow, and plainly right.</summary>
public static class NaiveTree
{
    public static byte[] Root(IReadOnlyList<byte[]> leafHashes) => leafHashes.Count switch
    {
        0 => SHA256.HashData([]),
        1 => leafHashes[0],
        var n => Node(Root([.. leafHashes.Take(Split(n))]), Root([.. leafHashes.Skip(Split(n))])),
    };

    /// <summary>PATH(m, D[n]).</summary>
    public static List<byte[]> Path(int index, IReadOnlyList<byte[]> leafHashes)
    {
        var n = leafHashes.Count;
        if (n == 1) return [];
        var (left, right) = (leafHashes.Take(Split(n)).ToList(), leafHashes.Skip(Split(n)).ToList());
        return index < left.Count ? [.. Path(index, left), Root(right)] : [.. Path(index - left.Count, right), Root(left)];
    }

    /// <summary>PROOF(m, D[n]).</summary>
    public static List<byte[]> Proof(int from, IReadOnlyList<byte[]> leafHashes) => from == leafHashes.Count ? [] : SubProof(from, leafHashes, true);

    public static byte[] Leaf(byte[] entry) => SHA256.HashData([0, .. entry]);

    public static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    private static List<byte[]> SubProof(int from, IReadOnlyList<byte[]> leafHashes, bool isWhole)
    {
        var n = leafHashes.Count;
        if (from == n) return isWhole ? [] : [Root(leafHashes)];
        var (left, right) = (leafHashes.Take(Split(n)).ToList(), leafHashes.Skip(Split(n)).ToList());
        return from <= left.Count ? [.. SubProof(from, left, isWhole), Root(right)] : [.. SubProof(from - left.Count, right, false), Root(left)];
    }

    private static int Split(int n) => 1 << (31 - int.LeadingZeroCount(n - 1));
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
