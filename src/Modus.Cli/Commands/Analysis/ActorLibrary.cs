using System.IO.Compression;
using System.Text.Json;
using Modus.Analysis.Evaluation;
using Modus.Analysis.Knowledge;
using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>Knowledge of actors by release: from the releases at hand, or from files that the caller names.</summary>
internal sealed class ActorLibrary
{
    private const long LargestFile = 512L << 20;
    private readonly Invocation run;
    private readonly KnowledgeBase releases;
    private readonly IReadOnlyDictionary<string, DateOnly> dates;
    private readonly Dictionary<string, ActorKnowledge?> known = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<OwnReport> own;
    private readonly string? first;
    private ActorKnowledge? standard;

    /// <param name="run">The run.</param>
    /// <param name="files">Compact knowledge bases (JSON, also gzipped), or folders of them; the first file is the default release.</param>
    /// <param name="own">What the asker's own cases say of actors: sources like any other.</param>
    public ActorLibrary(Invocation run, IReadOnlyList<string>? files = null, IReadOnlyList<OwnReport>? own = null)
    {
        this.run = run;
        this.own = own ?? [];
        releases = Attack.Knowledge.Open(run);
        dates = EmbeddedFacts.SourceDates;
        foreach (var file in (files ?? []).SelectMany(Files))
        {
            var knowledge = ReadFile(file);
            known[knowledge.Release] = knowledge;
            first ??= knowledge.Release;
        }
    }

    /// <summary>The knowledge of the release asked for on the command line, else of the first file, else of the newest release.</summary>
    public ActorKnowledge Default => run.AttackVersion is null && first is not null ? known[first]! : standard ??= Read(Attack.Knowledge.Release(run, releases));

    /// <summary>The knowledge of a release, or null where it is not at hand.</summary>
    public ActorKnowledge? Of(string? version)
    {
        if (version is null) return Default;
        if (known.TryGetValue(version, out var found)) return found;
        if (version.StartsWith('v') && Of(version[1..]) is { } plain) return plain;
        return known[version] = releases.Get(version) is { } release ? Read(release) : null;
    }

    /// <summary>What to do about a release that is not at hand.</summary>
    public string Fix(string version) => releases.NoSuch(version).Fix ?? "";

    /// <summary>The file itself, or the knowledge bases of a folder in the order of their names.</summary>
    private IEnumerable<string> Files(string file)
    {
        var path = run.PathOf(file);
        if (!Directory.Exists(path)) return [path];
        string[] found = [.. Directory.EnumerateFiles(path).Where(name => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".json.gz", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
        return found.Length > 0 ? found
            : throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6010", "the folder holds no knowledge base", path, "give compact knowledge bases (.json or .json.gz) as docs/attribution.md describes them"));
    }

    private ActorKnowledge Read(Release release) =>
        WithOwn(ReleaseAdapter.Read(release, dates, EmbeddedFacts.SuspectedNations, Domains.Enterprise));

    private ActorKnowledge WithOwn(ActorKnowledge published)
    {
        var problems = new List<Modus.Analysis.Attribution.AnalysisProblem>();
        var joined = OwnReports.AddTo(published, own, problems);
        Observed.Report(run, problems);
        return joined;
    }

    private ActorKnowledge ReadFile(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var memory = new MemoryStream();
            var packed = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            using Stream plain = packed ? new GZipStream(file, CompressionMode.Decompress) : file;
            var buffer = new byte[1 << 16];
            for (int read; (read = plain.Read(buffer)) > 0;)
            {
                if (memory.Length + read > LargestFile) throw new InvalidDataException($"it is larger than {LargestFile >> 20} MiB");
                memory.Write(buffer, 0, read);
            }
            return WithOwn(KnowledgeText.Read(memory.ToArray(), dates, EmbeddedFacts.SuspectedNations));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or InvalidDataException)
        {
            throw new CommandFailure(ExitCode.NoUsableInput, new CliProblem("MD6010", $"the knowledge base cannot be read: {error.Message}", path, "give a compact knowledge base as docs/attribution.md describes it"));
        }
    }
}
