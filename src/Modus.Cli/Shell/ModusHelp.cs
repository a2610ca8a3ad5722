using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Modus.Cli.Shell;

/// <summary>The library's help page, followed by examples and exit codes.</summary>
internal sealed class ModusHelp(HelpAction usual) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        usual.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        var examples = parseResult.CommandResult.Command is ModusCommand command ? command.Examples : RootExamples;
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (var example in examples) output.WriteLine($"  {example.Line}");
            output.WriteLine();
        }
        output.WriteLine("Exit codes:");
        output.WriteLine($"  {ExitCode.Legend}");
        output.Flush();
        return ExitCode.Done;
    }

    private static IReadOnlyList<Example> RootExamples { get; } =
    [
        new("modus investigate samples/first-case", ExitCode.Done),
        new("modus attack show T1059.001", ExitCode.Done),
    ];
}
