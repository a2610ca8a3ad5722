using System.Globalization;

namespace Modus.Cli.Shell;

/// <summary>A line of progress on standard error: redrawn on a terminal, silent elsewhere unless asked for.</summary>
/// <remarks>Nothing is shown in the first 300 ms, so that quick work stays quiet.</remarks>
internal sealed class Progress(TextWriter error, string mode, TimeProvider time, string unit) : IDisposable
{
    private static readonly TimeSpan quiet = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan plainEvery = TimeSpan.FromSeconds(5);

    private readonly long start = time.GetTimestamp();
    private readonly Lock gate = new();
    private long last;
    private bool drawn;

    /// <summary>Reports how far the work is. Safe to call from several threads and as often as one likes.</summary>
    /// <param name="done">Units done so far.</param>
    /// <param name="total">Units in all; 0 where unknown.</param>
    /// <param name="what">What is being worked on.</param>
    public void Report(long done, long total, string what)
    {
        if (mode == "none") return;
        var elapsed = time.GetElapsedTime(start);
        if (elapsed < quiet) return;
        lock (gate)
        {
            var since = last == 0 ? TimeSpan.MaxValue : time.GetElapsedTime(last);
            if (since < (mode == "auto" ? redraw : plainEvery)) return;
            last = time.GetTimestamp();
            drawn = true;
            Draw(done, total, what, elapsed);
        }
    }

    public void Dispose()
    {
        lock (gate)
            if (drawn && mode == "auto") error.Write("\r\u001b[K");
    }

    private void Draw(long done, long total, string what, TimeSpan elapsed)
    {
        var rate = done / Math.Max(0.001, elapsed.TotalSeconds);
        if (mode == "json")
        {
            error.WriteLine(Json.Of(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("done", done);
                if (total > 0) json.WriteNumber("total", total);
                json.WriteString("unit", unit);
                json.WriteString("what", what);
                json.WriteEndObject();
            }));
            return;
        }
        var share = total > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100.0 * done / total,3:0} % ") : "";
        var left = total > 0 && rate > 0 ? string.Create(CultureInfo.InvariantCulture, $", {(total - done) / rate:0} s left") : "";
        var line = string.Create(CultureInfo.InvariantCulture, $"{share}{done:#,0} {unit} ({rate:#,0}/s{left}) {SafeText.Cut(SafeText.ForTerminal(what), 40)}");
        error.Write(mode == "auto" ? $"\r\u001b[K{line}" : $"{line}\n");
    }
}
