using Modus.Analysis.Coverage;
using Modus.Casework.Cases;
using Modus.Casework.Reporting;
using Modus.Casework.Workspaces;
using Xunit;

namespace Modus.Tests.SampleCase;

/// <summary>The case laid over the company's defence, as its report and brief tell it.</summary>
public sealed class CaseDefenceTests(InvestigatedCase investigated) : IClassFixture<InvestigatedCase>
{
    private CaseReport Report() => CaseReportBuilder.Build(investigated.Book, investigated.Book.Case(null), investigated.Knowledge, new Workspace { Folder = ShippedCase.Folder });

    [Fact]
    public void Twenty_techniques_set_off_a_rule_and_what_the_responders_found_besides_had_none()
    {
        var rows = Report().Defence.Gap!.Rows.ToDictionary(row => row.Technique.Id, row => row.State);

        var fired = CaseData.Techniques.Where(row => row.State == "fired").Select(row => row.Id).ToList();
        Assert.Equal(20, fired.Count);
        Assert.Equal(fired.Order(StringComparer.Ordinal), rows.Where(row => row.Value == CellState.Fired).Select(row => row.Key).Order(StringComparer.Ordinal));
        Assert.All(CaseData.Techniques.Where(row => row.State == "no-rule"), row => Assert.Equal(CellState.NoRule, rows[row.Id]));
        Assert.Equal(CellState.Untested, rows["T1021.001"]); // its rule runs; that it can never fire shows when logs are looked into
        Assert.Equal(CellState.NotCollected, rows["T1530"]);
        Assert.Equal(CellState.OutsideTelemetry, rows["T1583.001"]);
    }

    [Fact]
    public void The_first_grave_alert_came_in_the_second_night()
    {
        var first = Report().Defence.First!;

        Assert.Equal((new DateTimeOffset(2026, 3, 10, 2, 24, 45, TimeSpan.Zero), "high"), (first.Time, first.Level));
        Assert.Contains(Brief.Of(Report()).Watched, statement => statement.What == "17 h 43 min" && statement.Ids is [var id] && id == first.ProcedureId);
    }

    [Fact]
    public void Every_statement_of_the_brief_has_its_records_and_its_denominator()
    {
        var brief = Brief.Of(Report());

        Assert.Empty(brief.Missing);
        Assert.Equal(3, brief.Watched.Count);
        Assert.StartsWith("20 of 51 techniques", brief.Watched[0].What, StringComparison.Ordinal);
        var ids = investigated.Book.List<ProcedureRecord>().Select(procedure => procedure.Id).Concat(investigated.Book.List<GapRecord>().Select(gap => gap.Id)).ToHashSet();
        Assert.All(brief.Watched.Concat(brief.WhatToDo), action => Assert.NotEmpty(action.Ids));
        Assert.All(brief.Watched.Concat(brief.WhatToDo).SelectMany(action => action.Ids).Where(id => id[0] is 'P' or 'I'), id => Assert.Contains(id, ids));
        Assert.Contains(brief.WhatToDo, action => action.Why.StartsWith("answers ", StringComparison.Ordinal));
    }
}
