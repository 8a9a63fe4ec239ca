using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Buildings;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;
using CostShare.Silo;
using CostShare.Silo.Access;
using CostShare.Silo.Contacts;
using CostShare.Silo.Journals;
using CostShare.Silo.Summaries;

namespace CostShare.Api.Buildings;

/// <summary>Where buildings are stored: in PostgreSQL if a connection string says so, else in files of the data folder.</summary>
internal static partial class Storage
{
    /// <summary>The connection string of the database, in the settings.</summary>
    public const string Connection = "CostShare";

    // How long a commit may take before its sender is told that its outcome is not known; it is never cancelled.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // How many buildings are summarised between two words about it.
    private const int Many = 10_000;

    /// <summary>Opens the journal.</summary>
    /// <exception cref="IOException">It cannot be used.</exception>
    public static IJournal OpenJournal(IServiceProvider services)
    {
        Action<string> tell = Telling(services);
        return services.GetRequiredService<IConfiguration>().GetConnectionString(Connection) is { Length: > 0 } connection
            ? OpenDatabase(services, connection, tell).GetAwaiter().GetResult()
            : OpenFiles(services, tell).GetAwaiter().GetResult();
    }

    private static async Task<IJournal> OpenDatabase(IServiceProvider services, string connection, Action<string> tell)
    {
        PostgresJournal database = await PostgresJournal.Open(connection, Patience, tell);
        try
        {
            await database.Summarise(services.GetRequiredService<Summariser>(), StoredSummaries.Basis(services.GetRequiredService<PolicyBook>()), (done, total) =>
            {
                if (done % Many == 0 || done == total) { tell($"summaries: {done} of {total} buildings."); }
            });
            return database;
        }
        catch (JournalUnavailableException unavailable)
        {
            await database.DisposeAsync();
            throw new IOException(unavailable.Message, unavailable);
        }
    }

    private static async Task<IJournal> OpenFiles(IServiceProvider services, Action<string> tell)
    {
        var files = FileJournal.Open(Path.Combine(services.GetRequiredService<DataFolder>().FullPath, "journal"), tell);
        try
        {
            // At every start, so that few are not worth a word.
            await files.Summarise(services.GetRequiredService<Summariser>(), (done, total) =>
            {
                if (total > Many && (done % Many == 0 || done == total)) { tell($"summaries: {done} of {total} buildings."); }
            });
            return files;
        }
        catch (JournalUnavailableException unavailable)
        {
            await files.DisposeAsync();
            throw new IOException(unavailable.Message, unavailable);
        }
    }

    /// <summary>Makes summaries by the policies of the program.</summary>
    public static Summariser Summaries(IServiceProvider services) => new(StoredEvents.Codec, StoredSummaries.Codec, services.GetRequiredService<PolicyBook>());

    /// <summary>Opens the names and telephone numbers.</summary>
    /// <exception cref="IOException">They cannot be used, or not with the key that is given.</exception>
    public static ContactStore OpenContacts(IServiceProvider services)
    {
        string data = services.GetRequiredService<DataFolder>().FullPath, folder = Path.Combine(data, "contacts");
        string? key = services.GetRequiredService<IConfiguration>()[ContactStore.KeySetting];
        return (services.GetRequiredService<IJournal>() is PostgresJournal postgres
            ? ContactStore.Open(new PostgresContacts(postgres), PostgresHash.OfContactsKey(postgres), data, key)
            : ContactStore.Open(FileContacts.Open(folder), new FileHash(Path.Combine(folder, "check.json")), data, key)).GetAwaiter().GetResult();
    }

    /// <summary>Opens what is kept of the administrator's token.</summary>
    /// <exception cref="IOException">It is damaged or cannot be read.</exception>
    public static AdministratorStore OpenAdministrators(IServiceProvider services) => AdministratorStore.Open(services.GetRequiredService<IJournal>() is PostgresJournal postgres
        ? PostgresHash.OfAdministrator(postgres)
        : new FileHash(Path.Combine(services.GetRequiredService<DataFolder>().FullPath, "administrator.json"))).GetAwaiter().GetResult();

    /// <summary>Hosts the buildings of the journal.</summary>
    public static BuildingHost Host(IServiceProvider services) => new(
        services.GetRequiredService<IJournal>(), services.GetRequiredService<Summariser>(), new BuildingRules(services.GetRequiredService<PolicyBook>(), PassportJson.Write, PassportJson.Read), Telling(services));

    /// <summary>Answers that the store failed.</summary>
    public static Task Tell(HttpContext context, Exception failure)
    {
        Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(Storage)), failure.Message);
        // Headers that were set belong to an answer that is not given now.
        context.Response.Clear();
        context.Response.Headers.CacheControl = "no-store";
        switch (failure)
        {
            case JournalDamagedException damaged:
                return Problem.Write(context, FaultCode.BuildingDamaged, ("building", damaged.Building.Value), ("version", damaged.Version));
            case OutcomeUnknownException:
                context.Response.Headers.RetryAfter = "1";
                return Problem.Write(context, FaultCode.OutcomeUnknown);
            default:
                context.Response.Headers.RetryAfter = "1";
                return Problem.Write(context, FaultCode.StoreUnavailable);
        }
    }

    private static Action<string> Telling(IServiceProvider services)
    {
        ILogger logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(Storage));
        return told => Told(logger, told);
    }

    [LoggerMessage(LogLevel.Warning, "{Told}")]
    private static partial void Told(ILogger logger, string told);

    [LoggerMessage(LogLevel.Error, "{Told}")]
    private static partial void Failed(ILogger logger, string told);
}
