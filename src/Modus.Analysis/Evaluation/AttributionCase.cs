using System.Globalization;
using System.Text.Json;

namespace Modus.Analysis.Evaluation;

/// <summary>One question whose answer is known.</summary>
/// <param name="Id">Its id. It may name the actor, so no model sees it.</param>
/// <param name="Release">The release whose knowledge it is asked against.</param>
/// <param name="Techniques">Ids observed.</param>
/// <param name="Software">Ids observed.</param>
/// <param name="ExcludedSources">Sources that must not count.</param>
/// <param name="AsOf">Only sources before this day count.</param>
/// <param name="Actor">The true actor.</param>
/// <param name="Known">Whether the actor is still known under the rules of the question.</param>
/// <param name="Fold">Fold by actor: 0 to 4.</param>
public sealed record AttributionCase(
    string Id, string Release, IReadOnlyList<string> Techniques, IReadOnlyList<string> Software,
    IReadOnlyList<string> ExcludedSources, DateOnly? AsOf, string Actor, bool Known, int Fold)
{
    /// <summary>Joins lines of questions and of answers, matched by id.</summary>
    /// <param name="questions">JSON lines with id, release, techniques, software, exclude_sources, as_of.</param>
    /// <param name="answers">JSON lines with id, actor, known, fold.</param>
    /// <exception cref="JsonException">A line is not JSON of that shape.</exception>
    public static IReadOnlyList<AttributionCase> Read(IEnumerable<string> questions, IEnumerable<string> answers)
    {
        var truth = new Dictionary<string, (string Actor, bool Known, int Fold)>(StringComparer.Ordinal);
        foreach (var line in answers.Where(line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            truth[root.GetProperty("id").GetString()!] = (root.GetProperty("actor").GetString()!,
                root.GetProperty("known").GetBoolean(), root.GetProperty("fold").GetInt32());
        }
        var cases = new List<AttributionCase>();
        foreach (var line in questions.Where(line => line.Length > 0))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var id = root.GetProperty("id").GetString()!;
            if (!truth.TryGetValue(id, out var answer)) throw new JsonException($"no answer for question {id}");
            cases.Add(new(id, root.GetProperty("release").GetString()!, Texts(root, "techniques"), Texts(root, "software"),
                Texts(root, "exclude_sources"),
                root.TryGetProperty("as_of", out var day) ? DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
                answer.Actor, answer.Known, answer.Fold));
        }
        return cases;
    }

    private static string[] Texts(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [];
}
