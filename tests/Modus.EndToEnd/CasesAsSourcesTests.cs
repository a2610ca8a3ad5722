using System.Text.Json;
using Modus.Casework.Cases;
using Modus.Casework.Workspaces;
using Xunit;

namespace Modus.EndToEnd;

/// <summary>Cases of a workspace as the question, as sources, as precedents and as sequences.</summary>
public sealed class CasesAsSourcesTests
{
    private static readonly DateTimeOffset day = new(2024, 5, 6, 7, 0, 0, TimeSpan.Zero);

    private static string Fill(ModusProgram modus)
    {
        var folder = Path.Combine(modus.Folder, "ws");
        var workspace = new Workspace { Folder = folder, Name = "ws" };
        workspace.Create();
        using var book = new CaseBook(workspace.OpenStore(TimeProvider.System), "tester", TimeProvider.System);
        var asked = new CaseRecord { Id = "C-asked", Name = "Asked" };
        var told = new CaseRecord { Id = "C-told", Name = "Told" };
        book.SaveOrThrow("fill", asked, told,
            Procedure("C-asked", "T1566.001", 0, software: "Mimikatz"), Procedure("C-asked", "T1003.001", 2), Procedure("C-asked", "T1059.001", 1),
            Procedure("C-asked", "T1486", 3, status: ProcedureStatus.Rejected),
            Procedure("C-told", "T1566.001", 0, actor: "APT29"), Procedure("C-told", "T1059.001", 1), Procedure("C-told", "T1003.001", 2),
            Procedure("C-told", "T1564.012", 3, actor: "APT29"), Procedure("C-told", "T1039", 4, actor: "Night Owl"));
        return folder;
    }

    private static ProcedureRecord Procedure(string caseId, string technique, int hours, string? software = null, string? actor = null, ProcedureStatus status = ProcedureStatus.Confirmed) => new()
    {
        Id = $"P-{caseId}-{technique}",
        CaseId = caseId,
        Technique = technique,
        First = day.AddHours(hours),
        Last = day.AddHours(hours),
        Software = software is null ? [] : [software],
        Actor = actor,
        Status = status,
    };

    [Fact]
    public void A_case_is_the_question_and_rejected_procedures_are_not_in_it()
    {
        using var modus = new ModusProgram();
        var ended = modus.Run("-C", Fill(modus), "attribute", "--case", "C-asked", "-o", "json");
        Assert.True(ended.Code == 0, ended.Error);
        using var answer = JsonDocument.Parse(ended.Out);
        Assert.Equal(["T1003.001", "T1059.001", "T1566.001"], answer.RootElement.GetProperty("techniques").EnumerateArray().Select(item => item.GetString()));
        Assert.Single(answer.RootElement.GetProperty("software").EnumerateArray());
        Assert.Contains("3 procedures used, 0 suggestions not decided on, 1 rejected", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Own_procedures_count_as_sources_of_the_actor_until_they_are_left_out()
    {
        using var modus = new ModusProgram();
        var folder = Fill(modus);
        var with = modus.Run("-C", folder, "actor", "profile", "APT29", "-o", "json");
        var without = modus.Run("-C", folder, "actor", "profile", "APT29", "-o", "json", "--without-cases");
        var excluded = modus.Run("-C", folder, "actor", "profile", "APT29", "-o", "json", "--exclude-source", "case C-told");
        Assert.Contains("case C-told", with.Out, StringComparison.Ordinal);
        Assert.Contains("T1564.012", with.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("T1564.012", without.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("T1564.012", excluded.Out, StringComparison.Ordinal);
        Assert.Contains("taken as an actor of your own", with.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_cases_are_precedents_and_their_order_counts_for_the_next_step()
    {
        using var modus = new ModusProgram();
        var folder = Fill(modus);
        var unseen = modus.Run("-C", folder, "next", "--case", "C-asked", "-o", "json", "--top", "600");
        Assert.True(unseen.Code == 0, unseen.Error);
        Assert.Contains("case C-told Told", unseen.Out, StringComparison.Ordinal);
        double Probability(params string[] more)
        {
            using var rows = JsonDocument.Parse(modus.Run(["-C", folder, "next", "T1564.012", "--kind", "step", "-o", "json", "--top", "900", .. more]).Out);
            return rows.RootElement.EnumerateArray().Where(item => item.GetProperty("id").GetString() == "T1039").Select(item => item.GetProperty("score").GetDouble()).Single();
        }
        Assert.True(Probability() > Probability("--without-cases"));
    }

    [Fact]
    public void A_case_that_is_not_there_and_a_folder_without_workspace_are_said_to_be_so()
    {
        using var modus = new ModusProgram();
        Assert.Contains("C-nowhere", modus.Run("-C", Fill(modus), "attribute", "--case", "C-nowhere").Error, StringComparison.Ordinal);
        using var plain = new ModusProgram();
        Assert.Contains("workspace", plain.Run("attribute", "--case", "C-asked").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_is_compared_with_an_actor()
    {
        using var modus = new ModusProgram();
        var ended = modus.Run("-C", Fill(modus), "actor", "compare", "case:C-asked", "APT29", "-o", "json");
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Contains("case C-asked", ended.Out, StringComparison.Ordinal);
    }
}
