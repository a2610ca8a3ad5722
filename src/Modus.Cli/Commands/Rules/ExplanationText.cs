using System.Text.Json;
using Modus.Cli.Shell;
using Modus.Sigma.Explanation;

namespace Modus.Cli.Commands.Rules;

/// <summary>Writes explanations for people and for programs.</summary>
internal static class ExplanationText
{
    public static void Write(Invocation run, RuleExplanation explanation, string place)
    {
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json => Write(json, explanation, place)));
            return;
        }

        var header = explanation.Rule.Header;
        run.Out.WriteLine(SafeText.ForTerminal(explanation.Summary));
        run.Out.WriteLine();
        run.Out.WriteLine(SafeText.ForTerminal($"rule   {header.Title} ({header.Author})  {CliProblem.Place(header.File, header.Position.Line)}"));
        run.Out.WriteLine(SafeText.ForTerminal($"event  {explanation.Source}  {place}"));
        if (explanation.Condition.Length > 0) run.Out.WriteLine(SafeText.ForTerminal($"if     {explanation.Condition}"));
        run.Out.WriteLine();
        if (!explanation.Selections.IsEmpty)
        {
            Listing.Write(run.Out, Format.Table, run.Width, run.OutStyle, explanation.Selections,
                new Column<SelectionAnswer>("selection", "Search identifier", one => one.Name), new Column<SelectionAnswer>("line", "Line", one => one.Line) { Right = true },
                new Column<SelectionAnswer>("answer", "Answer", one => one.IsTrue ? "true" : "false"));
            run.Out.WriteLine();
        }

        Listing.Write(run.Out, Format.Table, run.Width, run.OutStyle, explanation.Deciding,
            new Column<TestAnswer>("test", "Test that decided", one => (one.InFilter ? "not " : "") + one.Test) { Gives = true },
            new Column<TestAnswer>("answer", "Answer", one => one.IsTrue ? "true" : "false"),
            new Column<TestAnswer>("cause", "Why", one => one.Cause) { Gives = true },
            new Column<TestAnswer>("fix", "What to do", one => one.Fix) { Gives = true });
    }

    public static void Write(Invocation run, LogExplanation explanation)
    {
        if (run.Format == Format.Json)
        {
            run.Out.WriteLine(Json.Indented(json => Write(json, explanation)));
            return;
        }

        foreach (var cause in explanation.Causes) run.Out.WriteLine(SafeText.ForTerminal("- " + cause));
        run.Out.WriteLine();
        run.Out.WriteLine(SafeText.ForTerminal($"{explanation.Events} events, {explanation.OfSource} of {explanation.Rule.LogSource}, {explanation.Matches} matches"));
        Listing.Write(run.Out, Format.Table, run.Width, run.OutStyle, explanation.Tests,
            new Column<TestTally>("test", "Test", one => (one.InFilter ? "not " : "") + one.Test) { Gives = true },
            new Column<TestTally>("true", "True on", one => one.True) { Right = true },
            new Column<TestTally>("field", "Has the field", one => one.WithField) { Right = true });
        if (explanation.Matches > 0 || explanation.Nearest is not { } nearest) return;
        run.Out.WriteLine();
        run.Out.WriteLine("The event that came nearest:");
        Write(run, nearest, explanation.NearestPlace);
    }

    private static void Write(Utf8JsonWriter json, RuleExplanation explanation, string place)
    {
        json.WriteStartObject();
        Members(json, ("rule", explanation.Rule.Header.Title), ("id", explanation.Rule.Header.Id), ("author", explanation.Rule.Header.Author), ("matched", explanation.Matched), ("summary", explanation.Summary),
            ("source", explanation.Source), ("source_fits", explanation.SourceFits), ("place", place), ("condition", explanation.Condition));
        Array(json, "selections", explanation.Selections, one => Members(json, ("name", one.Name), ("line", one.Line), ("answer", one.IsTrue)));
        Array(json, "deciding", explanation.Deciding, one => Members(json, ("test", one.Test.ToString()), ("answer", one.IsTrue), ("in_filter", one.InFilter), ("field", one.Field), ("value", one.Value), ("cause", one.Cause), ("fix", one.Fix)));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LogExplanation explanation)
    {
        json.WriteStartObject();
        Members(json, ("rule", explanation.Rule.Header.Title), ("id", explanation.Rule.Header.Id), ("author", explanation.Rule.Header.Author), ("events", explanation.Events), ("of_source", explanation.OfSource), ("matches", explanation.Matches), ("causes", explanation.Causes.AsEnumerable()));
        Array(json, "sources", explanation.Sources, one => Members(json, ("source", one.Source), ("events", one.Events)));
        Array(json, "tests", explanation.Tests, one => Members(json, ("test", one.Test.ToString()), ("in_filter", one.InFilter), ("true", one.True), ("with_field", one.WithField)));
        if (explanation.Nearest is { } nearest)
        {
            json.WritePropertyName("nearest");
            Write(json, nearest, explanation.NearestPlace);
        }

        json.WriteEndObject();
    }

    private static void Array<T>(Utf8JsonWriter json, string key, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Members(Utf8JsonWriter json, params (string Key, object? Value)[] members)
    {
        foreach (var (key, value) in members) Json.WriteMember(json, key, value);
    }
}
