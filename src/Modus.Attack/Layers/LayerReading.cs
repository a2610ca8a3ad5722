using System.Text.Json;

namespace Modus.Attack.Layers;

/// <summary>Turns the JSON of one file into layers.</summary>
internal sealed class LayerReading(LayerProblems problems)
{
    public List<Layer> Layers { get; } = [];

    public int Given { get; private set; }

    public int Skipped { get; private set; }

    public void Read(JsonElement element, string path)
    {
        if (!LayerReader.IsLayer(element))
        {
            problems.Add(LayerCodes.NotALayer, path, "not a Navigator layer: it lacks a name or domain, or has no entries", "give a layer as the Navigator saves it");
            return;
        }
        var source = new MemberReader(element, path, problems);
        var layer = new Layer
        {
            Name = source.Text("name") ?? "",
            Description = source.Text("description"),
            Domain = ReadDomain(source),
            Versions = ReadVersions(source),
            CustomDataUrl = source.Text("customDataURL"),
            Filters = source.Inner("filters") is { } filters ? ReadFilters(new MemberReader(filters, source.At("filters"), problems)) : null,
            Sorting = ReadSorting(source),
            Layout = ReadLayout(source),
            HideDisabled = source.Flag("hideDisabled"),
            Techniques = ReadTechniques(source),
            Gradient = source.Inner("gradient") is { } gradient ? ReadGradient(new MemberReader(gradient, source.At("gradient"), problems)) : null,
            LegendItems = source.List("legendItems", ReadLegendItem),
            ShowTacticRowBackground = source.Flag("showTacticRowBackground"),
            TacticRowBackground = source.Text("tacticRowBackground"),
            SelectTechniquesAcrossTactics = source.Flag("selectTechniquesAcrossTactics"),
            SelectSubtechniquesWithParent = source.Flag("selectSubtechniquesWithParent"),
            SelectVisibleTechniques = source.Flag("selectVisibleTechniques"),
            Metadata = source.List("metadata", ReadNote),
            Links = source.List("links", ReadLink),
        };
        if (layer.Name.Length == 0) problems.Add(LayerCodes.Missing, source.At("name"), "the layer has no name", "give it one");
        Layers.Add(layer with { Others = source.Others() });
    }

    private string? ReadDomain(MemberReader source)
    {
        const string OldPrefix = "mitre-", Suffix = "-attack";
        var written = source.Text("domain")?.Trim();
        if (string.IsNullOrEmpty(written))
        {
            problems.Add(LayerCodes.Missing, source.At("domain"), "the layer names no domain", "name the domain, as in the Navigator's own layers");
            return null;
        }
        var lower = written.ToLowerInvariant();
        return lower.StartsWith(OldPrefix, StringComparison.Ordinal) ? lower[OldPrefix.Length..] + Suffix : lower;
    }

    /// <summary>Formats from 4 state an object; older ones, and some tools, a single version of the format.</summary>
    private LayerVersions ReadVersions(MemberReader source)
    {
        var single = source.Text("version");
        var versions = new LayerVersions { Format = single };
        if (source.Inner("versions") is { } inner)
        {
            var members = new MemberReader(inner, source.At("versions"), problems);
            versions = new LayerVersions
            {
                Attack = ReadRelease(members),
                Navigator = Filled(members.Text("navigator")),
                Format = Filled(members.Text("layer")) ?? single,
            };
            versions = versions with { Others = members.Others() };
        }
        if (single is not null && versions.Format != single)
            problems.Add(LayerCodes.OutOfRange, source.At("version"), $"states format {single}, but versions.layer states {versions.Format}; the latter counts", "remove version");
        if (versions.Format is null)
            problems.Add(LayerCodes.Missing, source.At("versions.layer"), "the layer states no format; read by the members it has", "save it again as 4.5");
        return versions;
    }

