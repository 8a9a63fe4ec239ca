using System.IO.Compression;
using System.Net.Sockets;
using CostShare.Api;
using CostShare.Api.Access;
using CostShare.Api.Buildings;
using CostShare.Api.CommandLine;
using CostShare.Api.Comparisons;
using CostShare.Api.Explanations;
using CostShare.Api.OpenApi;
using CostShare.Api.Page;
using CostShare.Api.Policies;
using CostShare.Api.Problems;
using CostShare.Api.Sheets;
using CostShare.Api.Streets;
using CostShare.Api.Tables;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Silo;
using CostShare.Silo.Access;
using CostShare.Silo.Contacts;
using CostShare.Silo.Journals;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.ResponseCompression;

if (Commands.Run(args) is int exitCode) { return exitCode; }

WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
{
    Args = args,
    // The settings lie beside the program; the data folder is counted from where it was started.
    ContentRootPath = AppContext.BaseDirectory,
});
if (builder.Configuration["urls"] is null) { builder.WebHost.UseUrls("http://127.0.0.1:5080"); }
// Where the program runs out of its build, its files lie in the source.
builder.WebHost.UseStaticWebAssets();
// There it would also look for files at every address that is not known, and a wrong method would be told as a wrong address.
builder.Configuration["DisableStaticAssetNotFoundRuntimeFallback"] = "true";
builder.WebHost.ConfigureKestrel(kestrel =>
{
    kestrel.AddServerHeader = false;
    // More than an endpoint takes: a body that is somewhat too large is drained, so that its sender can read the refusal.
    kestrel.Limits.MaxRequestBodySize = 2 * RequestBody.LargestImport;
});
builder.Services.ConfigureHttpJsonOptions(json => WireJson.Configure(json.SerializerOptions));
builder.Services.AddResponseCompression(compression =>
{
    // Streams of events are none of these: they must arrive as they are told.
    compression.MimeTypes = ["application/json", Problem.MediaType, "text/html"];
    // The length of a packed answer may betray what is in it to whoever makes another's browser ask (BREACH). Tokens stand in a header that no browser adds by itself.
    compression.EnableForHttps = true;
});
// At its fastest, which is the default, it packs worse than gzip: 42 kB to 20 kB instead of 11; so to 8.
builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
builder.Services.AddSingleton(services => DataFolder.Open(services.GetRequiredService<IConfiguration>()["data"] ?? "data"));
builder.Services.AddSingleton(services => services.GetRequiredService<IConfiguration>()["policies"] is string own
    ? PolicyFolder.Read(PolicyFolder.Shipped, own)
    : PolicyFolder.Read(PolicyFolder.Shipped));
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton(Storage.Summaries);
builder.Services.AddSingleton(Storage.OpenJournal);
builder.Services.AddSingleton(services => services.GetRequiredService<IJournal>().Summaries);
builder.Services.AddSingleton<IBuildings>(Storage.Host);
builder.Services.AddSingleton<StreetOffice>();
builder.Services.AddSingleton(_ => SearchTurns.OfMachine());
builder.Services.AddSingleton(Storage.OpenContacts);
builder.Services.AddSingleton(Storage.OpenAdministrators);
builder.Services.AddSingleton(services => SetUp.Of(services.GetRequiredService<AdministratorStore>(), services.GetRequiredService<IConfiguration>()[SetUp.TokenSetting]));
Health.Add(builder.Services);
ApiDocument.Add(builder.Services);

WebApplication app = builder.Build();
app.UseResponseCompression();
app.UseExceptionHandler(errors => errors.Run(context => Problem.Write(context, FaultCode.InternalError)));
app.Use(async (context, next) =>
{
    try
    {
        await next(context);
    }
    catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
    {
        // The client's own mistake, so it is answered and not logged.
        await (bad.StatusCode == StatusCodes.Status413PayloadTooLarge
            ? Problem.Write(context, FaultCode.BodyTooLarge, ("limitBytes", RequestBody.Largest))
            : Problem.Write(context, FaultCode.BadRequest));
    }
    catch (Exception told) when (told is JournalUnavailableException or OutcomeUnknownException or JournalDamagedException && !context.Response.HasStarted)
    {
        await Storage.Tell(context, told);
    }
});
app.UseStatusCodePages(pages => pages.HttpContext.Response.StatusCode switch
{
    StatusCodes.Status404NotFound => Problem.Write(pages.HttpContext, FaultCode.NotFound),
    StatusCodes.Status405MethodNotAllowed => Problem.Write(pages.HttpContext, FaultCode.MethodNotAllowed),
    StatusCodes.Status415UnsupportedMediaType => Problem.Write(pages.HttpContext, FaultCode.UnsupportedMediaType,
        ("contentType", Scalar.Shorten(pages.HttpContext.Request.ContentType ?? "")), ("allowed", RequestBody.Json)),
    _ => Task.CompletedTask,
});
app.Use((context, next) =>
{
    context.Response.Headers.XContentTypeOptions = "nosniff";
    return next(context);
});
ApiDocument.Use(app);
WebPage.Use(app);
ComparisonsEndpoint.Map(app);
SearchesEndpoint.Map(app);
ExplanationsEndpoint.Map(app);
PoliciesEndpoint.Map(app);
TablesEndpoint.Map(app);
SheetsEndpoint.Map(app);
BuildingsEndpoint.Map(app);
StreetsEndpoint.Map(app);
ContactsEndpoint.Map(app);
SetUp.Map(app);
Health.Map(app);
WebPage.Map(app);

try
{
    DataFolder data = app.Services.GetRequiredService<DataFolder>();
    app.Services.GetRequiredService<PolicyBook>();
    app.Services.GetRequiredService<IBuildings>();
    app.Services.GetRequiredService<ContactStore>();
    SetUp setUp = app.Services.GetRequiredService<SetUp>();
    app.Lifetime.ApplicationStarted.Register(() =>
    {
        // A generator of the OpenAPI document starts the program without a server.
        ICollection<string> urls = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (string url in urls) { Console.WriteLine($"CostShare: {url}  (API: {url}/swagger, data: {data.FullPath})"); }
        if (urls.FirstOrDefault() is string first && setUp.Line(first).GetAwaiter().GetResult() is string line) { Console.WriteLine(line); }
    });
    app.Run();
    return 0;
}
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException or SocketException)
{
    // The data folder cannot be used, a policy is broken, or the address is none, taken or another machine's: the operator's to mend, so no stack trace.
    Console.Error.WriteLine($"CostShare cannot start: {exception.Message}");
    return 1;
}
