using System.Collections.Immutable;
using System.CommandLine;
using Modus.Cli.Shell;
using Modus.Sigma;

namespace Modus.Cli.Commands.Rules;

/// <summary>The files that give placeholders of rules (modifier <c>expand</c>) their values.</summary>
internal static class PlaceholderChoice
{
    /// <summary>The option of commands that compile rules.</summary>
    public static Option<string[]> Option() => new("--placeholders")
    {
        Description = "Files with the values of %placeholders% in rules: 'name: [value, value]' in YAML. Default: MODUS_PLACEHOLDERS.",
        HelpName = "FILE",
    };

    /// <summary>How rules are compiled with the files that were named; a later file's values take the place of an earlier one's.</summary>
    /// <exception cref="CommandFailure">A file cannot be used.</exception>
    public static CompileOptions Read(Invocation run, Option<string[]> option)
    {
        var values = ImmutableDictionary<string, ImmutableArray<string>>.Empty;
        foreach (var path in run.Get(option) is { Length: > 0 } named ? named : run.Setting("MODUS_PLACEHOLDERS") is { Length: > 0 } setting ? [setting] : [])
        {
            var text = RuleFiles.Read(run, run.PathOf(path)) ?? throw CommandFailure.Usage("MD2080", $"the placeholder file {path} cannot be read", "name a file with 'name: [value, value]' on each line");
            var problems = new List<Problem>();
            foreach (var (name, texts) in PlaceholderFile.Parse(text, path, problems)) values = values.SetItem(name, texts);
            if (problems.Count > 0) throw CommandFailure.Usage(problems[0].Code, problems[0].ToString(), "write 'name: [value, value]'");
        }

        return values.IsEmpty ? new() : new() { Placeholders = values };
    }
}
