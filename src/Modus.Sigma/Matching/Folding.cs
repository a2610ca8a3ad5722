using System.Buffers;
using System.Text;

namespace Modus.Sigma.Matching;

/// <summary>The one way in which upper and lower case are made equal, for rules and events alike: the simple fold of Unicode, without a culture.</summary>
internal static class Folding
{
    /// <summary>Bytes a folded text may need for each byte of the text.</summary>
    public const int Growth = 3;

    public static Rune Fold(Rune rune) => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune));

    /// <summary>The folded text as UTF-8.</summary>
    public static byte[] Fold(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        var folded = new byte[utf8.Length * Growth];
        return folded[..Fold(utf8, folded)];
    }

    /// <summary>Folds UTF-8; the target must have <see cref="Growth"/> times the room. What is no UTF-8 becomes U+FFFD.</summary>
    /// <returns>The length of the folded text.</returns>
    public static int Fold(ReadOnlySpan<byte> utf8, Span<byte> target)
    {
        // ToLower stops at the first byte that is not ASCII.
        if (Ascii.ToLower(utf8, target, out var done) == OperationStatus.Done) return done;
        var at = done;
        while (at < utf8.Length)
        {
            Rune.DecodeFromUtf8(utf8[at..], out var rune, out var read);
            at += read;
            done += Fold(rune).EncodeToUtf8(target[done..]);
        }

        return done;
    }
}
