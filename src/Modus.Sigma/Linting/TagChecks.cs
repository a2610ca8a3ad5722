using Modus.Sigma.Rules;

namespace Modus.Sigma.Linting;

/// <summary>Checks of tags: form, namespaces, and what the loaded release of ATT&amp;CK knows.</summary>
internal static class TagChecks
{
    private static readonly string[] namespaces = ["attack", "car", "cve", "d3fend", "detection", "stp", "tlp"];
    private static readonly string[] detections = ["dfir", "emerging-threats", "threat-hunting"];
    private static readonly string[] lights = ["red", "amber", "amber-strict", "green", "clear", "white"];

    public static void Run(RuleDocument document, LintContext lint)
    {
        var header = document.Header;
        if (header.Tags.IsEmpty && document is not SigmaFilter)
            lint.Report(Catalogue.TagsMissing, header, header.Position, "The rule has no tags.", "Add 'tags:' with the technique and its tactic.");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var tag in header.Tags)
        {
            if (!seen.Add(tag.Text)) lint.Report(Catalogue.TagDuplicate, header, tag.Position, $"The tag '{tag.Text}' stands twice.", "Remove one.");
            if (tag.Value.Length == 0 || tag.Text.Any(c => char.IsUpper(c) || char.IsWhiteSpace(c)))
            {
                lint.Report(Catalogue.TagForm, header, tag.Position, $"The tag is written '{tag.Text}'.",
                    tag.Value.Length == 0 ? "Write namespace.value." : $"Write '{tag.Text.ToLowerInvariant().Replace(' ', '-')}'.");
            }

            if (!namespaces.Contains(tag.Namespace))
            {
                lint.Report(Catalogue.TagNamespace, header, tag.Position, $"'{tag.Namespace}' is no namespace of tags.",
                    Spelling.Nearest(tag.Namespace, namespaces) is { } near ? $"Write '{near}.{tag.Value}'." : "Sigma knows: " + string.Join(", ", namespaces) + ".");
            }

            if (!IsValid(tag)) lint.Report(Catalogue.TagValue, header, tag.Position, $"'{tag.Text}' does not have the form of its namespace.", Form(tag.Namespace));
        }

