using Modus.Attack;
using Modus.Casework.Mappings;

namespace Modus.Casework.Practice;

/// <summary>Parent or sub-technique: which of them does the text decide?</summary>
internal static class HierarchyChecks
{
    // Below this the mapper only guesses; it was calibrated on reports that it had not seen.
    private const float Sure = 0.4f;

    // From here on the mapper's choice stands even where it would show the parent instead.
    private const float VerySure = 0.7f;

    // A sister this many times likelier is what the text speaks of.
    private const float Clearly = 2;

    public static void Run(StatedMapping mapping, Technique technique, PracticeGround ground)
    {
        if (mapping.Text is not { } words || !mapping.IsQuote) return;
        if (technique.IsSubtechnique) Child(mapping, technique, ground.Texts.Of(words), ground);
        else if (technique.Subtechniques.Count > 0) Parent(mapping, technique, ground.Texts.Of(words), ground);
    }

    private static void Parent(StatedMapping mapping, Technique technique, EvidenceText text, PracticeGround ground)
    {
        var children = technique.Subtechniques.Where(child => child.IsAlive).ToList();
        var named = children.Where(child => text.Named.Contains(child.Id)).ToList();
        if (named.Count == 1)
        {
            ground.Add(PracticeChecks.TooCoarse, mapping, $"The text names {named[0].Id} ({named[0].Name}); {technique.Id} is its parent.", $"take {named[0].Id}");
            return;
        }
        var likeliest = text.Suggestions.Where(suggestion => children.Any(child => child.Id == suggestion.Technique)).OrderByDescending(suggestion => suggestion.Probability).Take(2).ToList();
        if (named.Count > 1 || likeliest.Count == 0 || likeliest[0].Probability < Sure) return;
        // The mapper itself falls back to the parent where sisters tie: what it does not fall back from is decided.
        if (likeliest[0].Instead is not null && likeliest[0].Probability < VerySure || likeliest.Count > 1 && likeliest[1].Probability * Clearly > likeliest[0].Probability) return;
        var chosen = children.First(child => child.Id == likeliest[0].Technique);
        ground.Add(PracticeChecks.TooCoarse, mapping,
            FormattableString.Invariant($"The words decide {chosen.Id} ({chosen.Name}, p {likeliest[0].Probability:0.00}); {technique.Id} is its parent."), $"take {chosen.Id}");
    }

    private static void Child(StatedMapping mapping, Technique technique, EvidenceText text, PracticeGround ground)
    {
        if (technique.Parent is not { } parent || text.Named.Contains(technique.Id)) return;
        var own = text.Suggestions.FirstOrDefault(suggestion => suggestion.Technique == technique.Id);
        if (own?.Instead == parent.Id && own.Probability < VerySure && own.InsteadProbability >= Sure)
        {
            ground.Add(PracticeChecks.TooFine, mapping, FormattableString.Invariant(
                $"The words carry {parent.Id} ({parent.Name}, p {own.InsteadProbability:0.00}), but not {technique.Id} (p {own.Probability:0.00}): its sisters are about as likely."), $"take {parent.Id}, or quote what decides");
            return;
        }
        var sister = text.Suggestions.FirstOrDefault(suggestion => suggestion.Instead is null && suggestion.Technique != technique.Id && TechniqueIds.ParentOf(suggestion.Technique) == parent.Id && suggestion.Probability >= Sure);
        if (sister is null || own is not null && own.Probability * Clearly > sister.Probability) return;
        ground.Add(PracticeChecks.TooFine, mapping, FormattableString.Invariant(
            $"The words speak for {sister.Technique} (p {sister.Probability:0.00}) rather than {technique.Id} (p {own?.Probability ?? 0:0.00})."), $"take {sister.Technique}, or {parent.Id}, or quote what decides");
    }
}
