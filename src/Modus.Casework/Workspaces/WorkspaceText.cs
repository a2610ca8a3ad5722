using System.Text;
using Modus.Casework.Cases;
using Modus.Casework.Exchange;

namespace Modus.Casework.Workspaces;

/// <summary>The text of a workspace's file: written for people to edit.</summary>
internal static class WorkspaceText
{
    public static string Of(Workspace workspace)
    {
        var text = new StringBuilder();
        text.Append("# A workspace of Modus. Everything here may be edited.\n");
        Line("name", workspace.Name);
        text.Append("\n# A file relative to this folder, or postgres://user@host/database for a team.\n");
        Line("store", workspace.Store);
        if (workspace.Case is { } usual)
        {
            text.Append("\n# The case that commands take where none is named.\n");
            Line("case", usual);
        }
        if (workspace.AttackVersion is { } version)
        {
            text.Append("\n# The ATT&CK release to work in; the newest at hand without this line.\n");
            Line("attack", version, quoted: true);
        }
        text.Append("\n# Where required, whoever enters a procedure may not accept it.\n");
        text.Append("four_eyes:\n  required: ").Append(workspace.FourEyes.Required ? "true" : "false").Append('\n');
        if (workspace.FourEyes.Origins.Count > 0) text.Append("  origins: [").AppendJoin(", ", workspace.FourEyes.Origins.Select(YamlText.Scalar)).Append("]\n");
        if (workspace.FourEyes.UpTo != ConfidenceLevel.High) text.Append("  up_to: ").Append(RecordJson.WordOf(workspace.FourEyes.UpTo)).Append('\n');
        foreach (var zone in workspace.Zones) Append(text, zone, first: zone == workspace.Zones[0]);
        return text.ToString();

        void Line(string key, string value, bool quoted = false) => text.Append(key).Append(": ").Append(quoted ? $"\"{value}\"" : YamlText.Scalar(value)).Append('\n');
    }

    /// <summary>The text with one more answer on zones; everything else stays as it is.</summary>
    public static string WithZone(string text, ZoneAnswer answer)
    {
        var lines = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n').ToList();
        var head = lines.FindIndex(line => line.TrimEnd() == "zones:");
        var entry = $"  - file: {YamlText.Scalar(answer.File)}\n    zone: {YamlText.Scalar(answer.Zone)}";
        if (head < 0)
        {
            lines.Add("");
            lines.Add("# The zone of files whose times have none.");
            lines.Add("zones:");
            lines.Add(entry);
        }
        else
        {
            // At the end of the list, since the last answer counts.
            var end = head + 1;
            while (end < lines.Count && (lines[end].Length == 0 || lines[end][0] is ' ' or '-')) end++;
            lines.Insert(end, entry);
        }
        return string.Join('\n', lines) + "\n";
    }

    private static void Append(StringBuilder text, ZoneAnswer zone, bool first)
    {
        if (first) text.Append("\n# The zone of files whose times have none.\nzones:\n");
        text.Append("  - file: ").Append(YamlText.Scalar(zone.File)).Append("\n    zone: ").Append(YamlText.Scalar(zone.Zone)).Append('\n');
    }
}
