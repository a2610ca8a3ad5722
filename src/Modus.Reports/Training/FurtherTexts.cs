using System.Text;
using Modus.Attack;

namespace Modus.Reports.Training;

/// <summary>
/// Procedure examples of other releases that speak of a release's techniques: those of older releases that were reworded or left out since,
/// and those of other domains where a technique has the same name.
/// </summary>
public static class FurtherTexts
{
    /// <summary>What such a text weighs beside one of the release's own: its technique may have been defined a little differently.</summary>
    public const float Price = 0.6f;

    /// <summary>The texts with those of other releases beside them; each text of a technique is taken once.</summary>
    /// <param name="texts">The texts of the release that is learnt.</param>
    /// <param name="others">Other releases with text.</param>
    /// <exception cref="ArgumentException">One of the others holds facts only.</exception>
    public static AttackTexts Join(AttackTexts texts, IEnumerable<Release> others)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(others);
        var ids = texts.Techniques.Select(technique => technique.Id).ToHashSet(StringComparer.Ordinal);
        var byName = texts.Techniques.GroupBy(technique => technique.Name, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() == 1)
            .ToDictionary(group => group.Key, group => group.First().Id, StringComparer.OrdinalIgnoreCase);
        var known = texts.Procedures.Select(procedure => (procedure.Technique, Letters(procedure.Text)))
            .Concat(texts.Further.Select(further => (further.Technique, Letters(further.Text)))).ToHashSet();
        var further = texts.Further.ToList();
        foreach (var other in others)
        {
            if (!other.HasText) throw new ArgumentException($"{other.Name} holds facts without text.", nameof(others));
            var found = other.Techniques.SelectMany(technique => technique.Procedures)
                .Where(procedure => procedure.User.IsAlive && !procedure.Relationship.IsDead && !string.IsNullOrWhiteSpace(procedure.Text))
                .Select(procedure => (Technique: Today(procedure.Technique), Text: Prose.Plain(procedure.Text!)))
                .Where(one => one.Technique is not null)
                .OrderBy(one => one.Technique, StringComparer.Ordinal).ThenBy(one => one.Text, StringComparer.Ordinal);
            foreach (var (technique, text) in found)
                if (known.Add((technique!, Letters(text)))) further.Add(new(technique!, text, Price));
        }

        return texts with { Further = further };

        string? Today(Technique technique)
        {
            if (ids.Contains(technique.Id)) return technique.Id;
            return texts.Successors.TryGetValue(technique.Id, out var successor) && ids.Contains(successor) ? successor : byName.GetValueOrDefault(technique.Name);
        }
    }

    /// <summary>A text by its letters and digits alone, so that a change of signs makes no new text.</summary>
    private static string Letters(string text)
    {
        var letters = new StringBuilder(text.Length);
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) letters.Append(char.ToLowerInvariant(c));
        return letters.ToString();
    }
}
