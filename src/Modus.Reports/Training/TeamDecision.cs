namespace Modus.Reports.Training;

/// <summary>What a team decided about a suggestion.</summary>
/// <param name="Document">The report.</param>
/// <param name="Text">The sentence.</param>
/// <param name="Technique">The technique's ATT&amp;CK id.</param>
/// <param name="Accepted">True when it was confirmed, false when it was rejected.</param>
public sealed record TeamDecision(string Document, string Text, string Technique, bool Accepted);
