using System.Globalization;
using System.Text;
using CostShare.Api.Explanations;
using CostShare.Api.Policies;
using CostShare.Api.Problems;
using CostShare.Api.Wire;
using CostShare.Grains.Comparison;
using CostShare.Grains.Faults;
using CostShare.Grains.Policies;

namespace CostShare.Api.CommandLine;

/// <summary>What the program does besides serving: its commands, and the refusal of words that are none.</summary>
/// <param name="output">Receives the answer and nothing else.</param>
/// <param name="error">Receives everything else.</param>
/// <param name="width">The width of the terminal in cells; null where the output goes elsewhere.</param>
internal sealed class Commands(TextWriter output, TextWriter error, int? width)
{
    /// <summary>The exit code of a request that was refused.</summary>
    public const int Refused = 1;

    /// <summary>The exit code of words that are no command, of files that cannot be read, and of an answer that cannot be written.</summary>
    public const int Misused = 2;

    /// <summary>Runs a command on the console.</summary>
    /// <param name="words">The words behind the program's name.</param>
    /// <returns>The exit code, or null where the program is to serve.</returns>
    public static int? Run(IReadOnlyList<string> words)
    {
        if (words.Count == 0) { return null; }
        // UTF-8 whatever the machine's own encoding is. The streams are opened here because setting the encoding of the console sends
        // codes to the terminal even where the output goes elsewhere; only the terminal of Windows has to be told.
        if (OperatingSystem.IsWindows()) { Console.OutputEncoding = Encoding.UTF8; }
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        // Not disposed, because that would write once more what could not be written.
        var output = new StreamWriter(Console.OpenStandardOutput(), utf8) { NewLine = "\n" };
        var error = new StreamWriter(Console.OpenStandardError(), utf8) { NewLine = "\n" };
        try
        {
            int? code = new Commands(output, error, Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth).Answer(words);
            output.Flush();
            error.Flush();
            return code;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or the stream closed: there may be nowhere left to say so.
            return Misused;
        }
    }

    /// <summary>Answers the words, or says with null that the program is to serve.</summary>
    /// <param name="words">The words behind the program's name.</param>
    public int? Answer(IReadOnlyList<string> words)
    {
        Language language = Arguments.LanguageOf(words);
        Command? command = words.Count == 0 ? null : words[0] switch
        {
            "compare" => Command.Compare,
            "explain" => Command.Explain,
            "verify" => Command.Verify,
            "audit" => Command.Audit,
            "transfer" => Command.Transfer,
            "summaries" => Command.Summaries,
            _ => null,
        };
        if (Arguments.AskForHelp(words))
        {
            output.WriteLine(HelpTexts.Of(command, language));
            return 0;
        }
        if (command is not Command known)
        {
            string wrong = ServerOptions.Check(words, language);
            return wrong.Length == 0 ? null : Misuse(wrong, null, language);
        }
        if (known is Command.Audit or Command.Transfer or Command.Summaries)
        {
            return StoreArguments.Read(known, [.. words.Skip(1)], language, out string misuse) is StoreArguments store
                ? new StoreCommands(output, error, language).Carry(known, store).GetAwaiter().GetResult()
                : Misuse(misuse, known, language);
        }
        return Arguments.Read(known, [.. words.Skip(1)], language, out string problem) is Arguments arguments
            ? Carry(known, arguments, language)
            : Misuse(problem, known, language);
    }

    private int Misuse(string problem, Command? command, Language language)
    {
        error.WriteLine(Refusals.Visible(problem));
        error.WriteLine(HelpTexts.Usage(command, language));
        return Misused;
    }

    private int Carry(Command command, Arguments arguments, Language language)
    {
        var refusals = new Refusals();
        (string File, byte[] Bytes)? register = null;
        string problem = "";
        if (arguments.Register is string table)
        {
            if (ReadFile(table, language, out problem) is byte[] cells) { register = (table, cells); }
        }
        byte[]? bytes = problem.Length == 0 ? ReadFile(arguments.Request, language, out problem) : null;
        if (bytes is not null && command == Command.Verify) { return Verify(bytes, language); }
        PolicyBook? policies = bytes is null ? null : ReadPolicies(arguments.Policies, language, out problem);
        if (bytes is null || policies is null)
        {
            error.WriteLine(Refusals.Visible(problem));
            return Misused;
        }
        var reader = new RequestReader(arguments.Request, language, refusals);
        string answer = "";
        if (reader.Read(bytes, register) is ComparisonRequest request)
        {
            var faults = new FaultList();
            (int household, int[] schemes) = Find(request, arguments, language, refusals);
            ComparisonResult? result = Comparer.Compare(request, policies, command == Command.Explain ? ComparisonParts.Derivations : ComparisonParts.Facts, faults);
            reader.Tell(faults);
            if (result is not null && refusals.Count == 0)
            {
                answer = command == Command.Compare
                    ? new ComparisonTables(request, result, language, width).Print()
                    : new Explanation(request, result, language).Print(household, schemes);
            }
        }
        if (refusals.Count > 0)
        {
            refusals.Write(error, language);
            return Refused;
        }
        output.Write(answer);
        return 0;
    }

