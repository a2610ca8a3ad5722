using System.Globalization;
using System.Security.Cryptography;
using Modus.Casework.Cases;

namespace Modus.Benchmarks.Casework;

/// <summary>A case of many procedures, the same at every run.</summary>
internal static class LargeCase
{
    private const int Techniques = 500, Documents = 200, Hosts = 300;
    private static readonly DateTimeOffset start = new(2026, 3, 9, 8, 0, 0, TimeSpan.Zero);

    public static string Id(int number) => string.Create(CultureInfo.InvariantCulture, $"P-{number * 2654435761L % 4294967296L:x8}");

    public static IEnumerable<ICaseRecord> Records(int procedures)
    {
        yield return new CaseRecord { Id = "C-large", Name = "Large", Opened = start };
        for (var number = 0; number < Documents; number++)
            yield return new EvidenceRecord
            {
                Id = $"E-{number:x6}",
                CaseId = "C-large",
                Type = number % 2 == 0 ? EvidenceKind.Report : EvidenceKind.Logs,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number))),
                Path = $"reports/{number}.html",
                Arrived = start,
                Used = 100,
                Summary = "100 statements on techniques",
            };
        for (var number = 0; number < procedures; number++)
        {
            var time = start.AddSeconds(number * 7);
            yield return new ProcedureRecord
            {
                Id = Id(number),
                CaseId = "C-large",
                Technique = $"T1{number % Techniques:000}.00{number % 3}",
                Name = "A technique: one of its sub-techniques",
                Tactics = ["first-tactic"],
                Release = "19.0",
                Steps = "The operators copied an archive over an administrative share and ran it as a service.",
                First = time,
                Last = time.AddMinutes(3),
                Hosts = [$"SRV-{number % Hosts:000}"],
                Accounts = ["CORP\\svc"],
                Origin = "rule",
                Author = "bench",
                Confidence = ConfidenceLevel.High,
                Why = "2 events chosen by 1 rule show it, and 1 document tells it",
                Hits = [new CaseHit { EvidenceId = $"E-{(number % (Documents / 2) * 2) + 1:x6}", File = "events.jsonl", Record = $"record {number}", First = time, Last = time, Count = 2, Host = $"SRV-{number % Hosts:000}", Users = ["CORP\\svc"], Rule = "Service made from an administrative share", RuleId = "019d3a4f-152a-4601-b840-2e811a0e8773", Level = "high", Details = "Image=C:\\Windows\\services.exe · CommandLine=C:\\PerfLogs\\a.exe -k run", Written = "T1000" }],
                Quotes = [new CaseQuote { EvidenceId = $"E-{number % (Documents / 2) * 2:x6}", Text = "At 02:14 the operators copied an archive over an administrative share (T1000) and ran it as a service.", Matched = "T1000", Start = number, Length = 5, SourceStart = number + 40, SourceLength = 5, Statement = "asserted", Written = "T1000" }],
                RunnersUp = [new RunnerUp("T1001", "Another technique", 0.21)],
            };
        }
    }

    /// <summary>The work that no store can do without: writing every body once and hashing it.</summary>
    public static long Hash(IReadOnlyList<ICaseRecord> records)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using var json = new System.Text.Json.Utf8JsonWriter(buffer);
        var bytes = 0L;
        foreach (var record in records)
        {
            buffer.ResetWrittenCount();
            json.Reset();
            json.WriteStartObject();
            record.Write(json);
            json.WriteEndObject();
            json.Flush();
            hash.AppendData(buffer.WrittenSpan);
            bytes += buffer.WrittenCount;
        }
        return hash.GetHashAndReset().Length > 0 ? bytes : 0;
    }
}
