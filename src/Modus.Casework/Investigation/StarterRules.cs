using Modus.Sigma;

namespace Modus.Casework.Investigation;

/// <summary>The behaviour rules that come with Modus, for who brings none.</summary>
public static class StarterRules
{
    private const string Folder = "Modus.Casework.Rules/";

    /// <summary>Loads the rules.</summary>
    public static RuleSet Load()
    {
        var assembly = typeof(StarterRules).Assembly;
        return RuleSet.Parse(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return (Name: $"rules/{name[Folder.Length..].Replace('\\', '/')}", Text: reader.ReadToEnd());
            }));
    }
}
