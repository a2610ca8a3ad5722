using Modus.Reports.Mapping.Features;

namespace Modus.Reports.Mapping.Candidates;

/// <summary>The techniques a mapper can name, each by its number: relations, names and how often each was seen.</summary>
internal sealed class TechniqueClasses
{
    private readonly HashFilter nameFilter;

    /// <summary>Classes over their parts; every array goes by class.</summary>
    /// <param name="ids">ATT&amp;CK ids, sorted.</param>
    /// <param name="parents">The class of the parent, or -1.</param>
    /// <param name="reportClass">The class's number in the model learnt from reports, or -1.</param>
    /// <param name="procedures">Procedure examples in the release.</param>
    /// <param name="reportRows">Sentences of reports that carry the technique.</param>
    /// <param name="nameHashes">Hash of the technique's name as a sequence of lower-case words.</param>
    public TechniqueClasses(string[] ids, int[] parents, int[] reportClass, int[] procedures, int[] reportRows, ulong[] nameHashes)
    {
        Ids = ids;
        Parents = parents;
        ReportClass = reportClass;
        Procedures = procedures;
        ReportRows = reportRows;
        NameHashes = nameHashes;
        nameFilter = new(ids.Length);
        Children = new int[ids.Length][];
        for (var c = 0; c < ids.Length; c++)
            Children[c] = [.. Enumerable.Range(0, ids.Length).Where(child => parents[child] == c)];
        ReportToClass = new int[reportClass.Count(number => number >= 0)];
        for (var c = 0; c < ids.Length; c++)
        {
            ById[FeatureHash.Of(ids[c])] = c;
            Index[ids[c]] = c;
            if (reportClass[c] >= 0) ReportToClass[reportClass[c]] = c;
            if (nameHashes[c] != 0) nameFilter.Add(nameHashes[c]);
            if (nameHashes[c] != 0 && !ByName.TryAdd(nameHashes[c], c)) ByName[nameHashes[c]] = -1;
        }
    }

    /// <summary>ATT&amp;CK ids.</summary>
    public string[] Ids { get; }

    /// <summary>The parent of each class, or -1.</summary>
    public int[] Parents { get; }

    /// <summary>The sub-techniques of each class.</summary>
    public int[][] Children { get; }

    /// <summary>The number of each class in the report model, or -1.</summary>
    public int[] ReportClass { get; }

    /// <summary>The class of each number of the report model.</summary>
    public int[] ReportToClass { get; }

    /// <summary>Procedure examples of each class.</summary>
    public int[] Procedures { get; }

    /// <summary>Labelled report sentences of each class.</summary>
    public int[] ReportRows { get; }

    /// <summary>Name hashes, 0 for none.</summary>
    public ulong[] NameHashes { get; }

    /// <summary>Number of classes.</summary>
    public int Count => Ids.Length;

    /// <summary>Class by id.</summary>
    public Dictionary<string, int> Index { get; } = new(StringComparer.Ordinal);

    /// <summary>Class by the hash of its id.</summary>
    public Dictionary<ulong, int> ById { get; } = [];

    /// <summary>Class by the hash of its name; -1 where several techniques share the name.</summary>
    public Dictionary<ulong, int> ByName { get; } = [];

    /// <summary>The class that a sequence of words names, or -1.</summary>
    /// <param name="hash">Its hash.</param>
    public int Named(ulong hash) => nameFilter.Maybe(hash) && ByName.TryGetValue(hash, out var c) ? c : -1;

    /// <summary>The hash a name is known by, or 0 for none.</summary>
    public static ulong NameHash(string name)
    {
        var lexer = new SentenceLexer();
        lexer.Lex(name);
        var tokens = lexer.Tokens;
        if (tokens.Length is 0 or > LongestName) return 0;
        var hash = tokens[0].Hash;
        foreach (var token in tokens[1..]) hash = FeatureHash.Join(hash, token.Hash);
        return hash;
    }

    /// <summary>Tokens of the longest name that is looked for.</summary>
    public const int LongestName = 6;
}
