using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Demo;

/// <summary>The demo as one JSON object.</summary>
internal static class DemoJson
{
    public static void Write(TextWriter to, DemoFindings found, IReadOnlyList<DemoCheck> checks) => to.WriteLine(Json.Indented(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("agree", checks.Count(check => check.State == CheckState.Agrees));
        json.WriteNumber("differ", checks.Count(check => check.State == CheckState.Differs));
        json.WriteStartArray("findings");
        foreach (var check in checks)
        {
            json.WriteStartObject();
            json.WriteString("what", check.What);
            json.WriteString("expected", check.Expected);
            json.WriteString("found", check.Found);
            json.WriteString("state", check.State == CheckState.Agrees ? "agrees" : "differs");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("cannot_fire");
        foreach (var rule in found.CannotFire)
        {
            json.WriteStartObject();
            json.WriteString("rule", Path.GetFileName(rule.File));
            json.WriteString("cause", rule.Cause);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("attribution_reasons");
        foreach (var reason in found.Contest.Reasons) json.WriteStringValue(reason);
        json.WriteEndArray();
        json.WriteEndObject();
    }));
}
