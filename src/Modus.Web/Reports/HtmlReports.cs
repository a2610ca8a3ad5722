using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Modus.Analysis.Coverage;
using Modus.Casework.Investigation;

namespace Modus.Web.Reports;

/// <summary>Renders self-contained HTML pages: one file, no script, nothing fetched.</summary>
public static class HtmlReports
{
    /// <summary>The page of an investigation.</summary>
    /// <param name="result">What was found. Its texts are untrusted and are escaped.</param>
    /// <param name="made">The time to print as the time of making; null leaves it out.</param>
    /// <returns>The whole page, beginning with its document type.</returns>
    public static string Investigation(InvestigationResult result, DateTimeOffset? made) =>
        Render<InvestigationPage>(new()
        {
            [nameof(InvestigationPage.Result)] = result,
            [nameof(InvestigationPage.Made)] = made,
        });

    /// <summary>The page of a ladder: a matrix whose cells open the evidence that coloured them.</summary>
    /// <param name="knowledge">The release.</param>
    /// <param name="ladder">The ladder. Its texts are untrusted and are escaped.</param>
    /// <param name="made">The time to print as the time of making; null leaves it out.</param>
    /// <param name="gaps">A threat laid over the ladder; null for the ladder alone.</param>
    /// <returns>The whole page, beginning with its document type.</returns>
    public static string Coverage(CoverageKnowledge knowledge, Ladder ladder, DateTimeOffset? made, GapReport? gaps = null) =>
        Render<CoveragePage>(new()
        {
            [nameof(CoveragePage.Knowledge)] = knowledge,
            [nameof(CoveragePage.Ladder)] = ladder,
            [nameof(CoveragePage.Gaps)] = gaps,
            [nameof(CoveragePage.Made)] = made,
        });

    private static string Render<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.All)] TPage>(Dictionary<string, object?> parameters) where TPage : IComponent
    {
        using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var page = renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(parameters)).ConfigureAwait(true)).ToHtmlString());
        return $"<!DOCTYPE html>\n{page.GetAwaiter().GetResult()}\n";
    }
}
