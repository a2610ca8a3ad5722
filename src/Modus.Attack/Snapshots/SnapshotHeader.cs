using System.Text;
using Modus.Attack.Images;

namespace Modus.Attack.Snapshots;

/// <summary>The texts of a release as a whole, as a snapshot keeps them.</summary>
internal static class SnapshotHeader
{
    public static byte[] Write(ReleaseFacts facts)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(facts.Version);
            writer.Write((int)facts.Domains);
            writer.Write(facts.Stamp ?? "");
            writer.Write(facts.SpecVersion ?? "");
            writer.Write(facts.Provenance);
            writer.Write((int)facts.Determination);
            writer.Write(facts.HasText);
            // The sections behind are read as integers; nothing depends on their place, but whole words read faster.
            while (memory.Position % 8 != 0) writer.Write((byte)0);
        }
        return memory.ToArray();
    }

    public static ReleaseFacts Read(byte[] header)
    {
        using var reader = new BinaryReader(new MemoryStream(header), Encoding.UTF8);
        return new ReleaseFacts(
            reader.ReadString(), (Domains)reader.ReadInt32(), Empty(reader.ReadString()), Empty(reader.ReadString()),
            reader.ReadString(), (ReleaseDetermination)reader.ReadInt32(), reader.ReadBoolean());
    }

    private static string? Empty(string text) => text.Length == 0 ? null : text;
}
