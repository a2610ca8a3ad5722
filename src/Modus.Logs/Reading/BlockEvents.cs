namespace Modus.Logs.Reading;

/// <summary>What every event of a block gets, and how it counts.</summary>
internal static class BlockEvents
{
    public static void Enter(LogEvent target, LogBlock block)
    {
        target.File = block.File.Name;
        target.FileNumber = block.File.Number;
        target.Block = block.Number;
        target.IsCarved = false;
    }

    public static void Count(LogEvent target, LogBlock block)
    {
        var tally = block.Tally;
        tally.Events++;
        tally.Saw(target.Shape);
    }
}
