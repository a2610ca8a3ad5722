using Modus.Cli.Shell;

return await ModusShell.RunAsync(args, Terminal.OfProcess()).ConfigureAwait(false);
