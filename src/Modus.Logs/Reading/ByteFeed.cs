namespace Modus.Logs.Reading;

/// <summary>A stream whose first bytes were looked at, and what limits its expansion.</summary>
/// <param name="stream">The stream.</param>
/// <param name="packed">Gives the packed bytes read so far, or null where nothing is packed.</param>
internal sealed class ByteFeed(Stream stream, Func<long>? packed) : IDisposable
{
    private byte[] _head = [];
    private int _headUsed;

    /// <summary>The bytes handed out.</summary>
    public long Bytes { get; private set; }

    /// <summary>Why reading stopped before the end, or null.</summary>
    public LogProblem? Stopped { get; private set; }

    /// <summary>Looks at the first bytes without taking them.</summary>
    public ReadOnlySpan<byte> Peek(int bytes)
    {
        if (_head.Length == 0)
        {
            var head = new byte[bytes];
            var have = 0;
            while (have < bytes)
            {
                var got = ReadStream(head.AsSpan(have));
                if (got == 0) break;
                have += got;
            }

            _head = head[..have];
        }

        return _head.AsSpan(_headUsed);
    }

    /// <summary>Takes up to as many bytes as fit; 0 at the end.</summary>
    public int Read(Span<byte> target)
    {
        if (target.IsEmpty) return 0;
        int got;
        if (_headUsed < _head.Length)
        {
            got = Math.Min(target.Length, _head.Length - _headUsed);
            _head.AsSpan(_headUsed, got).CopyTo(target);
            _headUsed += got;
        }
        else
        {
            got = ReadStream(target);
        }

        Bytes += got;
        return got;
    }

    /// <summary>Takes as many bytes as fit, fewer only at the end.</summary>
    public int Fill(Span<byte> target)
    {
        var have = 0;
        while (have < target.Length)
        {
            var got = Read(target[have..]);
            if (got == 0) break;
            have += got;
        }

        return have;
    }

    public void Dispose() => stream.Dispose();

    private int ReadStream(Span<byte> target)
    {
        if (Stopped is not null) return 0;
        try
        {
            var got = stream.Read(target);
            if (packed is null || Bytes < LogLimits.ExpansionGrace || Bytes / Math.Max(1, packed()) < LogLimits.MaxExpansion) return got;
            Stopped = new LogProblem(
                LogProblemCodes.Archive,
                $"expands more than {LogLimits.MaxExpansion} times: reading stopped after {Bytes} bytes",
                "",
                0,
                "If the content is sound, unpack it and give the unpacked file.");
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            Stopped = packed is null
                ? new LogProblem(LogProblemCodes.Unreadable, $"reading stopped after {Bytes} bytes: {e.Message}", "", 0, "Check the disk and the permissions.")
                : new LogProblem(LogProblemCodes.Archive, $"the packed data is damaged after {Bytes} bytes: {e.Message}", "", 0, "Get the archive again.");
        }

        return 0;
    }
}