    /// <summary>Reckons a passport again from itself alone: exit code 0 where every figure is right, 1 where one is not.</summary>
    private int Verify(byte[] bytes, Language language)
    {
        if (PassportJson.Verify(bytes, language) is string wrong)
        {
            error.WriteLine(Refusals.Visible(wrong));
            return Refused;
        }
        output.WriteLine(language.Choose("全部重新计算，每个数字都对。", "Everything was reckoned again; every figure is right."));
        // It proves that it is right in itself; whether it is the one that was adopted, only these tell.
        (string building, int number, string sha256) = PassportJson.Names(bytes);
        output.WriteLine(Refusals.Visible(language.Choose(
            $"门栋 {building}，第 {number} 次定案，校验码 {sha256[..12]}（全长 {sha256}）。请与账单或公示上的核对。",
            $"Building {building}, finalisation {number}, check code {sha256[..12]} (in full {sha256}). Compare it with the one on the bill or the notice.")));
        return 0;
    }

    /// <summary>The household and the schemes that are asked for, after telling of one that is not there.</summary>
    private static (int Household, int[] Schemes) Find(ComparisonRequest request, Arguments arguments, Language language, Refusals refusals)
    {
        string[] households = [.. request.Building.Households.Select(household => household.Id.Value)];
        string[] schemes = [.. request.Schemes.Select(scheme => scheme.Id.Value)];
        int household = Array.IndexOf(households, arguments.Household);
        if (arguments.Household is string id && household < 0)
        {
            string unknown = FaultTexts.Sentence(new Fault(FaultCode.HouseholdUnknown, Place.Root, [("household", Scalar.Shorten(id))]), language);
            refusals.Add(arguments.Register ?? arguments.Request, FaultCode.HouseholdUnknown, language.Choose(
                $"{unknown}登记册里有：{Shorten(households, language)}。", $"{unknown} It has: {Shorten(households, language)}."));
        }
        if (arguments.Scheme is not string named) { return (household, [.. Enumerable.Range(0, schemes.Length)]); }
        int scheme = Array.IndexOf(schemes, named);
        if (scheme < 0)
        {
            refusals.Add(arguments.Request, FaultCode.NameUnknown, language.Choose(
                $"没有方案“{Scalar.Shorten(named)}”。方案有：{Shorten(schemes, language)}。",
                $"There is no scheme \"{Scalar.Shorten(named)}\". The schemes are: {Shorten(schemes, language)}."));
        }
        return (household, [scheme]);
    }

    private static string Shorten(string[] ids, Language language)
    {
        const int most = 20;
        string listed = string.Join(language.Choose("、", ", "), ids.Take(most));
        return ids.Length <= most ? listed : string.Create(CultureInfo.InvariantCulture, $"{listed} … ({ids.Length})");
    }

    private static PolicyBook? ReadPolicies(string? own, Language language, out string problem)
    {
        problem = "";
        try
        {
            return PolicyFolder.Read(own is null ? [PolicyFolder.Shipped] : [PolicyFolder.Shipped, own]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            problem = language.Choose($"政策文件读不了：{exception.Message}", $"The policies cannot be read: {exception.Message}");
            return null;
        }
    }

    private static byte[]? ReadFile(string path, Language language, out string problem)
    {
        problem = Directory.Exists(path) ? language.Choose($"{path} 是文件夹，不是文件。", $"{path} is a folder, not a file.") : "";
        if (problem.Length > 0) { return null; }
        try
        {
            using FileStream file = File.OpenRead(path);
            var bytes = new MemoryStream();
            var buffer = new byte[64 * 1024];
            // A pipe has no length, so what comes is counted.
            while (file.Read(buffer) is > 0 and int read)
            {
                bytes.Write(buffer, 0, read);
                if (bytes.Length <= RequestBody.Largest) { continue; }
                problem = language.Choose(
                    string.Create(CultureInfo.InvariantCulture, $"{path} 太大：最多 {RequestBody.Largest} 字节（2 MiB）。"),
                    string.Create(CultureInfo.InvariantCulture, $"{path} is too large: at most {RequestBody.Largest} bytes (2 MiB)."));
                return null;
            }
            return bytes.ToArray();
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            problem = language.Choose($"找不到文件 {path}。", $"There is no file {path}.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            problem = language.Choose($"读不了文件 {path}。", $"The file {path} cannot be read.");
        }
        return null;
    }
}
