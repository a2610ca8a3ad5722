using System.Text.Json;
using Modus.Casework.Store;

namespace Modus.Casework.Cases;

/// <summary>Changes of whole cases: merging one into another.</summary>
public static class CaseMoves
{
    /// <summary>Moves everything of one case into another and closes the first, in one change.</summary>
    /// <param name="book">The records.</param>
    /// <param name="source">The case to empty.</param>
    /// <param name="into">The case that takes it.</param>
    /// <returns>The number of records moved.</returns>
    /// <exception cref="CaseRuleException">They are the same case, one is closed, or somebody changed the same records in between.</exception>
    /// <remarks>Records keep their ids. Procedures of both cases stand side by side, for a person to join.</remarks>
    public static int Merge(CaseBook book, CaseRecord source, CaseRecord into)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(into);
        if (source.Id == into.Id) throw new CaseRuleException(CaseRuleCodes.BadValue, $"{source.Id} cannot be merged into itself", "name two cases");
        if (into.Status == CaseStatus.Closed) throw new CaseRuleException(CaseRuleCodes.CaseClosed, $"{into.Id} is closed", $"open it again: modus case close {into.Id} --reopen");
        var changes = new List<ItemChange>();
        foreach (var kind in ItemKinds.All.Where(kind => kind != ItemKinds.Case))
            foreach (var item in book.Store.List(kind, source.Id))
                changes.Add(new ItemChange(kind, item.Id, into.Id, item.Version, Moved(item.Body, into.Id)));
        var moved = changes.Count;
        var closed = source with { Status = CaseStatus.Closed, Closed = book.Now, ClosedBecause = $"merged into {into.Id}" };
        var taken = into with { Aliases = [.. into.Aliases.Append(source.Name).Concat(source.Aliases).Where(name => name != into.Name).Distinct().Order(StringComparer.Ordinal)] };
        changes.AddRange(new ICaseRecord[] { closed, taken }.Select(record => new ItemChange(record.Kind, record.Id, record.CaseId, record.Version, RecordJson.BodyOf(record))));
        var result = book.Store.Change(book.Actor, $"merge {source.Id} into {into.Id}", changes);
        if (!result.IsDone) throw new CaseRuleException(CaseRuleCodes.Conflict, $"somebody changed {result.Conflicts[0].Kind} {result.Conflicts[0].Id} in between; nothing was moved", "repeat the call");
        return moved;
    }

    private static JsonElement Moved(JsonElement body, string caseId)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var member in body.EnumerateObject())
            {
                if (member.NameEquals("case")) json.WriteString("case", caseId);
                else member.WriteTo(json);
            }
            json.WriteEndObject();
        }
        var reader = new Utf8JsonReader(buffer.WrittenSpan);
        return JsonElement.ParseValue(ref reader);
    }
}
