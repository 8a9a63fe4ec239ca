using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Amounts;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Votes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace CostShare.Api.OpenApi;

/// <summary>Adds to each schema what the attributes and comments of the domain say and the generator does not read.</summary>
internal sealed class WireSchemas : ISchemaFilter
{
    private const string FractionPattern = "^-?[0-9]+(/[0-9]+)?$";

    public static OpenApiSchema Fraction => new() { Type = JsonSchemaType.String, Pattern = FractionPattern };

    public static OpenApiSchema Describe(Scalar scalar)
    {
        if (scalar.IsDay) { return new OpenApiSchema { Type = JsonSchemaType.String, Format = "date", MinLength = 10, MaxLength = 10 }; }
        if (scalar.Places is not int places)
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                MinLength = int.Parse(scalar.Minimum, CultureInfo.InvariantCulture),
                MaxLength = int.Parse(scalar.Maximum, CultureInfo.InvariantCulture),
            };
        }
        var schema = new OpenApiSchema { Type = places == 0 ? JsonSchemaType.Integer : JsonSchemaType.Number };
        if (places == 0) { schema.Format = "int64"; }
        if (scalar.Allowed is IReadOnlyList<long> allowed) { schema.Enum = [.. allowed.Select(value => (JsonNode)JsonValue.Create(value))]; }
        else { (schema.Minimum, schema.Maximum) = (scalar.Minimum, scalar.Maximum); }
        return schema;
    }

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema open) { return; }
        // No member is ever null: what is not stated is left out.
        open.Type &= ~JsonSchemaType.Null;
        if (context.MemberInfo is null && open.Type == JsonSchemaType.Object && XmlComments.Remarks(context.Type) is { Length: > 0 } remarks)
        {
            open.Description = $"{open.Description} {remarks}";
        }
        if (context.MemberInfo is PropertyInfo property) { DescribeMember(open, property); }
        else if (Scalar.Of(context.Type) is not null) { return; }
        else if (context.Type.IsEnum) { DescribeEnum(open, context.Type); }
        else if (context.Type == typeof(Step)) { DescribeStep(open); }
        else if (open.Properties is not null) { DescribeObject(open, context.Type); }
    }

    private static void DescribeEnum(OpenApiSchema schema, Type type)
    {
        IEnumerable<string> lines = Enum.GetValues(type).Cast<Enum>().Select(value => value is FaultCode code
            ? $"\n- `{WireNames.Of(value)}` ({FaultTexts.Of(code).Status}): {XmlComments.Summary(value)}"
            : $"\n- `{WireNames.Of(value)}`: {XmlComments.Summary(value)}");
        string head = type == typeof(FaultCode) ? "What is wrong, with the HTTP status of each code:"
            : type == typeof(StepCode) ? "What was done, with the formula over the step's inputs:"
            : schema.Description ?? "";
        schema.Description = head + string.Concat(lines);
    }

    private static void DescribeStep(OpenApiSchema step)
    {
        OpenApiSchema number = new()
        {
            OneOf = [new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" }, Fraction],
            Description = "Exact: a whole number below 2^53 as a number, anything else as \"a\" or \"a/b\". Money in fen, areas in m².",
        };
        step.Properties!["inputs"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            AdditionalProperties = number,
            Description = "What went in, by the names of the code's formula.",
        };
        step.Properties["result"] = number;
        step.Required = new HashSet<string>(["code", "inputs", "result"]);
    }

    private static void DescribeObject(OpenApiSchema schema, Type type)
    {
        PropertyInfo[] properties = type.GetProperties();
        bool answer = !properties.Any(property => property.GetCustomAttribute<RequiredMemberAttribute>() is not null);
        object? defaults = !type.IsAbstract && type.GetConstructor([]) is not null ? Activator.CreateInstance(type) : null;
        foreach (PropertyInfo property in properties)
        {
            if (!schema.Properties!.TryGetValue(WireNames.Of(property), out IOpenApiSchema? member)) { continue; }
            // A record of an answer is made by its constructor and always whole, but for what is left out where it is null.
            if (answer && defaults is null && property.GetCustomAttribute<JsonIgnoreAttribute>() is null) { (schema.Required ??= new HashSet<string>()).Add(WireNames.Of(property)); }
            if (defaults is null || property.GetCustomAttribute<RequiredMemberAttribute>() is not null || member is not OpenApiSchema open) { continue; }
            open.Default = property.GetValue(defaults) switch
            {
                Enum value => JsonValue.Create(WireNames.Of(value)),
                bool value => JsonValue.Create(value),
                Money value => JsonValue.Create(value.Fen),
                Grains.Schemes.BillingUnit value => JsonValue.Create(value.Amount.Fen),
                _ => null,
            };
        }
    }

    private static void DescribeMember(OpenApiSchema schema, PropertyInfo property)
    {
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (property.GetCustomAttribute<LengthAttribute>() is LengthAttribute count)
        {
            if (schema.Type == JsonSchemaType.Array) { (schema.MinItems, schema.MaxItems) = (count.MinimumLength, count.MaximumLength); }
            else { (schema.MinProperties, schema.MaxProperties) = (count.MinimumLength, count.MaximumLength); }
        }
        if (Scalar.Of(type) is Scalar scalar)
        {
            // What is asked lies in the same folder as the answers.
            bool answer = property.DeclaringType!.Namespace == typeof(ComparisonResult).Namespace && property.DeclaringType is not { Name: nameof(TableCheck) or nameof(TableRow) or nameof(StandAloneModel) };
            // What an answer adds up may be a credit, or above what a single request may state.
            if (answer && type == typeof(Money)) { (schema.Minimum, schema.Maximum) = ("-9007199254740991", "9007199254740991"); }
            if (scalar.IsDay) { schema.Description += $" From {scalar.Minimum} to {scalar.Maximum}."; }
            else if (scalar.Places is null) { schema.MinLength = int.Parse(scalar.Minimum, CultureInfo.InvariantCulture); }
            else { schema.Description += $" Unit: {scalar.Unit}."; }
            if (scalar.Places > 0) { schema.Description += $" At most {scalar.Places} decimals."; }
        }
        // The one fraction of a request.
        if (property.DeclaringType == typeof(Owner) && type == typeof(Fraction)) { (schema.Pattern, schema.MinLength, schema.MaxLength) = (OwnedPart.Pattern, 1, OwnedPart.Longest); }
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>) && Scalar.Of(type.GetGenericArguments()[0]) is Scalar names)
        {
            schema.Description += names.Places is null
                ? $" Names: {names.Minimum} to {names.Maximum} characters."
                : $" Names: whole numbers from {names.Minimum} to {names.Maximum}, in digits.";
            if (Scalar.Of(type.GetGenericArguments()[1]) is Scalar values)
            {
                schema.Description += values.Places == 0 ? $" Values: {values.Unit}." : $" Values: {values.Unit}, at most {values.Places} decimals.";
            }
        }
        schema.Description = schema.Description?.Trim();
    }
}

