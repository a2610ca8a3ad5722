using System.CommandLine;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Shell;

/// <summary><c>modus completion SHELL</c>: the script that teaches a shell to complete our words.</summary>
internal sealed class CompletionCommand : ModusCommand
{
    private readonly Argument<string> shell = new("SHELL") { Description = "bash, zsh, fish or pwsh." };

    public CompletionCommand() : base("completion", "Prints the completion script for a shell.")
    {
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        Add(shell);
        Example("modus completion bash");
        Example("modus completion fish");
    }

    public override int Run(Invocation run)
    {
        run.Out.Write(run.Get(shell) switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            "fish" => Fish,
            _ => PowerShell,
        });
        return ExitCode.Done;
    }

    // Every script asks the program itself, through the directive [suggest:POSITION], so that it never grows stale.
    private const string Bash = """
        # eval "$(modus completion bash)"
        _modus_complete() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(modus "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _modus_complete modus

        """;

    private const string Zsh = """
        # eval "$(modus completion zsh)"
        _modus() {
            local line="${words[*]}"
            local -a candidates
            candidates=("${(@f)$(modus "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -- $candidates
            _files
        }
        compdef _modus modus

        """;

    private const string Fish = """
        # modus completion fish | source
        complete -c modus -a '(set -l line (commandline -cp); modus "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'

        """;

    private const string PowerShell = """
        # modus completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName modus -ScriptBlock {
            param($word, $line, $position)
            modus "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;
}
