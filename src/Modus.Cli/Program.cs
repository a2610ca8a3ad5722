using Modus.Cli.Shell;

// The one question that scripts ask most often starts neither the streams of a terminal nor a command tree.
if (args is ["--version"]) return VersionText.Print();
return ModusShell.RunAsync(args, Terminal.OfProcess()).GetAwaiter().GetResult();
