using System.Text.Json;

namespace CostShare.Api.Wire;

/// <summary>An answer that is told as it goes on, as server-sent events.</summary>
internal sealed class EventStream
{
    /// <summary>The media type of events.</summary>
    public const string MediaType = "text/event-stream";

    /// <summary>Whoever waits is told this often how far it is.</summary>
    public static readonly TimeSpan Between = TimeSpan.FromSeconds(1);

    // Servers in between cut connections on which nothing is sent; many of them after half a minute.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly HttpContext _context;
    private readonly TimeProvider _clock;

    private EventStream(HttpContext context, TimeProvider clock) => (_context, _clock) = (context, clock);

    /// <summary>Whether a request wishes for events.</summary>
    public static bool IsWished(HttpRequest request) => request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType == MediaType && accepted.Quality != 0);

    /// <summary>Begins an answer; from here on its status can no longer say what goes wrong, and an event does.</summary>
    public static EventStream Begin(HttpContext context, TimeProvider clock)
    {
        context.Response.ContentType = MediaType;
        // Servers in between are asked to pass each event on at once.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return new EventStream(context, clock);
    }

    /// <summary>Tells an event.</summary>
    public Task Tell<T>(string name, T data) => Write($"event: {name}\ndata: {JsonSerializer.Serialize(data, WireJson.Options)}\n\n");

    /// <summary>Waits for something, and sounds a beat now and then until it is there.</summary>
    /// <param name="work">What is waited for; it must end by itself when the request is gone.</param>
    public async Task<T> WaitFor<T>(Task<T> work)
    {
        try
        {
            while (true)
            {
                await ((Task)work.WaitAsync(Silence, _clock)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (work.IsCompleted) { return await work; }
                await Write(": still at it\n\n");
            }
        }
        finally
        {
            // What works cannot be put away while it does; it ends because the request has.
            await ((Task)work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Write(string text)
    {
        await _context.Response.WriteAsync(text, _context.RequestAborted);
        await _context.Response.Body.FlushAsync(_context.RequestAborted);
    }
}
