using System.Text.Json;
using Modus.Analysis.Attribution;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>An answer as JSON.</summary>
internal static class AttributionJson
{
    /// <summary>A word of an enumeration in lower case with hyphens.</summary>
    public static string Word<T>(T value) where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, at) => char.IsUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));

    public static void WriteVerdict(Utf8JsonWriter json, Verdict verdict)
    {
        json.WriteString("level", Word(verdict.Level));
        Json.WriteMember(json, "actors", verdict.Actors);
        if (verdict.Nation is not null) json.WriteString("suspected_nation", verdict.Nation);
        json.WriteNumber("probability", Math.Round(verdict.Probability, 6));
    }

    public static void Write(Utf8JsonWriter json, AttributionAnswer answer, Contest? contest, int top)
    {
        json.WriteStartObject();
        json.WriteString("release", answer.Release);
        json.WriteString("model", answer.Model);
        if (answer.AsOf is { } day) json.WriteString("as_of", day.ToString("O"));
        Json.WriteMember(json, "techniques", answer.Techniques);
        Json.WriteMember(json, "software", answer.Software);
        json.WriteStartObject("verdict");
        WriteVerdict(json, answer.Verdict);
        json.WriteEndObject();
        json.WriteNumber("unknown", Math.Round(answer.Unknown, 6));
        json.WriteNumber("set_size", answer.SetSize);
        json.WriteNumber("like_answers", answer.LikeAnswers);
        json.WriteNumber("like_answers_right", answer.LikeAnswersRight);
        Array(json, "candidates", answer.Candidates.Take(Math.Max(1, top)), candidate =>
        {
            json.WriteString("id", candidate.Id);
            json.WriteString("name", candidate.Name);
            Json.WriteMember(json, "score", candidate.Score);
            Json.WriteMember(json, "p", candidate.Probability);
            json.WriteNumber("reports", candidate.Reports);
            Json.WriteMember(json, "suspected_nation", candidate.Nation);
        });
        Array(json, "explanations", answer.Explanations, item => WriteExplanation(json, item));
        Json.WriteMember(json, "unusable", answer.Unusable);
        if (contest is not null) WriteContest(json, contest);
        Array(json, "problems", answer.Problems, problem =>
        {
            json.WriteString("code", problem.Code);
            json.WriteString("message", problem.Message);
            json.WriteString("fix", problem.Fix);
        });
        json.WriteEndObject();
    }

    private static void WriteExplanation(Utf8JsonWriter json, Explanation item)
    {
        json.WriteString("actor", item.Actor);
        Json.WriteMember(json, "background", item.Background);
        Array(json, "evidence", item.Evidence, piece =>
        {
            json.WriteString("kind", Word(piece.Kind));
            json.WriteString("id", piece.Id);
            Json.WriteMember(json, "value", piece.Value);
            json.WriteNumber("users", piece.Users);
            Json.WriteMember(json, "sources", piece.Sources);
        });
        Array(json, "sources", item.Sources, share =>
        {
            json.WriteString("source", share.Source);
            Json.WriteMember(json, "value", share.Value);
        });
        Json.WriteMember(json, "without_source", item.WithoutSource);
        Json.WriteMember(json, "nearest_reports", item.NearestReports);
        Json.WriteMember(json, "missing", item.Missing);
    }

    private static void WriteContest(Utf8JsonWriter json, Contest contest)
    {
        json.WriteStartObject("contest");
        Array(json, "deciding", contest.Deciding, trait =>
        {
            json.WriteString("kind", Word(trait.Kind));
            json.WriteString("id", trait.Id);
            Json.WriteMember(json, "difference", trait.Difference);
        });
        Json.WriteMember(json, "hypotheses", contest.Hypotheses);
        Array(json, "matrix", contest.Matrix, row =>
        {
            json.WriteString("kind", Word(row.Kind));
            json.WriteString("id", row.Id);
            Json.WriteMember(json, "cells", row.Cells.Select(Word));
            Json.WriteMember(json, "diagnosticity", row.Diagnosticity);
        });
        Array(json, "changes", contest.Flips, flip =>
        {
            json.WriteString("kind", flip.Kind);
            json.WriteString("without", flip.Id);
            json.WriteString("first", flip.First);
            Json.WriteMember(json, "p", flip.Probability);
            json.WriteString("level", Word(flip.Level));
        });
        Array(json, "false_flags", contest.FalseFlags, test =>
        {
            json.WriteString("without", test.Without);
            json.WriteNumber("left", test.Left);
            Json.WriteMember(json, "first", test.First);
            Json.WriteMember(json, "p", test.Probability);
            json.WriteString("level", Word(test.Level));
            json.WriteBoolean("stands", test.Stands);
        });
        json.WriteEndObject();
    }

    private static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
