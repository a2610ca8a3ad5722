using Modus.Analysis.Knowledge;

namespace Modus.Analysis.Attribution;

/// <summary>What was observed, in the numbers of one index.</summary>
internal sealed record Observation(int[] Techniques, int[] Software, int[] AbsentTechniques, int[] AbsentSoftware)
{
    /// <summary>Share of the techniques that are sub-techniques: the labelling style.</summary>
    public double SubtechniqueShare(KnowledgeIndex index) =>
        Techniques.Length == 0 ? 0 : Techniques.Count(t => index.Parent[t] >= 0) / (double)Techniques.Length;
}
