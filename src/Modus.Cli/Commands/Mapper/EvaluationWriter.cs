using System.Globalization;
using System.Text.Json;
using Modus.Cli.Shell;
using Modus.Reports.Evaluation;

namespace Modus.Cli.Commands.Mapper;

/// <summary>Writes what an evaluation found.</summary>
internal static class EvaluationWriter
{
    public static void WriteMarkdown(TextWriter to, MapperEvaluationResult result)
    {
        to.WriteLine(Text($"{result.Reports} reports, {result.Sentences} sentences, {result.Techniques} techniques of {result.Release}; 95 % intervals by drawing reports with replacement."));
        to.WriteLine();
        WriteMethods(to, result.Methods);
        WriteSure(to, result.Methods);
        to.WriteLine();
        to.WriteLine("| people said | the mapper put first | times | same family |");
        to.WriteLine("| --- | --- | ---: | --- |");
        foreach (var one in result.Confusions)
            to.WriteLine(Text($"| {one.Label} | {one.Suggested} | {one.Count} | {(one.Family ? "yes" : "no")} |"));
    }

    public static void Write(Invocation run, FixedEvaluationResult result)
    {
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("methods");
                Method(json, result.Exact);
                Method(json, result.Parent);
                json.WriteEndArray();
                Json.WriteMember(json, "candidate_recall", result.CandidateRecall);
                Json.WriteMember(json, "unknown_labels", result.UnknownLabels);
                json.WriteEndObject();
            }));
            return;
        }

        WriteMethods(run.Out, [result.Exact, result.Parent]);
        WriteSure(run.Out, [result.Exact, result.Parent]);
        run.Out.WriteLine();
        run.Out.WriteLine(Text($"{result.CandidateRecall:0.000} of the reports' parents stand among a report's first {FixedEvaluation.FirstCandidates} suggestions."));
    }

    public static void Write(Invocation run, ConfirmationResult result)
    {
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("reports", result.Reports);
                json.WriteNumber("sentences", result.Sentences);
                Json.WriteMember(json, "decisions", result.Decisions);
                Json.WriteMember(json, "accepted", result.Accepted);
                Json.WriteMember(json, "decided_reports", result.DecidedReports);
                json.WriteStartArray("methods");
                foreach (var one in result.Methods) Method(json, one);
                json.WriteEndArray();
                Json.WriteMember(json, "unknown_labels", result.UnknownLabels);
                json.WriteEndObject();
            }));
            return;
        }

        run.Out.WriteLine(Text($"{result.Reports} reports, {result.Sentences} sentences, each asked of a model after {result.Decisions:0} decisions ({result.Accepted:0} of them confirm) on {result.DecidedReports:0.0} other reports; means over the parts."));
        run.Out.WriteLine();
        WriteMethods(run.Out, result.Methods);
        WriteSure(run.Out, result.Methods);
    }

    /// <summary>What is surely right, of methods whose scores are probabilities.</summary>
    private static void WriteSure(TextWriter to, IReadOnlyList<MapperMeasures> methods)
    {
        to.WriteLine();
        to.WriteLine("| method | reports: p ≥ .8 right | of the truth | at 95 % precision | sentences: at 95 % precision | calibration error |");
        to.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var one in methods.Where(one => one.SureCoverage is not null))
            to.WriteLine(Text($"| {one.Method} | {one.SurePrecision:0.000} | {one.SureCoverage:0.000} | {one.CoverageAtHighPrecision:0.000} | {one.SentenceCoverageAtHighPrecision:0.000} | {one.SentenceCalibrationError:0.000} |"));
    }

    public static void Write(Invocation run, OpenSetResult result)
    {
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json =>
            {
                json.WriteStartObject();
                json.WriteString("release", result.Release);
                json.WriteNumber("sentences", result.Sentences);
                json.WriteNumber("techniques", result.Techniques);
                json.WriteStartArray("methods");
                Ranks(json, result.Exact);
                Ranks(json, result.Parent);
                json.WriteEndArray();
                json.WriteEndObject();
            }));
            return;
        }

        run.Out.WriteLine(Text($"{result.Sentences} labelled sentences asked of what {result.Release} teaches about {result.Techniques} techniques, without any report."));
        run.Out.WriteLine();
        run.Out.WriteLine("| counted | top 1 | 3 | 5 | 10 | labels among the first 20 |");
        run.Out.WriteLine("| --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var one in new[] { result.Exact, result.Parent })
            run.Out.WriteLine(Text($"| {one.Method} | {one.Top1:0.000} | {one.Top3:0.000} | {one.Top5:0.000} | {one.Top10:0.000} | {one.Recall20:0.000} |"));
    }

    public static void Write(Invocation run, UnseenResult result)
    {
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json =>
            {
                json.WriteStartObject();
                json.WriteString("release", result.Release);
                json.WriteNumber("reports", result.Reports);
                json.WriteNumber("techniques", result.Techniques);
                json.WriteStartArray("methods");
                Method(json, result.Exact);
                json.WriteEndArray();
                json.WriteEndObject();
            }));
            return;
        }

        run.Out.WriteLine(Text($"{result.Techniques} techniques of {result.Reports} reports, each asked of a mapper that never saw its labels, nor those of the report; places among all techniques of {result.Release}."));
        run.Out.WriteLine();
        WriteMethods(run.Out, [result.Exact]);
        WriteSure(run.Out, [result.Exact]);
    }

    private static void Ranks(Utf8JsonWriter json, RankMeasures one)
    {
        json.WriteStartObject();
        json.WriteString("method", one.Method);
        Json.WriteMember(json, "top1", one.Top1);
        Json.WriteMember(json, "top3", one.Top3);
        Json.WriteMember(json, "top5", one.Top5);
        Json.WriteMember(json, "top10", one.Top10);
        Json.WriteMember(json, "recall_at_20", one.Recall20);
        json.WriteEndObject();
    }

    private static void WriteMethods(TextWriter to, IReadOnlyList<MapperMeasures> methods)
    {
        to.WriteLine("| method | sentence F1 (interval) | P | R | macro F1 | report F1 (interval) | P | R | report micro F1 | top 1 | 3 | 5 | calibration error | found at 95 % precision |");
        to.WriteLine("| --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var one in methods)
            to.WriteLine(Text($"| {one.Method} | {Of(one.SentenceF1)} | {one.Sentence.Precision:0.000} | {one.Sentence.Recall:0.000} | {one.MacroF1:0.000} | {Of(one.DocumentF1)} | {one.DocumentPrecision:0.000} | {one.DocumentRecall:0.000} | {one.Document.F1:0.000} | {one.Top1:0.000} | {one.Top3:0.000} | {one.Top5:0.000} | {one.CalibrationError:0.000} | {one.CoverageAtHighPrecision:0.000} |"));
    }

    public static void WriteJson(TextWriter to, MapperEvaluationResult result) => to.WriteLine(Json.Indented(json =>
    {
        json.WriteStartObject();
        json.WriteString("release", result.Release);
        json.WriteNumber("reports", result.Reports);
        json.WriteNumber("sentences", result.Sentences);
        json.WriteNumber("techniques", result.Techniques);
        json.WriteStartArray("methods");
        foreach (var one in result.Methods) Method(json, one);
        json.WriteEndArray();
        json.WriteStartArray("confusions");
        foreach (var one in result.Confusions)
        {
            json.WriteStartObject();
            json.WriteString("label", one.Label);
            json.WriteString("suggested", one.Suggested);
            json.WriteNumber("count", one.Count);
            json.WriteBoolean("family", one.Family);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));

    private static void Method(Utf8JsonWriter json, MapperMeasures one)
    {
        json.WriteStartObject();
        json.WriteString("method", one.Method);
        Interval(json, "sentence_f1", one.SentenceF1);
        Json.WriteMember(json, "sentence_precision", one.Sentence.Precision);
        Json.WriteMember(json, "sentence_recall", one.Sentence.Recall);
        Json.WriteMember(json, "sentence_macro_f1", one.MacroF1);
        Interval(json, "document_f1", one.DocumentF1);
        Json.WriteMember(json, "document_precision", one.DocumentPrecision);
        Json.WriteMember(json, "document_recall", one.DocumentRecall);
        Json.WriteMember(json, "document_micro_f1", one.Document.F1);
        Json.WriteMember(json, "top1", one.Top1);
        Json.WriteMember(json, "top3", one.Top3);
        Json.WriteMember(json, "top5", one.Top5);
        Json.WriteMember(json, "calibration_error", one.CalibrationError);
        Json.WriteMember(json, "sentence_calibration_error", one.SentenceCalibrationError);
        Json.WriteMember(json, "precision_from_p_80", one.SurePrecision);
        Json.WriteMember(json, "coverage_from_p_80", one.SureCoverage);
        Json.WriteMember(json, "coverage_at_95_precision", one.CoverageAtHighPrecision);
        Json.WriteMember(json, "sentence_coverage_at_95_precision", one.SentenceCoverageAtHighPrecision);
        json.WriteEndObject();
    }

    private static void Interval(Utf8JsonWriter json, string name, Interval interval)
    {
        json.WriteStartObject(name);
        Json.WriteMember(json, "value", interval.Value);
        Json.WriteMember(json, "low", interval.Low);
        Json.WriteMember(json, "high", interval.High);
        json.WriteEndObject();
    }

    private static string Of(Interval interval) => Text($"{interval.Value:0.000} ({interval.Low:0.000}-{interval.High:0.000})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
