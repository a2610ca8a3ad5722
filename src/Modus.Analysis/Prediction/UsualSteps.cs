using System.Text.Json;

namespace Modus.Analysis.Prediction;

/// <summary>What usually follows what in an intrusion, written with a language model from general knowledge: no sequence that anything is measured on was looked at for it.</summary>
/// <param name="Next">After a technique, likeliest first.</param>
/// <param name="Sequences">Courses of typical intrusions, each in its order.</param>
internal sealed record UsualSteps(IReadOnlyDictionary<string, string[]> Next, IReadOnlyList<string[]> Sequences)
{
    private static readonly Lazy<UsualSteps> shipped = new(ReadShipped);

    /// <summary>Nothing is known to be usual.</summary>
    public static UsualSteps None { get; } = new(new Dictionary<string, string[]>(), []);

    /// <summary>What comes with this library.</summary>
    public static UsualSteps Shipped => shipped.Value;

    /// <summary>Reads the file.</summary>
    /// <exception cref="JsonException">It is not such a file.</exception>
    public static UsualSteps Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        try
        {
            return new(
                document.RootElement.GetProperty("next").EnumerateObject().ToDictionary(item => item.Name, item => Ids(item.Value), StringComparer.Ordinal),
                [.. document.RootElement.GetProperty("sequences").EnumerateArray().Select(Ids)]);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException)
        {
            throw new JsonException("the usual steps are incomplete", error);
        }

        static string[] Ids(JsonElement text) => (text.GetString() ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static UsualSteps ReadShipped()
    {
        using var stream = typeof(UsualSteps).Assembly.GetManifestResourceStream("usual-steps.json")!;
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return Read(memory.ToArray());
    }
}
