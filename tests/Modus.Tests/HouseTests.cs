using System.Reflection;
using Xunit;

namespace Modus.Tests;

/// <summary>The direction of references between the rooms of the house.</summary>
public sealed class HouseTests
{
    private static readonly Dictionary<string, string[]> mayKnow = new()
    {
        ["Modus.Attack"] = [],
        ["Modus.Stix"] = [],
        ["Modus.Logs"] = [],
        ["Modus.Sigma"] = ["Modus.Logs"],
        ["Modus.Reports"] = ["Modus.Attack"],
        ["Modus.Analysis"] = ["Modus.Attack"],
        ["Modus.Casework"] = ["Modus.Attack", "Modus.Stix", "Modus.Logs", "Modus.Sigma", "Modus.Reports", "Modus.Analysis"],
        ["Modus.Web"] = ["Modus.Casework", "Modus.Attack", "Modus.Stix", "Modus.Logs", "Modus.Sigma", "Modus.Reports", "Modus.Analysis"],
        ["modus"] = ["Modus.Web", "Modus.Casework", "Modus.Attack", "Modus.Stix", "Modus.Logs", "Modus.Sigma", "Modus.Reports", "Modus.Analysis"],
    };

    public static TheoryData<string> Rooms => [.. mayKnow.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_only_the_rooms_below_it(string room)
    {
        var assembly = Assembly.Load(room);
        var known = assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("Modus", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(known.Except(mayKnow[room]));
    }
}
