using Modus.Logs;
using Xunit;

namespace Modus.Tests.Logs.Mapping;

public sealed class CloudTests
{
    [Theory]
    [InlineData("""{"Records":[{"eventVersion":"1.08","eventTime":"2025-01-02T03:04:05Z","eventSource":"iam.amazonaws.com","eventName":"CreateUser","awsRegion":"us-east-1","userIdentity":{"type":"Root","arn":"a"},"requestParameters":{"userName":"m"},"responseElements":null}]}""", "cloudtrail", "aws", "cloudtrail")]
    [InlineData("""{"id":"1","createdDateTime":"2025-01-02T03:04:05Z","userPrincipalName":"m@x.example","appDisplayName":"Office","ipAddress":"192.0.2.1","clientAppUsed":"Browser","status":{"errorCode":50126,"failureReason":"Invalid"}}""", "entra-signin", "azure", "signinlogs")]
    [InlineData("""{"value":[{"activityDateTime":"2025-01-02T03:04:05Z","activityDisplayName":"Add member to role","category":"RoleManagement","result":"success","initiatedBy":{"user":{"id":"1"}},"targetResources":[{"displayName":"x"}]}]}""", "entra-audit", "azure", "auditlogs")]
    [InlineData("""{"time":"2025-01-02T03:04:05Z","resourceId":"/tenants/1","operationName":"Sign-in activity","category":"SignInLogs","resultType":"50126","properties":{"userPrincipalName":"m"}}""", "azure-diagnostic", "azure", "signinlogs")]
    [InlineData("""{"time":"2025-01-02T03:04:05Z","resourceId":"/subscriptions/1","operationName":"MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE","category":"Administrative","resultType":"Success","properties":{}}""", "azure-diagnostic", "azure", "activitylogs")]
    [InlineData("""{"CreationTime":"2025-01-02T03:04:05","Id":"1","Operation":"New-InboxRule","RecordType":1,"Workload":"Exchange","UserId":"m","Parameters":[{"Name":"DeleteMessage","Value":"True"}]}""", "m365-ual", "m365", "audit")]
    [InlineData("""{"timestamp":"2025-01-02T03:04:05Z","logName":"l","protoPayload":{"serviceName":"iam.googleapis.com","methodName":"google.iam.admin.v1.CreateServiceAccount"}}""", "gcp-audit", "gcp", "gcp.audit")]
    [InlineData("""{"published":"2025-01-02T03:04:05Z","eventType":"user.session.start","displayMessage":"x","actor":{"alternateId":"m"}}""", "okta", "okta", "okta")]
    [InlineData("""{"kind":"Event","auditID":"1","verb":"create","requestURI":"/api","objectRef":{"resource":"pods"},"requestReceivedTimestamp":"2025-01-02T03:04:05Z"}""", "kubernetes-audit", "kubernetes", "audit")]
    public void Every_cloud_log_finds_its_source_and_time(string json, string shape, string product, string service)
    {
        var (events, report) = ReadText.Of(json);
        Assert.Empty(report.Problems);
        var e = Assert.Single(events);
        Assert.Equal(shape, e.Shape);
        Assert.True(e.Source.Covers(product, service, null), e.Source.ToString());
        Assert.Equal(new LogTime(new DateTime(2025, 1, 2, 3, 4, 5, DateTimeKind.Utc), TimeQuality.Exact), e.Time);
    }

    [Fact]
    public void Nested_values_go_by_dotted_names_and_the_names_of_rules()
    {
        var trail = ReadText.Of("""{"eventVersion":"1","eventSource":"s3.amazonaws.com","eventName":"PutBucketPolicy","awsRegion":"r","requestParameters":{"bucketName":"b","rules":[{"id":1},{"id":2}]},"responseElements":null}""").Events[0];
        Assert.Equal("b", trail["requestParameters.bucketName"]);
        Assert.Contains("bucketName", trail["requestParameters"], StringComparison.Ordinal);
        Assert.Equal(["1", "2"], trail.Fields.Where(f => f.Name == "requestParameters.rules.id").Select(f => f.Text));
        Assert.Equal(ValueKind.Null, trail.Fields.Single(f => f.Name == "responseElements").Kind);
        Assert.Equal([new("eventName", "PutBucketPolicy"), new("eventSource", "s3.amazonaws.com")], trail.Source.Constants.OrderBy(c => c.Key));

        var signin = ReadText.Of("""{"createdDateTime":"2025-01-02T03:04:05Z","userPrincipalName":"m","appDisplayName":"a","ipAddress":"192.0.2.1","status":{"errorCode":50126}}""").Events[0];
        Assert.Equal("50126", signin["status.errorCode"]);
        Assert.Equal("50126", signin["ResultType"]);
        Assert.Equal("192.0.2.1", signin["callerIpAddress"]);
    }

    [Fact]
    public void Sysmon_for_linux_is_linux_wherever_it_stands()
    {
        const string xml = "<Event><System><Provider Name=\"Linux-Sysmon\"/><EventID>1</EventID><TimeCreated SystemTime=\"2025-01-02T03:04:05.5Z\"/><Channel>Linux-Sysmon/Operational</Channel><Computer>db7</Computer></System><EventData><Data Name=\"Image\">/usr/bin/curl</Data><Data Name=\"CommandLine\">curl x</Data></EventData></Event>";
        foreach (var text in new[] { $"Feb  3 04:05:06 db7 sysmon: {xml}\nFeb  3 04:05:07 db7 cron[1]: x\n", xml })
        {
            var e = ReadText.Of(text, new LogReadOptions { AssumedOffset = TimeSpan.Zero, AssumedYear = 2025 }).Events[0];
            Assert.True(e.Source.Covers("linux", "sysmon", "process_creation"), e.Source.ToString());
            Assert.False(e.Source.Covers("windows", null, null));
            Assert.Equal("curl x", e["CommandLine"]);
            Assert.Equal(new DateTime(2025, 1, 2, 3, 4, 5, 500, DateTimeKind.Utc), e.Time.Utc);
        }
    }

    [Fact]
    public void Two_shapes_never_claim_the_same_example()
    {
        // The guess by the first key must not change what a record is: every example, read after every other one, keeps its shape.
        var examples = typeof(CloudTests).GetMethod(nameof(Every_cloud_log_finds_its_source_and_time))!
            .GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>()
            .Select(d => ((string)d.Data[0]!, (string)d.Data[1]!)).Where(d => !d.Item1.StartsWith("{\"Records\"", StringComparison.Ordinal) && !d.Item1.StartsWith("{\"value\"", StringComparison.Ordinal)).ToList();
        foreach (var first in examples)
            foreach (var second in examples)
                Assert.Equal([first.Item2, second.Item2], ReadText.Of(first.Item1 + "\n" + second.Item1).Events.Select(e => e.Shape));
    }
}
