namespace Modus.SampleCase.Reports;

/// <summary>The reports and what is expected of them.</summary>
internal static class ReportFiles
{
    /// <summary>What stands in the vendor's report and must not become a technique that was used.</summary>
    private static readonly (string Technique, string Quote, string Why)[] notUsed =
    [
        ("T1021.006", "We found no evidence of lateral movement over WinRM (T1021.006).", "denied"),
        ("T1558.001", "Monitor for Golden Tickets (T1558.001) for as long as the key of the ticket service has not been changed twice.", "advice"),
        ("", "Similar actors often use Cobalt Strike.", "background"),
    ];

    public static void AddTo(List<CaseFile> files)
    {
        var vendor = VendorReport.Blocks;
        var hidden = vendor.OfType<Hidden>().Single().Text;
        Add(CaseFile.Text("reports/vendor-tidewrack.md", Renderers.Markdown(vendor)), null);
        Add(CaseFile.Text("reports/vendor-tidewrack.html", Renderers.Html(VendorReport.Title, vendor)), null);
        Add(new CaseFile("reports/vendor-tidewrack.pdf", PdfFile.Write(VendorReport.Title, vendor)), hidden);

        var advisory = CaseFile.Text("reports/cert-advisory.txt", Advisory.Text);
        files.Add(advisory);
        files.Add(new CaseFile($"expected/{advisory.Path}.expected.json", CaseFile.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("attack", "16");
            json.WriteString("actor", "Brackish Heron");
            json.WriteString("clock", "local time that does not say so: one hour ahead of UTC");
            json.WriteStartArray("told");
            foreach (var technique in Advisory.Told)
            {
                var at = Advisory.Text.IndexOf($"({technique})", StringComparison.Ordinal);
                var start = Advisory.Text.LastIndexOf('\n', at) + 1;
                Statement(json, technique, Advisory.Text[start..(at + technique.Length + 2)].Trim(), null, at + 1);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        })));

        void Add(CaseFile file, string? unseen)
        {
            files.Add(file);
            files.Add(new CaseFile($"expected/{file.Path}.expected.json", CaseFile.Json(json =>
            {
                json.WriteStartObject();
                json.WriteString("attack", "18.1");
                json.WriteString("actor", "UNC-TIDEWRACK");
                if (file.Path.EndsWith(".pdf", StringComparison.Ordinal)) json.WriteNumber("pages", 6);
                json.WriteStartArray("told");
                foreach (var row in vendor.OfType<Table>().Single().Rows.Where(row => VendorReport.Told.Contains(row[0]))) Statement(json, row[0], row[2], 6, null);
                json.WriteEndArray();
                json.WriteStartArray("false");
                Statement(json, "T1003.006", "credentials of the domain", 6, null);
                json.WriteEndArray();
                json.WriteStartArray("not_used");
                foreach (var (technique, quote, why) in notUsed)
                {
                    json.WriteStartObject();
                    if (technique.Length > 0) json.WriteString("technique", technique);
                    json.WriteString("quote", quote);
                    json.WriteString("why", why);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                if (unseen is not null) json.WriteString("hidden_text", unseen);
                json.WriteEndObject();
            })));
        }
    }

    private static void Statement(System.Text.Json.Utf8JsonWriter json, string technique, string quote, int? page, int? offset)
    {
        json.WriteStartObject();
        json.WriteString("technique", technique);
        json.WriteString("quote", quote);
        if (page is { } number) json.WriteNumber("page", number);
        if (offset is { } at) json.WriteNumber("offset", at);
        json.WriteEndObject();
    }
}
