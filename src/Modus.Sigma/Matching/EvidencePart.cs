using Modus.Logs;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>A part of a rule that tells the evidence of hits: the same as <see cref="EvidenceFinder"/> does, but what a value that comes again showed is not searched again.</summary>
internal abstract class EvidencePart
{
    public abstract bool IsTrue(EvidenceCollector collector);

    /// <summary>Adds what made the part true. Only for a part that is.</summary>
    public abstract void Collect(EvidenceCollector collector, List<Evidence> found);
}

/// <summary>Tests of one field that stand side by side in an and or an or.</summary>
/// <param name="tests">The tests with their checks.</param>
/// <param name="needsAll">Whether all of them must be true, or any.</param>
/// <param name="number">The reader's number of the field.</param>
/// <param name="memo">The number of the memo of the field's values, or -1.</param>
internal sealed class ValueEvidence((Test Test, ValueCheck Check)[] tests, bool needsAll, int number, int memo) : EvidencePart
{
    /// <summary>The reader's number of the field.</summary>
    public int Field => number;

    /// <summary>The number of the memo of the field's values, or -1.</summary>
    public int Memo => memo;

    /// <summary>What was found last, and at which turn of the collector whose part this is.</summary>
    public (long Turn, Evidence[] Found) Answer { get; set; } = (-1, []);

    public override bool IsTrue(EvidenceCollector collector)
    {
        var found = collector.Of(this);
        return needsAll ? found.Length == tests.Length : found.Length > 0;
    }

    public override void Collect(EvidenceCollector collector, List<Evidence> found) => found.AddRange(collector.Of(this));

    /// <summary>The evidence of the tests that are true of the event.</summary>
    public Evidence[] Find(EventTexts texts)
    {
        List<Evidence>? found = null;
        foreach (var (test, check) in tests)
            if (EvidenceFinder.Value(test, check, texts) is { } evidence) (found ??= []).Add(evidence);
        return found is null ? [] : [.. found];
    }
}

internal sealed class AllEvidence(EvidencePart[] parts) : EvidencePart
{
    public override bool IsTrue(EvidenceCollector collector)
    {
        foreach (var part in parts)
            if (!part.IsTrue(collector)) return false;
        return true;
    }

    public override void Collect(EvidenceCollector collector, List<Evidence> found)
    {
        foreach (var part in parts) part.Collect(collector, found);
    }
}

internal sealed class AnyEvidence(EvidencePart[] parts) : EvidencePart
{
    public override bool IsTrue(EvidenceCollector collector)
    {
        foreach (var part in parts)
            if (part.IsTrue(collector)) return true;
        return false;
    }

    public override void Collect(EvidenceCollector collector, List<Evidence> found)
    {
        foreach (var part in parts)
            if (part.IsTrue(collector)) part.Collect(collector, found);
    }
}

/// <summary>What must not be: it shows nothing.</summary>
internal sealed class NoEvidence(EvidencePart part) : EvidencePart
{
    public override bool IsTrue(EvidenceCollector collector) => !part.IsTrue(collector);

    public override void Collect(EvidenceCollector collector, List<Evidence> found)
    {
    }
}

/// <summary>Whatever else there is: keywords, fields against fields, absence.</summary>
internal sealed class OtherEvidence(Expression expression) : EvidencePart
{
    public override bool IsTrue(EvidenceCollector collector) => EvidenceFinder.IsTrue(expression, collector.Texts);

    public override void Collect(EvidenceCollector collector, List<Evidence> found) => EvidenceFinder.Collect(expression, collector.Texts, found);
}
