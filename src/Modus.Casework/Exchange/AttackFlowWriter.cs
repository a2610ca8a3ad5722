using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Modus.Attack;
using Modus.Casework.Cases;
using Modus.Casework.Ingest;

namespace Modus.Casework.Exchange;

/// <summary>Writes a flow as a STIX 2.1 bundle of the Attack Flow extension, version 2.0.0. The same case gives the same bytes.</summary>
/// <remarks>Types and members: https://center-for-threat-informed-defense.github.io/attack-flow/language/.</remarks>
public sealed class AttackFlowWriter
{
    // The source of a technique's id in all three domains; only withdrawn techniques have another in current bundles.
    private const string AttackSource = "mitre-attack";

    // The extension and its publisher, as published.
    private const string Extension = "extension-definition--fb9c968a-745b-4ade-9b25-c324172197f4", Publisher = "identity--d673f8cb-c168-42da-8ed4-0cb26725f86c", Published = "2022-08-02T19:34:35.143Z";

    private const string Action = "attack-action", Operator = "attack-operator", Asset = "attack-asset";

    // A case without any date still needs one: STIX asks for it of every object.
    private static readonly DateTimeOffset undated = DateTimeOffset.UnixEpoch;

    // The markings of TLP 2.0 that every reader of STIX 2.1 knows by id.
    private static readonly Dictionary<string, string> markings = new(StringComparer.Ordinal)
    {
        ["clear"] = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
        ["green"] = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
        ["amber"] = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
        ["amber+strict"] = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
        ["red"] = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
    };

    private readonly AttackFlow flow;
    private readonly Utf8JsonWriter json;
    private readonly string caseId, created, modified;
    private readonly string? marking;

    private AttackFlowWriter(AttackFlow flow, Utf8JsonWriter json)
    {
        (this.flow, this.json) = (flow, json);
        var item = flow.Report.Case;
        caseId = item.Id;
        var opened = item.Opened ?? flow.Report.AsOf ?? undated;
        created = Time(opened);
        modified = Time(flow.Report.AsOf is { } last && last > opened ? last : opened);
        marking = item.Tlp is { } tlp ? markings.GetValueOrDefault(tlp) : null;
    }

