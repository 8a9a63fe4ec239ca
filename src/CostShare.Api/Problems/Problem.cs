using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;
using Microsoft.AspNetCore.WebUtilities;

namespace CostShare.Api.Problems;

/// <summary>Why a request was refused, as RFC 9457 has it.</summary>
public sealed record Problem
{
    /// <summary>The media type of a refusal.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>Always "about:blank": the code tells more than an address could.</summary>
    public string Type { get; } = "about:blank";

    /// <summary>The words of the HTTP status.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status: 400 for syntax and shape, 422 for rules; 404, 405, 413, 415 for what comes before; 500 for a defect of the program.</summary>
    [Range(400, 599)]
    public required int Status { get; init; }

    /// <summary>The sentence of the first fault, in the language of Accept-Language; Chinese unless English is preferred.</summary>
    public required string Detail { get; init; }

    /// <summary>The code of the first fault.</summary>
    public required FaultCode Code { get; init; }

    /// <summary>How many faults were found; at most 100 of them are listed.</summary>
    [Range(1, int.MaxValue)]
    public required int FaultCount { get; init; }

    /// <summary>All faults of the stage that failed: syntax (one), shape, rules.</summary>
    [Length(1, FaultList.Most)]
    public required IReadOnlyList<ProblemFault> Faults { get; init; }

    /// <summary>Writes the refusal of a request.</summary>
    internal static async Task Write(HttpContext context, FaultList faults)
    {
        Language language = Languages.Of(context.Request);
        Problem problem = Of(faults, language);
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = MediaType;
        context.Response.Headers.ContentLanguage = language.Tag();
        context.Response.Headers.Vary = "Accept-Language";
        await JsonSerializer.SerializeAsync(context.Response.Body, problem, WireJson.Options, context.RequestAborted);
    }

    /// <summary>The refusal of a request, in a language.</summary>
    internal static Problem Of(FaultList faults, Language language)
    {
        Fault first = faults.Faults[0];
        int status = FaultTexts.Of(first.Code).Status;
        return new Problem
        {
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = FaultTexts.Sentence(first, language),
            Code = first.Code,
            FaultCount = faults.Count,
            Faults = [.. faults.Faults.Select(fault => new ProblemFault
            {
                Code = fault.Code,
                Pointer = fault.Place.ToString(),
                Detail = FaultTexts.Sentence(fault, language),
                Values = fault.Values.ToDictionary(value => value.Name, value => value.Value),
            })],
        };
    }

    /// <summary>Writes a refusal for a single reason that has no place in the body.</summary>
    internal static Task Write(HttpContext context, FaultCode code, params ReadOnlySpan<FaultValue> values)
    {
        var faults = new FaultList();
        faults.Add(code, Place.Root, values);
        return Write(context, faults);
    }
}

/// <summary>One thing that is wrong with a request.</summary>
public sealed record ProblemFault
{
    /// <summary>What is wrong.</summary>
    public required FaultCode Code { get; init; }

    /// <summary>Where it stands: a JSON pointer (RFC 6901) into the body; empty for the whole request, and in a table in CSV, where <c>line</c> and <c>heading</c> among the values say it.</summary>
    public required string Pointer { get; init; }

    /// <summary>The sentence for people, in the language of Accept-Language, with amounts in yuan where a rule is broken.</summary>
    public required string Detail { get; init; }

    /// <summary>The values that the sentence speaks of, by name: texts and whole numbers; a name that ends in "Fen" holds fen. A number of 2^53 or more stands as text.</summary>
    public required IReadOnlyDictionary<string, object> Values { get; init; }
}
