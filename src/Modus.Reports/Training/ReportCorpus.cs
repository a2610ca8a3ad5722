using System.Text.Json;

namespace Modus.Reports.Training;

/// <summary>Something wrong with a line of a corpus or of a batch.</summary>
/// <param name="Code">Code in the range MD4700 to MD4799.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="File">Name of the input.</param>
/// <param name="Line">Line, from 1; 0 for the whole file.</param>
/// <param name="Fix">What to do about it.</param>
public sealed record CorpusProblem(string Code, string Message, string File, int Line, string? Fix = null);

/// <summary>What was read of a corpus.</summary>
/// <param name="Reports">The reports in order of first sentence.</param>
/// <param name="Used">Lines that were used.</param>
/// <param name="Problems">One problem a line that was not.</param>
public sealed record CorpusRead(IReadOnlyList<LabelledReport> Reports, int Used, IReadOnlyList<CorpusProblem> Problems);

/// <summary>
/// Reads labelled sentences: one JSON object a line with <c>doc</c>, <c>text</c>, <c>labels</c> (ATT&amp;CK ids) and, if wanted,
/// <c>n</c> (place in the report) and <c>fold</c>. Where <c>labels18</c> stands beside <c>labels</c> it is taken in their place:
/// labels that were already brought to a newer release.
/// </summary>
public static class ReportCorpus
{
    /// <summary>Characters of the longest line that is read.</summary>
    public const int LongestLine = 1 << 20;

    /// <summary>Problems kept; more are counted as used and skipped only.</summary>
    public const int MostProblems = 1_000;

    /// <summary>Reads sentences.</summary>
    /// <param name="reader">The lines.</param>
    /// <param name="name">Name of the input, for problems.</param>
    /// <param name="folds">Fold by report, or null.</param>
    public static CorpusRead Read(TextReader reader, string name, IReadOnlyDictionary<string, int>? folds = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var order = new List<string>();
        var byReport = new Dictionary<string, List<(int Place, LabelledSentence Sentence)>>(StringComparer.Ordinal);
        var ownFolds = new Dictionary<string, int>(StringComparer.Ordinal);
        var problems = new List<CorpusProblem>();
        int line = 0, used = 0;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            if (Sentence(text, out var document, out var place, out var fold, out var sentence) is { } wrong)
            {
                if (problems.Count < MostProblems) problems.Add(new("MD4701", wrong, name, line, "Give doc, text and labels as in {\"doc\":\"a\",\"text\":\"…\",\"labels\":[]}."));
                continue;
            }

            if (!byReport.TryGetValue(document, out var list))
            {
                byReport[document] = list = [];
                order.Add(document);
            }

            list.Add((place ?? list.Count, sentence!));
            if (fold is { } given) ownFolds[document] = given;
            used++;
        }

        return new(
            [.. order.Select(document => new LabelledReport(
                document, [.. byReport[document].OrderBy(one => one.Place).Select(one => one.Sentence)],
                folds is not null && folds.TryGetValue(document, out var fold) ? fold : ownFolds.TryGetValue(document, out fold) ? fold : null))],
            used, problems);
    }

    /// <summary>Reads the folds of a list of documents: one JSON object a line with <c>doc</c> and <c>fold</c>; other lines are passed over.</summary>
    public static IReadOnlyDictionary<string, int> ReadFolds(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var folds = new Dictionary<string, int>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } text)
        {
            if (text.Length > LongestLine) continue;
            try
            {
                using var json = JsonDocument.Parse(text);
                if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("doc", out var document)
                    && document.ValueKind == JsonValueKind.String && json.RootElement.TryGetProperty("fold", out var fold) && fold.TryGetInt32(out var number))
                    folds[document.GetString()!] = number;
            }
            catch (JsonException)
            {
                // A line that is no JSON gives no fold; its report gets one dealt.
                continue;
            }
        }

        return folds;
    }

    private static string? Sentence(string line, out string document, out int? place, out int? fold, out LabelledSentence? sentence)
    {
        (document, place, fold, sentence) = ("", null, null, null);
        if (line.Length > LongestLine) return $"The line is longer than {LongestLine} characters.";
        try
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return "The line is no JSON object.";
            if (!root.TryGetProperty("doc", out var doc) || doc.ValueKind != JsonValueKind.String) return "There is no text in \"doc\".";
            if (!root.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String) return "There is no text in \"text\".";
            if (!root.TryGetProperty("labels18", out var labels) && !root.TryGetProperty("labels", out labels)) return "There are no \"labels\".";
            if (labels.ValueKind != JsonValueKind.Array || labels.EnumerateArray().Any(label => label.ValueKind != JsonValueKind.String))
                return "The \"labels\" are no list of ids.";
            document = doc.GetString()!;
            place = root.TryGetProperty("n", out var n) && n.TryGetInt32(out var number) ? number : null;
            fold = root.TryGetProperty("fold", out var f) && f.TryGetInt32(out number) ? number : null;
            sentence = new(text.GetString()!, [.. labels.EnumerateArray().Select(label => label.GetString()!)]);
            return null;
        }
        catch (JsonException)
        {
            return "The line is no JSON.";
        }
        catch (InvalidOperationException)
        {
            return "The line holds text that is no valid Unicode.";
        }
    }
}
