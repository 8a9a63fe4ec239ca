using System.Buffers;
using System.IO.Pipelines;
using CostShare.Api.Problems;
using CostShare.Grains.Faults;
using Microsoft.Net.Http.Headers;

namespace CostShare.Api.Wire;

/// <summary>Reads the body of a request: whole, and only if it is declared as one that the address takes.</summary>
internal static class RequestBody
{
    /// <summary>The largest body in bytes.</summary>
    public const int Largest = 2 * 1024 * 1024;

    /// <summary>The largest body in bytes where a whole list or building is imported.</summary>
    public const int LargestImport = 10 * 1024 * 1024;

    /// <summary>What addresses take, as it is told: JSON, and tables also as CSV.</summary>
    public const string Json = "application/json (UTF-8)", JsonOrCsv = "application/json (UTF-8), text/csv (UTF-8, GB18030)";

    /// <summary>What is taken as a sheet, as it is told.</summary>
    public const string SheetOrText = "text/plain, text/csv, text/tab-separated-values, " + Sheets.Workbook.MediaType + ", " + Unnamed;

    /// <summary>The media type of a table.</summary>
    public const string CsvType = "text/csv";

    private const string JsonType = "application/json", Unnamed = "application/octet-stream";

    // A browser that knows no better calls a table in CSV a workbook of old.
    private static readonly string[] SheetTypes = ["text/plain", CsvType, "text/tab-separated-values", Sheets.Workbook.MediaType, "application/vnd.ms-excel", Unnamed];

    private static readonly string[] JsonCharsets = ["utf-8"];
    // What the declaration says of Chinese is not told apart from the rest of GB18030, and the bytes decide.
    private static readonly string[] CsvCharsets = ["utf-8", "gb18030", "gbk", "gb2312"], TextCharsets = [.. CsvCharsets, "utf-16", "utf-16le", "utf-16be"];

    /// <summary>Reads the body into a record of the domain, strictly.</summary>
    /// <typeparam name="T">The record.</typeparam>
    /// <param name="context">The request.</param>
    /// <param name="faults">Receives what is wrong with the form of the body.</param>
    /// <param name="largest">The largest body in bytes.</param>
    /// <returns>The record, or null if a fault was added or the request was answered already because it is not JSON or too large.</returns>
    public static async Task<T?> Read<T>(HttpContext context, FaultList faults, int largest = Largest)
        where T : class =>
        await Read(context, Declares(context.Request, JsonType, JsonCharsets), Json, largest) is byte[] body ? StrictReader.Read<T>(body, faults) : null;

    /// <summary>Reads a body that is JSON or CSV.</summary>
    /// <param name="context">The request.</param>
    /// <param name="largest">The largest body in bytes.</param>
    /// <returns>The bytes and whether they are CSV, or no bytes if the request was answered already.</returns>
    public static async Task<(byte[]? Body, bool IsCsv)> ReadJsonOrCsv(HttpContext context, int largest = Largest)
    {
        bool isCsv = Declares(context.Request, CsvType, CsvCharsets);
        return (await Read(context, isCsv || Declares(context.Request, JsonType, JsonCharsets), JsonOrCsv, largest), isCsv);
    }

    /// <summary>Reads a body that is a sheet: a workbook or a text, which its bytes decide.</summary>
    /// <param name="context">The request.</param>
    /// <returns>The bytes, or null if the request was answered already.</returns>
    public static Task<byte[]?> ReadSheet(HttpContext context) =>
        Read(context, SheetTypes.Any(type => Declares(context.Request, type, TextCharsets)), SheetOrText, LargestImport);

    /// <summary>The bytes of the body, or null after answering that it is packed, of another type, or too large.</summary>
    private static async Task<byte[]?> Read(HttpContext context, bool isAllowed, string allowed, int largest)
    {
        if (context.Request.Headers.ContentEncoding is { Count: > 0 } encoding && encoding != "identity")
        {
            await Problem.Write(context, FaultCode.BodyEncoded, ("contentEncoding", Scalar.Shorten(encoding.ToString())));
            return null;
        }
        if (!isAllowed)
        {
            await Problem.Write(context, FaultCode.UnsupportedMediaType, ("contentType", Scalar.Shorten(context.Request.ContentType ?? "")), ("allowed", allowed));
            return null;
        }
        PipeReader reader = context.Request.BodyReader;
        if (await ReadWhole(context, reader, largest) is not ReadOnlySequence<byte> body)
        {
            await Problem.Write(context, FaultCode.BodyTooLarge, ("limitBytes", largest));
            return null;
        }
        byte[] bytes = body.ToArray();
        reader.AdvanceTo(body.End);
        return bytes;
    }

    private static bool Declares(HttpRequest request, string mediaType, string[] charsets) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || charsets.Contains(type.Charset.Value!.Trim('"'), StringComparer.OrdinalIgnoreCase));

    /// <summary>The whole body, or null if it is larger than the limit.</summary>
    private static async Task<ReadOnlySequence<byte>?> ReadWhole(HttpContext context, PipeReader reader, int largest)
    {
        if (context.Request.ContentLength > largest) { return null; }
        while (true)
        {
            ReadResult read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > largest)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }
            if (read.IsCompleted) { return read.Buffer; }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
