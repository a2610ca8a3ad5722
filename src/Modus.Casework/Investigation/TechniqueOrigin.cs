namespace Modus.Casework.Investigation;

/// <summary>How an input named a technique, and how that became a technique of the release at hand.</summary>
/// <param name="Written">The id or name as it stands in the input.</param>
/// <param name="How">For example <c>id</c>, <c>link</c>, <c>name</c>, <c>alias</c>, <c>layer entry</c>, <c>rule tag</c>.</param>
/// <param name="Release">The release the input speaks of: stated, worked out, or null where every release fits.</param>
/// <param name="Verdict">What became of it: <c>carried</c>, <c>new id</c>, <c>merged</c> …; null where nothing had to be done.</param>
/// <param name="Reason">Why, with the route of ids; null where nothing had to be done.</param>
/// <param name="Tactic">The tactic that the input names, as it names it; null where it names none.</param>
public sealed record TechniqueOrigin(string Written, string How, string? Release = null, string? Verdict = null, string? Reason = null, string? Tactic = null);
