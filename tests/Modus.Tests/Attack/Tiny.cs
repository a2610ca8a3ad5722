using System.Text;
using Modus.Attack;
using Modus.Attack.Bundles;
using Xunit;

namespace Modus.Tests.Attack;

/// <summary>The made-up bundle of the samples.</summary>
internal static class Tiny
{
    public static string Path { get; } = System.IO.Path.Combine(TestData.Root, "samples", "attack", "tiny.json");

    public static string Text { get; } = File.ReadAllText(Path);

    public static Release Release { get; } = Read(Text).Release!;

    public static ReadResult Read(string text, ReadOptions? options = null) => Read(Encoding.UTF8.GetBytes(text), options);

    public static ReadResult Read(byte[] bytes, ReadOptions? options = null) =>
        BundleReader.Read(new MemoryStream(bytes), "tiny", options, TestContext.Current.CancellationToken);
}
