using Modus.Logs.Reading;
using Modus.Logs.Sources;

namespace Modus.Logs;

/// <summary>Reads the events of logs: files, folders, gzip and zip archives, in any format that their content shows.</summary>
/// <remarks>
/// The order of events is the order of the paths, folders by ordinal name, archives by member name, records as they
/// stand. Memory is bounded by <see cref="LogLimits"/> whatever the input. One reader runs one reading at a time.
/// </remarks>
public sealed class LogReader
{
    private readonly LogReadOptions _options;
    private readonly SourceTable _sources;

    /// <summary>Makes a reader.</summary>
    public LogReader(LogReadOptions? options = null)
    {
        _options = options ?? new LogReadOptions();
        Fields = _options.Fields ?? new FieldTable();
        _sources = new SourceTable(_options.Mappings);
    }

    /// <summary>The numbers of the field names; intern the names that matter before reading.</summary>
    public FieldTable Fields { get; }

    /// <summary>What became of the last finished reading.</summary>
    public LogReadReport Report { get; private set; } = new([], []);

    /// <summary>Reads on the caller's thread. The one event object is reused; <see cref="Report"/> is set at the end.</summary>
    public IEnumerable<LogEvent> Read(params IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return ReadAll(walker => walker.Open(paths));
    }

    /// <summary>Reads content that is not a file, on the caller's thread; the stream is closed at the end.</summary>
    /// <param name="content">The content; zip archives must be seekable or small.</param>
    /// <param name="name">What events and problems call it.</param>
    public IEnumerable<LogEvent> Read(Stream content, string name)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(name);
        return ReadAll(walker => walker.Open(content, name, DateTime.UnixEpoch));
    }

    /// <summary>Reads with several threads; results come out in reading order, whatever the number of threads.</summary>
    /// <typeparam name="TResult">What a worker makes of a block of events.</typeparam>
    /// <param name="paths">Files and folders.</param>
    /// <param name="worker">Makes the worker of a thread.</param>
    /// <param name="sink">Takes the blocks' results in reading order, one at a time.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>What became of the inputs.</returns>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public LogReadReport Run<TResult>(
        IEnumerable<string> paths,
        Func<IEventWorker<TResult>> worker,
        Action<TResult> sink,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(worker);
        ArgumentNullException.ThrowIfNull(sink);
        using var blocks = new BlockReader(walker => walker.Open(paths), _options);
        new ParallelRun<TResult>(blocks, _options, Fields, _sources, worker, sink).Run(cancellation);
        return Report = Finish(blocks);
    }

    private IEnumerable<LogEvent> ReadAll(Func<InputWalker, IEnumerable<OpenInput>> inputs)
    {
        using var blocks = new BlockReader(inputs, _options);
        var parsers = new BlockParsers(_options, Fields, _sources);
        var target = new LogEvent(Fields);
        var block = new LogBlock();
        while (blocks.Next(block))
        {
            var parser = parsers.Start(block);
            BlockEvents.Enter(target, block);
            while (parser.Next(target))
            {
                BlockEvents.Count(target, block);
                yield return target;
            }

            block.File.Add(block.Tally);
        }

        Report = Finish(blocks);
    }

    private LogReadReport Finish(BlockReader blocks)
    {
        var report = blocks.Report();
        if (Fields.Count < FieldTable.MaxNames) return report;
        var problem = new LogProblem(
            LogProblemCodes.TooManyFields,
            $"the logs have more than {FieldTable.MaxNames} distinct field names; fields beyond have no name and only keyword searches see them",
            "",
            0,
            "Check for a source that puts values into field names, and map it with a file that strips them.");
        return report with { Problems = [.. report.Problems, problem] };
    }
}
