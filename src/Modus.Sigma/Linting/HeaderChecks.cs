using System.Globalization;
using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Linting;

/// <summary>Checks of what a document states about itself.</summary>
internal static class HeaderChecks
{
    private const int LongTitle = 110;
    private const int ShortDescription = 16;

    private static readonly string[] attributes =
    [
        "title", "id", "name", "related", "taxonomy", "status", "description", "license", "author", "references", "date", "modified",
        "logsource", "detection", "fields", "falsepositives", "level", "tags", "scope", "correlation", "filter",
    ];

    private static readonly string[] relations = ["derived", "obsolete", "merged", "renamed", "similar"];

    public static void Run(RuleDocument document, LintContext lint)
    {
        var header = document.Header;
        Identity(document, lint);
        Words(document, lint);
        Dates(document, lint);
        Links(document, lint);
        foreach (var entry in document.Source.Entries)
        {
            if (attributes.Contains(entry.Key.Text)) continue;
            var near = Spelling.Nearest(entry.Key.Text, attributes);
            if (near is not null && document.Source.Entry(near) is null)
                lint.Report(Catalogue.AttributeTypo, header, entry.Key.Position, $"'{entry.Key.Text}' is no attribute of Sigma.", $"Write '{near}'.");
        }

        Control(document.Source, header, lint);
    }

    private static void Identity(RuleDocument document, LintContext lint)
    {
        var header = document.Header;
        if (header.Id is null)
        {
            lint.Report(Catalogue.IdMissing, header, header.Position, "The rule has no id.", "Add 'id:' with a random UUID.");
        }
        else if (!Guid.TryParseExact(header.Id, "D", out var id))
        {
            lint.Report(Catalogue.IdMalformed, header, document.PositionOf("id"), $"'{header.Id}' is no UUID.", "Write 8-4-4-4-12 hexadecimal digits.");
        }
        else if (id.Version != 4)
        {
            lint.Report(Catalogue.IdVersion, header, document.PositionOf("id"), $"The id is a UUID of version {id.Version}.", "Sigma asks for a random UUID, version 4.");
        }

        if (header.Title.Length > LongTitle)
            lint.Report(Catalogue.TitleLong, header, document.PositionOf("title"), $"The title has {header.Title.Length} characters.", "Say the rest in the description.");
        if (header.Title.Length > 0 && (char.IsLower(header.Title[0]) || header.Title.EndsWith('.')))
            lint.Report(Catalogue.TitleForm, header, document.PositionOf("title"), $"The title is '{header.Title}'.", "Start with a capital letter and leave the full stop out.");
    }

    private static void Words(RuleDocument document, LintContext lint)
    {
        var header = document.Header;
        foreach (var key in (string[])["status", "level"])
        {
            if (document.Source.Text(key) is { } word && word.Any(char.IsUpper))
                lint.Report(Catalogue.WordCase, header, document.PositionOf(key), $"'{key}' is written '{word}'.", $"Write '{word.ToLowerInvariant()}'.");
        }

        if (document.Source.Find("status") is null)
            lint.Report(Catalogue.StatusMissing, header, header.Position, "The rule states no status.", "Add 'status: experimental' until it has been tried.");
        if (header.Status is RuleStatus.Deprecated or RuleStatus.Unsupported)
            lint.Report(Catalogue.StatusOutdated, header, document.PositionOf("status"), $"The rule is {header.Status.ToString().ToLowerInvariant()}.", "Use the rule that took its place, or remove it.");
        if (document is not SigmaFilter && document.Source.Find("level") is null)
            lint.Report(Catalogue.LevelMissing, header, header.Position, "The rule states no level.", "Add 'level:' with informational, low, medium, high or critical.");
        if (header.Description.Length == 0)
            lint.Report(Catalogue.DescriptionMissing, header, header.Position, "The rule has no description.", "Add 'description:' that says what is found and why it matters.");
        else if (header.Description.Trim().Length < ShortDescription)
            lint.Report(Catalogue.DescriptionShort, header, document.PositionOf("description"), $"The description has {header.Description.Trim().Length} characters.");
        if (header.Author.Length == 0)
            lint.Report(Catalogue.AuthorMissing, header, header.Position, "The rule names no author.", "Add 'author:'.");
        if (document is not SigmaFilter && header.FalsePositives.IsEmpty)
            lint.Report(Catalogue.FalsePositivesMissing, header, header.Position, "The rule names no false positives.", "Add 'falsepositives:' with what else may match.");
    }

    private static void Dates(RuleDocument document, LintContext lint)
    {
        var header = document.Header;
        if (document.Source.Find("date") is null)
            lint.Report(Catalogue.DateMissing, header, header.Position, "The rule has no date.", "Add 'date: YYYY-MM-DD'.");
        foreach (var (key, date) in (ReadOnlySpan<(string, DateOnly?)>)[("date", header.Date), ("modified", header.Modified)])
        {
            if (date is null || document.Source.Text(key) is not { } text) continue;
            var proper = date.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            if (text.Trim() != proper)
                lint.Report(Catalogue.DateForm, header, document.PositionOf(key), $"'{key}' is written '{text}'.", $"Write {proper}.");
            if (date > lint.Options.Today)
                lint.Report(Catalogue.DateFuture, header, document.PositionOf(key), $"'{key}' is {proper}, after today.");
        }

        if (header.Modified < header.Date)
            lint.Report(Catalogue.DateOrder, header, document.PositionOf("modified"), $"'modified' is before 'date' ({header.Date:yyyy-MM-dd}).");
    }

    private static void Links(RuleDocument document, LintContext lint)
    {
        var header = document.Header;
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var reference in (document.Source.Find("references") as YamlSequence)?.Items.OfType<YamlScalar>() ?? [])
        {
            if (!seen.Add(reference.Text.Trim()))
                lint.Report(Catalogue.ReferenceDuplicate, header, reference.Position, $"The reference '{reference.Text}' stands twice.", "Remove one.");
            if (!Uri.TryCreate(reference.Text.Trim(), UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "ftp"))
                lint.Report(Catalogue.ReferenceForm, header, reference.Position, $"'{reference.Text}' is no address.", "Write a full address with https://, and words in the description.");
        }

        foreach (var related in header.Related)
        {
            if (!Guid.TryParseExact(related.Id, "D", out _) || !relations.Contains(related.Type))
            {
                lint.Report(Catalogue.RelatedForm, header, related.Position, $"The relation is '{related.Type}' to '{related.Id}'.",
                    "Give a UUID and one of: " + string.Join(", ", relations) + ".");
            }

            if (related.Id == header.Id) lint.Report(Catalogue.RelatedSelf, header, related.Position, "The rule names itself.", "Name the other rule.");
        }
    }

    private static void Control(YamlNode node, RuleHeader header, LintContext lint)
    {
        switch (node)
        {
            case YamlScalar scalar when scalar.Text.Any(c => (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c is '\u200b' or '\u200e' or '\u200f' or '\u202e' or '\ufeff'):
                lint.Report(Catalogue.ControlCharacter, header, scalar.Position, "The text holds a control or invisible character.", "Remove it, or write it as an escape inside double quotes.");
                break;
            case YamlSequence list:
                foreach (var item in list.Items) Control(item, header, lint);
                break;
            case YamlMapping map:
                foreach (var entry in map.Entries) Control(entry.Value, header, lint);
                break;
        }
    }
}
