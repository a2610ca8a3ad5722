namespace Modus.Logs;

/// <summary>Something wrong with an input, told as a value: reading goes on with the rest.</summary>
/// <param name="Code">A stable code, <c>MD3001</c> and up; <see cref="LogProblemCodes"/> lists them.</param>
/// <param name="Message">What is wrong, in one sentence.</param>
/// <param name="File">The file, with <c>!</c> before the name of a member of an archive.</param>
/// <param name="Line">The line, the record or (EVTX) the chunk it was met at, from 1; 0 where none applies.</param>
/// <param name="Fix">What the user can do about it.</param>
/// <param name="Count">How often it was met in this file; only the first place is told.</param>
public sealed record LogProblem(string Code, string Message, string File, long Line, string Fix, long Count = 1);
