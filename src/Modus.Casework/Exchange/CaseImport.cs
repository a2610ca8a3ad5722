using System.Buffers;
using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Casework.Practice;
using Modus.Casework.Store;

namespace Modus.Casework.Exchange;

/// <summary>What an import did.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Read">Records in the folder.</param>
/// <param name="Missing">Records of the case that the folder does not have, as kind and id: left as they are unless asked otherwise.</param>
/// <param name="ChangeSet">The change set; 0 where nothing changed.</param>
public sealed record ImportResult(string CaseId, int Read, IReadOnlyList<string> Missing, long ChangeSet);

/// <summary>Reads an export back.</summary>
public static class CaseImport
{
    /// <summary>Reads a folder that <see cref="CaseExport"/> wrote, edited or not, in one change.</summary>
    /// <param name="book">The records.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="prune">Removes what the case has and the folder has not.</param>
    /// <exception cref="CaseRuleException">Something in the folder cannot be read: nothing was changed. The message names all such files.</exception>
    public static ImportResult Read(CaseBook book, string folder, bool prune = false)
    {
        ArgumentNullException.ThrowIfNull(book);
        var reading = new Reading(folder);
        var items = reading.All();
        if (reading.Errors.Count > 0)
            throw new CaseRuleException(CaseRuleCodes.BadExport, $"{folder} cannot be read back, so nothing was: {string.Join("; ", reading.Errors.Take(10))}{(reading.Errors.Count > 10 ? $"; and {reading.Errors.Count - 10} more" : "")}", "mend the files and repeat the call");
        var caseId = items[0].Id;
        var there = ItemKinds.All.ToDictionary(kind => kind, kind => book.Store.List(kind).ToDictionary(item => item.Id, StringComparer.Ordinal));
        var changes = new List<ItemChange>(items.Count);
        foreach (var (kind, id, body) in items)
        {
            var old = there[kind].GetValueOrDefault(id);
            if (old is not null && kind != ItemKinds.Case && old.CaseId != caseId)
                throw new CaseRuleException(CaseRuleCodes.BadExport, $"{kind} {id} belongs to {old.CaseId} here", "import it into another workspace, or merge the cases");
            changes.Add(new ItemChange(kind, id, caseId, old?.Version ?? 0, body));
        }
        CheckEyes(book, items, there);
        var given = items.Select(item => (item.Kind, item.Id)).ToHashSet();
        var missing = there.Values.SelectMany(list => list.Values).Where(item => item.CaseId == caseId && item.Kind != ItemKinds.Case && !given.Contains((item.Kind, item.Id))).ToList();
        if (prune) changes.AddRange(missing.Select(item => new ItemChange(item.Kind, item.Id, caseId, item.Version, null)));
        var result = book.Store.Change(book.Actor, $"import of {caseId}", changes);
        if (!result.IsDone)
            throw new CaseRuleException(CaseRuleCodes.Conflict, $"{result.Conflicts[0].Kind} {result.Conflicts[0].Id} was changed or removed here in between; nothing was imported", "repeat the call");
        return new ImportResult(caseId, items.Count, [.. missing.Select(item => $"{item.Kind} {item.Id}")], result.ChangeSet);
    }

    /// <summary>
    /// The rule of four eyes holds for what is read back too: a procedure that is confirmed in the folder and not here needs an
    /// acceptance by a second person among the reviews of the folder, or a second person who reads it back.
    /// </summary>
    private static void CheckEyes(CaseBook book, List<(string Kind, string Id, JsonElement Body)> items, Dictionary<string, Dictionary<string, StoredItem>> there)
    {
        if (!book.FourEyes.Required) return;
        var accepted = CaseMappings.LastAcceptance(items.Where(item => item.Kind == ItemKinds.Review).Select(item => ReviewRecord.Read(item.Body, item.Id, 0))
            .Concat(there[ItemKinds.Review].Values.Select(item => ReviewRecord.Read(item.Body, item.Id, item.Version))));
        var refused = new List<string>();
        foreach (var (_, id, body) in items.Where(item => item.Kind == ItemKinds.Procedure))
        {
            var procedure = ProcedureRecord.Read(body, id, 0);
            var before = there[ItemKinds.Procedure].TryGetValue(id, out var old) ? ProcedureRecord.Read(old.Body, id, old.Version) : null;
            if (procedure.Status != ProcedureStatus.Confirmed || before is { Status: ProcedureStatus.Confirmed } && before.Technique == procedure.Technique) continue;
            // Who entered it is what is stored here, not what somebody wrote into the folder.
            var entered = procedure with { Author = before?.Author ?? procedure.Author };
            if (!book.FourEyes.Allows(entered, accepted.GetValueOrDefault(id, book.Actor))) refused.Add(id);
        }
        if (refused.Count > 0)
            throw new CaseRuleException(
                CaseRuleCodes.FourEyes, FormattableString.Invariant($"{refused.Count} procedures are confirmed in the folder by who entered them ({string.Join(", ", refused.Take(Named))}{(refused.Count > Named ? " …" : "")}), and this workspace wants a second person to accept them: nothing was imported"),
                "let somebody else read it back, or set their status to candidate");
    }

