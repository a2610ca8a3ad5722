using System.Security.Cryptography;
using Modus.Reports.Mapping.Candidates;
using Modus.Reports.Mapping.Features;
using Modus.Reports.Mapping.Models;

namespace Modus.Reports.Mapping.Storage;

/// <summary>
/// The file of a model: eight letters, the version of the format, the SHA-256 of the rest, then lists of figures. Words are kept as hashes
/// only.
/// </summary>
internal static class ModelFile
{
    /// <summary>Bytes of the largest file that is read.</summary>
    public const int LargestFile = 64 << 20;

    private const int MostPolicies = 1_000;
    private const int Format = 6;
    private const int HeadLength = 8 + 4 + 32;

    private static ReadOnlySpan<byte> Magic => "MODUSMAP"u8;

    /// <summary>Writes a model.</summary>
    public static void Write(MapperModel model, Stream stream)
    {
        using var body = new MemoryStream();
        WriteBody(model, new FigureWriter(body));
        stream.Write(Magic);
        stream.Write(BitConverter.GetBytes(Format));
        var bytes = body.GetBuffer().AsSpan(0, (int)body.Length);
        stream.Write(SHA256.HashData(bytes));
        stream.Write(bytes);
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">The bytes are no model, another format or damaged.</exception>
    public static MapperModel Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadLength || !bytes.StartsWith(Magic)) throw new InvalidDataException("The file is no mapper model.");
        var format = BitConverter.ToInt32(bytes[8..]);
        if (format != Format) throw new InvalidDataException($"The model has format {format}; this program reads format {Format}.");
        var body = bytes[HeadLength..];
        if (!SHA256.HashData(body).AsSpan().SequenceEqual(bytes[12..HeadLength])) throw new InvalidDataException("The model is damaged: its checksum does not fit.");
        var reader = new FigureReader(body);
        var model = ReadBody(ref reader);
        return reader.AtEnd ? model : throw new InvalidDataException("The model has figures left over.");
    }

    private static void WriteBody(MapperModel model, FigureWriter writer)
    {
        var card = model.Card;
        writer.Text(card.Release);
        writer.List<int>([card.Procedures, card.Reports, card.Sentences, card.LabelledSentences, card.ReportTechniques, card.Confirmations]);
        var classes = model.Base.Classes;
        writer.Texts(classes.Ids);
        writer.List<int>(classes.Parents);
        writer.List<int>(classes.ReportClass);
        writer.List<int>(classes.Procedures);
        writer.List<int>(classes.ReportRows);
        writer.List<ulong>(classes.NameHashes);
        writer.List<ulong>(model.Base.Names.First);
        writer.List<ulong>(model.Base.Names.Whole);
        Space(model.Base.AttackSpace, writer);
        Linear(model.Base.Attack, writer);
        Space(model.Base.ReportSpace, writer);
        Linear(model.Base.Report, writer);
        Judge(model.Judge.Sentence, writer);
        Judge(model.Judge.Document, writer);
        writer.Number(model.Judge.Policies.Count);
        foreach (var policy in model.Judge.Policies)
        {
            writer.List<float>(policy.Weights);
            writer.List<int>(policy.Classes);
            writer.List<float>(policy.Offsets);
        }

        var precedents = model.Precedents;
        writer.List<int>(precedents.ClassStarts);
        writer.List<ushort>(precedents.Sources);
        writer.Texts(precedents.SourceIds);
        writer.Rising(precedents.FeatureStarts);
        writer.List<int>(precedents.Features);
        writer.List<byte>(precedents.Values);
        writer.List<ulong>(model.Base.Sources.Hashes);
        writer.List<ushort>(model.Base.Sources.Sources);
    }

    private static void Space(FeatureSpace space, FigureWriter writer)
    {
        writer.Number(space.WordCount);
        writer.List<uint>(space.Keys);
        // Half the precision is plenty for a document frequency.
        writer.List<Half>([.. space.Weights.Select(weight => (Half)weight)]);
    }

    private static void Linear(LinearModel model, FigureWriter writer)
    {
        writer.Rising(model.Starts);
        writer.List<ushort>(model.Classes);
        writer.List<sbyte>(model.Weights);
        writer.List<float>(model.Scales);
        writer.List<float>(model.Bias);
    }

    private static void Judge(Judge judge, FigureWriter writer)
    {
        writer.Number(judge.Trees.Depth);
        writer.Number(judge.Trees.Start);
        writer.List<int>(judge.Trees.Features);
        writer.List<float>(judge.Trees.Thresholds);
        writer.List<float>(judge.Trees.Leaves);
        writer.List<float>(judge.Curve.X);
        writer.List<float>(judge.Curve.Y);
        writer.Number(judge.Threshold);
        writer.Number(judge.Onward ? 1 : 0);
    }

    private static MapperModel ReadBody(ref FigureReader reader)
    {
        var release = reader.Text();
        var counts = reader.Exactly<int>(6);
        var ids = reader.Texts();
        var classes = new TechniqueClasses(
            ids, Below(reader.Exactly<int>(ids.Length), ids.Length), Below(reader.Exactly<int>(ids.Length), ids.Length),
            reader.Exactly<int>(ids.Length), reader.Exactly<int>(ids.Length), reader.Exactly<ulong>(ids.Length));
        var names = NameMask.FromHashes(reader.List<ulong>(), reader.List<ulong>());
        var attackSpace = ReadSpace(ref reader);
        var attack = ReadLinear(ref reader, attackSpace.Count, ids.Length);
        var reportSpace = ReadSpace(ref reader);
        var report = ReadLinear(ref reader, reportSpace.Count, (2 * classes.ReportToClass.Length) + 1);
        var judge = new CandidateJudge(
            ReadJudge(ref reader, CandidateFigures.Width), ReadJudge(ref reader, DocumentFigures.Width),
            ReadPolicies(ref reader, ids.Length));
        var precedents = ReadPrecedents(ref reader, ids.Length, attackSpace.Count);
        var hashes = reader.List<ulong>();
        var sources = reader.Exactly<ushort>(hashes.Length);
        for (var i = 0; i < hashes.Length; i++)
            if ((i > 0 && hashes[i] < hashes[i - 1]) || sources[i] >= precedents.SourceIds.Length) throw new InvalidDataException("The names do not fit together.");
        return new(new(release, counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]),
            new(classes, names, attackSpace, attack, reportSpace, report, new(hashes, sources, precedents, classes.Parents)), judge, precedents);
    }

    private static Judge ReadJudge(ref FigureReader reader, int width)
    {
        var depth = reader.Integer();
        if (depth is < 1 or > 8) throw new InvalidDataException("The trees have no sensible depth.");
        var start = reader.Real();
        var features = Below(reader.List<int>(), width);
        var thresholds = reader.List<float>();
        var leaves = reader.List<float>();
        if (features.Contains(-1) || features.Length != thresholds.Length || features.Length != (leaves.Length >> depth) * ((1 << depth) - 1))
            throw new InvalidDataException("The trees do not fit together.");
        var trees = new BoostedTrees(depth, start, features, thresholds, leaves);
        var x = reader.List<float>();
        return new(trees, new(x, reader.Exactly<float>(x.Length)), reader.Real(), reader.Integer() != 0);
    }

    private static TeamPolicy[] ReadPolicies(ref FigureReader reader, int classCount)
    {
        var count = reader.Integer();
        if (count is < 0 or > MostPolicies) throw new InvalidDataException("There is no sensible number of policies.");
        var policies = new TeamPolicy[count];
        for (var at = 0; at < count; at++)
        {
            var weights = reader.Exactly<float>(TeamPolicy.Width);
            var classes = Below(reader.List<int>(), classCount);
            policies[at] = new(weights[0], weights[1], weights[2], weights[3], classes, reader.Exactly<float>(classes.Length));
            for (var i = 0; i < classes.Length; i++)
                if (classes[i] <= (i > 0 ? classes[i - 1] : -1)) throw new InvalidDataException("The techniques of a policy do not rise.");
        }

        return policies;
    }

    private static FeatureSpace ReadSpace(ref FigureReader reader)
    {
        var words = reader.Integer();
        var keys = reader.List<uint>();
        if (words < 0 || words > keys.Length || keys.Contains(0u)) throw new InvalidDataException("A feature space does not fit together.");
        return new(keys, [.. reader.Exactly<Half>(keys.Length).Select(weight => (float)weight)], words);
    }

    private static LinearModel ReadLinear(ref FigureReader reader, int features, int classCount)
    {
        var starts = reader.Rising();
        var classes = reader.List<ushort>();
        if (starts.Length != features + 1 || starts[0] != 0 || starts[^1] != classes.Length || classes.AsSpan().ContainsAnyExceptInRange((ushort)0, (ushort)(classCount - 1)))
            throw new InvalidDataException("A linear model does not fit its features.");
        return new(starts, classes, reader.Exactly<sbyte>(classes.Length), reader.Exactly<float>(classCount), reader.Exactly<float>(classCount));
    }

    private static PrecedentIndex ReadPrecedents(ref FigureReader reader, int classCount, int featureCount)
    {
        var classStarts = reader.Exactly<int>(classCount + 1);
        var sources = reader.List<ushort>();
        var sourceIds = reader.Texts();
        var starts = reader.Rising();
        var features = Below(reader.List<int>(), featureCount);
        var values = reader.Exactly<byte>(features.Length);
        var fits = classStarts[0] == 0 && classStarts[^1] == sources.Length && starts.Length == sources.Length + 1 && starts[0] == 0 && starts[^1] == features.Length
            && (sources.Length == 0 || sources.Max() < sourceIds.Length);
        for (var c = 0; c < classCount; c++) fits &= classStarts[c] <= classStarts[c + 1];
        return fits ? new(classStarts, sources, sourceIds, starts, features, values) : throw new InvalidDataException("The precedents do not fit together.");
    }

    private static int[] Below(int[] values, int limit)
    {
        foreach (var value in values)
            if (value < -1 || value >= limit) throw new InvalidDataException("A figure points outside its list.");
        return values;
    }
}
