using System.Security.Cryptography;
using System.Text;
using CsCheck;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.Keys;
using Ledger.Tests.Infrastructure;

namespace Ledger.Tests.Evidence;

/// <summary>Keys and notes that tests start from; every key is derived from its name.</summary>
internal static class NoteSamples
{
    public const string Origin = "wuyang.example/ledger";

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    public static byte[] Seed(string name) => SHA256.HashData(Encoding.UTF8.GetBytes("seed of " + name));

    public static byte[] Hash(int number) => SHA256.HashData(BitConverter.GetBytes(number));

    public static Ed25519Signer Log(string origin = Origin) => new(origin, Seed(origin));

    public static CosignatureSigner Witness(string name, TimeProvider? clock = null) => new(name, Seed(name), clock ?? new TestClock(Now));

    public static SignedNote Sealed(long size, byte[] root, params INoteSigner[] more) =>
        SignedNote.Sign(new Checkpoint(Origin, size, root).ToString(), [Log(), .. more]);

    // Bytes that mean something to the parsers are tried more often than others.
    private static readonly byte[] Telling = "\n\n \t+=—0189old"u8.ToArray();

    /// <summary>Valid UTF-8 texts, valid bytes with some of them changed, and bytes of any kind.</summary>
    public static Gen<byte[]> Mutations(string valid)
    {
        var bytes = Encoding.UTF8.GetBytes(valid);
        var octet = Gen.OneOf(Gen.Byte, Gen.Int[0, Telling.Length - 1].Select(i => Telling[i]));
        var change = Gen.Select(Gen.Int[0, bytes.Length - 1], octet, Gen.Int[0, 2]);
        return Gen.OneOf(
            change.List[0, 4].Select(changes =>
            {
                var mutated = bytes.ToList();
                foreach (var (at, value, how) in changes)
                {
                    var place = Math.Min(at, mutated.Count);
                    if (how == 0 && place < mutated.Count) mutated[place] = value;
                    else if (how == 1) mutated.Insert(place, value);
                    else if (place < mutated.Count) mutated.RemoveAt(place);
                }

                return mutated.ToArray();
            }),
            Gen.Int[0, bytes.Length].Select(length => bytes[..length]),
            octet.Array[0, 200]);
    }

    /// <summary>Reads it; null when it is refused in the one way in which it may be.</summary>
    public static T? Read<T>(Func<T> parse) where T : class
    {
        try
        {
            return parse();
        }
        catch (EvidenceFormatException)
        {
            return null;
        }
    }
}
