using System.Globalization;
using Modus.Analysis.Coverage;
using Modus.Attack;
using Modus.Sigma.Yaml;

namespace Modus.Casework.Defence;

/// <summary>Reads DeTT&amp;CT's YAML: data sources with their quality, detection and visibility scores.</summary>
internal sealed class DettectReader(string file, DefenceContext context)
{
    private readonly YamlForm form = new(file, context);

    public DefenceInventory Read(YamlMapping root)
    {
        var own = context.Knowledge.Domain.BundleName();
        if (YamlForm.Text(root, "domain") is { } domain && !domain.Equals(own, StringComparison.OrdinalIgnoreCase) && YamlForm.Text(root, "file_type") is "data-source-administration" or "technique-administration")
        {
            context.Report(DefenceCodes.OtherId, $"the file is of {domain}, and {own} is looked at: it is not used", file, fix: $"use --domain {domain.Split('-')[0]}");
            return DefenceInventory.Empty;
        }
        switch (YamlForm.Text(root, "file_type"))
        {
            case "data-source-administration": return Sources(root);
            case "technique-administration": return Techniques(root);
            case var other:
                context.Report(DefenceCodes.UnknownKind, $"DeTT&CT's '{other}' says nothing of a defence", file, fix: other == "group-administration" ? "give it to 'modus gap --profile'" : null);
                return DefenceInventory.Empty;
        }
    }

    private DefenceInventory Sources(YamlMapping root)
    {
        var systems = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var system in form.Maps(root, "systems"))
            if (YamlForm.Text(system, "applicable_to") is { } name) systems[name] = Platforms(system, "platform");
        var found = new List<LogSourceCoverage>();
        foreach (var component in form.Maps(root, "data_sources"))
        {
            var name = YamlForm.Text(component, "data_source_name") ?? "";
            var number = 0;
            foreach (var entry in form.Maps(component, "data_source"))
            {
                var applies = form.Texts(entry, "applicable_to");
                var quality = entry.Find("data_quality") as YamlMapping;
                var complete = quality is null ? null : form.Number(quality, "device_completeness", 0, 5);
                var connected = form.Date(entry, "date_connected");
                found.Add(new($"{name}#{++number}", name, form.PlaceOf(entry))
                {
                    Platforms = [.. (applies.Contains("all", StringComparer.OrdinalIgnoreCase) ? systems.Values : applies.Select(one => systems.GetValueOrDefault(one, [])))
                        .SelectMany(list => list).Distinct(StringComparer.Ordinal)],
                    // The scale's steps are quarters: 1 stands for up to 25 % of the devices, 5 for all.
                    HostShare = connected is null ? 0 : complete switch { null => 1, 0 => 0, >= 5 => 1, var grade => Math.Min(0.99, grade.Value * 0.25) },
                    Since = connected,
                    SeenOn = form.Date(entry, "date_registered"),
                    Quality = quality is null ? null : Mean(quality),
                    Components = name.Length > 0 ? [name] : [],
                    Owner = null,
                });
            }
        }
        return new() { LogSources = found };
    }

    private double? Mean(YamlMapping quality)
    {
        var grades = quality.Entries.Select(entry => form.Number(quality, entry.Key.Text, 0, 5)).OfType<double>().ToList();
        return grades.Count > 0 ? Math.Round(grades.Average(), 2) : null;
    }

    private DefenceInventory Techniques(YamlMapping root)
    {
        var all = Platforms(root, "platform");
        var claims = new List<CoverageClaim>();
        foreach (var technique in form.Maps(root, "techniques"))
        {
            if (form.Needed(technique, "technique_id", "a technique") is not { } id) continue;
            var mapped = context.Map(id);
            Add(technique, "detection", score => score < 0 ? ClaimKind.Nothing : score < 1 ? ClaimKind.Visibility : ClaimKind.Detection, "detection score");
            Add(technique, "visibility", score => score < 1 ? null : ClaimKind.Visibility, "visibility score");

            void Add(YamlMapping map, string key, Func<double, ClaimKind?> kind, string words)
            {
                foreach (var entry in form.Maps(map, key))
                {
                    var latest = form.Maps(entry, "score_logbook").Select(score => (Node: score, Day: form.Date(score, "date"), Score: form.Number(score, "score", -1, 5)))
                        .Where(score => score.Score is not null).OrderByDescending(score => score.Day).FirstOrDefault();
                    if (latest.Score is not { } value || kind(value) is not { } meaning) continue;
                    var comment = YamlForm.Text(latest.Node, "comment") ?? YamlForm.Text(entry, "comment");
                    claims.Add(new(mapped, new(RungEvidenceKind.Scoring, string.Create(CultureInfo.InvariantCulture, $"{words} {value}"), form.PlaceOf(entry))
                    {
                        Date = latest.Day,
                        Host = string.Join(", ", form.Texts(entry, "applicable_to")) is { Length: > 0 } hosts && hosts != "all" ? hosts : null,
                        Detail = comment,
                    })
                    { Platforms = all, Score = value, Kind = meaning });
                }
            }
        }
        return new() { Claims = claims };
    }

    private List<string> Platforms(YamlMapping map, string key)
    {
        var names = new List<string>();
        foreach (var text in form.Texts(map, key))
        {
            if (text.Equals("all", StringComparison.OrdinalIgnoreCase)) return [];
            if (context.Knowledge.Platform(text) is { } known) names.Add(known);
            else if (context.Knowledge.Platforms.Where(one => one.StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToList() is [var only]) names.Add(only);
            else form.Bad(map.Find(key)!, $"ATT&CK {context.Knowledge.Release} has no platform '{text}'; it is not used");
        }
        return names;
    }
}
