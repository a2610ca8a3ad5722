namespace Modus.Reports.Mapping.Candidates;

/// <summary>What the base models say about one sentence.</summary>
internal sealed class SentenceScores
{
    /// <summary>Margins of the model learnt from ATT&amp;CK's texts, by class.</summary>
    public required float[] Attack { get; init; }

    /// <summary>
    /// Margins of the models learnt from labelled reports, by their own numbers: first those learnt from reports alone, then those that
    /// ATT&amp;CK's texts joined, last "says any technique at all".
    /// </summary>
    public required float[] Report { get; init; }

    /// <summary>The highest margins over windows, as <see cref="Attack"/>; null for a short sentence.</summary>
    public float[]? AttackWindow { get; init; }

    /// <summary>The highest margins over windows, as <see cref="Report"/>; null for a short sentence.</summary>
    public float[]? ReportWindow { get; init; }

    /// <summary>Actors, campaigns and malware named in the sentence, each as often as it is named.</summary>
    public int[] Sources { get; init; } = [];

    /// <summary>Ids printed in the sentence, as classes.</summary>
    public required int[] PrintedIds { get; init; }

    /// <summary>Techniques named in the sentence.</summary>
    public required int[] Named { get; init; }

    /// <summary>Number of tokens.</summary>
    public required int Words { get; init; }

    /// <summary>Indicators, paths and other class tokens.</summary>
    public required int ClassTokens { get; init; }

    /// <summary>Names of actors and software that were masked.</summary>
    public required int MaskedNames { get; init; }

    /// <summary>Margin of "says any technique at all".</summary>
    public float Gate => Report[^1];

    /// <summary>Whether the sentence prints the id of a class.</summary>
    public bool Prints(int c) => Array.IndexOf(PrintedIds, c) >= 0;

    /// <summary>Whether the sentence has the name of a class.</summary>
    public bool Names(int c) => Array.IndexOf(Named, c) >= 0;
}
