namespace Modus.Logs.Reading;

/// <summary>A run of whole records of one file: the unit of work of a thread.</summary>
internal sealed class LogBlock
{
    /// <summary>The bytes that stay readable behind <see cref="Length"/>.</summary>
    public const int Slack = 64;

    public byte[] Data = new byte[LogLimits.BlockBytes + Slack];

    public int Length;

    /// <summary>The file the block belongs to.</summary>
    public LogFile File = null!;

    /// <summary>The number of the block in the reading order.</summary>
    public long Number;

    /// <summary>The line the block starts at, from 1; 0 for binary formats. For EVTX the chunk's number, from 1.</summary>
    public long Line;

    /// <summary>Where the block starts in the file.</summary>
    public long Offset;

    /// <summary>What went wrong while the block was cut, and what was found in it.</summary>
    public BlockTally Tally = new();

    /// <summary>Makes room for more bytes, keeping what is there.</summary>
    public void Reserve(int bytes)
    {
        if (Data.Length >= bytes + Slack) return;
        Array.Resize(ref Data, Math.Max(bytes, Math.Min(Data.Length * 2, LogLimits.MaxRecordBytes)) + Slack);
    }

    /// <summary>Makes the block ready for its next use.</summary>
    public void Reset(LogFile file)
    {
        File = file;
        Length = 0;
        Line = 0;
        Offset = 0;
        Tally.Clear();
    }
}
