using System.Globalization;
using Modus.Analysis.Coverage;

namespace Modus.Casework.Defence;

/// <summary>What the events of a sensor show, in data components. Says nothing about whether anybody runs the sensor.</summary>
/// <param name="Sensor">The sensor's name, from the file's.</param>
/// <param name="File">The file.</param>
/// <param name="Components">Event and component.</param>
internal sealed record SensorMapping(string Sensor, string File, IReadOnlyList<(string Event, string Component)> Components)
{
    public static SensorMapping Of(string file, IReadOnlyList<string> header, IReadOnlyList<(int Line, string[] Cells)> rows, int eventColumn, int componentColumn) =>
        new(Path.GetFileName(file).Split('-')[0], file,
            [.. rows.Where(row => row.Cells.Length == header.Count && row.Cells[componentColumn].Length > 0).Select(row => (eventColumn >= 0 ? row.Cells[eventColumn] : "", row.Cells[componentColumn])).Distinct()]);

    /// <summary>Gives the log sources of this sensor the components of the events that they hold. Sources that say themselves what they show keep that.</summary>
    public IReadOnlyList<LogSourceCoverage> Join(IReadOnlyList<LogSourceCoverage> sources, List<Unplaced> unplaced)
    {
        var any = false;
        List<LogSourceCoverage> joined = [.. sources.Select(source =>
        {
            if (source.WasObserved || !IsOf(source)) return source;
            any = true;
            if (source.AttackSources.Count > 0 || source.Components.Count > 0) return source;
            var codes = source.EventCodes.Select(code => code.ToString(CultureInfo.InvariantCulture)).ToHashSet(StringComparer.Ordinal);
            return source with { Components = [.. Components.Where(pair => codes.Count == 0 || codes.Contains(pair.Event)).Select(pair => pair.Component).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)] };
        })];
        if (!any) unplaced.Add(new(Sensor, File, "no log source of the inventory is of this sensor"));
        return joined;
    }

    private bool IsOf(LogSourceCoverage source) =>
        source.Name.Contains(Sensor, StringComparison.OrdinalIgnoreCase) || source.Id.Contains(Sensor, StringComparison.OrdinalIgnoreCase)
        || source.Streams.Any(stream => Sensor.Equals(stream.Service, StringComparison.OrdinalIgnoreCase) || Sensor.Equals(stream.Product, StringComparison.OrdinalIgnoreCase));
}
