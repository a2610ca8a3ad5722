using System.Text;

namespace Modus.Cli.Shell;

/// <summary>The streams and the abilities of the place that a command talks to. Tests bring their own.</summary>
/// <param name="Out">Data only.</param>
/// <param name="Error">Talk: progress, hints, summaries, problems.</param>
/// <param name="In">Standard input.</param>
/// <param name="OutIsTerminal">True where a person reads <paramref name="Out"/> directly.</param>
/// <param name="ErrorIsTerminal">True where a person reads <paramref name="Error"/> directly.</param>
/// <param name="Width">Columns of the terminal; 0 where there is none.</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, Stream In, bool OutIsTerminal, bool ErrorIsTerminal, int Width)
{
    public bool InIsTerminal { get; init; }

    /// <summary>Waits for a key and does not show it; null where there is no keyboard.</summary>
    public Func<ConsoleKeyInfo>? ReadKey { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable; tests replace it.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    public static Terminal OfProcess()
    {
        // No byte order mark, and line ends that do not depend on the system: the same input gives the same bytes.
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var standardOut = new StreamWriter(Console.OpenStandardOutput(), utf8, 1 << 16) { AutoFlush = false, NewLine = "\n" };
        var standardError = new StreamWriter(Console.OpenStandardError(), utf8, 1 << 10) { AutoFlush = true, NewLine = "\n" };
        return new Terminal(
            standardOut, standardError, Console.OpenStandardInput(),
            !Console.IsOutputRedirected, !Console.IsErrorRedirected, Console.IsOutputRedirected ? 0 : WidthOfConsole())
        {
            InIsTerminal = !Console.IsInputRedirected,
            ReadKey = Console.IsInputRedirected ? null : static () => Console.ReadKey(intercept: true),
        };
    }

    private static int WidthOfConsole()
    {
        try { return Console.WindowWidth is > 0 and var width ? Math.Max(20, width) : 80; }
        catch (IOException) { return 80; } // a terminal that tells no size
    }
}
