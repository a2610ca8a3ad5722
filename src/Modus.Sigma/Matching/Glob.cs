using System.Text;
using Modus.Sigma.Expressions;

namespace Modus.Sigma.Matching;

/// <summary>A pattern with any wildcards, matched on UTF-8 in time of at most value × pattern, without recursion.</summary>
internal sealed class Glob
{
    private readonly Step[] steps;

    // By step: the bytes that stand behind a star, up to the next wildcard; null elsewhere.
    private readonly byte[]?[] behindStar;

    // What the value has to end with; empty where a wildcard ends the pattern.
    private readonly byte[] tail;

    public Glob(Pattern pattern, bool cased)
    {
        var made = new List<Step>();
        foreach (var part in pattern.Parts)
        {
            switch (part.Kind)
            {
                case PatternPartKind.AnyText: made.Add(new(StepKind.AnyText, 0)); break;
                case PatternPartKind.AnyCharacter: made.Add(new(StepKind.AnyCharacter, 0)); break;
                case PatternPartKind.Dash: made.Add(new(StepKind.Dash, 0)); break;
                default:
                    foreach (var b in cased ? Encoding.UTF8.GetBytes(part.Text) : Folding.Fold(part.Text)) made.Add(new(StepKind.Byte, b));
                    break;
            }
        }

        steps = [.. made];
        behindStar = new byte[]?[steps.Length + 1];
        for (var at = 1; at < steps.Length; at++)
            if (steps[at - 1].Kind == StepKind.AnyText && Run(at) is { Length: > 0 } run) behindStar[at] = run;
        var last = steps.Length;
        while (last > 0 && steps[last - 1].Kind == StepKind.Byte) last--;
        tail = Run(last);
    }

    private enum StepKind : byte
    {
        Byte,
        AnyText,
        AnyCharacter,
        Dash,
    }

    public bool Matches(ReadOnlySpan<byte> value)
    {
        if (!value.EndsWith(tail)) return false;
        int at = 0, step = 0, star = -1, retry = 0;
        while (true)
        {
            if (step == star && behindStar[step] is { } run)
            {
                // Before the next place of these bytes nothing behind the star can match.
                var ahead = value[at..].IndexOf(run);
                if (ahead < 0) return false;
                retry = at + ahead;
                at = retry + run.Length;
                step += run.Length;
                continue;
            }

            if (step < steps.Length && steps[step].Kind == StepKind.AnyText)
            {
                star = ++step;
                retry = at;
                if (step == steps.Length) return true;
                continue;
            }

            if (step == steps.Length && at == value.Length) return true;
            if (step < steps.Length && at < value.Length && Advance(steps[step], value[at..]) is var taken and > 0)
            {
                at += taken;
                step++;
                continue;
            }

            // Back to the last star, which takes one byte more.
            if (star < 0 || retry >= value.Length) return false;
            at = ++retry;
            step = star;
        }
    }

    private byte[] Run(int from) => [.. steps.Skip(from).TakeWhile(step => step.Kind == StepKind.Byte).Select(step => step.Value)];

    private static int Advance(Step step, ReadOnlySpan<byte> rest) => step.Kind switch
    {
        StepKind.Byte => rest[0] == step.Value ? 1 : 0,
        StepKind.Dash => rest[0] is (byte)'-' or (byte)'/' ? 1 : rest.StartsWith("–"u8) || rest.StartsWith("—"u8) || rest.StartsWith("―"u8) ? 3 : 0,
        // A character starts at any byte that is no continuation; a star may have stopped inside one, where nothing starts.
        _ => (rest[0] & 0xC0) == 0x80 ? 0 : Width(rest),
    };

    private static int Width(ReadOnlySpan<byte> rest)
    {
        var width = 1;
        while (width < rest.Length && (rest[width] & 0xC0) == 0x80) width++;
        return width;
    }

    private readonly record struct Step(StepKind Kind, byte Value);
}
