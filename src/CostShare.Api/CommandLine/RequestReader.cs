using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;

namespace CostShare.Api.CommandLine;

/// <summary>Reads the request of a command: a file of JSON, or one whose households stand in a table beside it.</summary>
/// <param name="requestFile">The name of the file of JSON, as it is told.</param>
/// <param name="language">The language of what is told.</param>
/// <param name="refusals">Receives everything that is wrong.</param>
internal sealed class RequestReader(string requestFile, Language language, Refusals refusals)
{
    private RegisterTable? _table;

    /// <summary>Reads a request; null after telling what is wrong with it.</summary>
    /// <param name="request">The bytes of the file of JSON.</param>
    /// <param name="register">The table of households with its file's name, where there is one.</param>
    public ComparisonRequest? Read(byte[] request, (string File, byte[] Bytes)? register)
    {
        if (register is (string file, byte[] bytes))
        {
            _table = RegisterTable.Read(file, bytes, language, refusals);
            var syntax = new FaultList();
            StrictReader.Read<ComparisonRequest>(request, syntax);
            // A file that is no JSON is told as it stands; anything else is judged together with the table.
            if (syntax.Count > 0 && IsSyntax(syntax.Faults[0].Code)) { Tell(syntax); }
            if (refusals.Count > 0) { return null; }
            request = Join(request, _table!);
        }
        var faults = new FaultList();
        ComparisonRequest? read = StrictReader.Read<ComparisonRequest>(request, faults);
        Tell(faults);
        return faults.Count > 0 ? null : read;
    }

    /// <summary>Tells faults of the request by where they stand in the files.</summary>
    public void Tell(FaultList faults)
    {
        foreach (Fault fault in faults.Faults)
        {
            if (_table is not null && RegisterTable.Owns(fault)) { _table.Tell(fault, language, refusals); }
            else
            {
                string pointer = fault.Place.ToString();
                refusals.Add(pointer.Length == 0 ? requestFile : $"{requestFile}: {pointer}", fault, language);
            }
        }
        refusals.AddUnlisted(faults.Count - faults.Faults.Count);
    }

    private static bool IsSyntax(FaultCode code) => code is FaultCode.BodyEmpty or FaultCode.NotJson or FaultCode.NotUtf8 or FaultCode.TooDeep;

    /// <summary>The request with the households of the table put into its building; every other byte stays as it was.</summary>
    private static byte[] Join(byte[] request, RegisterTable table)
    {
        var joined = new ArrayBufferWriter<byte>();
        (int position, bool hasBuilding, bool hasStoreys, bool isEmpty) = FindBuilding(request);
        if (position < 0) { return request; }
        joined.Write(request.AsSpan(0, position));
        if (!hasBuilding) { joined.Write("\"building\":{"u8); }
        if (!hasStoreys) { joined.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\"storeys\":{table.HighestFloor},"))); }
        joined.Write("\"households\":"u8);
        joined.Write(table.ToJson());
        if (!hasBuilding) { joined.Write("}"u8); }
        if (!isEmpty) { joined.Write(","u8); }
        joined.Write(request.AsSpan(position));
        return joined.WrittenSpan.ToArray();
    }

    /// <summary>Where the first member of the building, or a building as first member of the request, can be put in; below 0 where neither is an object.</summary>
    private static (int Position, bool HasBuilding, bool HasStoreys, bool IsEmpty) FindBuilding(byte[] request)
    {
        int start = request.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        var json = new Utf8JsonReader(request.AsSpan(start));
        json.Read();
        if (json.TokenType != JsonTokenType.StartObject) { return (-1, false, false, false); }
        int first = start + (int)json.BytesConsumed;
        bool isEmpty = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            bool isBuilding = json.ValueSpan.SequenceEqual("building"u8);
            json.Read();
            if (!isBuilding)
            {
                json.Skip();
                continue;
            }
            if (json.TokenType != JsonTokenType.StartObject) { return (-1, true, false, false); }
            int inBuilding = start + (int)json.BytesConsumed;
            bool hasStoreys = false, buildingIsEmpty = true;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                buildingIsEmpty = false;
                hasStoreys |= json.ValueSpan.SequenceEqual("storeys"u8);
                json.Skip();
            }
            return (inBuilding, true, hasStoreys, buildingIsEmpty);
        }
        return (first, false, false, isEmpty);
    }
}
