using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Modus.Attack.Layers;

/// <summary>Writes layers in format 4.5, which the Navigator opens from its version 4.9 on.</summary>
/// <remarks>The order of members is fixed, so the same layer always gives the same bytes.</remarks>
public static class LayerWriter
{
    /// <summary>The layer format that is written.</summary>
    public const string Format = "4.5";

    /// <summary>The Navigator version that a written layer names, where it came from none that knows the format.</summary>
    public const string Navigator = "5.1.0";

    /// <summary>The oldest Navigator that knows the format.</summary>
    private static readonly Version oldestNavigator = new(4, 9, 0);

    private static readonly JsonWriterOptions options =
        new() { Indented = true, IndentSize = 2, NewLine = "\n", MaxDepth = LayerReader.MaxDepth + 8, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Writes one layer as a JSON object, several as a list of them, as the Navigator does.</summary>
    public static void Write(IReadOnlyList<Layer> layers, Stream output)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(output);
        output.Write(Written(layers).WrittenSpan);
    }

    /// <summary>The bytes of one layer, with a line feed at the end.</summary>
    public static byte[] ToBytes(Layer layer) => Written([layer]).WrittenSpan.ToArray();

    /// <summary>The text of one layer, with a line feed at the end.</summary>
    public static string ToText(Layer layer) => Encoding.UTF8.GetString(Written([layer]).WrittenSpan);

    private static ArrayBufferWriter<byte> Written(IReadOnlyList<Layer> layers)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 16);
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            if (layers.Count != 1) writer.WriteStartArray();
            foreach (var layer in layers) Write(layer, writer);
            if (layers.Count != 1) writer.WriteEndArray();
        }
        buffer.Write("\n"u8);
        return buffer;
    }

    private static void Write(Layer layer, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("name", layer.Name);
        writer.WriteStartObject("versions");
        Text(writer, "attack", layer.Versions.Attack);
        writer.WriteString("navigator", KnowsFormat(layer.Versions.Navigator) ? layer.Versions.Navigator : Navigator);
        writer.WriteString("layer", Format);
        Others(writer, layer.Versions.Others);
        writer.WriteEndObject();
        Text(writer, "domain", layer.Domain);
        Text(writer, "customDataURL", layer.CustomDataUrl);
        Text(writer, "description", layer.Description);
        if (layer.Filters is { } filters) Write(filters, writer);
        if (layer.Sorting is { } sorting) writer.WriteNumber("sorting", sorting);
        if (layer.Layout is { } layout) Write(layout, writer);
        Flag(writer, "hideDisabled", layer.HideDisabled);
        writer.WriteStartArray("techniques");
        foreach (var technique in layer.Techniques) Write(technique, writer);
        writer.WriteEndArray();
        if (layer.Gradient is { } gradient) Write(gradient, writer);
        Write(layer.LegendItems, writer);
        Flag(writer, "showTacticRowBackground", layer.ShowTacticRowBackground);
        Text(writer, "tacticRowBackground", layer.TacticRowBackground);
        Flag(writer, "selectTechniquesAcrossTactics", layer.SelectTechniquesAcrossTactics);
        Flag(writer, "selectSubtechniquesWithParent", layer.SelectSubtechniquesWithParent);
        Flag(writer, "selectVisibleTechniques", layer.SelectVisibleTechniques);
        Write(layer.Metadata, writer);
        Write(layer.Links, writer);
        Others(writer, layer.Others);
        writer.WriteEndObject();
    }

    internal static void Write(LayerTechnique technique, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("techniqueID", technique.TechniqueId);
        Text(writer, "tactic", technique.Tactic);
        if (technique.Score is { } score) writer.WriteNumber("score", score);
        Text(writer, "color", technique.Color);
        Text(writer, "comment", technique.Comment);
        Flag(writer, "enabled", technique.Enabled);
        Write(technique.Metadata, writer);
        Write(technique.Links, writer);
        Flag(writer, "showSubtechniques", technique.ShowSubtechniques);
        Others(writer, technique.Others);
        writer.WriteEndObject();
    }

    private static void Write(LayerFilters filters, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("filters");
        if (filters.Platforms is { } platforms) Texts(writer, "platforms", platforms);
        Others(writer, filters.Others);
        writer.WriteEndObject();
    }

    private static void Write(LayerLayout layout, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("layout");
        Text(writer, "layout", layout.Shape);
        Text(writer, "aggregateFunction", layout.AggregateFunction);
        Flag(writer, "showID", layout.ShowId);
        Flag(writer, "showName", layout.ShowName);
        Flag(writer, "showAggregateScores", layout.ShowAggregateScores);
        Flag(writer, "countUnscored", layout.CountUnscored);
        Text(writer, "expandedSubtechniques", layout.ExpandedSubtechniques);
        Others(writer, layout.Others);
        writer.WriteEndObject();
    }

    private static void Write(LayerGradient gradient, Utf8JsonWriter writer)
    {
        writer.WriteStartObject("gradient");
        Texts(writer, "colors", gradient.Colors);
        writer.WriteNumber("minValue", gradient.MinValue);
        writer.WriteNumber("maxValue", gradient.MaxValue);
        Others(writer, gradient.Others);
        writer.WriteEndObject();
    }

    private static void Write(IReadOnlyList<LegendItem>? items, Utf8JsonWriter writer)
    {
        if (items is null) return;
        writer.WriteStartArray("legendItems");
        foreach (var item in items)
        {
            writer.WriteStartObject();
            writer.WriteString("label", item.Label);
            writer.WriteString("color", item.Color);
            Others(writer, item.Others);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static void Write(IReadOnlyList<LayerNote>? notes, Utf8JsonWriter writer)
    {
        if (notes is null) return;
        writer.WriteStartArray("metadata");
        foreach (var note in notes) WritePair(writer, ("name", note.Name), ("value", note.Value), note.Divider, note.Others);
        writer.WriteEndArray();
    }

    private static void Write(IReadOnlyList<LayerLink>? links, Utf8JsonWriter writer)
    {
        if (links is null) return;
        writer.WriteStartArray("links");
        foreach (var link in links) WritePair(writer, ("label", link.Label), ("url", link.Url), link.Divider, link.Others);
        writer.WriteEndArray();
    }

    private static void WritePair(
        Utf8JsonWriter writer, (string Name, string? Value) first, (string Name, string? Value) second, bool? divider, IReadOnlyList<LayerMember> others)
    {
        writer.WriteStartObject();
        Text(writer, first.Name, first.Value);
        Text(writer, second.Name, second.Value);
        Flag(writer, "divider", divider);
        Others(writer, others);
        writer.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    private static void Flag(Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag) writer.WriteBoolean(name, flag);
    }

    private static void Texts(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values) writer.WriteStringValue(value);
        writer.WriteEndArray();
    }

    private static void Others(Utf8JsonWriter writer, IReadOnlyList<LayerMember> others)
    {
        foreach (var member in others)
        {
            writer.WritePropertyName(member.Name);
            member.Value.WriteTo(writer);
        }
    }

    private static bool KnowsFormat(string? navigator) => Version.TryParse(navigator, out var version) && version >= oldestNavigator;
}
