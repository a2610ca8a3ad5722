namespace Modus.Attack.Bundles;

/// <summary>What became of the inputs of one reading.</summary>
/// <param name="Release">The release, or null where the problems leave none.</param>
/// <param name="Inputs">One row for each file, in the order read.</param>
/// <param name="Problems">What was repaired, skipped or refused, in the order found.</param>
/// <param name="Repairs">How often each silent repair was made: its description and the count.</param>
public sealed record ReadResult(
    Release? Release,
    IReadOnlyList<ReadInput> Inputs,
    IReadOnlyList<Problem> Problems,
    IReadOnlyDictionary<string, int> Repairs);

/// <summary>One file of a reading. <see cref="Given"/> is the sum of the three other counts.</summary>
/// <param name="File">The file as given.</param>
/// <param name="Given">Objects that the file holds.</param>
/// <param name="Used">Objects that became part of the release, the collection object included.</param>
/// <param name="Merged">Objects that were there already, from another input or from this one.</param>
/// <param name="Skipped">Objects that were left out; each has a problem that says why.</param>
public sealed record ReadInput(string File, int Given, int Used, int Merged, int Skipped);
