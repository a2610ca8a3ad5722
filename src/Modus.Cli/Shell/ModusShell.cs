using System.CommandLine;
using Modus.Cli.Commands;

namespace Modus.Cli.Shell;

/// <summary>Runs one command line from its words to its exit code.</summary>
internal static class ModusShell
{
    private static readonly AsyncLocal<Terminal> current = new();

    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        // The one question that scripts ask most often builds no command tree.
        if (args is ["--version"]) return SayVersion(terminal);

        current.Value = terminal;
        var root = CommandTree.Build(args);
        var parsed = root.Parse(args);
        var asks = parsed.Action is ModusHelp || args is [['[', ..], ..]; // help and completion take half a call
        if (!asks)
        {
            var unknown = UnknownOptions.In(parsed);
            if (parsed.Errors.Count > 0 || unknown.Count > 0) return RefuseCall(parsed, unknown, terminal);
        }
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
            };
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        finally
        {
            await terminal.Out.FlushAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Runs a command between reading its options and putting its output in place.</summary>
    internal static Task<int> RunCommandAsync(ModusCommand command, ParseResult parsed, CancellationToken stop)
    {
        var terminal = current.Value ?? Terminal.OfProcess();
        try
        {
            var run = new Invocation(parsed, terminal, command.ReadOutput(parsed, terminal.OutIsTerminal), stop);
            var code = command.Run(run);
            run.Finish();
            return Task.FromResult(code);
        }
        catch (CommandFailure failure)
        {
            ProblemPrinter.Print(terminal.Error, ErrorStyle(parsed, terminal), failure.Problem);
            return Task.FromResult(failure.ExitCode);
        }
        catch (OperationCanceledException)
        {
            terminal.Error.WriteLine("interrupted");
            return Task.FromResult(ExitCode.Interrupted);
        }
        catch (IOException broken) when (IsBrokenPipe(broken))
        {
            return Task.FromResult(ExitCode.Done); // the reader (head, less) has seen enough
        }
#pragma warning disable CA1031 // the last resort: a bug becomes a report, not a stack trace on the screen
        catch (Exception bug)
#pragma warning restore CA1031
        {
            var place = CrashReport.Write(bug, parsed.CommandResult.Command.Name, terminal.Time);
            ProblemPrinter.Print(terminal.Error, ErrorStyle(parsed, terminal), new CliProblem(
                "MD9070", $"a bug in modus: {bug.Message}", Fix: $"please report it together with {place}"));
            return Task.FromResult(ExitCode.Bug);
        }
    }

    private static int SayVersion(Terminal terminal)
    {
        terminal.Out.WriteLine(VersionText.Line);
        terminal.Out.Flush();
        return ExitCode.Done;
    }

    /// <summary>Every mistake of the call, each with the nearest right word.</summary>
    private static int RefuseCall(ParseResult parsed, IReadOnlyList<string> unknownOptions, Terminal terminal)
    {
        // Not from --color: that may be one of the mistakes.
        var style = Style.Choose(null, terminal.ErrorIsTerminal, terminal.Environment);
        var command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0 && parsed.UnmatchedTokens.Count == 0 && unknownOptions.Count == 0)
        {
            // A bare noun: its page says more than "a command is missing".
            var page = new InvocationConfiguration { Output = terminal.Error, Error = terminal.Error };
            command.Parse(["--help"]).Invoke(page);
            return ExitCode.Usage;
        }
        var path = string.Join(' ', PathOf(command));
        var unknown = parsed.UnmatchedTokens.Concat(unknownOptions).Distinct().ToList();
        foreach (var word in unknown)
        {
            var known = word.StartsWith('-')
                ? command.Options.Concat(command.Parents.SelectMany(Ancestors).SelectMany(parent => parent.Options.Where(option => option.Recursive))).SelectMany(option => option.Aliases.Append(option.Name))
                : command.Subcommands.SelectMany(subcommand => subcommand.Aliases.Append(subcommand.Name));
            var near = Suggestions.Nearest(word, known.ToList());
            var fix = near is null ? $"run '{path} --help'" : $"did you mean '{near}'?";
            if (unknownOptions.Contains(word)) fix += $" A file or text of that name goes after a word '--': -- {word}";
            ProblemPrinter.Print(terminal.Error, style, new CliProblem("MD9001", $"'{path}' does not know '{word}'", Fix: fix));
        }
        foreach (var error in parsed.Errors.Where(error => !unknown.Exists(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal))))
        {
            // "Required command was not provided" beside a mistyped command says nothing new.
            if (unknown.Count > 0 && error.SymbolResult is System.CommandLine.Parsing.CommandResult && command.Subcommands.Count > 0) continue;
            ProblemPrinter.Print(terminal.Error, style, new CliProblem("MD9001", error.Message.TrimEnd('.'), Fix: $"run '{path} --help'"));
        }
        return ExitCode.Usage;
    }

    private static IEnumerable<Command> Ancestors(Symbol symbol) =>
        symbol is Command command ? command.Parents.SelectMany(Ancestors).Prepend(command) : [];

    private static IEnumerable<string> PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? PathOf(parent).Append(command.Name) : [command.Name];

    private static Style ErrorStyle(ParseResult parsed, Terminal terminal) =>
        Style.Choose(parsed.GetValue(GlobalOptions.Color), terminal.ErrorIsTerminal, terminal.Environment);

    private static bool IsBrokenPipe(IOException problem) =>
        problem.HResult == 32 || (problem.InnerException as System.Net.Sockets.SocketException)?.ErrorCode == 32
        || problem.Message.Contains("Broken pipe", StringComparison.Ordinal);
}
