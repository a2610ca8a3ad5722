using System.CommandLine;

namespace Modus.Cli.Shell;

/// <summary>
/// A command of <c>modus</c>: its arguments, the formats it writes, examples that the tests run, and what it does.
/// </summary>
internal abstract class ModusCommand : Command
{
    private readonly List<Example> examples = [];
    private readonly Option<string[]> output = new("--output", "-o", "-f")
    {
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
        HelpName = "FORMAT|FILE",
    };

    /// <param name="name">The word to type.</param>
    /// <param name="summary">One sentence on what it does.</param>
    /// <param name="formats">Formats it writes, the default for a terminal first. None: it has no <c>-o</c>.</param>
    protected ModusCommand(string name, string summary, params Format[] formats) : base(name, summary)
    {
        Formats = formats;
        if (formats.Length > 0)
        {
            output.Description = $"Output format ({string.Join(", ", formats.Select(Shell.Formats.Name))}) or file; both may be given.";
            Add(output);
        }
        SetAction((parsed, stop) => ModusShell.RunCommandAsync(this, parsed, stop));
    }

    public IReadOnlyList<Format> Formats { get; }

    /// <summary>Examples for the help page. Each is run by the tests in a folder that holds the samples.</summary>
    public IReadOnlyList<Example> Examples => examples;

    /// <summary>Does the work and returns the exit code. Runs on the calling thread.</summary>
    public abstract int Run(Invocation run);

    internal OutputChoice ReadOutput(ParseResult parsed, bool toTerminal) => Formats.Count == 0
        ? new OutputChoice(Format.Text, null)
        : OutputChoice.Read(parsed.GetValue(output) ?? [], Formats, toTerminal);

    /// <summary>Adds an example line for the help page.</summary>
    /// <param name="line">The whole line to type, from <c>modus</c> on.</param>
    /// <param name="exitCode">What the line ends with on the samples.</param>
    /// <param name="slow">True where it takes a minute or more: tests run it only when asked to.</param>
    protected void Example(string line, int exitCode = ExitCode.Done, bool slow = false) => examples.Add(new Example(line, exitCode, slow));
}

/// <summary>A line that a reader can copy, the exit code that it has on the shipped samples, and whether it takes long.</summary>
internal sealed record Example(string Line, int ExitCode, bool IsSlow = false);
