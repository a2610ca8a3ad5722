namespace Modus.Casework.LogHoles;

/// <summary>A time in which a host's log says nothing though it should have.</summary>
/// <param name="Type">As in <see cref="Cases.GapRecord.Type"/>.</param>
/// <param name="Host">The host; empty where the log names none.</param>
/// <param name="Sources">The log sources that are silent, in ordinal order.</param>
/// <param name="From">When the silence began.</param>
/// <param name="To">When events went on; null where they did not.</param>
/// <param name="Reason">How it is known, in words.</param>
/// <param name="Files">The files that show it, in ordinal order.</param>
/// <param name="Record">The record that says so; null where it is the absence of records.</param>
public sealed record LogHole(
    string Type, string Host, IReadOnlyList<string> Sources, DateTimeOffset From, DateTimeOffset? To, string Reason, IReadOnlyList<string> Files, string? Record);
