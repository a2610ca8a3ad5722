using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Mapping;

/// <summary>Which categories the events of a service are of.</summary>
public sealed class CategoriesOfTests
{
    [Fact]
    public void A_service_has_the_categories_whose_events_it_writes()
    {
        var security = LogMappings.Default.CategoriesOf("windows", "security", [])!;

        Assert.Contains("process_creation", security);
        Assert.Contains("network_connection", security);
        Assert.DoesNotContain("image_load", security);
        Assert.DoesNotContain("ps_script", security);
        Assert.Contains("image_load", LogMappings.Default.CategoriesOf("Windows", "Sysmon", [])!);
    }

    [Fact]
    public void Event_codes_narrow_them() => Assert.Equal(["process_creation"], LogMappings.Default.CategoriesOf("windows", "security", [4624, 4688])!);

    [Fact]
    public void A_service_of_no_category_has_none_and_an_unknown_one_is_unknown()
    {
        Assert.Empty(LogMappings.Default.CategoriesOf("windows", "taskscheduler", [])!);
        Assert.Null(LogMappings.Default.CategoriesOf("windows", "our-own-agent", []));
    }
}
