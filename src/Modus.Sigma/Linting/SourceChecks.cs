using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Linting;

/// <summary>Checks of the log source together with the fields a rule asks for.</summary>
internal static class SourceChecks
{
    private static readonly string[] parts = ["product", "category", "service", "definition"];
    private static readonly string[] channels = ["Channel", "Provider_Name", "ProviderName", "Provider", "SourceName", "Provider_Guid"];

    public static void Run(RuleDocument document, RuleLogSource source, IReadOnlyList<FieldItem> items, LintContext lint)
    {
        var header = document.Header;
        if (document.Source.Find("logsource") is YamlMapping map)
        {
            foreach (var entry in map.Entries)
            {
                if (!parts.Contains(entry.Key.Text) && !entry.Key.Text.StartsWith("custom", StringComparison.Ordinal))
                {
                    lint.Report(Catalogue.SourcePart, header, entry.Key.Position, $"'{entry.Key.Text}' is no part of a log source.",
                        Spelling.Nearest(entry.Key.Text, parts) is { } near ? $"Write '{near}'." : "Sigma knows: " + string.Join(", ", parts) + ".");
                }
                else if (entry.Key.Text != "definition" && entry.Value is YamlScalar word && word.Text.Any(char.IsUpper))
                {
                    lint.Report(Catalogue.SourceCase, header, word.Position, $"'{entry.Key.Text}' is written '{word.Text}'.", $"Write '{word.Text.ToLowerInvariant()}'.");
                }
            }
        }

        if (document is not SigmaRule) return;
        var eventId = items.FirstOrDefault(item => item.Field is "EventID" or "EventCode");
        var hasChannel = items.Any(item => item.Field is { } field && channels.Contains(field, StringComparer.OrdinalIgnoreCase));
        if (source is { Category: null, Service: null } && eventId is not null && !hasChannel)
        {
            lint.Report(Catalogue.SourceEventId, header, eventId.Position, $"Event numbers are counted by each provider, and {source} names none.",
                "Add 'service:' to the log source, or ask for Channel or Provider_Name too.");
        }
        else if (source is { Category: null, Service: null } && !hasChannel)
        {
            lint.Report(Catalogue.SourceWide, header, source.Position, $"{source} reads every event of the product.", "Add 'category:' or 'service:'.");
        }

        if (source.Category is not null && source.Product == "windows" && eventId is { Values.Length: 1 } && !source.Category.EndsWith("_event", StringComparison.Ordinal))
        {
            lint.Report(Catalogue.SourceTwice, header, eventId.Position, $"The category {source.Category} stands for event numbers already; other sources of it have another number.",
                "Leave the event number out.");
        }
    }
}
