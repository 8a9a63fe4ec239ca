using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CostShare.Api.OpenApi;

/// <summary>The OpenAPI document: made from the same records, attributes and comments that the program runs on.</summary>
internal static class ApiDocument
{
    /// <summary>The name of what stored buildings ask for.</summary>
    public const string Administrator = "administrator";

    private const string Version = "v1";

    public static void Add(IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(document =>
        {
            document.SwaggerDoc(Version, new OpenApiInfo
            {
                Title = "CostShare",
                Version = Version,
                Description =
                    "Who pays what when an old walk-up building gets a lift: exact to the fen, with reasons. "
                    + "Amounts are whole fen in members whose names end in `Fen`; areas are square metres with at most two decimals; "
                    + "coefficients and percentages have at most six. JSON is strict: missing, unknown and duplicate members, numbers as text "
                    + "and anything but UTF-8 are refused. Refusals are `application/problem+json` in Chinese, or in English if "
                    + "`Accept-Language` prefers it.",
            });
            document.AddServer(new OpenApiServer { Url = "/", Description = "The program that serves this document" });
            document.AddSecurityDefinition(Administrator, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The administrator's token, which the set-up gives once.",
            });
            foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "CostShare.*.xml").Order(StringComparer.Ordinal))
            {
                document.IncludeXmlComments(file);
            }
            document.SupportNonNullableReferenceTypes();
            document.UseAllOfToExtendReferenceSchemas();
            foreach (Scalar scalar in Scalar.All) { document.MapType(scalar.Type, () => WireSchemas.Describe(scalar)); }
            document.MapType<Fraction>(() => WireSchemas.Fraction);
            document.SchemaFilter<WireSchemas>();
            document.DocumentFilter<KindsFilter>();
            document.DocumentFilter<TagsFilter>();
            document.OperationFilter<ComparisonFilter>();
            document.OperationFilter<SearchFilter>();
            document.OperationFilter<PolicyFilter>();
            document.OperationFilter<TableFilter>();
            document.OperationFilter<SheetFilter>();
            document.OperationFilter<BuildingFilter>();
            document.OperationFilter<StreetFilter>();
        });
    }

    public static void Use(WebApplication app)
    {
        app.UseSwagger();
        app.UseSwaggerUI(page =>
        {
            page.SwaggerEndpoint($"/swagger/{Version}/swagger.json", "CostShare");
            page.DocumentTitle = "CostShare API";
            page.DefaultModelsExpandDepth(0);
        });
    }
}

/// <summary>Says what each group of addresses is for.</summary>
internal sealed class TagsFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument document, DocumentFilterContext context) =>
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Comparisons", Description = "Schemes side by side, without an account and without a trace." },
            new() { Name = "Tables", Description = "Pasted tables, checked without an account and without a trace." },
            new() { Name = "Sheets", Description = "Sheets as people have them, read without an account and without a trace, and sheets to begin with." },
            new() { Name = "Policies", Description = "The dated rules of cities and countries." },
            new() { Name = "Buildings", Description = "Stored buildings: commands, each answered by what happened, and what there is, now or as of then." },
            new() { Name = "Streets", Description = "What the street office asks of all its stairs: how far they are, what their money adds up to, and whether subsidies follow the rules." },
            new() { Name = "Progress", Description = "How far the stairs of an estate have come, for everybody." },
            new() { Name = "Contacts", Description = "Names and telephone numbers of households, kept apart and erasable." },
            new() { Name = "Set-up", Description = "How the first administrator gets in." },
            new() { Name = "Health", Description = "Whether the program lives, and whether it can work." },
        };
}
