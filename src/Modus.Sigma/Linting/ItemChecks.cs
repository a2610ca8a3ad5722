using System.Globalization;
using Modus.Sigma.Expressions;
using Modus.Sigma.Rules;

namespace Modus.Sigma.Linting;

/// <summary>Checks of fields, modifiers and values.</summary>
internal static class ItemChecks
{
    private static readonly string[] placed = ["contains", "startswith", "endswith"];
    private static readonly string[] otherKinds = ["re", "cidr", "exists", "fieldref", "lt", "lte", "gt", "gte", "expand", "minute", "hour", "day", "week", "month", "year"];

    public static void Run(RuleDocument document, RuleLogSource source, FieldItem item, LintContext lint)
    {
        Field(document.Header, item, lint);
        Modifiers(document.Header, item, lint);
        if (item.Modifiers.Contains("re")) RegexChecks.Run(document.Header, item, source.Product is null or "windows", lint);
        if (item.Modifiers.Contains("cidr")) Networks(document.Header, item, lint);
        if (!item.Modifiers.Any(otherKinds.Contains)) Texts(document.Header, item, lint);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in item.Values)
        {
            var key = item.Modifiers.Contains("re") || item.Modifiers.Contains("cased") ? Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(value.Text)) : value.Text;
            if (!seen.Add($"{value.Kind == RuleValueKind.Null}:{key}"))
                lint.Report(Catalogue.ValueDuplicate, document.Header, value.Position, $"'{value.Text}' stands twice in '{item.Key}'.", "Remove one.");
        }
    }

    private static void Field(RuleHeader header, FieldItem item, LintContext lint)
    {
        if (item.Field is null) return;
        if (item.Field.Contains(' ', StringComparison.Ordinal))
            lint.Report(Catalogue.FieldSpaces, header, item.Position, $"The field is written '{item.Field}'.", $"Write '{item.Field.Replace(" ", "", StringComparison.Ordinal)}'.");
        if (lint.Options.KnownFields.Count > 0 && !lint.Options.KnownFields.Contains(item.Field)
            && lint.Options.KnownFields.FirstOrDefault(known => known.Equals(item.Field, StringComparison.OrdinalIgnoreCase)) is { } proper)
        {
            lint.Report(Catalogue.FieldCase, header, item.Position, $"The field is written '{item.Field}', the readers of logs write '{proper}'.", $"Write '{proper}'.");
        }

        if (item.Modifiers.Contains("fieldref") && item.Values.Any(value => value.Text == item.Field))
            lint.Report(Catalogue.FieldSelf, header, item.Position, $"'{item.Field}' is compared with itself.", "Name the other field.");
        if (item.Field is "Hashes" or "Hash" && item.Modifiers.IsEmpty && item.Values.Any(value => !value.Text.Contains('*', StringComparison.Ordinal)))
            lint.Report(Catalogue.HashesWhole, header, item.Position, $"'{item.Field}' holds several hashes in one text.", $"Write '{item.Field}|contains' with values such as 'SHA256=…'.");
        if (item.Field is "User" or "SubjectUserName" or "TargetUserName" or "ParentUser" && item.Values.Any(value => value.Text.Contains("NT AUTHORITY", StringComparison.OrdinalIgnoreCase)))
            lint.Report(Catalogue.UserLocalised, header, item.Position, "The name of a built-in account is written in English.", "Ask for the security identifier, or for 'AUTHORI' and 'AUTORI' with contains.");
    }

    private static void Modifiers(RuleHeader header, FieldItem item, LintContext lint)
    {
        var has = item.Modifiers;
        var texts = item.Values.Where(value => value.Kind != RuleValueKind.Null).ToList();
        if (has.Contains("windash") && texts.TrueForAll(value => !value.Text.AsSpan().ContainsAny(Pattern.Dashes)))
            lint.Report(Catalogue.WindashWithoutDash, header, item.Position, $"No value of '{item.Key}' has a dash.", "Remove '|windash'.");
        if (has.Any(modifier => modifier is "wide" or "utf16" or "utf16le" or "utf16be") && !has.Any(modifier => modifier is "base64" or "base64offset"))
            lint.Report(Catalogue.EncodingWithoutBase64, header, item.Position, $"'{item.Key}' looks for UTF-16 bytes in a text.", "Add '|base64offset|contains'.");
        if (has.Contains("base64offset") && !has.Any(placed.Contains))
            lint.Report(Catalogue.OffsetWithoutContains, header, item.Position, $"'{item.Key}' compares whole values with an encoded part.", "Add '|contains'.");
        if (has.Contains("cased") && texts.TrueForAll(value => !value.Text.Any(char.IsLetter)))
            lint.Report(Catalogue.CasedWithoutLetters, header, item.Position, $"No value of '{item.Key}' has a letter.", "Remove '|cased'.");
    }

    private static void Texts(RuleHeader header, FieldItem item, LintContext lint)
    {
        var contains = item.Modifiers.Contains("contains");
        var open = item.Modifiers.Any(placed.Contains);
        foreach (var value in item.Values)
        {
            if (value.Kind == RuleValueKind.Null) continue;
            var pattern = Pattern.Parse(value.Text);
            if (pattern.Shape == PatternShape.Anything)
            {
                lint.Report(Catalogue.ContainsStar, header, value.Position, $"'{item.Key}: {value.Text}' only asks whether the field is there.", $"Write '{item.Field}|exists: true'.");
                continue;
            }

            if (value.Text.Length == 0 && open)
                lint.Report(Catalogue.EmptyNeedle, header, value.Position, $"'{item.Key}' with an empty text is true for every value.", "Give a text, or ask with 'exists'.");
            Stars(header, item, value, pattern, contains, open, lint);
            Plain(header, item, value, pattern, contains, open, lint);
        }

        if (open && !item.Modifiers.Contains("all") && item.Values.Length is > 1 and < 2_000) Contained(header, item, lint);
    }

    private static void Stars(RuleHeader header, FieldItem item, RuleValue value, Pattern pattern, bool contains, bool open, LintContext lint)
    {
        var first = pattern.Parts.Length > 0 && pattern.Parts[0].Kind == PatternPartKind.AnyText;
        var last = pattern.Parts.Length > 0 && pattern.Parts[^1].Kind == PatternPartKind.AnyText;
        var redundant = (first && (contains || item.Modifiers.Contains("endswith"))) || (last && (contains || item.Modifiers.Contains("startswith")));
        if (redundant)
            lint.Report(Catalogue.StarRedundant, header, value.Position, $"'{value.Text}' has a wildcard where '{item.Key}' is open already.", $"Write '{value.Text.Trim('*')}'.");
        else if (!open && item.Field is not null && pattern.Shape is PatternShape.StartsWith or PatternShape.EndsWith or PatternShape.Contains)
            lint.Report(Catalogue.StarForModifier, header, value.Position, $"'{value.Text}' ends in a wildcard.", $"Write '{item.Field}|{pattern.Shape.ToString().ToLowerInvariant()}'.");
        if (value.Text.EndsWith("\\*", StringComparison.Ordinal) && value.Text.Length > 2 && (char.IsAsciiLetterOrDigit(value.Text[^3]) || value.Text[^3] is ':' or '%'))
            lint.Report(Catalogue.StarEscaped, header, value.Position, $"The star at the end of '{value.Text}' is a plain character, because a backslash stands before it.", "Write '\\\\*' for a backslash and a wildcard.");
    }

    private static void Plain(RuleHeader header, FieldItem item, RuleValue value, Pattern pattern, bool contains, bool open, LintContext lint)
    {
        if (contains && pattern.Shape == PatternShape.Equal && pattern.Literal.Length is 1 or 2 && pattern.Literal.All(char.IsAscii) && !item.Modifiers.Contains("all"))
            lint.Report(Catalogue.NeedleShort, header, value.Position, $"'{value.Text}' is contained in nearly every value.", "Use a longer part, or place it with startswith or endswith.");
        if (item.Field is null && !open && pattern.Literal.Length is > 0 and < 4 && pattern.Literal.All(char.IsAscii))
            lint.Report(Catalogue.KeywordShort, header, value.Position, $"The keyword '{value.Text}' has {pattern.Literal.Length} characters.", "Name the field, or use a longer word.");
        if (item.Field is null) return;
        if (value.Kind == RuleValueKind.Text && !open && item.Field is "EventID" && value.Text.Length > 0 && value.Text.All(char.IsAsciiDigit))
            lint.Report(Catalogue.NumberQuoted, header, value.Position, $"'{value.Text}' is a number in quotes.", $"Write {value.Text}.");
        if (value.Kind == RuleValueKind.Text && !open && value.Text.Equals("null", StringComparison.OrdinalIgnoreCase))
            lint.Report(Catalogue.NullText, header, value.Position, $"'{value.Text}' is a text of four letters here.", "Write null without quotes for a field without value.");
        if (!open && pattern.IsLiteral && value.Text.Length > 0 && (value.Text[0] == ' ' || value.Text[^1] == ' '))
            lint.Report(Catalogue.ValueSpaces, header, value.Position, $"'{value.Text}' starts or ends with a space and must match the whole value.");
        if (item.Modifiers.Contains("endswith") && item.Field is "Image" or "ParentImage" or "SourceImage" or "TargetImage" or "ImageLoaded" or "NewProcessName" or "ParentProcessName"
            && !value.Text.Contains('\\', StringComparison.Ordinal) && value.Text.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) && value.Text.Length > 0 && char.IsAsciiLetterOrDigit(value.Text[0]))
        {
            lint.Report(Catalogue.PathWithoutSlash, header, value.Position, $"'{value.Text}' also ends 'not{value.Text}'.", $"Write '\\{value.Text}'.");
        }
    }

    private static void Contained(RuleHeader header, FieldItem item, LintContext lint)
    {
        var literals = item.Values.Where(value => value.Kind != RuleValueKind.Null)
            .Select(value => (Value: value, Pattern: Pattern.Parse(value.Text))).Where(pair => pair.Pattern.IsLiteral && pair.Pattern.Literal.Length > 0).ToList();
        var comparison = item.Modifiers.Contains("cased") ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        if (item.Modifiers.Any(modifier => modifier is "base64" or "base64offset")) return;
        foreach (var (value, pattern) in literals)
        {
            var wider = literals.Find(other => other.Pattern.Literal.Length < pattern.Literal.Length && Covers(item, other.Pattern.Literal, pattern.Literal, comparison));
            if (wider.Value is not null)
                lint.Report(Catalogue.ValueContained, header, value.Position, $"'{value.Text}' never decides, because '{wider.Value.Text}' always matches too.", "Remove the longer one.");
        }
    }

    private static bool Covers(FieldItem item, string shorter, string longer, StringComparison comparison) =>
        item.Modifiers.Contains("contains") ? longer.Contains(shorter, comparison)
        : item.Modifiers.Contains("startswith") ? longer.StartsWith(shorter, comparison)
        : longer.EndsWith(shorter, comparison);

    private static void Networks(RuleHeader header, FieldItem item, LintContext lint)
    {
        var networks = item.Values.Select(value => (Value: value, Network: Network.Parse(value.Text))).Where(pair => pair.Network is not null).ToList();
        foreach (var (value, network) in networks)
        {
            var wider = networks.Find(other => other.Network!.Length < network!.Length && other.Network.Contains(value.Text.Split('/')[0]));
            if (wider.Value is not null)
                lint.Report(Catalogue.NetworkContained, header, value.Position, string.Create(CultureInfo.InvariantCulture, $"{network} lies inside {wider.Network}."), "Remove the smaller one.");
        }
    }
}
