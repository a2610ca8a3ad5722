using System.Globalization;
using System.Text.Json;
using static Modus.SampleCase.Clock;

namespace Modus.SampleCase.Cloud;

/// <summary>The AWS account's trail. It is silent while it is switched off.</summary>
internal sealed class CloudTrail(ulong seed)
{
    public const int Events = 2900;

    private const string Account = "111122223333";
    private const string Attacker = "203.0.113.45";

    private static readonly (string Source, string Name)[] reading =
    [
        ("ec2", "DescribeInstances"), ("ec2", "DescribeVolumes"), ("ec2", "DescribeTags"), ("monitoring", "GetMetricData"), ("logs", "DescribeLogGroups"),
        ("rds", "DescribeDBInstances"), ("s3", "ListBuckets"), ("sts", "AssumeRole"), ("autoscaling", "DescribeAutoScalingGroups"), ("kms", "Decrypt"),
    ];

    private readonly Rng _rng = Rng.For(seed, "cloudtrail");

    public (CaseFile File, Truth Truth) Write()
    {
        var events = new List<Call>
        {
            new(At(11, "11:20:04"), "sts", "GetCallerIdentity", "svc-app-deploy", Attacker, Story: "E29"),
            new(At(11, "11:22:31"), "ec2", "DescribeInstances", "svc-app-deploy", Attacker, Story: "E29"),
            new(At(11, "11:25:12"), "ec2", "DescribeSecurityGroups", "svc-app-deploy", Attacker, Story: "E29"),
            new(At(11, "11:30:48"), "rds", "DescribeDBInstances", "svc-app-deploy", Attacker, Story: "E29"),
            new(At(11, "11:36:02"), "iam", "CreateUser", "svc-app-deploy", Attacker, "userName", "svc-metrics", "E30"),
            new(At(11, "11:36:15"), "iam", "CreateAccessKey", "svc-app-deploy", Attacker, "userName", "svc-metrics", "E30"),
            new(At(11, "11:36:41"), "iam", "AttachUserPolicy", "svc-app-deploy", Attacker, "policyArn", "arn:aws:iam::aws:policy/AdministratorAccess", "E30"),
            new(TrailStop, "cloudtrail", "StopLogging", "svc-metrics", Attacker, "name", "org-trail", "E31"),
            new(TrailStart, "cloudtrail", "StartLogging", "admin.k.maier", "10.20.5.21", "name", "org-trail"),
        };
        string[] again = ["DescribeInstances", "DescribeVolumes", "DescribeSnapshots", "DescribeVpcs", "DescribeSubnets", "DescribeImages", "DescribeRegions", "DescribeKeyPairs", "DescribeAddresses"];
        for (var i = 0; i < again.Length; i++)
            events.Add(new(At(11, "11:22:40").AddSeconds(i * 50), "ec2", again[i], "svc-app-deploy", Attacker, Story: "E29"));
        foreach (var time in Spread(_rng, Events - events.Count, Start, End, TrailStop, TrailStart))
        {
            var (source, name) = _rng.Of(reading);
            events.Add(new(time, source, name, _rng.Of(["app-role", "monitoring-role", "backup-role"]), "10.30.1." + (10 + _rng.Below(8)).ToString(CultureInfo.InvariantCulture)));
        }

        using var stream = new MemoryStream();
        var labels = new List<Label>();
        var number = 0;
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartArray("Records");
            foreach (var call in events.OrderBy(e => e.Time))
            {
                number++;
                if (call.Story is { } story) labels.Add(new(number, story));
                Write(json, call, number);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return (new CaseFile("logs/cloudtrail.json.gz", CaseFile.Gzip(stream.ToArray())), new Truth(number, labels));
    }

    private static void Write(Utf8JsonWriter json, Call call, int number)
    {
        json.WriteStartObject();
        json.WriteString("eventVersion", "1.10");
        json.WriteStartObject("userIdentity");
        var user = call.User.StartsWith("svc-", StringComparison.Ordinal) || call.User.StartsWith("admin", StringComparison.Ordinal);
        json.WriteString("type", user ? "IAMUser" : "AssumedRole");
        json.WriteString("arn", user ? $"arn:aws:iam::{Account}:user/{call.User}" : $"arn:aws:sts::{Account}:assumed-role/{call.User}/session");
        json.WriteString("accountId", Account);
        if (user) json.WriteString("userName", call.User);
        json.WriteEndObject();
        json.WriteString("eventTime", Iso(call.Time));
        json.WriteString("eventSource", call.Source + ".amazonaws.com");
        json.WriteString("eventName", call.Name);
        json.WriteString("awsRegion", "eu-central-1");
        json.WriteString("sourceIPAddress", call.Address);
        json.WriteString("userAgent", call.Address == Attacker ? "aws-cli/2.15.0" : "Boto3/1.34.0");
        if (call.Parameter is { } name)
        {
            json.WriteStartObject("requestParameters");
            json.WriteString(name, call.Value);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("requestParameters");
        }

        json.WriteNull("responseElements");
        json.WriteString("eventID", string.Create(CultureInfo.InvariantCulture, $"5b1d0f6a-0000-4000-8000-{number:D12}"));
        json.WriteString("eventType", "AwsApiCall");
        json.WriteString("recipientAccountId", Account);
        json.WriteEndObject();
    }

    private sealed record Call(DateTime Time, string Source, string Name, string User, string Address, string? Parameter = null, string? Value = null, string? Story = null);
}
