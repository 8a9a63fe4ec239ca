using System.Buffers;
using System.IO.Pipelines;
using CostShare.Api.Problems;
using CostShare.Grains.Faults;
using Microsoft.Net.Http.Headers;

namespace CostShare.Api.Wire;

/// <summary>Reads the body of a request: whole, as JSON in UTF-8, and strictly.</summary>
internal static class RequestBody
{
    /// <summary>The largest body in bytes.</summary>
    public const int Largest = 2 * 1024 * 1024;

    /// <summary>Reads the body into a record of the domain.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="faults">Receives what is wrong with the form of the body.</param>
    /// <returns>The record, or null if a fault was added or the request was answered already because it is not JSON or too large.</returns>
    public static async Task<T?> Read<T>(HttpContext context, FaultList faults)
        where T : class
    {
        if (context.Request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            await Problem.Write(context, FaultCode.BodyEncoded, ("contentEncoding", Scalar.Shorten(encoding.ToString())));
            return null;
        }
        if (!IsJson(context.Request))
        {
            await Problem.Write(context, FaultCode.UnsupportedMediaType, ("contentType", Scalar.Shorten(context.Request.ContentType ?? "")));
            return null;
        }
        PipeReader reader = context.Request.BodyReader;
        if (await ReadWhole(context, reader) is not ReadOnlySequence<byte> body)
        {
            await Problem.Write(context, FaultCode.BodyTooLarge, ("limitBytes", Largest));
            return null;
        }
        T? request = StrictReader.Read<T>(body.IsSingleSegment ? body.First : body.ToArray(), faults);
        reader.AdvanceTo(body.End);
        return request;
    }

    private static bool IsJson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Value!.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>The whole body, or null if it is larger than the limit.</summary>
    private static async Task<ReadOnlySequence<byte>?> ReadWhole(HttpContext context, PipeReader reader)
    {
        if (context.Request.ContentLength > Largest) { return null; }
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > Largest)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted) { return read.Buffer; }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
