using Modus.Attack;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Attack;

/// <summary>How commands come to the releases that the user asks for.</summary>
internal static class Knowledge
{
    /// <summary>Every release at hand for this run: embedded and installed.</summary>
    public static KnowledgeBase Open(Invocation run) => KnowledgeBase.Open(CacheFolder.Default(run.Setting));

    /// <summary>The release of a domain that was asked for, or the newest.</summary>
    /// <exception cref="CommandFailure">It is not at hand.</exception>
    public static Release Release(Invocation run, KnowledgeBase knowledge, Domains domain = Domains.Enterprise)
    {
        var found = run.AttackVersion is { } version ? knowledge.Get(version, domain) : knowledge.Newest(domain);
        ReportDamage(run, knowledge);
        return found ?? throw Missing(knowledge, run.AttackVersion ?? "", domain);
    }

    /// <summary>The releases of one domain or, where none is named, of every domain.</summary>
    /// <exception cref="CommandFailure">No release is at hand.</exception>
    /// <param name="run">The run.</param>
    /// <param name="knowledge">What is at hand.</param>
    /// <param name="domain">The domain; none for every one.</param>
    /// <param name="usual">The version to take of every domain where the call names none; null for the newest.</param>
    public static IReadOnlyList<Release> Releases(Invocation run, KnowledgeBase knowledge, Domains domain, string? usual = null)
    {
        if (domain != Domains.None) return [.. domain.Each().Select(one => Release(run, knowledge, one))];
        var found = knowledge.OfEachDomain(run.AttackVersion ?? usual);
        ReportDamage(run, knowledge);
        return found.Count > 0 ? found : throw Missing(knowledge, run.AttackVersion ?? usual ?? "", Domains.Enterprise);
    }

    /// <summary>Reads a domain that the user typed; empty for every domain.</summary>
    public static Domains Domain(string? typed)
    {
        if (string.IsNullOrEmpty(typed)) return Domains.None;
        return DomainNames.Parse(typed) is not Domains.None and var domain ? domain : throw CommandFailure.Usage(
            ProblemCodes.UnknownDomain, $"'{typed}' is no domain of ATT&CK", $"use one of: {string.Join(", ", DomainNames.All.Select(one => one.Name()))}");
    }

    /// <summary>Prints a problem of the library.</summary>
    public static void Report(Invocation run, Problem problem, bool isError = true) =>
        run.Report(new CliProblem(problem.Code, problem.Message, CliProblem.Place(problem.File, problem.Line), problem.Fix, isError));

    private static CommandFailure Missing(KnowledgeBase knowledge, string version, Domains domain)
    {
        var problem = knowledge.NoSuch(version, domain);
        return CommandFailure.Usage(problem.Code, problem.Message, problem.Fix);
    }

    // A damaged snapshot is passed over for the embedded facts; the user should know.
    private static void ReportDamage(Invocation run, KnowledgeBase knowledge)
    {
        foreach (var problem in knowledge.Problems.Where(problem => run.Problems.All(known => known.Message != problem.Message)))
            Report(run, problem, isError: false);
    }
}