/// <summary>Writes each family of kinds as one choice told by the member <c>kind</c>, each kind with all of its members.</summary>
internal sealed class KindsFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        IDictionary<string, IOpenApiSchema> schemas = document.Components!.Schemas!;
        // The inputs of a step stand as one object, by name.
        schemas.Remove(nameof(StepInput));
        foreach (Type family in typeof(Step).Assembly.GetExportedTypes().Where(type => type.IsAbstract && schemas.ContainsKey(type.Name)))
        {
            if (family.GetCustomAttribute<JsonPolymorphicAttribute>() is not JsonPolymorphicAttribute polymorphic) { continue; }
            string discriminator = polymorphic.TypeDiscriminatorPropertyName!;
            var choice = new OpenApiSchema
            {
                Description = schemas[family.Name].Description,
                OneOf = [],
                Discriminator = new OpenApiDiscriminator { PropertyName = discriminator, Mapping = new Dictionary<string, OpenApiSchemaReference>() },
            };
            foreach (JsonDerivedTypeAttribute kind in family.GetCustomAttributes<JsonDerivedTypeAttribute>())
            {
                var reference = (OpenApiSchemaReference)context.SchemaGenerator.GenerateSchema(kind.DerivedType, context.SchemaRepository);
                var member = (OpenApiSchema)schemas[kind.DerivedType.Name];
                string value = (string)kind.TypeDiscriminator!;
                member.Properties ??= new Dictionary<string, IOpenApiSchema>();
                member.Properties[discriminator] = new OpenApiSchema
                {
                    Type = JsonSchemaType.String,
                    Enum = [JsonValue.Create(value)],
                    Description = "Which kind it is.",
                };
                (member.Required ??= new HashSet<string>()).Add(discriminator);
                choice.OneOf.Add(reference);
                choice.Discriminator.Mapping[value] = reference;
            }
            schemas[family.Name] = choice;
        }
    }
}
