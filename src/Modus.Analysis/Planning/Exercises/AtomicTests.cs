namespace Modus.Analysis.Planning.Exercises;

/// <summary>A public test of a technique: what it is called, not what it runs.</summary>
/// <param name="Technique">Id of the technique, as the project gives it.</param>
/// <param name="Id">Its GUID.</param>
/// <param name="Platforms">Platforms that it runs on; empty where nobody says.</param>
/// <param name="Executor">What runs it.</param>
/// <param name="Name">Its name.</param>
public sealed record PublicTest(string Technique, string Id, IReadOnlyList<string> Platforms, string Executor, string Name);

/// <summary>The tests of Atomic Red Team by name, as they come with this library.</summary>
public static class AtomicTests
{
    private static readonly Lazy<IReadOnlyList<PublicTest>> all = new(ReadAll);

    /// <summary>All of them, by technique and GUID.</summary>
    public static IReadOnlyList<PublicTest> All => all.Value;

    private static List<PublicTest> ReadAll()
    {
        using var stream = typeof(AtomicTests).Assembly.GetManifestResourceStream("atomic-tests.tsv")!;
        using var reader = new StreamReader(stream);
        var tests = new List<PublicTest>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var cells = line.Split('\t');
            tests.Add(new(cells[0], cells[1], cells[2].Length == 0 ? [] : cells[2].Split('|'), cells[3], cells[4]));
        }
        return tests;
    }
}
