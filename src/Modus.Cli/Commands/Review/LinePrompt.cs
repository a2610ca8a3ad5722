using System.Text;
using Modus.Cli.Shell;

namespace Modus.Cli.Commands.Review;

/// <summary>Asks for one line, key by key: a terminal that gives single keys gives no lines.</summary>
internal sealed class LinePrompt(TextWriter to, Func<ConsoleKeyInfo> keys)
{
    private const int Longest = 2000;

    /// <returns>The line; null where it was left with Escape.</returns>
    public string? Ask(string question)
    {
        to.Write($"\r\u001b[K{question}: ");
        to.Flush();
        var line = new StringBuilder();
        while (true)
        {
            var key = keys();
            if (key.Key == ConsoleKey.Escape || key.KeyChar == '\u0003') return null;
            if (key.Key == ConsoleKey.Enter || key.KeyChar is '\r' or '\n') return line.ToString().Trim();
            if (key.Key == ConsoleKey.Backspace || key.KeyChar is '\b' or '\u007f')
            {
                if (line.Length > 0) line.Length--;
                if (line.Length > 0 && char.IsHighSurrogate(line[^1])) line.Length--;
            }
            else if (!char.IsControl(key.KeyChar) && line.Length < Longest) line.Append(key.KeyChar);
            to.Write($"\r\u001b[K{question}: {SafeText.ForTerminal(line.ToString())}");
            to.Flush();
        }
    }
}
