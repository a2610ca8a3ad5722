namespace Modus.Attack;

/// <summary>The ways on which a group comes to a technique.</summary>
[Flags]
public enum Inheritance
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The group itself is said to use the technique.</summary>
    Direct = 1,

    /// <summary>A campaign attributed to the group used it.</summary>
    Campaigns = 2,

    /// <summary>Software that the group uses has it.</summary>
    Software = 4,

    /// <summary>Software used in a campaign attributed to the group has it.</summary>
    CampaignSoftware = 8,

    /// <summary>Every way.</summary>
    All = Direct | Campaigns | Software | CampaignSoftware,
}

/// <summary>A technique of a group with the ways that lead to it.</summary>
/// <param name="Technique">The technique.</param>
/// <param name="Ways">The kinds of way that were found, among those asked for.</param>
/// <param name="Routes">Each route: the relationships from the group's end to the technique; the last one holds the procedure.</param>
public sealed record TechniqueUse(Technique Technique, Inheritance Ways, IReadOnlyList<IReadOnlyList<Relationship>> Routes)
{
    internal static IReadOnlyList<TechniqueUse> Of(Group group, Inheritance inheritance)
    {
        var found = new SortedDictionary<int, (Inheritance Ways, List<IReadOnlyList<Relationship>> Routes)>();
        if (inheritance.HasFlag(Inheritance.Direct)) Collect(group, [], Inheritance.Direct);
        if (inheritance.HasFlag(Inheritance.Software)) ThroughSoftware(group, [], Inheritance.Software);
        if ((inheritance & (Inheritance.Campaigns | Inheritance.CampaignSoftware)) != 0)
            foreach (var attribution in group.Incoming(RelationshipType.AttributedTo).Where(link => link.Source is Campaign))
            {
                if (inheritance.HasFlag(Inheritance.Campaigns)) Collect(attribution.Source, [attribution], Inheritance.Campaigns);
                if (inheritance.HasFlag(Inheritance.CampaignSoftware))
                    ThroughSoftware(attribution.Source, [attribution], Inheritance.CampaignSoftware);
            }
        return [.. found.Select(pair => new TechniqueUse((Technique)group.Release.ObjectAt(pair.Key), pair.Value.Ways, pair.Value.Routes))];

        void ThroughSoftware(AttackObject user, IReadOnlyList<Relationship> before, Inheritance way)
        {
            foreach (var use in user.Outgoing(RelationshipType.Uses).Where(link => link.Target is Software))
                Collect(use.Target, [.. before, use], way);
        }

        void Collect(AttackObject user, IReadOnlyList<Relationship> before, Inheritance way)
        {
            foreach (var use in user.Outgoing(RelationshipType.Uses))
            {
                if (use.Target is not Technique technique) continue;
                if (!found.TryGetValue(technique.Row, out var entry)) entry = (Inheritance.None, []);
                entry.Routes.Add([.. before, use]);
                found[technique.Row] = (entry.Ways | way, entry.Routes);
            }
        }
    }
}
