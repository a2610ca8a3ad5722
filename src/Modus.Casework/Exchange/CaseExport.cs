using System.Text;
using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Casework.Store;

namespace Modus.Casework.Exchange;

/// <summary>Writes a case as text that people read and git can diff: the same records give the same bytes.</summary>
public static class CaseExport
{
    internal const string CaseFile = "case.yaml", ProcedureFolder = "procedures", NoteFolder = "notes", Overview = "README.md";

    // The kinds that are one file each; procedures are one file a technique, notes one file each.
    internal static IReadOnlyList<(string Kind, string File)> Lists { get; } =
    [
        (ItemKinds.Evidence, "evidence.yaml"), (ItemKinds.Review, "reviews.yaml"), (ItemKinds.Gap, "gaps.yaml"),
        (ItemKinds.Decision, "decisions.yaml"), (ItemKinds.Hypothesis, "hypotheses.yaml"), (ItemKinds.Indicator, "indicators.yaml"),
    ];

    /// <summary>Writes a case into a folder.</summary>
    /// <param name="book">The records.</param>
    /// <param name="item">The case.</param>
    /// <param name="folder">An empty or missing folder, or an earlier export of the same case, which becomes this one.</param>
    /// <returns>The files, relative to the folder, in ordinal order; those that are the same already are not written again.</returns>
    /// <exception cref="CaseRuleException">The folder holds something else.</exception>
    public static IReadOnlyList<string> Write(CaseBook book, CaseRecord item, string folder)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(item);
        var files = Texts(book, item);
        var old = OldFiles(item.Id, folder);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            if (!File.Exists(path) || File.ReadAllText(path) != text) File.WriteAllText(path, text);
        }
        foreach (var stale in old.Where(name => !files.ContainsKey(name))) File.Delete(Path.Combine(folder, stale));
        return [.. files.Keys];
    }

    /// <summary>The files of an export with their texts.</summary>
    public static SortedDictionary<string, string> Texts(CaseBook book, CaseRecord item)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(item);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var stored = book.Store.Find(ItemKinds.Case, item.Id) ?? throw new CaseRuleException(CaseRuleCodes.Unknown, $"there is no case {item.Id}");
        var text = new StringBuilder("# A case of Modus. 'modus case import' reads this folder back; README.md is only for readers.\n");
        text.Append("id: ").Append(YamlText.Scalar(item.Id)).Append('\n');
        YamlText.Members(text, stored.Body);
        files[CaseFile] = text.ToString();

        foreach (var (kind, file) in Lists)
            if (book.Store.List(kind, item.Id) is { Count: > 0 } items) files[file] = ListOf(items);
        var procedures = book.Store.List(ItemKinds.Procedure, item.Id);
        foreach (var group in procedures.GroupBy(procedure => FileNameOf(procedure.Body.TextOrEmpty("technique"))))
            files[$"{ProcedureFolder}/{group.Key}.yaml"] = ListOf(group);
        foreach (var note in book.Store.List(ItemKinds.Note, item.Id)) files[$"{NoteFolder}/{FileNameOf(note.Id)}.md"] = NoteText.Of(note);
        files[Overview] = CaseOverview.Of(item, book);
        return files;
    }

    private static string ListOf(IEnumerable<StoredItem> items)
    {
        var text = new StringBuilder();
        foreach (var item in items)
        {
            if (text.Length > 0) text.Append('\n');
            text.Append("- id: ").Append(YamlText.Scalar(item.Id)).Append('\n');
            YamlText.Members(text, item.Body, 2);
        }
        return text.ToString();
    }

    private static List<string> OldFiles(string caseId, string folder)
    {
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any(entry => !Path.GetFileName(entry).StartsWith('.'))) return [];
        var path = Path.Combine(folder, CaseFile);
        string? there;
        try
        {
            there = File.Exists(path) ? YamlJson.Read(File.ReadAllText(path)).Text("id") : null;
        }
        catch (CaseFormatException)
        {
            there = null; // not an export that could be told apart from somebody's work: refused below
        }
        if (there != caseId)
            throw new CaseRuleException(CaseRuleCodes.BadExport, $"{folder} is not empty and no export of {caseId}{(there is null ? "" : $", but of {there}")}", "name a new folder");
        return
        [
            .. Lists.Select(list => list.File).Where(name => File.Exists(Path.Combine(folder, name))),
            .. FilesOf(folder, ProcedureFolder, "*.yaml"), .. FilesOf(folder, NoteFolder, "*.md"),
        ];
    }

    private static IEnumerable<string> FilesOf(string folder, string below, string pattern) => Directory.Exists(Path.Combine(folder, below))
        ? Directory.EnumerateFiles(Path.Combine(folder, below), pattern).Select(file => $"{below}/{Path.GetFileName(file)}")
        : [];

    /// <summary>Ids are the user's where records were imported: a file name holds only what is safe on every system.</summary>
    private static string FileNameOf(string id)
    {
        var name = new string([.. id.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_' ? letter : '_')]).Trim('.');
        return name.Length is > 0 and <= 80 ? name : "unnamed";
    }
}
