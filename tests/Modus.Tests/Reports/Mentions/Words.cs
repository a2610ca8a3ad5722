using Modus.Reports.Documents;
using Modus.Reports.Mentions;

namespace Modus.Tests.Reports.Mentions;

/// <summary>A small vocabulary, written for tests, and short ways to ask it.</summary>
internal static class Words
{
    public static MentionVocabulary Vocabulary { get; } = new(
    [
        new(MentionKind.Technique, "T1059", "Command and Scripting Interpreter", []),
        new(MentionKind.Technique, "T1059.001", "PowerShell", []),
        new(MentionKind.Technique, "T1053.005", "Scheduled Task", []),
        new(MentionKind.Technique, "T1587.001", "Malware", []),
        new(MentionKind.Technique, "T1588.001", "Malware", []),
        new(MentionKind.Technique, "T1566", "Phishing", []),
        new(MentionKind.Technique, "T1566.001", "Spearphishing Attachment", []),
        new(MentionKind.Technique, "T1598.002", "Spearphishing Attachment", []),
        new(MentionKind.Tactic, "TA0001", "Initial Access", []),
        new(MentionKind.Group, "G0007", "APT28", ["APT28", "Sofacy", "Fancy Bear"]),
        new(MentionKind.Group, "G0032", "Lazarus Group", ["Lazarus Group", "HIDDEN COBRA"]),
        new(MentionKind.Group, "G1040", "Play", ["Play"]),
        new(MentionKind.Software, "S1162", "Playcrypt", ["Playcrypt", "Play"]),
        new(MentionKind.Software, "S0154", "Cobalt Strike", ["Cobalt Strike"]),
        new(MentionKind.Software, "S0110", "at", ["at", "at.exe"]),
        new(MentionKind.Software, "S0039", "Net", ["Net", "net.exe"]),
        new(MentionKind.Software, "S0367", "Emotet", ["Emotet", "Geodo"]),
        new(MentionKind.Software, "S0041", "Wiper", ["Wiper"]),
        new(MentionKind.Software, "S0075", "Reg", ["Reg", "reg.exe"]),
        new(MentionKind.Software, "S0385", "njRAT", ["njRAT"]),
        new(MentionKind.Campaign, "C0024", "SolarWinds Compromise", ["SolarWinds Compromise"]),
        new(MentionKind.Mitigation, "M1041", "Encrypt Sensitive Information", []),
        new(MentionKind.Technique, "T1574.002", "DLL Side-Loading", [], IsActive: false),
    ]);

    public static Document Read(string text, DocumentFormat format = DocumentFormat.PlainText) =>
        ReportReader.ReadText(text, "test", format).Document!;

    public static IReadOnlyList<Mention> Find(string text, DocumentFormat format = DocumentFormat.PlainText, bool weak = false) =>
        MentionFinder.Find(Read(text, format), Vocabulary, weak);
}
