
namespace CostShare.Api.Page;

/// <summary>The web page: its files, its addresses, and what stands there when it was not built.</summary>
internal static class WebPage
{
    // Scripts and answers come from here alone; the component library sets styles on elements.
    private const string Policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

    // What the page itself tells apart; anything else is not found, as an address of the API would be.
    private static readonly string[] Addresses = ["/", "/why/{household}", "/sheet"];

    private const string Missing =
        "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>CostShare</title>"
        + "<h1>网页还没有生成</h1><p>接口可以用：<a href=\"/swagger\">/swagger</a>。要有网页，请安装 Node.js（Debian：<code>apt-get install nodejs npm</code>），再运行 <code>dotnet build</code>。</p>"
        + "<h1 lang=\"en\">The page has not been built</h1><p lang=\"en\">The API works: <a href=\"/swagger\">/swagger</a>. For the page install Node.js (Debian: <code>apt-get install nodejs npm</code>) and run <code>dotnet build</code> again.</p></html>";

    /// <summary>Sets the headers of the page's files. Names below /assets carry the hash of what is in them.</summary>
    public static void Use(WebApplication app) => app.Use((context, next) =>
    {
        PathString path = context.Request.Path;
        if (!path.StartsWithSegments("/api") && !path.StartsWithSegments("/swagger"))
        {
            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode is not (StatusCodes.Status200OK or StatusCodes.Status304NotModified)) { return Task.CompletedTask; }
                if (path.StartsWithSegments("/assets")) { context.Response.Headers.CacheControl = "public, max-age=31536000, immutable"; }
                if (context.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true && context.Response.Headers.ContentSecurityPolicy.Count == 0)
                {
                    context.Response.Headers.ContentSecurityPolicy = Policy;
                    context.Response.Headers["Referrer-Policy"] = "no-referrer";
                }
                return Task.CompletedTask;
            });
        }
        return next(context);
    });

    /// <summary>Serves the page at its addresses.</summary>
    public static void Map(WebApplication app)
    {
        string manifest = Path.Combine(AppContext.BaseDirectory, "CostShare.Api.staticwebassets.endpoints.json");
        bool built = app.Environment.WebRootFileProvider.GetFileInfo("index.html").Exists && File.Exists(manifest);
        if (!built)
        {
            app.MapGet("/", () => Results.Content(Missing, "text/html; charset=utf-8")).ExcludeFromDescription();
            return;
        }
        app.MapStaticAssets(manifest);
        var options = new StaticFileOptions { OnPrepareResponse = answer => answer.Context.Response.Headers.CacheControl = "no-cache" };
        foreach (string address in Addresses) { app.MapFallbackToFile(address, "index.html", options); }
    }
}
