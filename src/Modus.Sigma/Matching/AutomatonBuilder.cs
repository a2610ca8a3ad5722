namespace Modus.Sigma.Matching;

/// <summary>Builds an <see cref="Automaton"/>. Needles are numbered in the order they are added; the same needle twice has one number.</summary>
internal sealed class AutomatonBuilder
{
    private readonly Dictionary<byte[], int> numbers = new(NeedleComparer.Instance);
    private readonly List<byte[]> needles = [];

    public IReadOnlyList<byte[]> Needles => needles;

    public int Add(byte[] needle)
    {
        if (needle.Length == 0) throw new ArgumentException("A needle cannot be empty.", nameof(needle));
        if (numbers.TryGetValue(needle, out var known)) return known;
        numbers[needle] = needles.Count;
        needles.Add(needle);
        return needles.Count - 1;
    }

    /// <summary>The automaton, or the one that was built before for the same needles in the same order.</summary>
    public Automaton Build(AutomatonCache cache) => cache.GetOrAdd(needles, Build);

    public Automaton Build()
    {
        var classes = new byte[256];
        var width = 1;
        foreach (var needle in needles)
            foreach (var b in needle)
                if (classes[b] == 0) classes[b] = (byte)width++;

        // A trie first: children as a list of siblings, so that only the finished table is wide.
        var (firstChild, sibling, label, ends, depthOrder) = Trie();
        var states = firstChild.Count;
        var table = new int[states * width];
        var fail = new int[states];
        var reports = new int[states];
        var outputs = new List<(int Needle, int Next)>();
        Array.Fill(reports, -1);
        foreach (var state in depthOrder)
        {
            // A state's row starts as the row of its longest proper suffix; its own children overwrite it.
            var row = state * width;
            if (state != 0) Array.Copy(table, fail[state] * width, table, row, width);
            if (ends[state] >= 0)
            {
                outputs.Add((ends[state], state == 0 ? -1 : reports[fail[state]]));
                reports[state] = outputs.Count - 1;
            }
            else if (state != 0)
            {
                reports[state] = reports[fail[state]];
            }

            for (var child = firstChild[state]; child >= 0; child = sibling[child])
            {
                var cell = row + classes[label[child]];
                fail[child] = state == 0 ? 0 : table[cell];
                table[cell] = child;
            }
        }

        for (var cell = 0; cell < table.Length; cell++)
        {
            var target = table[cell];
            table[cell] = (target * width) | (reports[target] >= 0 ? int.MinValue : 0);
        }

        return new(classes, width, table, reports, [.. outputs]);
    }

    private (List<int> FirstChild, List<int> Sibling, List<byte> Label, List<int> Ends, List<int> DepthOrder) Trie()
    {
        List<int> firstChild = [-1], sibling = [-1], ends = [-1];
        List<byte> label = [0];
        var children = new Dictionary<(int State, byte Byte), int>();
        for (var number = 0; number < needles.Count; number++)
        {
            var state = 0;
            foreach (var b in needles[number])
            {
                if (!children.TryGetValue((state, b), out var child))
                {
                    child = firstChild.Count;
                    children[(state, b)] = child;
                    firstChild.Add(-1);
                    sibling.Add(firstChild[state]);
                    firstChild[state] = child;
                    label.Add(b);
                    ends.Add(-1);
                }

                state = child;
            }

            ends[state] = number;
        }

        var order = new List<int>(firstChild.Count) { 0 };
        for (var at = 0; at < order.Count; at++)
            for (var child = firstChild[order[at]]; child >= 0; child = sibling[child]) order.Add(child);
        return (firstChild, sibling, label, ends, order);
    }
}
