using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Modus.Analysis.Prediction;

/// <summary>Learned figures of prediction: how much each plain model counts, and how a share becomes a probability.</summary>
public sealed class PredictionModel
{
    private const int MostRepeats = 1_000;
    private static readonly Lazy<PredictionModel> shipped = new(ReadShipped);

    internal PredictionModel(string trainedOn, IReadOnlyList<string> features, double[] weights, double offset, double slope, double[] steps, double[] stepWeights, IReadOnlyList<Transition> transitions)
    {
        TrainedOn = trainedOn;
        Features = features;
        Weights = weights;
        Offset = offset;
        Slope = slope;
        Steps = steps;
        StepWeights = stepWeights;
        Transitions = transitions;
    }

    /// <summary>The model that comes with this library.</summary>
    public static PredictionModel Shipped => shipped.Value;

    /// <summary>What it was trained on, in words.</summary>
    public string TrainedOn { get; }

    /// <summary>Names of the features that are weighed.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>One weight a feature.</summary>
    public IReadOnlyList<double> FeatureWeights => Weights;

    internal double[] Weights { get; }

    /// <summary>Log-odds of being present = offset + slope × log-odds of the expected number.</summary>
    internal double Offset { get; }
    internal double Slope { get; }

    /// <summary>Log-weights of a next step by how many tactics ahead it lies; the middle is "same tactic".</summary>
    internal double[] Steps { get; }

    /// <summary>One weight for each feature of a next step.</summary>
    internal double[] StepWeights { get; }

    /// <summary>What followed what in the sequences that the weights of a next step were learned from; a step is repeated as often as it was seen.</summary>
    public IReadOnlyList<Transition> Transitions { get; }

    /// <summary>Probability that a technique with this share of what is unseen is present, when so many are expected unseen.</summary>
    internal double Probability(double share, double expected)
    {
        var raw = Math.Clamp(1 - Math.Exp(-share * expected), 1e-9, 1 - 1e-9);
        return 1 / (1 + Math.Exp(-(Offset + Slope * Math.Log(raw / (1 - raw)))));
    }

    /// <summary>Reads a model.</summary>
    /// <param name="json">UTF-8 JSON as <see cref="Write"/> makes it.</param>
    /// <exception cref="JsonException">It is not a model.</exception>
    public static PredictionModel Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        try
        {
            return new(root.GetProperty("trainedOn").GetString() ?? "", [.. root.GetProperty("features").EnumerateArray().Select(item => item.GetString()!)],
                Numbers("weights"), root.GetProperty("offset").GetDouble(), root.GetProperty("slope").GetDouble(), Numbers("steps"), Numbers("stepWeights"), Steps());
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new JsonException("the prediction model is incomplete", error);
        }

        Transition[] Steps() => !root.TryGetProperty("transitions", out var list) ? [] : [.. list.EnumerateArray().SelectMany(Repeated)];
        double[] Numbers(string name) => [.. root.GetProperty(name).EnumerateArray().Select(item => item.GetDouble())];
    }

    /// <summary>A step as it is written: from, to, how often.</summary>
    private static IEnumerable<Transition> Repeated(JsonElement item)
    {
        var words = (item.GetString() ?? "").Split(' ');
        return words.Length == 3 && int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? Enumerable.Repeat(new Transition(words[0], words[1]), Math.Min(times, MostRepeats))
            : throw new FormatException($"'{item}' is no step");
    }

    /// <summary>Writes the model as indented UTF-8 JSON.</summary>
    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("trainedOn", TrainedOn);
            json.WriteStartArray("features");
            foreach (var name in Features) json.WriteStringValue(name);
            json.WriteEndArray();
            Numbers("weights", Weights);
            json.WriteNumber("offset", Math.Round(Offset, 6));
            json.WriteNumber("slope", Math.Round(Slope, 6));
            Numbers("steps", Steps);
            Numbers("stepWeights", StepWeights);
            json.WriteStartArray("transitions");
            foreach (var group in Transitions.GroupBy(step => (step.From, step.To)).OrderBy(group => group.Key.From, StringComparer.Ordinal).ThenBy(group => group.Key.To, StringComparer.Ordinal))
            {
                json.WriteStringValue(string.Create(CultureInfo.InvariantCulture, $"{group.Key.From} {group.Key.To} {group.Count()}"));
            }
            json.WriteEndArray();
            json.WriteEndObject();

            void Numbers(string name, double[] values)
            {
                json.WriteStartArray(name);
                foreach (var value in values) json.WriteNumberValue(Math.Round(value, 6));
                json.WriteEndArray();
            }
        }
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    private static PredictionModel ReadShipped()
    {
        using var stream = typeof(PredictionModel).Assembly.GetManifestResourceStream("prediction-model.json")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Read(memory.ToArray());
    }
}