    /// <summary>Writes a flow.</summary>
    /// <param name="flow">The flow; it needs at least one act, as the extension asks for a start.</param>
    /// <returns>The bundle as JSON text, with a line feed at its end.</returns>
    /// <exception cref="ArgumentException">The flow has no act.</exception>
    public static string TextOf(AttackFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        if (!flow.Acts.Any()) throw new ArgumentException("The flow has no act.", nameof(flow));
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) new AttackFlowWriter(flow, json).Write();
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private void Write()
    {
        json.WriteStartObject();
        json.WriteString("type", "bundle");
        json.WriteString("id", FlowIds.Of("bundle", caseId));
        json.WriteStartArray("objects");
        Definition();
        Flow();
        for (var at = 0; at < flow.Moments.Count; at++)
        {
            var next = at + 1 < flow.Moments.Count ? EntryOf(at + 1) : [];
            var joins = flow.Moments[at].Count > 1 && next.Count > 0;
            foreach (var act in flow.Moments[at]) Act(act, joins ? [JoinOf(at)] : next);
            if (joins) Join(at, next);
        }
        foreach (var act in flow.Undated) Act(act, []);
        foreach (var host in flow.Acts.SelectMany(act => act.Procedure.Hosts).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) Host(host);
        foreach (var account in flow.Acts.SelectMany(act => act.Procedure.Accounts).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)) Account(account);
        foreach (var technique in flow.Acts.Select(act => act.Technique).OfType<Technique>().DistinctBy(technique => technique.StixId).OrderBy(technique => technique.Id, StringComparer.Ordinal)) Pattern(technique);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Flow()
    {
        Start("attack-flow", FlowIds.Of("attack-flow", caseId));
        json.WriteString("name", flow.Report.Case.Name);
        var said = flow.Report.Case.Summary.Length > 0 ? flow.Report.Case.Summary.TrimEnd() + "\n\n" : "";
        var left = flow.LeftOut.GroupBy(one => one.Why, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"));
        json.WriteString("description", string.Create(CultureInfo.InvariantCulture,
            $"{said}{flow.Acts.Count()} acts of case {caseId} in ATT&CK {flow.Report.Release.Version}. An edge leads from one act to the next in time: it says what came after, not what made it possible. Acts of one moment join in an AND.{(flow.Undated.Count > 0 ? $" Of {flow.Undated.Count} nothing says when they were: they stand apart." : "")}{(flow.LeftOut.Count > 0 ? $" Left out: {string.Join(", ", left)}." : "")}"));
        json.WriteString("scope", "incident");
        Texts("start_refs", [.. flow.Moments.Count > 0 ? EntryOf(0) : [], .. flow.Undated.Select(IdOf)]);
        if (flow.Report.Evidence.Count > 0)
        {
            json.WriteStartArray("external_references");
            foreach (var evidence in flow.Report.Evidence) Reference(evidence, null);
            json.WriteEndArray();
        }
        End();
    }

    private void Act(FlowAct act, IReadOnlyList<string> next)
    {
        var procedure = act.Procedure;
        Start(Action, IdOf(act));
        json.WriteString("name", procedure.Name.Length > 0 ? procedure.Name : procedure.Technique);
        if (act.Tactic is { } tactic)
        {
            json.WriteString("tactic_id", tactic.Id);
            json.WriteString("tactic_ref", tactic.StixId);
        }
        json.WriteString("technique_id", procedure.Technique);
        if (act.Technique is { } technique) json.WriteString("technique_ref", technique.StixId);
        json.WriteString("description", $"{(procedure.Steps.Length > 0 ? procedure.Steps : procedure.Name)}\n\n{procedure.Status.ToString().ToLowerInvariant()}, confidence {procedure.Confidence.ToString().ToLowerInvariant()}{(procedure.Why.Length > 0 ? $": {procedure.Why}" : "")}");
        json.WriteNumber("confidence", procedure.Confidence switch { ConfidenceLevel.High => 85, ConfidenceLevel.Moderate => 50, _ => 15 });
        if (procedure.First is { } first) json.WriteString("execution_start", Time(first));
        if (procedure.Last is { } last && procedure.First <= last) json.WriteString("execution_end", Time(last));
        Texts("asset_refs", [.. procedure.Hosts.Select(HostId), .. procedure.Accounts.Select(AccountId)]);
        Texts("effect_refs", next);
        var places = procedure.Hits.Select(hit => (hit.EvidenceId, Place: hit.Record)).Concat(procedure.Quotes.Select(quote => (quote.EvidenceId, Place: quote.Page is { } page ? string.Create(CultureInfo.InvariantCulture, $"page {page}") : string.Create(CultureInfo.InvariantCulture, $"offset {quote.SourceStart ?? quote.Start}"))))
            .Concat(procedure.Claims.Select(claim => (claim.EvidenceId, claim.Place))).Distinct().ToList();
        if (places.Count > 0)
        {
            json.WriteStartArray("external_references");
            foreach (var (id, place) in places)
                if (flow.Report.Evidence.FirstOrDefault(item => item.Id == id) is { } evidence) Reference(evidence, place);
            json.WriteEndArray();
        }
        End();
    }

    private void Join(int moment, IReadOnlyList<string> next)
    {
        Start(Operator, JoinOf(moment));
        json.WriteString("operator", "AND");
        Texts("effect_refs", next);
        End();
    }

    private void Host(string host)
    {
        Start(Asset, HostId(host));
        json.WriteString("name", host);
        json.WriteString("description", "host");
        End();
    }

    private void Account(string account)
    {
        var user = FlowIds.Of("user-account", caseId, account);
        Start(Asset, AccountId(account));
        json.WriteString("name", account);
        json.WriteString("description", "account");
        json.WriteString("object_ref", user);
        End();
        json.WriteStartObject();
        json.WriteString("type", "user-account");
        json.WriteString("spec_version", "2.1");
        json.WriteString("id", user);
        json.WriteString("account_login", account);
        Marking();
        json.WriteEndObject();
    }

    private void Pattern(Technique technique)
    {
        json.WriteStartObject();
        json.WriteString("type", "attack-pattern");
        json.WriteString("spec_version", "2.1");
        json.WriteString("id", technique.StixId);
        json.WriteString("created", Time(technique.Created ?? undated));
        json.WriteString("modified", Time(technique.Modified ?? technique.Created ?? undated));
        json.WriteString("name", technique.Name);
        json.WriteStartArray("external_references");
        json.WriteStartObject();
        json.WriteString("source_name", AttackSource);
        json.WriteString("external_id", technique.Id);
        if (technique.Url is { } url) json.WriteString("url", url);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Definition()
    {
        json.WriteStartObject();
        json.WriteString("type", "extension-definition");
        json.WriteString("spec_version", "2.1");
        json.WriteString("id", Extension);
        json.WriteString("created_by_ref", Publisher);
        json.WriteString("created", Published);
        json.WriteString("modified", Published);
        json.WriteString("name", "Attack Flow");
        json.WriteString("schema", "https://center-for-threat-informed-defense.github.io/attack-flow/stix/attack-flow-schema-2.0.0.json");
        json.WriteString("version", "2.0.0");
        Texts("extension_types", ["new-sdo"]);
        json.WriteEndObject();
        json.WriteStartObject();
        json.WriteString("type", "identity");
        json.WriteString("spec_version", "2.1");
        json.WriteString("id", Publisher);
        json.WriteString("created_by_ref", Publisher);
        json.WriteString("created", Published);
        json.WriteString("modified", Published);
        json.WriteString("name", "MITRE Center for Threat-Informed Defense");
        json.WriteString("identity_class", "organization");
        json.WriteEndObject();
    }

    private void Start(string type, string id)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("spec_version", "2.1");
        json.WriteString("id", id);
        json.WriteString("created", created);
        json.WriteString("modified", modified);
        Marking();
    }

    private void End()
    {
        json.WriteStartObject("extensions");
        json.WriteStartObject(Extension);
        json.WriteString("extension_type", "new-sdo");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void Marking()
    {
        if (marking is not null) Texts("object_marking_refs", [marking]);
    }

    private void Reference(EvidenceRecord evidence, string? place)
    {
        json.WriteStartObject();
        json.WriteString("source_name", Path.GetFileName(evidence.Path));
        var marked = evidence.Tlp is { } tlp && TlpWords.Rank(tlp) >= 0 ? $"TLP:{tlp.ToUpperInvariant()} " : "";
        json.WriteString("description", $"{marked}{RecordJson.WordOf(evidence.Type)}{(place is { Length: > 0 } ? $", {place}" : "")}, SHA-256 {evidence.Sha256}");
        json.WriteString("external_id", evidence.Id);
        json.WriteEndObject();
    }

    private void Texts(string name, IReadOnlyList<string> values)
    {
        if (values.Count == 0) return;
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private List<string> EntryOf(int moment) => [.. flow.Moments[moment].Select(IdOf)];

    private string IdOf(FlowAct act) => FlowIds.Of(Action, caseId, act.Procedure.Id);

    private string JoinOf(int moment) => FlowIds.Of(Operator, [caseId, .. flow.Moments[moment].Select(act => act.Procedure.Id)]);

    private string HostId(string host) => FlowIds.Of(Asset, caseId, "host", host);

    private string AccountId(string account) => FlowIds.Of(Asset, caseId, "account", account);

    // STIX asks for three digits of a second in what is compared as text; more are cut.
    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
