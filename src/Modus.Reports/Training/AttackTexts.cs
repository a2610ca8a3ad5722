using Modus.Attack;

namespace Modus.Reports.Training;

/// <summary>A technique as text to learn from.</summary>
/// <param name="Id">Its ATT&amp;CK id.</param>
/// <param name="Parent">The id of the technique it is a part of, or null.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its description in plain words; empty where the release holds facts only.</param>
public sealed record TechniqueText(string Id, string? Parent, string Name, string Description);

/// <summary>What an actor, campaign or piece of software was seen doing, in the words of a release.</summary>
/// <param name="Technique">The technique's id.</param>
/// <param name="Source">The id of the actor, campaign or software.</param>
/// <param name="Text">The description in plain words.</param>
public sealed record ProcedureText(string Technique, string Source, string Text);

/// <summary>A text from elsewhere that speaks of a technique.</summary>
/// <param name="Technique">The technique's id.</param>
/// <param name="Text">The text in plain words.</param>
/// <param name="Price">What the text weighs beside one of the release's own.</param>
public sealed record FurtherText(string Technique, string Text, float Price);

/// <summary>A name of an actor, a campaign or a piece of malware.</summary>
/// <param name="Name">The name or alias.</param>
/// <param name="Source">The id of what it stands for, as <see cref="ProcedureText.Source"/>.</param>
public sealed record NamedSource(string Name, string Source);

/// <summary>The texts of a release that a mapper learns from.</summary>
/// <param name="Release">The name of the release, as "enterprise 18.1".</param>
/// <param name="Techniques">Techniques in use, neither revoked nor deprecated, by id.</param>
/// <param name="Procedures">Procedure examples of those techniques, by technique and source.</param>
/// <param name="Names">Names and aliases of actors, campaigns and malware, which must not decide a mapping.</param>
/// <param name="Successors">For each id that was replaced, the id that stands for it now.</param>
public sealed record AttackTexts(
    string Release,
    IReadOnlyList<TechniqueText> Techniques,
    IReadOnlyList<ProcedureText> Procedures,
    IReadOnlyList<string> Names,
    IReadOnlyDictionary<string, string> Successors)
{
    /// <summary>What the names stand for; a name may stand for several. What other sentences name is weak context for a candidate.</summary>
    public IReadOnlyList<NamedSource> NamedSources { get; init; } = [];

    /// <summary>Texts from elsewhere that speak of the release's techniques.</summary>
    public IReadOnlyList<FurtherText> Further { get; init; } = [];

    /// <summary>Takes the texts out of a release.</summary>
    /// <param name="release">A release with text: an installed one, not the embedded facts.</param>
    /// <exception cref="ArgumentException">The release holds facts only.</exception>
    public static AttackTexts From(Release release)
    {
        ArgumentNullException.ThrowIfNull(release);
        if (!release.HasText) throw new ArgumentException($"{release.Name} holds facts without text.", nameof(release));
        var techniques = release.Techniques
            .Select(technique => new TechniqueText(technique.Id, technique.Parent?.Id, technique.Name, Prose.Plain(technique.Description ?? "")))
            .OrderBy(technique => technique.Id, StringComparer.Ordinal);
        var procedures = release.Techniques.SelectMany(technique => technique.Procedures)
            .Where(procedure => procedure.User.IsAlive && !procedure.Relationship.IsDead && !string.IsNullOrWhiteSpace(procedure.Text))
            .Select(procedure => new ProcedureText(procedure.Technique.Id, procedure.User.Id, Prose.Plain(procedure.Text!)))
            .OrderBy(procedure => procedure.Technique, StringComparer.Ordinal)
            .ThenBy(procedure => procedure.Source, StringComparer.Ordinal).ThenBy(procedure => procedure.Text, StringComparer.Ordinal);
        IEnumerable<NamedActor> actors = [.. release.Groups, .. release.Campaigns, .. release.Software.Where(software => software.IsMalware)];
        var named = actors.SelectMany(actor => actor.Aliases.Append(actor.Name).Distinct().Select(name => new NamedSource(name, actor.Id)))
            .OrderBy(one => one.Name, StringComparer.Ordinal).ThenBy(one => one.Source, StringComparer.Ordinal).ToList();
        var names = named.Select(one => one.Name).Distinct();
        var successors = release.All<Technique>().Where(technique => !technique.IsAlive && technique.Succession.Successor is { IsAlive: true })
            .GroupBy(technique => technique.Id).ToDictionary(group => group.Key, group => group.First().Succession.Successor!.Id, StringComparer.Ordinal);
        return new(release.Name, [.. techniques], [.. procedures], [.. names], successors) { NamedSources = named };
    }
}
