using System.CommandLine;

namespace Modus.Cli.Shell;

/// <summary>One run of a command: its arguments, where its output goes, and the problems met on the way.</summary>
internal sealed class Invocation(ParseResult parsed, Terminal terminal, OutputChoice output, CancellationToken stop)
{
    private readonly List<CliProblem> problems = [];
    private StringWriter? file;

    public Terminal Terminal => terminal;

    public CancellationToken Stop => stop;

    /// <summary>The format to write.</summary>
    public Format Format => output.Format;

    /// <summary>The file that <c>-o</c> named; null for standard output.</summary>
    public string? OutputFile => output.File;

    /// <summary>The problems reported so far, in the order they came.</summary>
    public IReadOnlyList<CliProblem> Problems => problems;

    /// <summary>Where the data goes. A file is written whole when the command ends, or not at all.</summary>
    public TextWriter Out => output.File is null ? terminal.Out : file ??= new StringWriter { NewLine = "\n" };

    /// <summary>Columns to fit tables into; 0 means no limit.</summary>
    public int Width => output.File is null ? terminal.Width : 0;

    public Style OutStyle => Style.Choose(parsed.GetValue(GlobalOptions.Color), output.File is null && terminal.OutIsTerminal, terminal.Environment);

    public Style ErrorStyle => Style.Choose(parsed.GetValue(GlobalOptions.Color), terminal.ErrorIsTerminal, terminal.Environment);

    public bool Quiet => parsed.GetValue(GlobalOptions.Quiet);

    /// <summary>The ATT&amp;CK release that was asked for; null for the newest.</summary>
    public string? AttackVersion => parsed.GetValue(GlobalOptions.AttackVersion) is { Length: > 0 } given ? given : Setting("MODUS_ATTACK_VERSION");

    /// <summary>The clock of this run: <c>--now</c>, else <c>SOURCE_DATE_EPOCH</c>, else the system's.</summary>
    public TimeProvider Time =>
        parsed.GetValue(GlobalOptions.Now) is { } now ? new FixedTime(now)
        : long.TryParse(Setting("SOURCE_DATE_EPOCH"), out var epoch) && epoch is >= 0 and < 253402300800 ? new FixedTime(DateTimeOffset.FromUnixTimeSeconds(epoch))
        : terminal.Time;

    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>A setting from the environment, or null.</summary>
    public string? Setting(string name) => terminal.Environment(name) is { Length: > 0 } value ? value : null;

    /// <summary>A path as the user meant it: relative to <c>-C</c> where that is given.</summary>
    public string PathOf(string path) =>
        parsed.GetValue(GlobalOptions.Directory) is { } folder && !Path.IsPathRooted(path) ? Path.Combine(folder.FullName, path) : path;

    /// <summary>A sentence for the person at the terminal; not data, and silent with <c>--quiet</c>.</summary>
    public void Say(string sentence)
    {
        if (!Quiet) terminal.Error.WriteLine(sentence);
    }

    /// <summary>Prints a problem at once and remembers it. Errors are printed even with <c>--quiet</c>.</summary>
    public void Report(CliProblem problem)
    {
        problems.Add(problem);
        if (problem.IsError || !Quiet) ProblemPrinter.Print(terminal.Error, ErrorStyle, problem);
    }

    /// <summary>Writes rows in the chosen plain format.</summary>
    public void Write<T>(IEnumerable<T> rows, params Column<T>[] columns) =>
        Listing.Write(Out, Format, Width, OutStyle, rows, columns);

    /// <summary>A line of progress on standard error; dispose it before writing data.</summary>
    public Progress Progress(string unit) => new(terminal.Error, ProgressMode, terminal.Time, unit);

    /// <summary>The exit code for inputs of which some were used and some skipped.</summary>
    public static int Accounted(int used, int skipped) =>
        used == 0 ? ExitCode.NoUsableInput : skipped > 0 ? ExitCode.Partial : ExitCode.Done;

    /// <summary>Puts the output file in its place, or flushes standard output.</summary>
    internal void Finish()
    {
        if (file is null)
        {
            terminal.Out.Flush();
            return;
        }
        OutputFiles.WriteWhole(PathOf(output.File!), file.GetStringBuilder());
        Say($"wrote {output.File}");
    }

    private string ProgressMode => Quiet ? "none" : parsed.GetValue(GlobalOptions.Progress) switch
    {
        null or "auto" => terminal.ErrorIsTerminal ? "auto" : "none",
        var given => given,
    };

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now.ToUniversalTime();
    }
}
