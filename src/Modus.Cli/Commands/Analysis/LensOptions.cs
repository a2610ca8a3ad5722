using System.CommandLine;
using System.Globalization;
using Modus.Analysis.Knowledge;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Analysis;

/// <summary>The options that choose the knowledge: the same for every question about actors.</summary>
internal sealed class LensOptions
{
    private readonly Option<string?> asOf = new("--as-of") { Description = "Use only what was published before this day.", HelpName = "DATE" };
    private readonly Option<string[]> exclude = new("--exclude-source") { Description = "Leave out a source everywhere; may be repeated.", HelpName = "CITATION" };
    private readonly Option<string?> release = new("--release") { Description = "ATT&CK release to use; the newest by default.", HelpName = "VERSION" };
    private readonly Option<int> minSources = new("--min-sources") { Description = "Count only what so many independent sources say.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<string[]> knowledge = new("--knowledge") { Description = "Ask a compact knowledge base, or a folder of them, instead of a release at hand; may be repeated.", HelpName = "FILE|FOLDER" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { asOf, exclude, release, minSources, knowledge }) command.Add(option);
    }

    public Lens Lens(Invocation run)
    {
        var least = run.Get(minSources);
        if (least < 1) throw CommandFailure.Usage("MD6013", "--min-sources is at least 1");
        return new() { AsOf = Day(run.Get(asOf)), ExcludedSources = run.Get(exclude) ?? [], MinSources = least };
    }

    public ActorLibrary Library(Invocation run, OwnCases? own = null) => new(run, run.Get(knowledge), own?.Reports);

    public ActorKnowledge Knowledge(Invocation run, ActorLibrary library) => run.Get(release) is not { } version ? library.Default
        : library.Of(version) ?? throw CommandFailure.Usage("MD6014", $"ATT&CK {version} is not at hand", library.Fix(version));

    /// <summary>A day as ISO 8601 has it, or null.</summary>
    /// <exception cref="CommandFailure">It is not one.</exception>
    public static DateOnly? Day(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
        : throw CommandFailure.Usage("MD6015", $"'{text}' is no day", "write 2024-03-09");
}
