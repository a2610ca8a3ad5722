using Modus.Logs.Sources;

namespace Modus.Logs.Reading;

/// <summary>Parses blocks on several threads and hands the results on in reading order.</summary>
internal sealed class ParallelRun<TResult>(
    BlockReader blocks,
    LogReadOptions options,
    FieldTable fields,
    SourceTable sources,
    Func<IEventWorker<TResult>> makeWorker,
    Action<TResult> sink)
{
    private readonly Lock _reading = new();
    private readonly object _handing = new();
    private readonly Dictionary<long, (LogFile File, BlockTally Tally, TResult Result)> _waiting = [];
    private volatile bool _stopped;
    private long _next;
    private Exception? _failure;

    public void Run(CancellationToken cancellation)
    {
        using var link = cancellation.Register(() => _stopped = true);
        var count = Math.Clamp(options.Threads, 1, LogLimits.MaxThreads);
        if (count == 1)
        {
            Work(1);
        }
        else
        {
            var threads = new Thread[count];
            for (var i = 0; i < count; i++)
            {
                threads[i] = new Thread(() => Work(count), 4 << 20) { IsBackground = true, Name = $"logs-{i}" };
                threads[i].Start();
            }

            foreach (var thread in threads) thread.Join();
        }

        if (_failure is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(_failure);
        cancellation.ThrowIfCancellationRequested();
    }

    private void Work(int threads)
    {
        try
        {
            var worker = makeWorker();
            var parsers = new BlockParsers(options, fields, sources);
            var target = new LogEvent(fields);
            var block = new LogBlock();
            while (!_stopped)
            {
                lock (_reading)
                    if (!blocks.Next(block)) return;
                var parser = parsers.Start(block);
                BlockEvents.Enter(target, block);
                while (parser.Next(target))
                {
                    BlockEvents.Count(target, block);
                    worker.Accept(target);
                }

                HandOn(block, worker.EndBlock(), threads);
            }
        }
        catch (Exception e)
        {
            // Whatever went wrong on a thread is the run's failure: the caller gets it once all threads have stopped.
            lock (_handing)
            {
                _failure ??= e;
                _stopped = true;
                Monitor.PulseAll(_handing);
            }
        }
    }

    private void HandOn(LogBlock block, TResult result, int threads)
    {
        lock (_handing)
        {
            // A slow block must not let results pile up behind it.
            while (block.Number - _next > threads * 8 && !_stopped) Monitor.Wait(_handing, 50);
            _waiting[block.Number] = (block.File, block.Tally, result);
            block.Tally = new BlockTally();
            while (_waiting.Remove(_next, out var ready))
            {
                ready.File.Add(ready.Tally);
                sink(ready.Result);
                _next++;
            }

            Monitor.PulseAll(_handing);
        }
    }
}
