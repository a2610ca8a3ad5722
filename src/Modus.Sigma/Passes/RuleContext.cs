using Modus.Sigma.Rules;
using Modus.Sigma.Yaml;

namespace Modus.Sigma.Passes;

/// <summary>What the passes over one rule share: its selections, the options, and where problems go.</summary>
internal sealed class RuleContext(string file, IReadOnlyDictionary<string, DetectionNode> selections, CompileOptions options, ICollection<Problem> problems)
{
    public IReadOnlyDictionary<string, DetectionNode> Selections => selections;

    public CompileOptions Options => options;

    /// <summary>True once an error was reported: the rule is refused.</summary>
    public bool Failed { get; private set; }

    private int tests;

    /// <summary>Counts tests; false once the rule has more than it may have.</summary>
    public bool Take(int more) => (tests += more) <= RuleCompiler.MaxTests;

    public void Refuse(string code, SourcePosition at, string message, string? fix = null)
    {
        Failed = true;
        problems.Add(new(code, ProblemSeverity.Error, message, file, at.Line, at.Column, fix));
    }

    public void Warn(string code, SourcePosition at, string message, string? fix = null) =>
        problems.Add(new(code, ProblemSeverity.Warning, message, file, at.Line, at.Column, fix));
}
