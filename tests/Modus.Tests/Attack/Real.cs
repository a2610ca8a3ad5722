using System.Collections.Concurrent;
using Modus.Attack;
using Modus.Attack.Bundles;
using Xunit;

namespace Modus.Tests.Attack;

/// <summary>The real releases, each read once for all tests.</summary>
internal static class Real
{
    private static readonly ConcurrentDictionary<string, Lazy<ReadResult>> results = new();

    public static Release Enterprise181 => Release("enterprise-attack-18.1.json.gz");

    public static Release Enterprise171 => Release("enterprise-attack-17.1.json.gz");

    public static Release Enterprise190 => Release("enterprise-attack-19.0-reconstructed.json.gz");

    public static Release Enterprise82 => Release("enterprise-attack-8.2.json.gz");

    public static Release Mobile181 => Release("mobile-attack-18.1.json");

    public static Release Ics181 => Release("ics-attack-18.1.json");

    public static Release Release(string file)
    {
        var result = Result(file);
        Assert.True(result.Release is not null, string.Join('\n', result.Problems));
        return result.Release!;
    }

    public static ReadResult Result(string file)
    {
        var path = TestData.Need("attack/" + file);
        return results.GetOrAdd(path, _ => new(() => BundleReader.Read(path))).Value;
    }
}
