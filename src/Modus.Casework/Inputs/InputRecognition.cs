using System.IO.Compression;
using System.Text;
using Modus.Casework.Defence;

namespace Modus.Casework.Inputs;

/// <summary>Tells what a file is by what it holds; names and extensions play no part.</summary>
public static class InputRecognition
{
    /// <summary>Tells what a file is.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isLog">Says whether the first bytes are those of a log that can be read.</param>
    /// <param name="limits">Limits; the default ones where null.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="InvalidDataException">Its compression is damaged or outgrows the limits.</exception>
    public static InputKind Tell(InputFile file, Func<ReadOnlyMemory<byte>, bool> isLog, InputLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(isLog);
        var head = BoundedInput.Head(file, limits ?? InputLimits.Default);
        if (head.AsSpan().StartsWith("PK\x03\x04"u8)) return IsWordDocument(file.Path) ? InputKind.Report : InputKind.Logs;
        var text = head.AsSpan();
        if (text.StartsWith(Encoding.UTF8.Preamble)) text = text[3..];
        text = text.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty) return InputKind.Unknown;
        if (text[0] is (byte)'{' or (byte)'[')
        {
            var shape = JsonShape.Tell(head);
            return shape == InputKind.Unknown ? InputKind.Logs : shape;
        }
        if (LooksLikeRules(text)) return InputKind.Rules;
        // A table of outcomes reads like a log of events: its columns and its technique ids tell it.
        if (ExerciseTable.IsHead(text)) return InputKind.Exercises;
        return isLog(head) ? InputKind.Logs : InputKind.Report;
    }

    private static bool IsWordDocument(string path)
    {
        try
        {
            using var archive = ZipFile.OpenRead(path);
            return archive.GetEntry("word/document.xml") is not null;
        }
        catch (InvalidDataException)
        {
            return false; // damaged: the reader of archives names what is wrong with it
        }
    }

    /// <summary>A Sigma document has a title and one of its sections at the beginning of lines.</summary>
    private static bool LooksLikeRules(ReadOnlySpan<byte> text)
    {
        bool title = false, section = false;
        foreach (var range in text.Split((byte)'\n'))
        {
            var line = text[range];
            title |= line.StartsWith("title:"u8);
            section |= line.StartsWith("detection:"u8) || line.StartsWith("correlation:"u8) || line.StartsWith("filter:"u8) || line.StartsWith("logsource:"u8);
        }
        return title && section;
    }
}
