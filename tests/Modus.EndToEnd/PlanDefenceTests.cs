using System.Text;
using System.Text.Json;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Plans that start from a defence, and what-if questions to it, on the command line.</summary>
public sealed class PlanDefenceTests
{
    private const string Inventory = """
        attack: "18.1"
        hosts:
          - {name: desks, platform: Windows, count: 90}
          - {name: web, platform: Linux, count: 10}
        log_sources:
          - {id: sysmon, hosts: [desks], share: 80%, cost: 5, sigma: [windows/process_creation/*], attack: ["WinEventLog:Sysmon"]}
          - {id: security, platforms: [Windows], attack: ["WinEventLog:Security"]}
          - {id: scripts, platforms: [Windows], share: 0, cost: 2, attack: ["WinEventLog:PowerShell"]}
        controls:
          - {id: M1032, state: in place}
        rules:
          - {path: ../rules/windows}
        """;

    [Theory]
    [InlineData("sources")]
    [InlineData("detections")]
    [InlineData("controls")]
    public void A_plan_starts_from_what_is_there(string kind)
    {
        using var modus = Workspace();
        var from = Answer(modus.Run("plan", kind, "--budget", "2", "-o", "json"));
        var start = from.GetProperty("start").GetDouble();
        Assert.InRange(start, 0.001, from.GetProperty("covered").GetDouble());
        Assert.True(from.GetProperty("proven").GetBoolean());
        Assert.True(from.GetProperty("owned").GetArrayLength() > 0);
        Assert.Equal(from.GetProperty("covered").GetDouble() - start, from.GetProperty("steps").EnumerateArray().Sum(step => step.GetProperty("gain").GetDouble()), 5);
        Assert.Equal(["Linux", "Windows"], from.GetProperty("estate").EnumerateObject().Select(item => item.Name));

        var nothing = modus.Run("plan", kind, "--budget", "0", "-o", "json");
        Assert.Equal(0, nothing.Code);
        Assert.Equal(start, Answer(nothing).GetProperty("covered").GetDouble(), 9);
        Assert.Empty(Answer(nothing).GetProperty("steps").EnumerateArray());

        var whatIf = modus.Run("plan", "whatif", kind, "--drop", from.GetProperty("owned")[0].GetString()!, "-o", "json");
        Assert.Equal(0, whatIf.Code);
        // Whether a log that is not for sale is missed differs between the two for rules alone; elsewhere they start alike.
        if (kind != "detections") Assert.Equal(start, Answer(whatIf).GetProperty("before").GetDouble(), 6);
        Assert.True(Answer(whatIf).GetProperty("after").GetDouble() <= Answer(whatIf).GetProperty("before").GetDouble());
    }

    [Fact]
    public void What_is_given_up_costs_what_a_what_if_says()
    {
        using var modus = Workspace();
        var planned = Answer(modus.Run("plan", "sources", "--budget", "0", "--without", "security", "-o", "json")).GetProperty("start").GetDouble();
        var asked = Answer(modus.Run("plan", "whatif", "sources", "--drop", "security", "-o", "json"));
        Assert.Equal(planned, asked.GetProperty("after").GetDouble(), 6);
        Assert.Equal(asked.GetProperty("before").GetDouble() - planned, asked.GetProperty("cells").EnumerateArray()
            .Sum(cell => cell.GetProperty("weight").GetDouble() * (cell.GetProperty("before").GetDouble() - cell.GetProperty("after").GetDouble())), 4);
    }

    [Fact]
    public void The_rest_of_a_log_and_a_log_that_is_not_collected_have_the_inventorys_prices()
    {
        using var modus = Workspace();
        var ended = modus.Run("plan", "whatif", "sources", "-o", "json");
        var rows = Rows(ended.Out);
        Assert.Equal(1, rows.Single(row => row.GetProperty("id").GetString() == "sysmon:rest").GetProperty("cost").GetDouble(), 6);
        Assert.Equal(2, rows.Single(row => row.GetProperty("id").GetString() == "scripts").GetProperty("cost").GetDouble());
        Assert.True(rows.Single(row => row.GetProperty("id").GetString() == "sysmon").GetProperty("there").GetBoolean());
        Assert.DoesNotContain(rows, row => row.GetProperty("id").GetString() == "WinEventLog:PowerShell");
    }

