namespace Modus.Reports.Training;

/// <summary>A technique as text to learn from.</summary>
/// <param name="Id">Its ATT&amp;CK id.</param>
/// <param name="Parent">The id of the technique it is a part of, or null.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">Its description; empty where the release holds facts only.</param>
public sealed record TechniqueText(string Id, string? Parent, string Name, string Description);

/// <summary>What an actor, campaign or piece of software was seen doing, in the words of a release.</summary>
/// <param name="Technique">The technique's id.</param>
/// <param name="Source">The id of the actor, campaign or software.</param>
/// <param name="Text">The description.</param>
public sealed record ProcedureText(string Technique, string Source, string Text);

/// <summary>The texts of a release that a mapper learns from.</summary>
/// <param name="Release">The name of the release, such as a version with its domain.</param>
/// <param name="Techniques">Techniques in use, neither revoked nor deprecated.</param>
/// <param name="Procedures">Procedure examples of those techniques.</param>
/// <param name="Names">Names and aliases of actors, campaigns and software, which must not decide a mapping.</param>
public sealed record AttackTexts(
    string Release, IReadOnlyList<TechniqueText> Techniques, IReadOnlyList<ProcedureText> Procedures, IReadOnlyList<string> Names);
