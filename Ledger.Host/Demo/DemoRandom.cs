namespace Ledger.Host.Demo;

/// <summary>SplitMix64: a generator of our own, so that a seed means the same on every version of .NET.</summary>
internal sealed class DemoRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>An independent generator for one thing, so that a change to one lawsuit does not ripple through the rest.</summary>
    public static DemoRandom For(int seed, int one, int other)
    {
        unchecked
        {
            var mixed = new DemoRandom((uint)seed);
            mixed._state ^= ((ulong)(uint)one << 32) | (uint)other;
            return new DemoRandom(mixed.NextBits());
        }
    }

    public ulong NextBits()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    public int Next(int below) => (int)(((NextBits() >> 32) * (ulong)below) >> 32);

    public int Between(int first, int last) => first + Next(last - first + 1);

    public bool Chance(int percent) => Next(100) < percent;

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    public string NextSha256() => string.Concat(Enumerable.Range(0, 4).Select(_ => NextBits().ToString("x16")));
}