    [Fact]
    public void Nothing_left_to_buy_is_said()
    {
        using var modus = Workspace();
        var ended = modus.Run("plan", "sources", "--budget", "1000", "--platform", "Windows", "-o", "json");
        var bought = Answer(ended).GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("id").GetString()!);
        modus.Write("all.txt", string.Join('\n', bought));
        var again = modus.Run("plan", "sources", "--budget", "5", "--platform", "Windows", "--have", "all.txt", "-o", "csv");
        Assert.Equal(0, again.Code);
        Assert.Contains("nothing is left to buy", again.Error, StringComparison.Ordinal);
        Assert.Single(again.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Names_and_prices_that_name_nothing_are_said_and_the_rest_is_done()
    {
        using var modus = Workspace();
        var prices = modus.Write("prices.csv", "item,cost\nscripts,4\nno such log,3\n");
        var ended = modus.Run("plan", "sources", "--budget", "9", "--costs", prices, "--have", "securityy", "--need", "scripts", "-o", "json");
        Assert.Equal(4, ended.Code);
        Assert.Contains("nothing is called securityy", ended.Error, StringComparison.Ordinal);
        Assert.Contains("MD6215", ended.Error, StringComparison.Ordinal);
        Assert.Contains("no such log", ended.Error, StringComparison.Ordinal);
        Assert.Contains("have no price and count 1", ended.Error, StringComparison.Ordinal);
        Assert.Equal(4, Answer(ended).GetProperty("steps").EnumerateArray().Single(step => step.GetProperty("id").GetString() == "scripts").GetProperty("cost").GetDouble());
    }

    [Fact]
    public void A_hostile_inventory_is_named_and_ends_in_time()
    {
        using var modus = new ModusProgram();
        modus.Write("defence/bomb.yaml", "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nlog_sources: [*e,*e,*e,*e,*e,*e,*e,*e,*e]\n");
        modus.Write("defence/deep.yaml", "log_sources: " + new string('[', 5000) + "\n");
        modus.Write("defence/odd.yaml", "log_sources:\n  - {id: neg, platforms: [Windows], share: -3, cost: -1, attack: [\"WinEventLog:Security\"]}\n  - {id: nan, platforms: [Windows], share: .nan, cost: .inf, attack: [\"WinEventLog:Sysmon\"]}\n  - 7\n");
        var many = new StringBuilder("log_sources:\n");
        for (var at = 0; at < 3000; at++) many.Append(System.Globalization.CultureInfo.InvariantCulture, $"  - {{id: s{at}, platforms: [Windows], share: 0.{at % 1000:000}, attack: [\"WinEventLog:Security\", \"WinEventLog:Sysmon\"]}}\n");
        modus.Write("defence/many.yaml", many.ToString());
        var ended = modus.Run("plan", "sources", "--budget", "3", "--platform", "Windows", "-o", "json");
        Assert.Equal(4, ended.Code);
        foreach (var name in new[] { "bomb.yaml", "deep.yaml", "odd.yaml" }) Assert.Contains(name, ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.True(Answer(ended).GetProperty("bound").GetDouble() <= 1);
    }

    [Theory]
    [InlineData(3, "MD6217", "plan", "whatif", "sources", "--add", "NSM:Flow", "--drop", "NSM:Flow")]
    [InlineData(3, "MD6214", "plan", "sources", "--budget", "1", "--defence", "defence", "--from-nothing")]
    [InlineData(2, "MD6011", "plan", "sources", "--budget", "1", "--defence", "nowhere")]
    [InlineData(2, "MD6216", "plan", "detections", "--budget", "1", "--from-nothing")]
    public void A_wrong_call_says_what_is_wrong(int exit, string code, params string[] args)
    {
        using var modus = Workspace();
        var ended = modus.Run(args);
        Assert.Contains(code, ended.Error, StringComparison.Ordinal);
        Assert.Equal(exit, ended.Code);
        Assert.Empty(ended.Out);
    }

    private static ModusProgram Workspace()
    {
        var modus = new ModusProgram();
        modus.Bring("rules");
        modus.Write("defence/inventory.yaml", Inventory);
        return modus;
    }

    private static JsonElement Answer(Ended ended) => JsonDocument.Parse(ended.Out).RootElement;

    private static List<JsonElement> Rows(string json) => [.. JsonDocument.Parse(json).RootElement.EnumerateArray()];
}
