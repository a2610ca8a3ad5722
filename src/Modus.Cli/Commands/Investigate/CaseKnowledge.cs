using Modus.Attack;
using Modus.Casework.Investigation;
using Modus.Cli.Shell;
using Knowledge = Modus.Cli.Commands.Attack.Knowledge;

namespace Modus.Cli.Commands.Investigate;

/// <summary>The releases that evidence is read with.</summary>
internal static class CaseKnowledge
{
    /// <summary>What <c>--attack-version</c> asks for, of each domain that has it, and everything else at hand for inputs that speak another release.</summary>
    /// <exception cref="CommandFailure">No release of that version is at hand.</exception>
    public static KnowledgeAtHand Of(Invocation run)
    {
        var knowledge = Knowledge.Open(run);
        var targets = Knowledge.Releases(run, knowledge, Domains.None);
        return new KnowledgeAtHand(targets, () => [.. knowledge.Entries.Select(knowledge.Load).OfType<Release>()]);
    }
}
