using System.Collections.Immutable;
using System.Text;
using Modus.Logs;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>A value of an event that made a test of a rule true.</summary>
/// <param name="Test">The test, as it was asked of this log source.</param>
/// <param name="Field">The field in the event; empty for a value without a name, and for a field that is not there.</param>
/// <param name="Value">The value; null when the test asked for its absence.</param>
/// <param name="Start">Where in the value the searched text starts, in characters; 0 when the whole value counts.</param>
/// <param name="Length">How many characters matched; the whole value when the test has no place of its own.</param>
public sealed record Evidence(Test Test, string Field, string? Value, int Start, int Length);

/// <summary>Evaluates one expression on one event, test by test, and says what made it true. Slow and plain: for hits and explanations.</summary>
public static class EvidenceFinder
{
    /// <summary>True when the event is what the expression means. The expression must be bound to the event's source (<see cref="Matcher.Bind"/>).</summary>
    public static bool IsTrue(Expression expression, LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(logEvent);
        return IsTrue(expression, new EventTexts(null).For(logEvent));
    }

    internal static bool IsTrue(Expression expression, EventTexts texts) => expression switch
    {
        Constant constant => constant.Value,
        Not not => !IsTrue(not.Part, texts),
        All all => all.Parts.All(part => IsTrue(part, texts)),
        Any any => any.Parts.Any(part => IsTrue(part, texts)),
        Test test => Find(test, texts) is not null,
        _ => throw new ArgumentException($"The expression is not translated: {expression}", nameof(expression)),
    };

    /// <summary>The values that made a true expression true: for an or every true part, for a not none.</summary>
    public static ImmutableArray<Evidence> Collect(Expression expression, LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(expression);
        ArgumentNullException.ThrowIfNull(logEvent);
        var found = new List<Evidence>();
        Collect(expression, new EventTexts(null).For(logEvent), found);
        return [.. found];
    }

    /// <summary>The first value that makes a test true, or null when it is false.</summary>
    public static Evidence? Find(Test test, LogEvent logEvent)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentNullException.ThrowIfNull(logEvent);
        return Find(test, new EventTexts(null).For(logEvent));
    }

    private static Evidence? Find(Test test, EventTexts texts)
    {
        var logEvent = texts.Event;
        switch (test)
        {
            case ExistsTest exists:
                for (var slot = First(exists.Field!, logEvent); slot >= 0; slot = logEvent.Next(slot))
                    if (logEvent.Kind(slot) != ValueKind.Blank) return Whole(test, slot, texts);
                return null;
            case NullTest isNull:
                for (var slot = First(isNull.Field!, logEvent); slot >= 0; slot = logEvent.Next(slot))
                    if (logEvent.Kind(slot) is not (ValueKind.Null or ValueKind.Blank)) return null;
                return new(test, "", null, 0, 0);
            case FieldTest other:
                return Pair(other, texts);
            default:
                return Value(test, ValueCheck.Known(test)!, texts);
        }
    }

    internal static void Collect(Expression expression, EventTexts texts, List<Evidence> found)
    {
        switch (expression)
        {
            case All all:
                foreach (var part in all.Parts) Collect(part, texts, found);
                break;
            case Any any:
                foreach (var part in any.Parts)
                    if (IsTrue(part, texts)) Collect(part, texts, found);
                break;
            case Test test when Find(test, texts) is { } evidence:
                found.Add(evidence);
                break;
        }
    }

    internal static Evidence? Value(Test test, ValueCheck check, EventTexts texts)
    {
        var logEvent = texts.Event;
        if (test.Field is null)
        {
            for (var slot = 0; slot < logEvent.Count; slot++)
                if (logEvent.IsLeaf(slot) && Matches(check, slot, texts)) return Placed(test, slot, texts);
            return null;
        }

        for (var slot = First(test.Field, logEvent); slot >= 0; slot = logEvent.Next(slot))
        {
            var anything = test is PatternTest { Pattern.Shape: PatternShape.Anything };
            if (anything ? logEvent.Kind(slot) == ValueKind.Object : logEvent.Kind(slot) == ValueKind.Blank && check.Matches([])) return Whole(test, slot, texts);
            if (logEvent.IsLeaf(slot) && Matches(check, slot, texts)) return Placed(test, slot, texts);
        }

        return null;
    }

    private static Evidence? Pair(FieldTest test, EventTexts texts)
    {
        var logEvent = texts.Event;
        for (var left = First(test.Field!, logEvent); left >= 0; left = logEvent.Next(left))
        {
            if (!logEvent.IsLeaf(left)) continue;
            for (var right = First(test.Other, logEvent); right >= 0; right = logEvent.Next(right))
            {
                if (!logEvent.IsLeaf(right)) continue;
                var fits = test.IsCased ? test.Fits(logEvent.Text(left), logEvent.Text(right)) : test.Fits(texts.Folded(left), texts.Folded(right));
                if (fits) return Whole(test, left, texts);
            }
        }

        return null;
    }

    private static bool Matches(ValueCheck check, int slot, EventTexts texts)
    {
        if (check.ReadsFolded) return check.Matches(texts.Folded(slot));
        return (check is not RegexCheck regex || regex.MayMatch(texts.Folded(slot))) && check.Matches(texts.Event.Text(slot));
    }

    private static int First(string field, LogEvent logEvent) => logEvent.Fields.Find(field) is var number and >= 0 ? logEvent.First(number) : -1;

    private static Evidence Whole(Test test, int slot, EventTexts texts)
    {
        var value = texts.Text(slot);
        return new(test, NameOf(texts.Event, slot), value, 0, value.Length);
    }

    private static Evidence Placed(Test test, int slot, EventTexts texts)
    {
        var value = texts.Text(slot);
        var (start, length) = test switch
        {
            PatternTest { Pattern: { Shape: PatternShape.Contains or PatternShape.EndsWith or PatternShape.StartsWith } pattern } => Place(value, pattern, texts.FoldedAscii(slot)),
            RegexTest when ValueCheck.Known(test) is RegexCheck regex => regex.Place(value),
            _ => (0, value.Length),
        };
        return new(test, NameOf(texts.Event, slot), value, start, length);
    }

    private static (int Start, int Length) Place(string value, Pattern pattern, ReadOnlySpan<byte> folded)
    {
        var length = pattern.Literal.Length;
        var start = pattern.Shape switch
        {
            PatternShape.StartsWith => 0,
            PatternShape.EndsWith => value.Length - length,
            _ => folded.Length == value.Length && Ascii.IsValid(pattern.Literal) ? IndexOf(folded, pattern.Literal) : value.IndexOf(pattern.Literal, StringComparison.OrdinalIgnoreCase),
        };
        // A fold that changes lengths leaves no exact place: then the whole value counts.
        return start < 0 || start + length > value.Length ? (0, value.Length) : (start, length);
    }

    // The bytes that the worker has folded anyway are searched faster than characters.
    private static int IndexOf(ReadOnlySpan<byte> folded, string text)
    {
        const int onStack = 256;
        if (text.Length > onStack) return folded.IndexOf(Folding.Fold(text));
        Span<byte> needle = stackalloc byte[onStack];
        Ascii.ToLower(text, needle, out var length);
        return folded.IndexOf(needle[..length]);
    }

    private static string NameOf(LogEvent logEvent, int slot) => logEvent.FieldOf(slot) is var number and >= 0 ? logEvent.Fields.Name(number) : "";
}
