namespace Modus.Cli.Commands.Planning;

/// <summary><c>modus plan sources</c>: which logs to collect.</summary>
internal sealed class PlanSourcesCommand : PlanCommand
{
    public PlanSourcesCommand() : base(new SourcesChoice(), "Chooses the logs to collect that let most threat be seen beside what is collected; an analytic needs all of its logs.")
    {
        Example("modus plan sources --budget 5 --platform Windows");
        Example("modus plan sources --budget 3 --platform Windows=0.8 --platform Linux=0.2 --have WinEventLog:Security -o json");
    }
}

/// <summary><c>modus plan controls</c>: which mitigations or controls to take.</summary>
internal sealed class PlanControlsCommand : PlanCommand
{
    public PlanControlsCommand() : base(new ControlsChoice(), "Chooses the mitigations or controls that answer most threat beside those in place.")
    {
        Example("modus plan controls --budget 5");
        Example("modus plan controls --budget 3 --have M1032 -o csv");
    }
}

/// <summary><c>modus plan detections</c>: which rules to deploy.</summary>
internal sealed class PlanDetectionsCommand : PlanCommand
{
    public PlanDetectionsCommand() : base(new DetectionsChoice(), "Chooses the Sigma rules to deploy first beside those deployed, with the log sources they need.")
    {
        Example("modus plan detections rules --budget 5");
        Example("modus plan detections rules --budget 6 --with-sources --have windows/process_creation -o json");
    }
}
