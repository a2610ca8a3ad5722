namespace Modus.Logs.Reading;

/// <summary>Cuts a file into blocks of whole records. Called by one thread at a time.</summary>
internal interface IBlockCutter
{
    /// <summary>Fills a block (already reset) with the next records; false at the end of the file.</summary>
    bool Next(LogBlock block);
}

/// <summary>Reads the events of blocks. One object per thread and format.</summary>
internal interface IBlockParser
{
    /// <summary>Starts a block.</summary>
    void Start(LogBlock block);

    /// <summary>Reads the next event; false at the end of the block.</summary>
    bool Next(LogEvent target);
}
