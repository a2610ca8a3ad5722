using System.Text;
using System.Text.Unicode;
using Modus.Attack.Images;

namespace Modus.Attack.Facts;

/// <summary>Reads a facts file back into a release.</summary>
public static class FactsReader
{
    /// <summary>Reads the text of a facts file: objects at once, relationships and citations when first asked for.</summary>
    /// <param name="text">UTF-8 lines as <see cref="FactsWriter"/> writes them; kept until all of it is read.</param>
    /// <param name="name">The name that a problem shows.</param>
    /// <param name="isTrusted">True for Modus's own embedded facts; false checks the second part at once as well.</param>
    /// <param name="problem">What is wrong, with the line, where the answer is null.</param>
    public static Release? Read(byte[] text, string name, bool isTrusted, out Problem? problem)
    {
        var lines = new FactLines(text.Length);
        var number = 0;
        try
        {
            // A character is never cut by a field's end: what is valid as a whole is valid in every field.
            if (!Utf8.IsValid(text)) throw new InvalidDataException("it is no valid UTF-8");
            var relations = text.AsSpan().IndexOf("\ncite\t"u8) + 1;
            if (relations == 0) relations = text.Length;
            Each(text.AsSpan(0, relations), lines.AddObject, ref number);
            var release = lines.Finish(() =>
            {
                lines.ExpectRelations(text.AsSpan(relations).Count((byte)'\n'));
                Each(text.AsSpan(relations), lines.AddRelation, ref number);
                return lines.Build();
            });
            if (!isTrusted) _ = release.RelationshipCount;
            problem = null;
            return release;
        }
        catch (InvalidDataException error)
        {
            problem = new Problem(ProblemCodes.BadImage, $"The facts file is damaged: {error.Message}.", name, number, "Pack it again: modus attack pack.");
            return null;
        }
    }

    /// <summary>Whether a text begins like a facts file.</summary>
    public static bool IsFacts(ReadOnlySpan<byte> start) => start.StartsWith(Encoding.UTF8.GetBytes(FactColumns.Magic + "\t"));

    private delegate void TakeLine(ReadOnlySpan<byte> line);

    private static void Each(ReadOnlySpan<byte> text, TakeLine take, ref int number)
    {
        while (!text.IsEmpty)
        {
            number++;
            var end = text.IndexOf((byte)'\n');
            if (end < 0) throw new InvalidDataException("the last line is cut off");
            take(text[..end]);
            text = text[(end + 1)..];
        }
    }
}
