using System.Buffers;
using System.Text.Json;
using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Planning.Exercises;

/// <summary>How early or late a technique usually comes, learned from flows and emulation plans.</summary>
/// <remarks>The place of a technique is a sum of what its tactics, its family and it itself usually do; what the sequences
/// never showed counts 0. Only learned figures are kept, no flow and no plan.</remarks>
public sealed class OrderModel
{
    internal const double FamilyScale = 0.6, TechniqueScale = 0.6;
    private static readonly Lazy<OrderModel> shipped = new(ReadShipped);
    private readonly IReadOnlyDictionary<string, double> weights;

    internal OrderModel(string trainedOn, IReadOnlyDictionary<string, double> weights)
    {
        TrainedOn = trainedOn;
        this.weights = weights;
    }

    /// <summary>The model that comes with this library.</summary>
    public static OrderModel Shipped => shipped.Value;

    /// <summary>What it was learned from, in words.</summary>
    public string TrainedOn { get; }

    /// <summary>The place of a technique: lower comes earlier. Only differences mean something.</summary>
    /// <param name="technique">The technique.</param>
    /// <param name="tacticOrder">Short names of the tactics in the order of the matrix, to place a tactic that no sequence had between its neighbours.</param>
    public double Place(TechniqueFact technique, IReadOnlyList<string> tacticOrder)
    {
        var place = 0.0;
        foreach (var (key, share) in Features(technique))
            place += share * (weights.TryGetValue(key, out var weight) ? weight : key.StartsWith(TacticKey, StringComparison.Ordinal) ? Between(key[TacticKey.Length..], tacticOrder) : 0);
        return place;
    }

    /// <summary>The model as a file.</summary>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("trainedOn", TrainedOn);
            json.WriteStartObject("weights");
            foreach (var (key, weight) in weights.OrderBy(item => item.Key, StringComparer.Ordinal))
                if (Math.Abs(weight) >= 0.0005) json.WriteNumber(key, Math.Round(weight, 3));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>Reads a model.</summary>
    /// <param name="utf8">The file.</param>
    /// <exception cref="JsonException">It is none.</exception>
    public static OrderModel Read(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        if (!document.RootElement.TryGetProperty("weights", out var list) || list.ValueKind != JsonValueKind.Object) throw new JsonException("it has no weights");
        return new(document.RootElement.TryGetProperty("trainedOn", out var on) ? on.GetString() ?? "" : "",
            list.EnumerateObject().ToDictionary(item => item.Name, item => item.Value.GetDouble(), StringComparer.Ordinal));
    }

    internal const string TacticKey = "tactic:";

    internal static IEnumerable<(string Key, double Share)> Features(TechniqueFact technique)
    {
        foreach (var tactic in technique.Tactics) yield return (TacticKey + tactic, 1.0 / technique.Tactics.Count);
        yield return ("family:" + (technique.Parent ?? technique.Id), FamilyScale);
        if (technique.Parent is not null) yield return ("technique:" + technique.Id, TechniqueScale);
    }

    private double Between(string tactic, IReadOnlyList<string> order)
    {
        var at = -1;
        for (var i = 0; i < order.Count; i++) if (order[i] == tactic) at = i;
        if (at < 0) return 0;
        double? before = null, after = null;
        for (var i = at - 1; i >= 0 && before is null; i--) if (weights.TryGetValue(TacticKey + order[i], out var weight)) before = weight;
        for (var i = at + 1; i < order.Count && after is null; i++) if (weights.TryGetValue(TacticKey + order[i], out var weight)) after = weight;
        return before is { } low && after is { } high ? (low + high) / 2 : before ?? after ?? 0;
    }

    private static OrderModel ReadShipped()
    {
        using var stream = typeof(OrderModel).Assembly.GetManifestResourceStream("order-model.json")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Read(memory.ToArray());
    }
}
