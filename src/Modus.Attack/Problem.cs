namespace Modus.Attack;

/// <summary>One thing that is wrong with an input, or was repaired while reading it.</summary>
/// <param name="Code">A stable code of the form <c>MD1xxx</c>; <see cref="ProblemCodes"/> lists them.</param>
/// <param name="Message">What was seen and what was expected, in one sentence.</param>
/// <param name="File">The file, address or stream name as it was given.</param>
/// <param name="Line">The line in the file, counted from 1; 0 where no line applies.</param>
/// <param name="Fix">What the user can do about it, or null.</param>
public sealed record Problem(string Code, string Message, string File, int Line = 0, string? Fix = null);
