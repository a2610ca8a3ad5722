using Modus.Sigma.Rules;

namespace Modus.Sigma.Linting;

/// <summary>Checks over all rules together.</summary>
internal static class RuleSetChecks
{
    /// <summary>The documents by id and name in lower case; doubles are reported.</summary>
    public static IReadOnlyDictionary<string, RuleDocument> Index(IEnumerable<RuleDocument> documents, LintContext lint)
    {
        var known = new Dictionary<string, RuleDocument>(StringComparer.Ordinal);
        var titles = new Dictionary<string, RuleDocument>(StringComparer.OrdinalIgnoreCase);
        foreach (var document in documents)
        {
            var header = document.Header;
            if (header.Id is { } id && !known.TryAdd(id, document))
                lint.Report(Catalogue.IdDuplicate, header, document.PositionOf("id"), $"The id {id} is also that of '{known[id].Header.Title}' in {known[id].Header.File}.", "Give the newer rule an id of its own.");
            if (header.Name is { } name && !known.TryAdd(name.ToLowerInvariant(), document))
                lint.Report(Catalogue.NameDuplicate, header, document.PositionOf("name"), $"The name '{name}' is also used in {known[name.ToLowerInvariant()].Header.File}.", "Give each rule a name of its own.");
            if (header.Title.Length > 0 && !titles.TryAdd(header.Title, document))
                lint.Report(Catalogue.TitleDuplicate, header, document.PositionOf("title"), $"The title is also that of a rule in {titles[header.Title].Header.File}.", "Say what is different.");
        }

        return known;
    }

    /// <summary>Rules of the same log source whose expressions are equal after simplification.</summary>
    public static void Twins(IEnumerable<CompiledRule> rules, LintContext lint)
    {
        var seen = new Dictionary<string, CompiledRule>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            var key = $"{rule.LogSource}\n{rule.Expression}";
            if (!seen.TryAdd(key, rule))
                lint.Report(Catalogue.RuleTwin, rule.Header, rule.Header.Position, $"The rule matches the same events as '{seen[key].Header.Title}' in {seen[key].Header.File}.", "Keep one of them.");
        }
    }
}
