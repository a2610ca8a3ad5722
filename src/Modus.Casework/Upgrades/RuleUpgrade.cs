using System.Buffers;
using Modus.Attack.Projection;
using Modus.Sigma.Rules;

namespace Modus.Casework.Upgrades;

/// <summary>What became of one ATT&amp;CK tag of a rule.</summary>
/// <param name="File">The file as the caller named it.</param>
/// <param name="Line">Where the tag stands, from 1.</param>
/// <param name="Rule">The rule's title.</param>
/// <param name="Before">The tag as written.</param>
/// <param name="After">The tags in its place; the same where it stays or a person has to decide.</param>
/// <param name="Verdict">The verdict on the technique or tactic.</param>
/// <param name="Reason">Why.</param>
/// <param name="IsSettled">False where a person has to decide.</param>
public sealed record TagChange(string File, int Line, string Rule, string Before, IReadOnlyList<string> After, Verdict Verdict, string Reason, bool IsSettled)
{
    /// <summary>True where another text takes the tag's place.</summary>
    public bool IsChanged => After is not [var only] || only != Before;
}

/// <summary>A rule file carried to another release.</summary>
/// <param name="Text">The whole text; the same as before where nothing changed.</param>
/// <param name="Tags">Every ATT&amp;CK tag that changes or needs a person, in the order of the file.</param>
/// <param name="Rules">How many documents the file holds that could be read.</param>
/// <param name="Problem">Why the file could not be upgraded; null where it could.</param>
public sealed record UpgradedRuleFile(string Text, IReadOnlyList<TagChange> Tags, int Rules, CaseProblem? Problem);

/// <summary>Carries the ATT&amp;CK tags of Sigma rules to another release and leaves every other byte of the file alone.</summary>
/// <remarks>
/// A tactic follows the techniques that stand beside it: where a rule's techniques moved, so does its tactic tag. A tactic
/// that no technique of the rule carries is projected alone, and where that is ambiguous, kept and left to a person.
/// </remarks>
public sealed class RuleUpgrade(Projector projector)
{
    private const string Space = "attack.";
    private static readonly SearchValues<char> idCharacters = SearchValues.Create("0123456789.");

    /// <summary>A tag stays in a file that cannot be edited safely.</summary>
    public const string NotEditable = "MD5040";

    /// <summary>Upgrades one file.</summary>
    /// <param name="text">Its text.</param>
    /// <param name="file">Its name, for messages.</param>
    public UpgradedRuleFile Upgrade(string text, string file)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parsed = RuleParser.Parse(text, file);
        if (parsed.Documents.IsEmpty && parsed.Problems.FirstOrDefault(problem => problem.Severity == Sigma.ProblemSeverity.Error) is { } broken)
            return new UpgradedRuleFile(text, [], 0, new CaseProblem(broken.Code, broken.Message, file, $"{broken.Line}:{broken.Column}", broken.Fix));