        if (lint.Options.Attack is { } attack) Attack(header, attack, lint);
    }

    private static bool IsValid(RuleTag tag) => tag.Namespace switch
    {
        "cve" => Digits(tag.Value.Replace('.', '-').Split('-'), 4, 4),
        "tlp" => lights.Contains(tag.Value),
        "detection" => detections.Contains(tag.Value),
        "car" => Digits(tag.Value.Split('-'), 4, 2),
        "d3fend" => tag.Value.StartsWith("d3", StringComparison.Ordinal),
        "stp" => tag.Value.Length is 1 or 2 && tag.Value[0] is >= '1' and <= '5' && (tag.Value.Length == 1 || char.IsAsciiLetter(tag.Value[1])),
        _ => true,
    };

    private static bool Digits(string[] parts, params int[] least) =>
        parts.Length >= least.Length && parts.Take(least.Length).Zip(least).All(pair => pair.First.Length >= pair.Second && pair.First.All(char.IsAsciiDigit));

    private static string? Form(string space) => space switch
    {
        "cve" => "Write cve.2021-44228.",
        "tlp" => "Write one of: " + string.Join(", ", lights.Select(light => "tlp." + light)) + ".",
        "detection" => "Write one of: " + string.Join(", ", detections.Select(word => "detection." + word)) + ".",
        "car" => "Write car.2016-04-005.",
        "stp" => "Write stp.1 to stp.5, with a letter for the column where known.",
        _ => null,
    };

    private static void Attack(RuleHeader header, AttackVocabulary attack, LintContext lint)
    {
        var techniques = new List<RuleTag>();
        var tactics = new List<RuleTag>();
        var unsure = false;
        foreach (var tag in header.Tags.Where(tag => tag.Namespace == "attack" && tag.Value.Length > 0))
        {
            if (attack.Techniques.ContainsKey(tag.Value)) techniques.Add(tag);
            else if (attack.Tactics.Contains(tag.Value)) tactics.Add(tag);
            else if (!attack.OtherIds.Contains(tag.Value)) unsure |= Unknown(header, tag, attack, lint);
        }

        foreach (var tactic in tactics)
        {
            if (unsure || techniques.Count == 0 || techniques.Any(tag => attack.Techniques[tag.Value].Contains(tactic.Value))) continue;
            var fitting = techniques.SelectMany(tag => attack.Techniques[tag.Value]).Distinct().Order(StringComparer.Ordinal).Select(name => "attack." + name);
            lint.Report(Catalogue.TacticUnsupported, header, tactic.Position, $"None of the rule's techniques belongs to '{tactic.Value}' in {attack.Release}.",
                $"The techniques belong to: {string.Join(", ", fitting)}.");
        }

        foreach (var technique in techniques)
        {
            var named = attack.Techniques[technique.Value];
            if (!named.Any(name => tactics.Exists(tactic => tactic.Value == name)))
            {
                lint.Report(Catalogue.TacticMissing, header, technique.Position, $"No tactic of '{technique.Value}' is named.",
                    $"Add one of: {string.Join(", ", named.Select(name => "attack." + name))}.");
            }

            if (techniques.Exists(other => other.Value.StartsWith(technique.Value + ".", StringComparison.Ordinal)))
                lint.Report(Catalogue.ParentAndSub, header, technique.Position, $"'{technique.Value}' stands beside its own sub-technique.", "Keep the narrower one.");
        }

        if (techniques.Count == 0 && tactics.Count > 0 && !unsure)
            lint.Report(Catalogue.TechniqueMissing, header, tactics[0].Position, "The rule names a tactic but no technique.", "Add the technique that the rule observes.");
    }

    // True when the tag names something that was once known, so that conclusions about tactics would be guesses.
    private static bool Unknown(RuleHeader header, RuleTag tag, AttackVocabulary attack, LintContext lint)
    {
        var isId = tag.Value.Length > 1 && tag.Value.Skip(1).All(c => char.IsAsciiDigit(c) || c == '.');
        var hyphens = tag.Value.Replace('_', '-');
        if (attack.Retired.TryGetValue(tag.Value, out var heir))
        {
            lint.Report(Catalogue.TechniqueRetired, header, tag.Position, $"'{tag.Value}' is gone from {attack.Release}.",
                heir.Length == 0 ? "No technique took its place." : $"Write 'attack.{heir.ToLowerInvariant()}'.");
        }
        else if (attack.RetiredTactics.TryGetValue(hyphens, out var heirs))
        {
            lint.Report(Catalogue.TacticRetired, header, tag.Position, $"The tactic '{hyphens}' is gone from {attack.Release}.",
                heirs.IsEmpty ? null : $"Write one of: {string.Join(", ", heirs.Select(name => "attack." + name))}.");
        }
        else if (attack.Tactics.Contains(hyphens))
        {
            lint.Report(Catalogue.TacticForm, header, tag.Position, $"The tactic is written '{tag.Value}'.", $"Write 'attack.{hyphens}'.");
        }
        else if (isId)
        {
            lint.Report(Catalogue.TechniqueUnknown, header, tag.Position, $"'{tag.Value}' is in no known release up to {attack.Release}.",
                Spelling.Nearest(tag.Value, attack.Techniques.Keys) is { } near ? $"Did you mean 'attack.{near}'?" : null);
        }
        else
        {
            lint.Report(Catalogue.TacticUnknown, header, tag.Position, $"'{tag.Value}' is no tactic of {attack.Release}.",
                Spelling.Nearest(hyphens, attack.Tactics) is { } near ? $"Write 'attack.{near}'." : null);
            return false;
        }

        return true;
    }
}
