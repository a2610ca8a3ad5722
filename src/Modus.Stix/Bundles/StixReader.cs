using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Modus.Stix.Bundles;

/// <summary>Reads STIX 2.0 and 2.1 content of any producer: a bundle, a list of objects, or one object.</summary>
public static class StixReader
{
    /// <summary>Reads one file.</summary>
    /// <param name="stream">JSON in UTF-8, with or without a byte order mark. Not closed.</param>
    /// <param name="name">Name of the file, for problems.</param>
    /// <param name="limits">Limits; the default ones where null.</param>
    /// <returns>The objects that could be read, and what was wrong with the others. Never throws for bad content.</returns>
    public static StixBundle Read(Stream stream, string name, StixLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        limits ??= StixLimits.Default;
        var problems = new List<StixProblem>();
        try
        {
            var (bytes, reason) = new BoundedJson(limits).Read(stream);
            if (bytes is not { } content)
            {
                problems.Add(new StixProblem(StixProblemCodes.Unreadable, reason!, name, Fix: "no producer writes such a bundle: look at the file", Lost: true));
                return new StixBundle([], 0, problems);
            }
            if (content.Span.StartsWith(Encoding.UTF8.Preamble)) content = content[3..];
            using var document = JsonDocument.Parse(content, new JsonDocumentOptions { MaxDepth = limits.Depth });
            return ReadRoot(document.RootElement, name, limits, problems);
        }
        catch (JsonException problem)
        {
            problems.Add(new StixProblem(
                StixProblemCodes.Unreadable, $"no valid JSON: {FirstSentence(problem.Message)}", name,
                problem.Path, $"look at line {problem.LineNumber + 1}", Lost: true));
            return new StixBundle([], 0, problems);
        }
    }

    private static StixBundle ReadRoot(JsonElement root, string name, StixLimits limits, List<StixProblem> problems)
    {
        var (objects, path) = root.ValueKind switch
        {
            JsonValueKind.Array => (root.EnumerateArray().ToList(), "$"),
            JsonValueKind.Object when root.TryGetProperty("objects", out var list) && list.ValueKind == JsonValueKind.Array => (list.EnumerateArray().ToList(), "$.objects"),
            JsonValueKind.Object when root.TryGetProperty("type", out _) && root.TryGetProperty("id", out _) => ([root], ""),
            _ => ([], ""),
        };
        if (path.Length == 0 && objects.Count == 0)
        {
            problems.Add(new StixProblem(StixProblemCodes.NotABundle, "neither a bundle nor a STIX object", name, "$", "give a JSON object with type 'bundle' and a list 'objects'", Lost: true));
            return new StixBundle([], 0, problems);
        }
        if (objects.Count > limits.Objects)
        {
            problems.Add(new StixProblem(StixProblemCodes.Unreadable, $"more than {limits.Objects:N0} objects", name, path, "split the bundle", Lost: true));
            return new StixBundle([], objects.Count, problems);
        }

        var order = new List<string>();
        var newest = new Dictionary<string, StixObject>(StringComparer.Ordinal);
        for (var index = 0; index < objects.Count; index++)
        {
            var place = path.Length == 0 ? "$" : string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");
            if (new MemberReader(objects[index], name, place, problems).ReadObject() is not { } item) continue;
            if (!newest.TryGetValue(item.Id, out var other))
            {
                order.Add(item.Id);
                newest[item.Id] = item;
                continue;
            }
            problems.Add(new StixProblem(StixProblemCodes.SeveralVersions, $"{item.Id} stands twice; the newer version was used", name, place, Lost: true));
            if ((item.Modified ?? DateTimeOffset.MinValue) > (other.Modified ?? DateTimeOffset.MinValue)) newest[item.Id] = item;
        }
        ReportDangling(newest, name, problems);
        return new StixBundle([.. order.Select(id => newest[id])], objects.Count, problems);
    }

    private static void ReportDangling(Dictionary<string, StixObject> objects, string name, List<StixProblem> problems)
    {
        foreach (var item in objects.Values)
        {
            foreach (var end in new[] { item.SourceRef, item.TargetRef })
            {
                if (end is not null && !objects.ContainsKey(end))
                    problems.Add(new StixProblem(StixProblemCodes.DanglingReference, $"{item.Id} points at {end}, which the bundle does not hold", name, item.Path));
            }
        }
    }

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
