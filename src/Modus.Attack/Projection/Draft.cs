namespace Modus.Attack.Projection;

/// <summary>A projection in the making.</summary>
internal sealed class Draft(ProjectionQuestion question)
{
    private readonly List<string> reasons = [];

    public ProjectionQuestion Question { get; } = question;

    public ProjectionFlags Flags { get; set; }

    public Technique? Answer { get; set; }

    public string? Tactic { get; set; }

    public List<string> TacticCandidates { get; } = [];

    public List<RouteStep> Route { get; } = [];

    public List<Candidate> Candidates { get; } = [];

    public void Because(string reason) => reasons.Add(reason);

    public void Add(ProjectionFlags flags, string reason)
    {
        Flags |= flags;
        reasons.Add(reason);
    }

    public ProjectionAnswer As(Verdict verdict) => new()
    {
        Question = Question,
        Verdict = verdict,
        Flags = Flags,
        Reason = string.Join(' ', reasons),
        TechniqueId = Answer?.Id,
        Name = Answer?.FullName,
        Tactic = Tactic,
        TacticCandidates = [.. TacticCandidates],
        Route = [.. Route],
        Candidates = [.. Candidates],
    };
}
