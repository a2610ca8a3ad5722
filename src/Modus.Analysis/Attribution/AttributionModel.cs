using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Modus.Analysis.Attribution;

/// <summary>Learned figures of attribution: how much each measure counts, and how far a ranking can be trusted.</summary>
/// <remarks>Figures only; which actors, techniques and software there are comes from the knowledge it is used with.</remarks>
public sealed class AttributionModel
{
    private static readonly Lazy<AttributionModel> shipped = new(ReadShipped);

    internal AttributionModel(string trainedOn, Stage techniques, Stage software)
    {
        TrainedOn = trainedOn;
        Techniques = techniques;
        Software = software;
    }

    /// <summary>The model that comes with this library.</summary>
    public static AttributionModel Shipped => shipped.Value;

    /// <summary>What it was trained on, in words.</summary>
    public string TrainedOn { get; }

    /// <summary>Names and weights of the measures for each kind of question: the first weight without, the second with software observed.</summary>
    public IReadOnlyList<(string Question, string Measure, double WithoutSoftware, double WithSoftware)> Weights =>
        [.. Situations.Names.SelectMany((question, kind) => CandidateFeatures.Names.Select((name, at) => (question, name, Techniques.Weights[kind][at], Software.Weights[kind][at])))];

    /// <summary>A hash of the figures, to name the model in answers: 12 hexadecimal digits.</summary>
    public string Hash => Convert.ToHexStringLower(SHA256.HashData(Write()))[..12];

    internal Stage Techniques { get; }
    internal Stage Software { get; }

    /// <summary>Reads a model.</summary>
    /// <param name="json">UTF-8 JSON as <see cref="Write"/> makes it.</param>
    /// <exception cref="JsonException">It is not a model of this version of the library.</exception>
    public static AttributionModel Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("measures", out var measures) || measures.ValueKind != JsonValueKind.Array)
            throw new JsonException("not an attribution model");
        if (!measures.EnumerateArray().Select(item => item.GetString()).SequenceEqual(CandidateFeatures.Names))
            throw new JsonException("the model was trained with other measures");
        try
        {
            return new(root.GetProperty("trainedOn").GetString() ?? "", Stage.Read(root.GetProperty("techniques")), Stage.Read(root.GetProperty("software")));
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("the model is incomplete", error);
        }
    }

    /// <summary>Writes the model as indented UTF-8 JSON; reading it back gives the same figures.</summary>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("trainedOn", TrainedOn);
            json.WriteStartArray("measures");
            foreach (var name in CandidateFeatures.Names) json.WriteStringValue(name);
            json.WriteEndArray();
            Techniques.Write(json, "techniques");
            Software.Write(json, "software");
            json.WriteEndObject();
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static AttributionModel ReadShipped()
    {
        using var stream = typeof(AttributionModel).Assembly.GetManifestResourceStream("attribution-model.json")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Read(memory.ToArray());
    }

    /// <summary>Figures for one kind of question: with or without software observed.</summary>
    /// <param name="Weights">One weight a measure, for each kind of question (<see cref="Situations"/>).</param>
    /// <param name="Right">Is the first candidate right?</param>
    /// <param name="Known">Where the first is wrong: is the actor among the candidates at all?</param>
    /// <param name="UnknownShares">Share of unknown actors in training, by kind of question.</param>
    /// <param name="Record">Of held-out answers: by tenth of confidence, how many there were and how many were right.</param>
    internal sealed record Stage(
        double[][] Weights, LogisticRegression Right, LogisticRegression Known, double[] UnknownShares, (int Answers, int Right)[] Record)
    {
        public double[] WeightsOf(Knowledge.KnowledgeView view) => Weights[Situations.Of(view.Index, view.Lens)];

        public static Stage Read(JsonElement item) => new(Kinds(item.GetProperty("weights")), Head(item, "right", RankingShape.Names.Count), Head(item, "known", RankingShape.KnownInputs),
            Numbers(item, "unknownShares"),
            [.. item.GetProperty("record").EnumerateArray().Select(pair => (pair[0].GetInt32(), pair[1].GetInt32()))]);

        public void Write(Utf8JsonWriter json, string name)
        {
            json.WriteStartObject(name);
            json.WriteStartArray("weights");
            foreach (var kind in Weights) WriteNumbers(json, kind);
            json.WriteEndArray();
            Write(json, "right", Right);
            Write(json, "known", Known);
            Write(json, "unknownShares", UnknownShares);
            json.WriteStartArray("record");
            foreach (var (answers, right) in Record)
            {
                json.WriteStartArray();
                json.WriteNumberValue(answers);
                json.WriteNumberValue(right);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }

        private static void Write(Utf8JsonWriter json, string name, LogisticRegression head)
        {
            json.WriteStartObject(name);
            Write(json, "mean", head.Mean);
            Write(json, "deviation", head.Deviation);
            Write(json, "weights", head.Weights);
            json.WriteEndObject();
        }

        private static void Write(Utf8JsonWriter json, string name, double[] numbers)
        {
            json.WritePropertyName(name);
            WriteNumbers(json, numbers);
        }

        private static void WriteNumbers(Utf8JsonWriter json, double[] numbers)
        {
            json.WriteStartArray();
            foreach (var number in numbers) json.WriteNumberValue(Math.Round(number, 6));
            json.WriteEndArray();
        }

        private static double[][] Kinds(JsonElement weights)
        {
            double[][] kinds = [.. weights.EnumerateArray().Select(kind => kind.EnumerateArray().Select(number => number.GetDouble()).ToArray())];
            return kinds.Length == Situations.Names.Count && kinds.All(kind => kind.Length == CandidateFeatures.Names.Count) ? kinds
                : throw new FormatException("weights are missing");
        }

        private static LogisticRegression Head(JsonElement item, string name, int inputs)
        {
            var head = item.GetProperty(name);
            var (mean, deviation, weights) = (Numbers(head, "mean"), Numbers(head, "deviation"), Numbers(head, "weights"));
            return mean.Length == inputs && deviation.Length == inputs && weights.Length == inputs + 1 ? new(mean, deviation, weights)
                : throw new FormatException("the regression was trained on other inputs");
        }

        private static double[] Numbers(JsonElement item, string name) =>
            [.. item.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
    }
}