    private const int Named = 5;

    private sealed class Reading(string folder)
    {
        public List<string> Errors { get; } = [];

        /// <summary>Everything in the folder, the case first.</summary>
        public List<(string Kind, string Id, JsonElement Body)> All()
        {
            var items = new List<(string, string, JsonElement)>();
            var caseId = "";
            Try(CaseExport.CaseFile, text =>
            {
                var (id, body) = Split(YamlJson.Read(text));
                caseId = id;
                Check(ItemKinds.Case, id, body);
                items.Add((ItemKinds.Case, id, body));
            });
            foreach (var (kind, file) in CaseExport.Lists)
                if (File.Exists(Path.Combine(folder, file))) Try(file, text => Add(kind, text));
            AddProcedures();
            foreach (var file in Files(CaseExport.NoteFolder, "*.md"))
                Try(file, text =>
                {
                    var (id, body) = NoteText.Read(text);
                    Put(ItemKinds.Note, id, body);
                });
            return items;

            void AddProcedures()
            {
                // Most of an export: its files are parsed side by side and taken in their order.
                var files = Files(CaseExport.ProcedureFolder, "*.yaml").ToList();
                var parsed = new Lazy<JsonElement>[files.Count];
                Parallel.For(0, files.Count, index =>
                {
                    var content = new Lazy<JsonElement>(() => YamlJson.Read(File.ReadAllText(Path.Combine(folder, files[index]))));
                    try { _ = content.Value; }
                    catch (Exception problem) when (problem is CaseFormatException or IOException or UnauthorizedAccessException)
                    {
                        // Thrown again, and named, where the file's turn comes.
                    }
                    parsed[index] = content;
                });
                for (var index = 0; index < files.Count; index++)
                {
                    var content = parsed[index];
                    Try(files[index], () => AddList(ItemKinds.Procedure, content.Value));
                }
            }

            void Add(string kind, string text) => AddList(kind, YamlJson.Read(text));

            void AddList(string kind, JsonElement list)
            {
                if (list.ValueKind != JsonValueKind.Array) throw new CaseFormatException("it has to be a list");
                foreach (var entry in list.EnumerateArray())
                {
                    var (id, body) = Split(entry);
                    Put(kind, id, body);
                }
            }

            void Put(string kind, string id, JsonElement body)
            {
                Check(kind, id, body);
                if (body.Text("case") != caseId) throw new CaseFormatException($"{id} says that it belongs to '{body.Text("case")}', not to {caseId}");
                items.Add((kind, id, body));
            }
        }

        private IEnumerable<string> Files(string below, string pattern)
        {
            var path = Path.Combine(folder, below);
            return Directory.Exists(path) ? Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal).Select(file => $"{below}/{Path.GetFileName(file)}") : [];
        }

        private void Try(string file, Action<string> read) => Try(file, () => read(File.ReadAllText(Path.Combine(folder, file))));

        private void Try(string file, Action read)
        {
            try
            {
                read();
            }
            catch (Exception problem) when (problem is CaseFormatException or IOException or UnauthorizedAccessException)
            {
                Errors.Add($"{file}: {problem.Message}");
            }
        }

        private static (string Id, JsonElement Body) Split(JsonElement entry)
        {
            if (entry.ValueKind != JsonValueKind.Object || entry.Text("id") is not { Length: > 0 } id) throw new CaseFormatException("an entry without an id");
            var buffer = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(buffer))
            {
                json.WriteStartObject();
                foreach (var member in entry.EnumerateObject().Where(member => !member.NameEquals("id"))) member.WriteTo(json);
                json.WriteEndObject();
            }
            var reader = new Utf8JsonReader(buffer.WrittenSpan);
            return (id, JsonElement.ParseValue(ref reader));
        }

        /// <summary>Reads it as what it says to be, so that nothing wrong gets into the store.</summary>
        private static void Check(string kind, string id, JsonElement body)
        {
            _ = kind switch
            {
                ItemKinds.Case => (ICaseRecord)CaseRecord.Read(body, id, 0),
                ItemKinds.Evidence => EvidenceRecord.Read(body, id, 0),
                ItemKinds.Procedure => ProcedureRecord.Read(body, id, 0),
                ItemKinds.Review => ReviewRecord.Read(body, id, 0),
                ItemKinds.Gap => GapRecord.Read(body, id, 0),
                ItemKinds.Decision => DecisionRecord.Read(body, id, 0),
                ItemKinds.Hypothesis => HypothesisRecord.Read(body, id, 0),
                ItemKinds.Indicator => Indicators.IndicatorRecord.Read(body, id, 0),
                _ => NoteRecord.Read(body, id, 0),
            };
        }
    }
}
