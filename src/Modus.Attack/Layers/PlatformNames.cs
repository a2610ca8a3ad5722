using System.Reflection;

namespace Modus.Attack.Layers;

/// <summary>What became of the platforms that a release of ATT&amp;CK renamed or joined (<c>platform-names.tsv</c>).</summary>
internal static class PlatformNames
{
    private static readonly Lazy<Dictionary<string, string>> successors = new(Read);

    /// <summary>The platform of a release that took the place of an old one; null where none did.</summary>
    /// <param name="old">A name that the release does not have.</param>
    /// <param name="known">The platforms of the release.</param>
    public static string? Of(string old, IReadOnlyCollection<string> known) =>
        successors.Value.TryGetValue(old, out var name) && known.Contains(name) ? name : null;

    private static Dictionary<string, string> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("platform-names.tsv") ?? throw new InvalidOperationException("platform-names.tsv is not embedded");
        using var reader = new StreamReader(stream);
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#') && line.Split('\t') is [var old, var name]) names[old] = name;
        return names;
    }
}
