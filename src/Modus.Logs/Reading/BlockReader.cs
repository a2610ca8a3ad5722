namespace Modus.Logs.Reading;

/// <summary>Hands out the blocks of all inputs in reading order, to one thread at a time.</summary>
internal sealed class BlockReader : IDisposable
{
    private readonly IEnumerator<OpenInput> _inputs;
    private readonly LogReadOptions _options;
    private readonly List<LogFile> _files = [];
    private readonly List<(int File, LogProblem Problem)> _problems = [];
    private OpenInput? _input;
    private IBlockCutter? _cutter;
    private LogFile? _file;
    private long _number;

    public BlockReader(Func<InputWalker, IEnumerable<OpenInput>> inputs, LogReadOptions options)
    {
        _options = options;
        var walker = new InputWalker(problem => _problems.Add((_files.Count, problem)));
        _inputs = inputs(walker).GetEnumerator();
    }

    /// <summary>Fills the block with what comes next; false when all inputs are done.</summary>
    public bool Next(LogBlock block)
    {
        while (true)
        {
            if (_cutter is null && !OpenNext()) return false;
            block.Reset(_file!);
            if (_cutter!.Next(block))
            {
                block.Number = _number++;
                return true;
            }

            _file!.Add(block.Tally);
            CloseInput();
        }
    }

    /// <summary>What became of the inputs; to be asked for when all blocks are done.</summary>
    public LogReadReport Report()
    {
        var problems = new List<LogProblem>();
        for (var i = 0; i <= _files.Count; i++)
        {
            if (i > 0) problems.AddRange(_files[i - 1].Problems().OrderBy(p => p.Line).ThenBy(p => p.Code, StringComparer.Ordinal));
            problems.AddRange(_problems.Where(p => p.File == i).Select(p => p.Problem));
        }

        return new LogReadReport([.. _files.Select(f => f.Report())], problems);
    }

    public void Dispose()
    {
        CloseInput();
        _inputs.Dispose();
    }

    private bool OpenNext()
    {
        while (_inputs.MoveNext())
        {
            _input = _inputs.Current;
            _file = new LogFile(_input.Name, _files.Count, _input.Written);
            _files.Add(_file);
            _cutter = FormatSniffer.Open(_input, _file, _options, problem => _problems.Add((_files.Count, problem)));
            if (_cutter is not null) return true;
            CloseInput();
        }

        return false;
    }

    private void CloseInput()
    {
        if (_input is not null)
        {
            _file!.Bytes = _input.Feed.Bytes;
            if (_input.Feed.Stopped is { } stopped) _problems.Add((_files.Count, stopped with { File = _input.Name }));
            _input.Feed.Dispose();
        }

        _input = null;
        _cutter = null;
    }
}
