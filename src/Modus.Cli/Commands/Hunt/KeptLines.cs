using System.Collections;
using System.Text;

namespace Modus.Cli.Commands.Hunt;

/// <summary>The hits that are listed at the end of a hunt: what is theirs alone lies there as UTF-8, half of what it takes as text.</summary>
internal sealed class KeptLines : IReadOnlyCollection<HitLine>
{
    private readonly List<(HitLine Line, byte[] Texts, int UserEnd, int ProcessEnd)> lines = [];

    public int Count => lines.Count;

    public void Add(HitLine line)
    {
        var texts = Encoding.UTF8.GetBytes(line.User + line.Process + line.Details);
        var user = Encoding.UTF8.GetByteCount(line.User);
        lines.Add((line with { User = "", Process = "", Details = "" }, texts, user, user + Encoding.UTF8.GetByteCount(line.Process)));
    }

    public IEnumerator<HitLine> GetEnumerator()
    {
        foreach (var (line, texts, user, process) in lines)
        {
            yield return line with
            {
                User = Encoding.UTF8.GetString(texts, 0, user),
                Process = Encoding.UTF8.GetString(texts, user, process - user),
                Details = Encoding.UTF8.GetString(texts, process, texts.Length - process),
            };
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
