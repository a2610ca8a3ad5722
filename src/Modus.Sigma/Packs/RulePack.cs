using System.Security.Cryptography;
using System.Text;

namespace Modus.Sigma.Packs;

/// <summary>A rule set as one file, so that the next start need not read YAML. The rules' own bytes are its key: a changed rule makes a new pack.</summary>
internal static class RulePack
{
    /// <summary>Changes whenever what is written, or what rules are compiled to, changes.</summary>
    private const string Format = "modus-rules-1";

    /// <summary>The key of files and options.</summary>
    public static byte[] Key(IReadOnlyList<(string Name, byte[] Content)> files, CompileOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text)
        {
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        Add(Format);
        Add(typeof(RulePack).Assembly.ManifestModule.ModuleVersionId.ToString());
        Add(options.MaxRegexLength.ToString(System.Globalization.CultureInfo.InvariantCulture));
        foreach (var map in new[] { options.Placeholders, options.FieldNames })
        {
            Add(map.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            foreach (var (name, values) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                Add(name);
                Add(string.Join('\u0001', values));
            }
        }

        foreach (var (name, content) in files)
        {
            Add(name);
            hash.AppendData(BitConverter.GetBytes(content.Length));
            hash.AppendData(content);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>The rule set of a pack; null when there is no pack, or it is for other rules, or damaged.</summary>
    /// <param name="path">The pack's file.</param>
    /// <param name="key">The key it must have.</param>
    /// <param name="problem">Set when the pack is there and cannot be used although it should.</param>
    public static RuleSet? Read(string path, byte[] key, out Problem? problem)
    {
        problem = null;
        try
        {
            if (!File.Exists(path)) return null;
            var bytes = File.ReadAllBytes(path);
            if (bytes.Length < key.Length + SHA256.HashSizeInBytes || !bytes.AsSpan(0, key.Length).SequenceEqual(key)) return null;
            var body = bytes.AsMemory(0, bytes.Length - SHA256.HashSizeInBytes);
            if (SHA256.HashData(body.Span).AsSpan().SequenceEqual(bytes.AsSpan(body.Length)))
                return new PackReader(new(new MemoryStream(bytes, key.Length, body.Length - key.Length), Encoding.UTF8)).Read();
            problem = new("MD2070", ProblemSeverity.Warning, "The pack is damaged; the rules were read from their files.", path, Fix: "Nothing: it is written anew.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException)
        {
            problem = new("MD2070", ProblemSeverity.Warning, $"The pack cannot be read: {exception.Message} The rules were read from their files.", path);
        }

        return null;
    }

    /// <summary>Writes a pack beside its place and moves it there, so that no one sees half of it. A problem when that fails.</summary>
    public static Problem? Write(string path, byte[] key, RuleSet rules)
    {
        try
        {
            using var memory = new MemoryStream();
            memory.Write(key);
            using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true)) new PackWriter(writer).Write(rules);
            memory.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
            var beside = $"{path}.{Environment.ProcessId}.new";
            File.WriteAllBytes(beside, memory.ToArray());
            File.Move(beside, path, overwrite: true);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new("MD2071", ProblemSeverity.Warning, $"The pack cannot be written: {exception.Message} The next start reads the rules' files again.", path);
        }
    }
}
