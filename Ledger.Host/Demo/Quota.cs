namespace Ledger.Host.Demo;

/// <summary>
/// Gives out items in fixed proportions: after any number of draws each item is within about one of its share. Chance
/// would need thousands of lawsuits to come as near to a rate as a county of sixty has to.
/// </summary>
internal sealed class Quota<T>
    where T : notnull
{
    private readonly (T Item, int Weight)[] _shares;
    private readonly long[] _credit;
    private readonly long _total;

    public Quota(params (T Item, int Weight)[] shares)
    {
        _shares = shares;
        _credit = new long[shares.Length];
        _total = shares.Sum(s => (long)s.Weight);
    }

    /// <summary>Starts each item at a random point of its cycle, so that small shares do not fall to the same items every time.</summary>
    public Quota<T> Shuffled(DemoRandom random)
    {
        for (var i = 0; i < _credit.Length; i++) _credit[i] = random.Next((int)_total);
        return this;
    }

    public T Next()
    {
        var best = 0;
        for (var i = 0; i < _shares.Length; i++)
        {
            _credit[i] += _shares[i].Weight;
            if (_credit[i] > _credit[best]) best = i;
        }

        _credit[best] -= _total;
        return _shares[best].Item;
    }

    /// <summary>Counts an item that was fixed elsewhere; those of no share are ignored.</summary>
    public void Take(T item)
    {
        var taken = Array.FindIndex(_shares, s => s.Item.Equals(item));
        if (taken < 0) return;
        for (var i = 0; i < _shares.Length; i++) _credit[i] += _shares[i].Weight;
        _credit[taken] -= _total;
    }
}