    /// <summary>A release without any digit makes the Navigator refuse the file.</summary>
    private string? ReadRelease(MemberReader source)
    {
        if (Filled(source.Text("attack")) is not { } text) return null;
        if (text.Any(char.IsAsciiDigit)) return text;
        problems.Add(LayerCodes.OutOfRange, source.At("attack"), $"'{text}' names no release", "write a release such as 18");
        source.SetAside("attack");
        return null;
    }

    private static LayerFilters ReadFilters(MemberReader source)
    {
        var platforms = source.Texts("platforms");
        return new LayerFilters { Platforms = platforms, Others = source.Others() };
    }

    private int? ReadSorting(MemberReader source)
    {
        if (source.Number("sorting") is not { } number) return null;
        if (number is 0 or 1 or 2 or 3) return (int)number;
        problems.Add(LayerCodes.OutOfRange, source.At("sorting"), $"{number:R} is none of the orders 0 to 3", "write 0, 1, 2 or 3");
        source.SetAside("sorting");
        return null;
    }

    private LayerLayout? ReadLayout(MemberReader source)
    {
        var full = source.Flag("viewFullTable");
        var mode = source.Number("viewMode");
        if (source.Inner("layout") is { } inner)
        {
            var members = new MemberReader(inner, source.At("layout"), problems);
            var layout = new LayerLayout
            {
                Shape = OneOf(members, "layout", "side", "flat", "mini"),
                AggregateFunction = OneOf(members, "aggregateFunction", "average", "min", "max", "sum"),
                ShowId = members.Flag("showID"),
                ShowName = members.Flag("showName"),
                ShowAggregateScores = members.Flag("showAggregateScores"),
                CountUnscored = members.Flag("countUnscored"),
                ExpandedSubtechniques = OneOf(members, "expandedSubtechniques", "none", "annotated", "all"),
            };
            return layout with { Others = members.Others() };
        }
        // Before 4.0 a number, in 1.0 a flag, said what the layout object says now.
        return (mode, full) switch
        {
            (0, _) or (null, true) => new LayerLayout { Shape = "side", ShowName = true, ShowId = false },
            (1, _) or (null, false) => new LayerLayout { Shape = "side", ShowName = false, ShowId = true },
            (2, _) => new LayerLayout { Shape = "mini", ShowName = false, ShowId = false },
            (null, null) => null,
            _ => Refused(),
        };

        LayerLayout? Refused()
        {
            problems.Add(LayerCodes.OutOfRange, source.At("viewMode"), $"{mode:R} is none of the views 0 to 2", "write 0, 1 or 2");
            source.SetAside("viewMode");
            return null;
        }
    }

    private string? OneOf(MemberReader source, string name, params string[] allowed)
    {
        if (source.Text(name) is not { } text) return null;
        if (allowed.Contains(text, StringComparer.Ordinal)) return text;
        problems.Add(LayerCodes.OutOfRange, source.At(name), $"'{text}' is none of {string.Join(", ", allowed)}", $"write {allowed[0]}");
        source.SetAside(name);
        return null;
    }

    private List<LayerTechnique> ReadTechniques(MemberReader source)
    {
        var seen = new HashSet<(string, string?)>();
        var list = source.List("techniques", (entry, path) =>
        {
            Given++;
            var technique = ReadTechnique(entry, path);
            if (technique is null) Skipped++;
            else if (!seen.Add((technique.TechniqueId, technique.Tactic)))
                problems.Add(LayerCodes.Repeated, path, $"{technique.TechniqueId} is annotated again in the same tactic; both are kept", "join the two entries");
            return technique;
        });
        if (list is null && !source.Has("techniques"))
            problems.Add(LayerCodes.Missing, source.At("techniques"), "the layer has no entries", "nothing, if the layer is meant to be empty");
        return list ?? [];
    }

