namespace Modus.Logs;

/// <summary>What a thread does with events; one object per thread, so it needs no locks.</summary>
/// <typeparam name="TResult">What comes out of one block of events.</typeparam>
public interface IEventWorker<out TResult>
{
    /// <summary>Takes one event; the object is reused for the next one.</summary>
    void Accept(LogEvent logEvent);

    /// <summary>Ends a block and gives its result, which the reader hands on in reading order.</summary>
    TResult EndBlock();
}
