using Modus.Attack.Bundles;

namespace Modus.Attack.Install;

/// <summary>Fetches a bundle from an address, with limits on size and time.</summary>
internal static class Download
{
    private static readonly TimeSpan wholeTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan connectTime = TimeSpan.FromSeconds(20);
    private const int MaxRedirects = 5;

    public static bool IsAddress(string source, out Uri address)
    {
        var isAddress = Uri.TryCreate(source, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
        address = uri!;
        return isAddress;
    }

    /// <summary>Fetches into a file; the problem where that fails, else null.</summary>
    public static async Task<Problem?> FetchAsync(Uri address, string file, ReadLimits limits, HttpClient? client, CancellationToken stop)
    {
        using var own = client is null ? Client() : null;
        client ??= own!;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(wholeTime);
        try
        {
            using var response = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) return Failed(address, $"the server answers {(int)response.StatusCode} {response.ReasonPhrase}");
            if (response.Content.Headers.ContentLength > limits.Bytes) return TooLarge(address, limits);
            var body = await response.Content.ReadAsStreamAsync(timeout.Token).ConfigureAwait(false);
            await using (body.ConfigureAwait(false))
                return await CopyAsync(body, file, limits, timeout.Token).ConfigureAwait(false) ? null : TooLarge(address, limits);
        }
        catch (HttpRequestException error)
        {
            return Failed(address, error.Message);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return Failed(address, "it took too long");
        }
        catch (IOException error)
        {
            return Failed(address, error.Message);
        }
    }

    private static async Task<bool> CopyAsync(Stream body, string file, ReadLimits limits, CancellationToken stop)
    {
        var target = File.Create(file);
        await using (target.ConfigureAwait(false))
        {
            var buffer = new byte[1 << 16];
            for (var total = 0L; ;)
            {
                var count = await body.ReadAsync(buffer, stop).ConfigureAwait(false);
                if (count == 0) return true;
                if ((total += count) > limits.Bytes) return false;
                await target.WriteAsync(buffer.AsMemory(0, count), stop).ConfigureAwait(false);
            }
        }
    }

    private static HttpClient Client() => new(new SocketsHttpHandler
    {
        ConnectTimeout = connectTime,
        MaxAutomaticRedirections = MaxRedirects,
    }, disposeHandler: true)
    { Timeout = wholeTime };

    private static Problem Failed(Uri address, string reason) =>
        new(ProblemCodes.Download, $"The address cannot be fetched: {reason}.", address.ToString(), 0, "Fetch the bundle by other means and install the file.");

    private static Problem TooLarge(Uri address, ReadLimits limits) =>
        new(ProblemCodes.TooLarge, $"The address gives more than {limits.Bytes:N0} bytes.", address.ToString());
}
