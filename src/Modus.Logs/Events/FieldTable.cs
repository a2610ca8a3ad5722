using System.Collections.Concurrent;

namespace Modus.Logs;

/// <summary>Gives every field name a small number, so that a look-up in an event is an index. Safe for many threads.</summary>
/// <remarks>
/// A name is kept without spaces, as Sigma asks, and its case counts. Numbers are handed out in the order names
/// arrive, which may differ from run to run: never sort or store by them.
/// </remarks>
public sealed class FieldTable
{
    /// <summary>The most names a table takes.</summary>
    public const int MaxNames = 65_536;

    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();
    private volatile string[] _names = new string[256];
    private volatile int _count;

    /// <summary>How many names are known; valid numbers are 0 to this, without it.</summary>
    public int Count => _count;

    /// <summary>The number of a name, given out on first sight; -1 when the table is full.</summary>
    public int Intern(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains(' ', StringComparison.Ordinal)) name = name.Replace(" ", "", StringComparison.Ordinal);
        if (_numbers.TryGetValue(name, out var known)) return known;
        lock (_adding)
        {
            if (_numbers.TryGetValue(name, out known)) return known;
            if (_count == MaxNames) return -1;
            var names = _names;
            if (_count == names.Length) Array.Resize(ref names, names.Length * 2);
            names[_count] = name;
            _names = names;
            known = _count;
            _numbers[name] = known;
            _count = known + 1;
            return known;
        }
    }

    /// <summary>The number of a name, or -1 when no one has asked for it yet.</summary>
    public int Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Contains(' ', StringComparison.Ordinal)) name = name.Replace(" ", "", StringComparison.Ordinal);
        return _numbers.TryGetValue(name, out var known) ? known : -1;
    }

    /// <summary>The name behind a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number was never given out.</exception>
    public string Name(int field)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(field);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(field, _count);
        return _names[field];
    }
}
