using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Casework.Store;
using Modus.Casework.Workspaces;

namespace Modus.Casework.Upgrades;

/// <summary>Carries out upgrades of a workspace and takes them back: the old bytes of each file are kept beside the store.</summary>
/// <remarks>
/// Folder <c>.modus/upgrades/N</c> holds the old files by number and <c>upgrade.json</c>, which is written before the first file
/// changes: whatever a crash leaves half done can be taken back.
/// </remarks>
public sealed class UpgradeJournal(Workspace workspace, CaseBook book)
{
    private const string Folder = ".modus/upgrades";
    private const string Manifest = "upgrade.json";

    /// <summary>A file was changed since the upgrade, so taking it back would lose that change.</summary>
    public const string ChangedSince = "MD5041";

    /// <summary>There is no upgrade to take back.</summary>
    public const string NothingToUndo = "MD5042";

    /// <summary>Writes the files and procedures of a plan.</summary>
    /// <returns>The number of the upgrade, for people.</returns>
    public int Apply(UpgradePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var number = Numbers().DefaultIfEmpty(0).Max() + 1;
        var folder = FolderOf(number);
        Directory.CreateDirectory(folder);
        for (var index = 0; index < plan.Files.Count; index++) File.WriteAllBytes(Path.Combine(folder, NameOf(index)), plan.Files[index].Before);
        WriteManifest(folder, plan, changeSet: 0);
        foreach (var file in plan.Files) Replace(workspace.PathOf(file.Path), file.After);
        if (plan.Procedures.Count == 0) return number;
        var result = book.SaveOrThrow($"upgrade to ATT&CK {plan.Target}", plan.Procedures);
        WriteManifest(folder, plan, result.ChangeSet);
        return number;
    }

    /// <summary>Takes the last upgrade back: every byte of its files, and its procedures.</summary>
    /// <returns>How many files and procedures are as they were before.</returns>
    /// <exception cref="CaseRuleException">There is none, or something was changed since; then nothing is changed.</exception>
    public (int Files, int Procedures) Undo()
    {
        var number = Numbers().DefaultIfEmpty(0).Max();
        if (number == 0) throw new CaseRuleException(NothingToUndo, "no upgrade of this workspace is on record", "'modus undo' takes back other changes");
        var folder = FolderOf(number);
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, Manifest)));
        var files = manifest.RootElement.GetProperty("files").EnumerateArray()
            .Select((file, index) => (Path: file.GetProperty("path").GetString()!, Before: file.GetProperty("before").GetString()!, After: file.GetProperty("after").GetString()!, Kept: Path.Combine(folder, NameOf(index)))).ToList();
        foreach (var file in files)
        {
            var path = workspace.PathOf(file.Path);
            var now = File.Exists(path) ? HashOf(File.ReadAllBytes(path)) : "";
            if (now != file.After && now != file.Before)
                throw new CaseRuleException(ChangedSince, $"{file.Path} was changed since the upgrade; nothing was taken back", $"the old file is kept as {Path.GetRelativePath(workspace.Folder, file.Kept)}");
        }
        var procedures = UndoProcedures(manifest.RootElement.GetProperty("change_set").GetInt64());
        foreach (var file in files) Replace(workspace.PathOf(file.Path), File.ReadAllBytes(file.Kept));
        Directory.Delete(folder, recursive: true);
        return (files.Count, procedures);
    }

    private int UndoProcedures(long changeSet)
    {
        if (changeSet == 0) return 0;
        var entries = book.Store.Journal().Where(entry => entry.ChangeSet == changeSet).ToList();
        var back = new List<ItemChange>();
        foreach (var entry in entries)
        {
            var stored = book.Store.Find(entry.Kind, entry.Id);
            using var before = JsonDocument.Parse(entry.Before ?? "{}");
            using var after = JsonDocument.Parse(entry.After ?? "{}");
            if (stored is null || !JsonElement.DeepEquals(stored.Body, after.RootElement))
                throw new CaseRuleException(ChangedSince, $"procedure {entry.Id} was changed since the upgrade; nothing was taken back", "take that change back first, or edit the procedure");
            back.Add(new ItemChange(entry.Kind, entry.Id, entry.CaseId, stored.Version, before.RootElement.Clone()));
        }
        if (!book.Store.Change(book.Actor, "take back the upgrade", back).IsDone)
            throw new CaseRuleException(ChangedSince, "a procedure was changed at this moment; nothing was taken back", "try again");
        return back.Count;
    }

    private IEnumerable<int> Numbers()
    {
        var root = workspace.PathOf(Folder);
        if (!Directory.Exists(root)) return [];
        return Directory.EnumerateDirectories(root).Where(folder => File.Exists(Path.Combine(folder, Manifest)))
            .Select(folder => int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0);
    }

    private string FolderOf(int number) => Path.Combine(workspace.PathOf(Folder), number.ToString(CultureInfo.InvariantCulture));

    private static string NameOf(int index) => index.ToString("D5", CultureInfo.InvariantCulture);

    private static string HashOf(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static void WriteManifest(string folder, UpgradePlan plan, long changeSet)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("target", plan.Target);
            json.WriteNumber("change_set", changeSet);
            json.WriteStartArray("files");
            foreach (var file in plan.Files)
            {
                json.WriteStartObject();
                json.WriteString("path", file.Path);
                json.WriteString("before", HashOf(file.Before));
                json.WriteString("after", HashOf(file.After));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        Replace(Path.Combine(folder, Manifest), buffer.ToArray());
    }

    // Written beside and moved: a reader finds the old file or the new one, never a part.
    private static void Replace(string path, byte[] bytes)
    {
        var part = path + ".part";
        File.WriteAllBytes(part, bytes);
        File.Move(part, path, overwrite: true);
    }
}