    private LayerTechnique? ReadTechnique(JsonElement entry, string path)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            problems.Add(LayerCodes.EntrySkipped, path, "the entry is not an object", "write an object with a techniqueID");
            return null;
        }
        var source = new MemberReader(entry, path, problems);
        var id = source.Text("techniqueID")?.Trim().ToUpperInvariant();
        if (string.IsNullOrEmpty(id))
        {
            problems.Add(LayerCodes.EntrySkipped, source.At("techniqueID"), "the entry names no technique", "write the technique's id");
            return null;
        }
        var technique = new LayerTechnique
        {
            TechniqueId = id,
            Tactic = Filled(source.Text("tactic")),
            Score = source.Number("score"),
            Color = source.Text("color"),
            Comment = source.Text("comment"),
            Enabled = source.Flag("enabled"),
            Metadata = source.List("metadata", ReadNote),
            Links = source.List("links", ReadLink),
            ShowSubtechniques = source.Flag("showSubtechniques"),
        };
        return technique with { Others = source.Others() };
    }

    private LayerGradient ReadGradient(MemberReader source)
    {
        var unstated = new LayerGradient();
        var gradient = new LayerGradient
        {
            Colors = source.Texts("colors") ?? [],
            MinValue = Required(source, "minValue", unstated.MinValue),
            MaxValue = Required(source, "maxValue", unstated.MaxValue),
        };
        if (gradient.MinValue >= gradient.MaxValue)
            problems.Add(LayerCodes.OutOfRange, source.Path, $"the lowest score {gradient.MinValue:R} is not below the highest {gradient.MaxValue:R}", "make maxValue the larger one");
        if (gradient.Colors.Count < 2)
            problems.Add(LayerCodes.OutOfRange, source.At("colors"), "a gradient needs two colours or more", "name them");
        return gradient with { Others = source.Others() };
    }

    private double Required(MemberReader source, string name, double otherwise)
    {
        if (source.Number(name) is { } number) return number;
        problems.Add(LayerCodes.Missing, source.At(name), $"no number; {otherwise:R} is taken, as the Navigator does", "write a number");
        return otherwise;
    }

    private LegendItem? ReadLegendItem(JsonElement entry, string path)
    {
        if (entry.ValueKind == JsonValueKind.Object)
        {
            var source = new MemberReader(entry, path, problems);
            if (source.Text("label") is { } label && source.Text("color") is { } color)
                return new LegendItem { Label = label, Color = color, Others = source.Others() };
        }
        problems.Add(LayerCodes.EntrySkipped, path, "a legend item needs a label and a color; kept aside", "write both");
        return null;
    }

    private LayerNote? ReadNote(JsonElement entry, string path)
    {
        if (Pair(entry, path, "name", "value") is not { } pair) return null;
        return new LayerNote { Name = pair.First, Value = pair.Second, Divider = pair.Divider, Others = pair.Others };
    }

    private LayerLink? ReadLink(JsonElement entry, string path)
    {
        if (Pair(entry, path, "label", "url") is not { } pair) return null;
        return new LayerLink { Label = pair.First, Url = pair.Second, Divider = pair.Divider, Others = pair.Others };
    }

    private (string? First, string? Second, bool? Divider, IReadOnlyList<LayerMember> Others)? Pair(JsonElement entry, string path, string first, string second)
    {
        if (entry.ValueKind == JsonValueKind.Object)
        {
            var source = new MemberReader(entry, path, problems);
            var (left, right, divider) = (source.Text(first), source.Text(second), source.Flag("divider"));
            if (left is not null && right is null)
                problems.Add(LayerCodes.Missing, source.At(second), "the member is missing; read as empty", $"write a {second}, or leave the entry out");
            if (left is not null || right is not null) return (left ?? "", right ?? "", divider, source.Others());
            if (divider is not null) return (null, null, divider, source.Others());
        }
        problems.Add(LayerCodes.EntrySkipped, path, $"neither {first} and {second} nor a divider; kept aside", $"write {first} and {second}");
        return null;
    }

    private static string? Filled(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
