using Modus.Analysis.Coverage;
using Modus.Attack;

namespace Modus.Tests.Analysis.Coverage;

/// <summary>Small defences for tests, over the newest embedded release.</summary>
internal static class Defences
{
    public static readonly DateOnly Today = new(2027, 2, 1);

    public static Release Release { get; } = KnowledgeBase.Open().Newest(Domains.Enterprise)!;

    public static CoverageKnowledge Facts { get; } = CoverageKnowledge.Read(Release, Domains.Enterprise);

    public static MappedTechnique Id(string id) => new(id, id, "carried");

    public static DeployedRule Rule(string title, string technique, bool deployed = true, string product = "windows", string? category = "process_creation", string? service = null) =>
        new($"id-{title}", title, $"rules/{title}.yml:1", [Id(technique)])
        {
            Streams = [new(product, category, service)],
            Platforms = [Facts.Platform(product)!],
            Level = "high",
            Date = new DateOnly(2026, 12, 1),
            IsDeployed = deployed,
            DeployedOn = deployed ? new DateOnly(2027, 1, 1) : null,
        };

    public static LogSourceCoverage Source(string id, SigmaStream stream, double share = 1, params string[] attack) => new(id, id, $"inventory.yaml:{id}")
    {
        Platforms = [Facts.Platform(stream.Product!)!],
        Streams = [stream],
        HostShare = share,
        SeenOn = new DateOnly(2027, 1, 25),
        AttackSources = [.. attack.Select(name => new AttackStream(name, []))],
    };

    public static ExerciseResult Test(string technique, ExerciseOutcome outcome, DateOnly? date, string host = "LAB-7") =>
        new("autumn", $"try {technique}", Id(technique), outcome, "exercise.csv:2") { Date = date, Host = host, Platforms = ["Windows"] };

    public static Cell CellOf(DefenceInventory defence, string technique, string platform = "Windows", LadderOptions? options = null) =>
        LadderBuilder.Build(Facts, defence, Today, options).Find(technique, platform)!;
}
