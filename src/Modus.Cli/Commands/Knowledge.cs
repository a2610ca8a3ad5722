using Modus.Attack;
using Modus.Casework.Investigation;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands;

/// <summary>The releases that a command works with.</summary>
internal static class Knowledge
{
    /// <summary>What <c>--attack-version</c> asks for, of each domain, and everything else at hand.</summary>
    /// <exception cref="CommandFailure">No release of that version is at hand.</exception>
    public static KnowledgeAtHand Of(Invocation run)
    {
        var knowledge = KnowledgeBase.Open();
        var targets = knowledge.OfEachDomain(run.AttackVersion);
        if (targets.Count == 0)
        {
            var problem = knowledge.NoSuch(run.AttackVersion ?? "");
            throw new CommandFailure(ExitCode.Usage, new CliProblem(problem.Code, problem.Message, Fix: problem.Fix));
        }
        return new KnowledgeAtHand(targets, () => [.. knowledge.Entries.Select(knowledge.Load).OfType<Release>()]);
    }
}
