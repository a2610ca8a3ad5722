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
    /// <param name="run">The run.</param>
    /// <param name="usual">The release to take where the call names none; null for the newest.</param>
    public static KnowledgeAtHand Of(Invocation run, string? usual = null)
    {
        var knowledge = Knowledge.Open(run);
        var targets = Knowledge.Releases(run, knowledge, Domains.None, usual);
        return new KnowledgeAtHand(targets, () => [.. knowledge.Entries.Select(knowledge.Load).OfType<Release>()], knowledge.Newest);
    }
}
