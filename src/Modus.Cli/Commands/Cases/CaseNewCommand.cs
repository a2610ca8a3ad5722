using System.CommandLine;
using Modus.Casework.Cases;
using Modus.Casework.Ingest;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Cases;

/// <summary><c>modus case new NAME</c>.</summary>
internal sealed class CaseNewCommand : ModusCommand
{
    private readonly Argument<string> name = new("NAME") { Description = "The case's name; its id follows from it." };
    private readonly CaseOptions options = new();
    private readonly Option<string?> summary = new("--summary") { Description = "What it is about.", HelpName = "WORDS" };
    private readonly Option<string?> tlp = new("--tlp") { Description = "Marking: clear, green, amber, amber+strict or red.", HelpName = "TLP" };
    private readonly Option<string[]> alias = new("--alias") { Description = "Another name, of the case or of the activity behind it.", HelpName = "NAME" };

    public CaseNewCommand() : base("new", "Opens a case.")
    {
        Add(name);
        options.AddTo(this, forCase: false);
        foreach (var option in new Option[] { summary, tlp, alias }) Add(option);
        Example("modus init -q && modus case new Tidewrack --alias UNC-TIDEWRACK --tlp amber");
        Example("modus init -q && modus case new 'Harbor 2026-03' --summary 'Encrypted file server, first seen on Friday'");
    }

    public override int Run(Invocation run) => CaseSession.Run(run, options, session =>
    {
        var given = run.Get(name)!;
        string id;
        try { id = CaseIds.OfCase(given); }
        catch (ArgumentException) { throw CommandFailure.Usage(CaseRuleCodes.BadValue, $"'{given}' has no letter or digit to make an id of", "use another name"); }
        if (session.Book.Find<CaseRecord>(id) is not null) throw new CaseRuleException(CaseRuleCodes.AlreadyThere, $"there is a case {id} already", "use another name");
        var marking = run.Get(tlp) is { } word ? TlpWords.Read(word) ?? throw CommandFailure.Usage(CaseRuleCodes.BadValue, $"'{word}' is no marking of TLP 2.0", $"use one of: {string.Join(", ", TlpWords.All)}") : null;
        session.Book.SaveOrThrow($"new case {id}", new CaseRecord { Id = id, Name = given, Summary = run.Get(summary) ?? "", Tlp = marking, Aliases = run.Get(alias) ?? [], Opened = session.Book.Now });
        run.Say($"new case {id}");
        return ExitCode.Done;
    });
}
