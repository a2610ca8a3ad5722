using System.Collections.Immutable;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Scoring;

/// <summary>Grades how hard rules are to escape.</summary>
public static class RuleScorer
{
    private const int Examples = 3;

    /// <summary>Grades a rule.</summary>
    public static RuleScore Score(CompiledRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var grades = new Dictionary<(string Field, string Class, bool IsFilter), (Grade Grade, List<string> Values, int Count)>();
        var level = Level(rule.Expression, isFilter: false, grades);
        // A rule that asks for nothing but a record trusts what the system writes down about the technique itself.
        if (level == Robustness.None && grades.Keys.Any(key => key.Class == "record of a log")) level = Robustness.Implementation;
        ImmutableArray<PredicateGrade> list =
        [
            .. grades.OrderBy(pair => pair.Key.IsFilter).ThenBy(pair => pair.Value.Grade.Level == Robustness.None ? Robustness.Core + 1 : pair.Value.Grade.Level)
                .ThenBy(pair => pair.Key.Field, StringComparer.Ordinal).ThenBy(pair => pair.Key.Class, StringComparer.Ordinal)
                .Select(pair => new PredicateGrade(pair.Key.Field, pair.Key.Class, pair.Value.Grade.Level, pair.Value.Grade.Why, pair.Value.Grade.Evasion,
                    [.. pair.Value.Values], pair.Value.Count, pair.Key.IsFilter)),
        ];
        var filters = list.Where(grade => grade.IsFilter && grade.Level != Robustness.None).Select(grade => grade.Level).DefaultIfEmpty(Robustness.None).Min();
        return new(rule.Header, level, Stated(rule.Header), LayerOf(rule.LogSource), filters, list, Indicators.In(rule));
    }

    private static Robustness Level(
        Expression expression, bool isFilter, Dictionary<(string Field, string Class, bool IsFilter), (Grade Grade, List<string> Values, int Count)> grades)
    {
        switch (expression)
        {
            case Test test:
                var (grade, example) = PredicateGrader.Of(test);
                var key = (test.Field ?? "keywords", grade.Class, isFilter);
                if (!grades.TryGetValue(key, out var entry)) entry = (grade, new List<string>(Examples), 0);
                if (entry.Values.Count < Examples) entry.Values.Add(example);
                grades[key] = entry with { Count = entry.Count + 1 };
                return grade.Level;
            case Not not:
                // What must not be there is a filter; who can satisfy it escapes, which is told apart from the level.
                Level(not.Part, !isFilter, grades);
                return Robustness.None;
            case All all:
                return all.Parts.Select(part => Level(part, isFilter, grades)).Where(level => level != Robustness.None).DefaultIfEmpty(Robustness.None).Min();
            case Any any:
                return any.Parts.Select(part => Level(part, isFilter, grades)).DefaultIfEmpty(Robustness.None).Max();
            default:
                return Robustness.None;
        }
    }

    private static Robustness? Stated(RuleHeader header)
    {
        var tag = header.Tags.FirstOrDefault(tag => tag.Namespace == "stp" && tag.Value.Length > 0 && tag.Value[0] is >= '1' and <= '5');
        return tag is null ? null : (Robustness)(tag.Value[0] - '0');
    }

    private static ObservationLayer LayerOf(RuleLogSource source) => (source.Category, source.Service, source.Product) switch
    {
        ("process_creation" or "process_access" or "create_remote_thread" or "driver_load" or "image_load" or "file_event" or "file_change" or "file_delete" or "file_rename"
            or "registry_set" or "registry_add" or "registry_delete" or "registry_event" or "network_connection" or "raw_access_thread" or "process_tampering" or "create_stream_hash", _, _) => ObservationLayer.Kernel,
        (_, "security" or "auditd", _) => ObservationLayer.Kernel,
        ("ps_script" or "ps_module" or "ps_classic_start" or "wmi_event" or "dns_query" or "pipe_created", _, _) => ObservationLayer.User,
        (_, "powershell" or "powershell-classic" or "wmi" or "taskscheduler" or "bits-client" or "system" or "windefend", _) => ObservationLayer.User,
        ("proxy" or "webserver" or "dns" or "firewall", _, _) => ObservationLayer.Network,
        (_, _, "zeek" or "juniper" or "cisco" or "fortigate" or "paloalto") => ObservationLayer.Network,
        (_, _, "aws" or "azure" or "gcp" or "m365" or "okta" or "onelogin" or "github" or "bitbucket") => ObservationLayer.Application,
        (_, not null, _) => ObservationLayer.Application,
        _ => ObservationLayer.Unknown,
    };
}
