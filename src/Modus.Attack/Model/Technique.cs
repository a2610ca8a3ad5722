using Modus.Attack.Images;

namespace Modus.Attack;

/// <summary>A technique or sub-technique: how an adversary does something.</summary>
public sealed class Technique : AttackObject
{
    private IReadOnlyList<Tactic>? tactics;

    internal Technique(Release release, int row) : base(release, row)
    {
    }

    /// <summary>True for a sub-technique: by the flag of the data, and by the dotted id where an old release has no flag.</summary>
    public bool IsSubtechnique => Image.Flags(Row).HasFlag(RowFlags.Subtechnique) || Id.Contains('.', StringComparison.Ordinal);

    /// <summary>The tactics, in matrix order.</summary>
    public IReadOnlyList<Tactic> Tactics => tactics ??= Release.TacticsOf(this);

    /// <summary>The phases of the data, as kill chain and short name; <see cref="Tactics"/> resolves them.</summary>
    public IReadOnlyList<Phase> Phases
    {
        get
        {
            var cells = Image.List(Row, Column.Phases);
            var result = new Phase[cells.Length / RecordWidth.Phase];
            for (var i = 0; i < result.Length; i++)
                result[i] = new Phase(Image.String(cells[i * 2]) ?? "", Image.String(cells[i * 2 + 1]) ?? "");
            return result;
        }
    }

    /// <summary>The technique this is part of: by its relationship, and by its id where a dead one has lost that; else null.</summary>
    public Technique? Parent
    {
        get
        {
            if (!IsSubtechnique) return null;
            var linked = Targets<Technique>(RelationshipType.SubtechniqueOf);
            if (linked.Count > 0) return linked[0];
            var dot = Id.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 ? null : Release.Find<Technique>(Id[..dot]);
        }
    }

    /// <summary>The living sub-techniques, by id.</summary>
    public IReadOnlyList<Technique> Subtechniques =>
        [.. Sources<Technique>(RelationshipType.SubtechniqueOf).Where(technique => technique.IsAlive)];

    /// <summary>The detection guidance of releases before 18; null where absent or only facts are loaded.</summary>
    public string? Detection => Text(Column.Detection);

    /// <summary>The data sources as texts, as releases before 18 list them: <c>Source: Component</c>.</summary>
    public IReadOnlyList<string> DataSources => Texts(Column.DataSourceNames);

    /// <summary>Permissions an adversary needs; releases before 18 only.</summary>
    public IReadOnlyList<string> PermissionsRequired => Texts(Column.Permissions);

    /// <summary>Permissions an adversary gains; releases before 18 only.</summary>
    public IReadOnlyList<string> EffectivePermissions => Texts(Column.EffectivePermissions);

    /// <summary>Defences that the technique gets around; releases before 18 only.</summary>
    public IReadOnlyList<string> DefensesBypassed => Texts(Column.DefensesBypassed);

    /// <summary>What the target must be like; releases before 18 only.</summary>
    public IReadOnlyList<string> SystemRequirements => Texts(Column.SystemRequirements);

    /// <summary>What is impaired, for techniques of impact.</summary>
    public IReadOnlyList<string> ImpactTypes => Texts(Column.ImpactTypes);

    /// <summary>Where a mobile technique acts: on the device, before or after it is taken over.</summary>
    public IReadOnlyList<string> TacticTypes => Texts(Column.TacticTypes);

    /// <summary>True where the technique can be used from afar.</summary>
    public bool SupportsRemote => Image.Flags(Row).HasFlag(RowFlags.RemoteSupport);

    /// <summary>What groups, campaigns and software did with this technique: one example a relationship, by source.</summary>
    public IReadOnlyList<ProcedureExample> Procedures =>
        [.. Incoming(RelationshipType.Uses).Select(use => new ProcedureExample(use))];

    /// <summary>The mitigations; <see cref="AttackObject.Incoming(RelationshipType)"/> has what each says about this technique.</summary>
    public IReadOnlyList<Mitigation> Mitigations => Sources<Mitigation>(RelationshipType.Mitigates);

    /// <summary>The detection strategies (since release 18).</summary>
    public IReadOnlyList<DetectionStrategy> DetectionStrategies => Sources<DetectionStrategy>(RelationshipType.Detects);

    /// <summary>The data components: by relationship before release 18, through the analytics' log sources since.</summary>
    public IReadOnlyList<DataComponent> DataComponents =>
    [
        .. Sources<DataComponent>(RelationshipType.Detects)
            .Concat(DetectionStrategies.SelectMany(strategy => strategy.Analytics)
                .SelectMany(analytic => analytic.LogSources).Select(source => source.Component).OfType<DataComponent>())
            .Distinct().OrderBy(component => component.Row),
    ];

    /// <summary>The assets that this technique targets.</summary>
    public IReadOnlyList<Asset> Assets => Targets<Asset>(RelationshipType.Targets);

    private protected override string MakeFullName() => Parent is { } parent ? $"{parent.Name}: {Name}" : Name;
}

/// <summary>A kill-chain phase as the data gives it.</summary>
/// <param name="KillChain">The kill chain, which differs by domain.</param>
/// <param name="Name">The phase: a tactic's short name.</param>
public sealed record Phase(string KillChain, string Name);

/// <summary>What one group, campaign or software did with a technique, and who says so.</summary>
/// <param name="Relationship">The relationship that holds the example.</param>
public sealed record ProcedureExample(Relationship Relationship)
{
    /// <summary>Who or what used the technique.</summary>
    public AttackObject User => Relationship.Source;

    /// <summary>The technique.</summary>
    public Technique Technique => (Technique)Relationship.Target;

    /// <summary>The procedure in ATT&amp;CK's Markdown; null where absent or only facts are loaded.</summary>
    public string? Text => Relationship.Description;

    /// <summary>The sources.</summary>
    public IReadOnlyList<Citation> Citations => Relationship.Citations;
}
