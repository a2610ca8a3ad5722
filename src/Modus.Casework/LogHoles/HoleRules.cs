using Modus.Sigma;

namespace Modus.Casework.LogHoles;

/// <summary>
/// The Sigma rules that know the events of logging being stopped. Their tags say what they mean: <c>modus.TYPE</c> the type of
/// gap (or <c>modus.resumes</c>), <c>modus.blinds.PRODUCT_SERVICE</c> the log source where that is another one than the event's own.
/// </summary>
internal sealed class HoleRules
{
    private const string Folder = "Modus.Casework.LogHoles.Rules/", Blinding = "blinds.";

    private HoleRules(RuleSet rules)
    {
        Rules = rules;
        Kinds = [.. rules.Rules.Select(rule => rule.Header.Tags.First(tag => tag.Namespace == "modus" && !tag.Value.StartsWith(Blinding, StringComparison.Ordinal)).Value)];
        Blinds = [.. rules.Rules.Select(rule => rule.Header.Tags.FirstOrDefault(tag => tag.Namespace == "modus" && tag.Value.StartsWith(Blinding, StringComparison.Ordinal))?.Value[Blinding.Length..].Replace('_', ' '))];
    }

    /// <summary>The tag of rules that say that logging went on.</summary>
    public const string Resumes = "resumes";

    public RuleSet Rules { get; }

    /// <summary>The type of gap of each rule, in the order of the set.</summary>
    public IReadOnlyList<string> Kinds { get; }

    /// <summary>The log source that each rule is about; null for the event's own.</summary>
    public IReadOnlyList<string?> Blinds { get; }

    public static HoleRules Load()
    {
        var assembly = typeof(HoleRules).Assembly;
        return new HoleRules(RuleSet.Parse(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return (Name: name[Folder.Length..], Text: reader.ReadToEnd());
            })));
    }
}