        var changes = new List<TagChange>();
        var edits = new Dictionary<(int Line, int Column), TagEdit>();
        foreach (var document in parsed.Documents)
        {
            var kept = new HashSet<string>(StringComparer.Ordinal);
            var answers = Answers(document.Header);
            // What stays goes first: a tag that becomes one that is there already only goes away.
            foreach (var answer in answers.Where(answer => answer.After is [var only] && only == answer.Tag.Text)) kept.Add(answer.Tag.Text);
            foreach (var answer in answers)
            {
                var stays = answer.After is [var only] && only == answer.Tag.Text;
                if (!stays)
                {
                    var added = answer.After.Where(kept.Add).ToList();
                    edits.TryAdd((answer.Tag.Position.Line, answer.Tag.Position.Column), new TagEdit(answer.Tag, added));
                }
                if (!stays || !answer.IsSettled)
                    changes.Add(new TagChange(file, answer.Tag.Position.Line, document.Header.Title, answer.Tag.Text, answer.After, answer.Verdict, answer.Reason, answer.IsSettled));
            }
        }
        if (edits.Count == 0) return new UpgradedRuleFile(text, changes, parsed.Documents.Length, null);
        var edited = TagEditor.Apply(text, edits.Values);
        return edited is not null && IsAsMeant(parsed, RuleParser.Parse(edited, file), edits)
            ? new UpgradedRuleFile(edited, changes, parsed.Documents.Length, null)
            : new UpgradedRuleFile(text, changes, parsed.Documents.Length,
                new CaseProblem(NotEditable, "The tags are written in a form that cannot be edited in place; nothing was changed.", file, $"{changes[0].Line}",
                    "Write each tag on a line of its own, or change them by hand as listed."));
    }

    /// <summary>The technique ids in the tags of a rule text, for working out their release; none where it cannot be read.</summary>
    public static IEnumerable<string> TechniqueIds(string text) =>
        RuleParser.Parse(text, "").Documents.SelectMany(document => document.Header.Tags)
            .Where(tag => tag.Namespace == "attack" && IsTechnique(tag.Value)).Select(tag => tag.Value.ToUpperInvariant());

    private List<TagAnswer> Answers(RuleHeader header)
    {
        var tags = header.Tags.Where(tag => tag.Namespace == "attack" && tag.Value.Length > 0).ToList();
        var techniques = tags.Where(tag => IsTechnique(tag.Value)).ToList();
        var answers = new List<TagAnswer>();
        foreach (var tag in tags)
        {
            if (IsTechnique(tag.Value)) answers.Add(OfTechnique(tag));
            else if (OfTactic(tag, techniques) is { } answer) answers.Add(answer);
        }
        return answers;
    }

    private TagAnswer OfTechnique(RuleTag tag)
    {
        var answer = projector.Project(new ProjectionQuestion(tag.Value));
        var settled = answer.TechniqueId is not null && answer.Verdict is not (Verdict.NeedsReview or Verdict.SplitSuspected or Verdict.Retired);
        var same = answer.TechniqueId is null || answer.TechniqueId.Equals(tag.Value, StringComparison.OrdinalIgnoreCase);
        return new TagAnswer(tag, same ? [tag.Text] : [Space + answer.TechniqueId!.ToLowerInvariant()], answer.Verdict, answer.Reason, settled);
    }

    private TagAnswer? OfTactic(RuleTag tag, List<RuleTag> techniques)
    {
        var alone = projector.ProjectTactic(tag.Value);
        if ((alone.Before ?? alone.Same) is null) return null; // a group, a piece of software, or a slip that the linter names
        if (alone.Before is null) return new TagAnswer(tag, [tag.Text], Verdict.Carried, alone.Reason, true);
        // Where the tactic's own techniques went; a technique that only stands beside the tag does not take it elsewhere.
        var possible = alone.Shares.Select(share => share.Tactic.Shortname).Append(alone.Same?.Shortname).ToHashSet();
        var places = new List<string>();
        var reasons = new List<string>();
        foreach (var technique in techniques)
        {
            var answer = projector.Project(new ProjectionQuestion(technique.Value, tag.Value));
            if (answer.Tactic is null || answer.Flags.HasFlag(ProjectionFlags.StaleTactic) || !possible.Contains(answer.Tactic)) continue;
            if (!places.Contains(answer.Tactic)) places.Add(answer.Tactic);
            reasons.Add(answer.Flags.HasFlag(ProjectionFlags.TacticMoved) || answer.Flags.HasFlag(ProjectionFlags.TacticRenamed) ? $"{technique.Value.ToUpperInvariant()} stands under {answer.Tactic} now." : "");
        }
        if (places.Count > 0)
        {
            var after = places.Select(place => Space + place).ToList();
            var stays = places is [var only] && only == alone.Before?.Shortname && only == alone.Same?.Shortname;
            var verdict = stays ? Verdict.Carried : Verdict.TacticMoved;
            return new TagAnswer(tag, stays ? [tag.Text] : after, verdict, string.Join(' ', reasons.Where(reason => reason.Length > 0).Distinct()), true);
        }
        var unchanged = alone.Same is null || !alone.IsSettled || alone.Same.Shortname == alone.Before?.Shortname || alone.Before is null;
        return new TagAnswer(tag, unchanged ? [tag.Text] : [Space + alone.Same!.Shortname], alone.Verdict, alone.Reason, alone.IsSettled);
    }

    /// <summary>An edit of text is only right when reading it again gives what was meant, and nothing else changed.</summary>
    private static bool IsAsMeant(ParsedRules before, ParsedRules after, Dictionary<(int, int), TagEdit> edits)
    {
        if (before.Documents.Length != after.Documents.Length || before.Problems.Length < after.Problems.Length) return false;
        for (var index = 0; index < before.Documents.Length; index++)
        {
            var meant = before.Documents[index].Header.Tags
                .SelectMany(tag => edits.TryGetValue((tag.Position.Line, tag.Position.Column), out var edit) ? edit.After : [tag.Text]);
            if (!meant.SequenceEqual(after.Documents[index].Header.Tags.Select(tag => tag.Text))) return false;
        }
        return true;
    }

    private static bool IsTechnique(string value) =>
        value.Length >= 5 && value[0] == 't' && value.AsSpan(1).IndexOfAnyExcept(idCharacters) < 0;

    private sealed record TagAnswer(RuleTag Tag, IReadOnlyList<string> After, Verdict Verdict, string Reason, bool IsSettled);
}
