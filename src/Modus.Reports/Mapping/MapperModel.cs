using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Storage;

namespace Modus.Reports.Mapping;

/// <summary>The fitted figures of a mapper, without any text. Read it once and share it between threads.</summary>
public sealed class MapperModel
{
    private const string ShippedName = "Modus.Reports.mapper.model";

    private static readonly Lazy<MapperModel> shipped = new(ReadShipped);

    internal MapperModel(MapperCard card, BaseModels models, CandidateJudge judge, PrecedentIndex precedents)
    {
        Card = card;
        Base = models;
        Judge = judge;
        Precedents = precedents;
    }

    /// <summary>What the model was fitted on.</summary>
    public MapperCard Card { get; }

    /// <summary>The techniques the model can name, by id.</summary>
    public IReadOnlyList<string> Techniques => Base.Classes.Ids;

    /// <summary>The probability from which a technique of a sentence is best taken (for F1).</summary>
    public float SentenceThreshold => Judge.Sentence.Threshold;

    /// <summary>The probability from which a technique of a whole report is best taken (for F1).</summary>
    public float DocumentThreshold => Judge.Document.Threshold;

    /// <summary>The technique that a sub-technique is a part of; null for any other id.</summary>
    public string? ParentOf(string id) =>
        Base.Classes.Index.TryGetValue(id, out var c) && Base.Classes.Parents[c] is >= 0 and var parent ? Base.Classes.Ids[parent] : null;

    /// <summary>The model that ships with Modus; read at the first call.</summary>
    public static MapperModel Shipped => shipped.Value;

    /// <summary>Reads a model from a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">The file is no model, of another format, damaged, or larger than 64 MiB.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MapperModel Load(string path)
    {
        var file = new FileInfo(path);
        if (file.Exists && file.Length > ModelFile.LargestFile) throw new InvalidDataException("The file is larger than any mapper model.");
        return ModelFile.Read(File.ReadAllBytes(path));
    }

    /// <summary>Writes the model.</summary>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelFile.Write(this, stream);
    }

    private static MapperModel ReadShipped()
    {
        using var stream = typeof(MapperModel).Assembly.GetManifestResourceStream(ShippedName)
            ?? throw new InvalidOperationException("The mapper's weights are not part of this build.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return ModelFile.Read(bytes);
    }

    internal BaseModels Base { get; }

    internal CandidateJudge Judge { get; }

    internal PrecedentIndex Precedents { get; }
}

/// <summary>What a model was fitted on.</summary>
/// <param name="Release">The release of ATT&amp;CK whose techniques it names.</param>
/// <param name="Procedures">Procedure examples it learnt from.</param>
/// <param name="Reports">Labelled reports.</param>
/// <param name="Sentences">Their sentences.</param>
/// <param name="LabelledSentences">Those that carry a technique.</param>
/// <param name="ReportTechniques">Techniques the reports were labelled with.</param>
/// <param name="Confirmations">A team's own decisions that were added.</param>
public sealed record MapperCard(
    string Release, int Procedures, int Reports, int Sentences, int LabelledSentences, int ReportTechniques, int Confirmations);
