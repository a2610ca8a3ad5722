using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Modus.Attack.Diff;

/// <summary>Writes a diff as one JSON object with every change, old and new values included.</summary>
public static class DiffJson
{
    private static readonly JsonWriterOptions options =
        new() { Indented = true, IndentSize = 2, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Writes the sections chosen by key; null writes all.</summary>
    public static void Write(ReleaseDiff diff, Stream output, IReadOnlySet<string>? only = null)
    {
        ArgumentNullException.ThrowIfNull(diff);
        ArgumentNullException.ThrowIfNull(output);
        using (var json = new Utf8JsonWriter(output, options))
        {
            json.WriteStartObject();
            Release(json, "from", diff.From);
            Release(json, "to", diff.To);
            Texts(json, "domains", diff.Domains.Each().Select(domain => domain.Name()));
            Texts(json, "limits", diff.Limits);
            if (Wanted(DiffSections.Tactics)) List(json, "tactics", diff.TacticFlows.Where(flow => flow.IsChanged), Flow);
            if (Wanted(DiffSections.Moves)) List(json, "tactic_moves", diff.TacticMoves, Move);
            List(json, "objects", DiffSections.Chosen(diff, only), Change);
            if (Wanted(DiffSections.Procedures)) List(json, "procedures", diff.Procedures, Relation);
            if (Wanted(DiffSections.Relations)) List(json, "relations", diff.Relations.Except(diff.Procedures), Relation);
            if (Wanted(DiffSections.Bookkeeping))
            {
                List(json, "field_sweeps", diff.Sweeps, Sweep);
                List(json, "bookkeeping", diff.Bookkeeping, Count);
            }
            json.WriteEndObject();
        }
        output.Write("\n"u8);

        bool Wanted(string key) => only is null || only.Contains(key);
    }

    private static void Release(Utf8JsonWriter json, string name, Release release)
    {
        json.WriteStartObject(name);
        json.WriteString("version", release.Version);
        json.WriteString("domains", release.Domains.Name());
        json.WriteString("provenance", release.Provenance);
        json.WriteBoolean("has_text", release.HasText);
        json.WriteEndObject();
    }

    private static void Flow(Utf8JsonWriter json, TacticFlow flow)
    {
        Tactic(json, "before", flow.Before);
        Tactic(json, "after", flow.After);
        json.WriteNumber("stayed", flow.Stayed);
        List(json, "moved_to", flow.MovedTo, (inner, move) =>
        {
            inner.WriteString("tactic", move.Tactic.Shortname);
            inner.WriteNumber("count", move.Count);
        });
        json.WriteNumber("stayed_and_gained", flow.StayedAndGained);
        json.WriteNumber("left_only", flow.LeftOnly);
        json.WriteNumber("died", flow.Died);
        json.WriteNumber("entered", flow.Entered);
        json.WriteNumber("new", flow.New);
    }

    private static void Tactic(Utf8JsonWriter json, string name, Tactic? tactic)
    {
        if (tactic is null)
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.WriteString("id", tactic.Id);
        json.WriteString("name", tactic.Name);
        json.WriteString("shortname", tactic.Shortname);
        json.WriteEndObject();
    }

    private static void Move(Utf8JsonWriter json, TacticMove move)
    {
        json.WriteString("id", move.After.Id);
        json.WriteString("name", move.After.FullName);
        Texts(json, "lost", move.Lost.Select(tactic => tactic.Shortname));
        Texts(json, "gained", move.Gained.Select(tactic => tactic.Shortname));
        json.WriteBoolean("part_of_split", move.IsPartOfSplit);
    }

    private static void Change(Utf8JsonWriter json, ObjectChange change)
    {
        json.WriteString("kind", change.Object.Kind.Words());
        json.WriteString("change", change.Change.ToString().ToLowerInvariant());
        json.WriteString("id", change.Object.Id);
        json.WriteString("name", change.Object.FullName);
        json.WriteString("stix_id", change.Object.StixId);
        if (change.Change == ChangeKind.Changed) json.WriteBoolean("unannounced", change.IsUnannounced);
        if (change.Succession is { } succession)
        {
            Texts(json, "route", succession.Route.Select(step => step.Id));
            json.WriteString("successor", succession.Successor?.Id);
        }
        List(json, "properties", change.Properties, (inner, property) =>
        {
            inner.WriteString("name", property.Name);
            if (property.IsList)
            {
                Texts(inner, "removed", property.Removed);
                Texts(inner, "added", property.Added);
                return;
            }
            inner.WriteString("before", property.Before);
            inner.WriteString("after", property.After);
        });
    }

    private static void Relation(Utf8JsonWriter json, RelationChange change)
    {
        var relation = change.Relationship;
        json.WriteString("change", change.Change.ToString().ToLowerInvariant());
        json.WriteString("type", relation.TypeName);
        json.WriteString("source_id", relation.Source.Id);
        json.WriteString("source_name", relation.Source.FullName);
        json.WriteString("target_id", relation.Target.Id);
        json.WriteString("target_name", relation.Target.FullName);
        if (change.Follows is { } other) json.WriteString("follows", other.Id);
        List(json, "new_sources", change.NewCitations, (inner, citation) =>
        {
            inner.WriteString("name", citation.Name);
            inner.WriteString("url", citation.Url);
        });
        if (change.Before?.Description is { } before) json.WriteString("before", before);
        if (change.After?.Description is { } after) json.WriteString("after", after);
    }

    private static void Sweep(Utf8JsonWriter json, FieldSweep sweep)
    {
        json.WriteString("kind", sweep.Kind.Words());
        json.WriteString("field", sweep.Field);
        json.WriteBoolean("dropped", sweep.IsDropped);
        json.WriteNumber("count", sweep.Count);
    }

    private static void Count(Utf8JsonWriter json, Bookkeeping count)
    {
        json.WriteString("kind", count.Kind?.Words() ?? "relationship");
        json.WriteString("field", count.Field);
        json.WriteNumber("count", count.Count);
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void List<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
