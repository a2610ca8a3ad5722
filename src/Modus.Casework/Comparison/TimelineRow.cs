using Modus.Casework.Cases;

namespace Modus.Casework.Comparison;

/// <summary>One line of a case's timeline.</summary>
/// <param name="Time">When it began, UTC.</param>
/// <param name="Until">When it ended; null for a moment, or where nothing says.</param>
/// <param name="Host">The host; empty where none is named.</param>
/// <param name="Kind"><c>event</c>, <c>told</c> or <c>hole</c>.</param>
/// <param name="Technique">The technique; null for a hole.</param>
/// <param name="Name">The technique's name, or the type of the hole.</param>
/// <param name="Tactics">The tactics it served, by short name.</param>
/// <param name="What">What happened; holds untrusted text.</param>
/// <param name="Count">Events counted together; 0 for what is no event.</param>
/// <param name="Accounts">Accounts that the events name.</param>
/// <param name="Status">The procedure's status, or the gap's state.</param>
/// <param name="RecordId">The procedure or gap behind it.</param>
/// <param name="Place">Evidence and place in it.</param>
/// <param name="Hidden">Number of techniques that could hide in a hole; 0 for the others.</param>
public sealed record TimelineRow(
    DateTimeOffset Time, DateTimeOffset? Until, string Host, string Kind, string? Technique, string Name, IReadOnlyList<string> Tactics, string What, long Count,
    IReadOnlyList<string> Accounts, string Status, string RecordId, string Place, int Hidden)
{
    /// <summary>The rows of a case, by time; rejected procedures are left out.</summary>
    public static IReadOnlyList<TimelineRow> Of(IReadOnlyList<EvidenceRecord> evidence, IReadOnlyList<ProcedureRecord> procedures, IReadOnlyList<GapRecord> gaps)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(procedures);
        ArgumentNullException.ThrowIfNull(gaps);
        var files = evidence.ToDictionary(item => item.Id, item => Path.GetFileName(item.Path), StringComparer.Ordinal);
        var rows = new List<TimelineRow>();
        foreach (var procedure in procedures.Where(procedure => procedure.Status != ProcedureStatus.Rejected))
        {
            var status = RecordJson.WordOf(procedure.Status);
            foreach (var hit in procedure.Hits.Where(hit => hit.First is not null))
                rows.Add(new TimelineRow(
                    hit.First!.Value, hit.Last > hit.First ? hit.Last : null, hit.Host, "event", procedure.Technique, procedure.Name, procedure.Tactics, $"{hit.Rule}: {hit.Details}", hit.Count,
                    hit.Users, status, procedure.Id, $"{(hit.File.Length > 0 ? hit.File : files.GetValueOrDefault(hit.EvidenceId, hit.EvidenceId))} {hit.Record}", 0));
            if (procedure.Hits.Count == 0 && procedure.First is { } told)
                rows.Add(new TimelineRow(
                    told, procedure.Last > told ? procedure.Last : null, string.Join(", ", procedure.Hosts), "told", procedure.Technique, procedure.Name, procedure.Tactics, procedure.Steps, 0,
                    procedure.Accounts, status, procedure.Id, string.Join(", ", procedure.EvidenceIds.Select(id => files.GetValueOrDefault(id, id))), 0));
        }
        foreach (var gap in gaps.Where(gap => gap.From is not null))
            rows.Add(new TimelineRow(
                gap.From!.Value, gap.To, gap.Host ?? "", "hole", null, gap.Type, [], gap.Source is { } source ? $"{source}: {gap.Reason}" : gap.Reason, 0, [], RecordJson.WordOf(gap.State), gap.Id,
                string.Join(", ", gap.EvidenceIds.Select(id => files.GetValueOrDefault(id, id))) + (gap.Record is { } record ? $" {record}" : ""), gap.Techniques.Count));
        return [.. rows.OrderBy(row => row.Time).ThenBy(row => row.Host, StringComparer.Ordinal).ThenBy(row => row.Technique ?? "", StringComparer.Ordinal).ThenBy(row => row.RecordId, StringComparer.Ordinal)];
    }
}
