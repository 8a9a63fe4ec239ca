using CostShare.Api.Problems;

namespace CostShare.Api.CommandLine;

/// <summary>The commands that end when they have answered; without one the program serves.</summary>
internal enum Command
{
    /// <summary>Prints what every household pays under each scheme.</summary>
    Compare,
    /// <summary>Prints how one household's amounts were reached.</summary>
    Explain,
    /// <summary>Reckons a passport again.</summary>
    Verify,
    /// <summary>Checks everything that is stored.</summary>
    Audit,
    /// <summary>Moves buildings from files to PostgreSQL.</summary>
    Transfer,
    /// <summary>Compares the summaries of buildings with what happened to them, or makes them again.</summary>
    Summaries,
}

/// <summary>What a command was given.</summary>
/// <param name="Register">The table of households, where they do not stand in the request.</param>
/// <param name="Request">The file of the request.</param>
/// <param name="Household">The household to explain; only with <see cref="Command.Explain"/>.</param>
/// <param name="Scheme">The only scheme to explain; all unless stated.</param>
/// <param name="Policies">A folder of policies besides those that are shipped.</param>
internal sealed record Arguments(string? Register, string Request, string? Household, string? Scheme, string? Policies)
{
    private const string LanguageOption = "--lang";
    private const string SchemeOption = "--scheme";
    private const string PoliciesOption = "--policies";
    private static readonly string[] NoOptions = [];

    /// <summary>The language that the words ask for, also where something else is wrong with them; Chinese unless it is English.</summary>
    public static Language LanguageOf(IReadOnlyList<string> words) => words.TakeWhile(word => word != "--").Any(word => word == $"{LanguageOption}=en")
        || words.TakeWhile(word => word != "--").Zip(words.Skip(1)).Any(pair => pair is (LanguageOption, "en"))
        ? Language.English
        : Language.Chinese;

    /// <summary>Whether help is asked for.</summary>
    public static bool AskForHelp(IReadOnlyList<string> words) => words.TakeWhile(word => word != "--").Any(word => word is "--help" or "-h");

    /// <summary>Reads the words behind a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="words">The words behind it.</param>
    /// <param name="language">The language of the problem.</param>
    /// <param name="problem">What is wrong with the words; empty where nothing is.</param>
    /// <returns>What was given, or null where something is wrong.</returns>
    public static Arguments? Read(Command command, IReadOnlyList<string> words, Language language, out string problem)
    {
        string[] known = command switch { Command.Verify => NoOptions, Command.Explain => [PoliciesOption, SchemeOption], _ => [PoliciesOption] };
        return Sort(words, known, language, out problem) is (List<string> files, Dictionary<string, string> options) ? Of(command, files, options, language, out problem) : null;
    }

    /// <summary>Sorts words into files and options.</summary>
    /// <param name="words">The words.</param>
    /// <param name="known">The options that there are besides the language.</param>
    /// <param name="language">The language of the problem.</param>
    /// <param name="problem">What is wrong with the words; empty where nothing is.</param>
    /// <returns>The files and the values of the options, or null where something is wrong.</returns>
    internal static (List<string> Files, Dictionary<string, string> Options)? Sort(IReadOnlyList<string> words, string[] known, Language language, out string problem)
    {
        var files = new List<string>();
        var options = new Dictionary<string, string>();
        problem = "";
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i] == "--")
            {
                files.AddRange(words.Skip(i + 1));
                break;
            }
            if (!words[i].StartsWith('-') || words[i] == "-")
            {
                files.Add(words[i]);
                continue;
            }
            string name = words[i].Split('=', 2)[0];
            if (name != LanguageOption && !known.Contains(name))
            {
                problem = language.Choose($"没有选项 {name}。", $"There is no option {name}.");
                return null;
            }
            string? value = words[i].Contains('=', StringComparison.Ordinal) ? words[i][(name.Length + 1)..] : i + 1 < words.Count ? words[++i] : null;
            if (value is null)
            {
                problem = language.Choose($"选项 {name} 后面缺少值。", $"The option {name} needs a value.");
                return null;
            }
            if (!options.TryAdd(name, value))
            {
                problem = language.Choose($"选项 {name} 出现了两次。", $"The option {name} stands twice.");
                return null;
            }
        }
        if (options.TryGetValue(LanguageOption, out string? tag) && tag is not ("zh" or "en"))
        {
            problem = language.Choose($"--lang 只能是 zh 或 en，不能是“{tag}”。", $"--lang is zh or en, not \"{tag}\".");
            return null;
        }
        return (files, options);
    }

    private static Arguments? Of(Command command, List<string> files, Dictionary<string, string> options, Language language, out string problem)
    {
        string? household = null;
        int given = files.Count;
        if (command == Command.Explain && given > 1)
        {
            household = files[^1];
            files.RemoveAt(files.Count - 1);
        }
        bool isTable = files.Count > 0 && Path.GetExtension(files[0]).Equals(".csv", StringComparison.OrdinalIgnoreCase);
        problem = (files.Count, isTable) switch
        {
            (0, _) => language.Choose("缺少文件。", "No file is named."),
            ( > 1, _) when command == Command.Verify => language.Choose("文件太多。", "There are too many files."),
            _ when command == Command.Verify => "",
            (1, true) => language.Choose($"{files[0]} 只有各户，后面还要写方案的 JSON 文件。", $"{files[0]} holds the households alone; name the file of schemes behind it."),
            (2, false) => language.Choose($"写两个文件时，前一个是各户的 .csv 文件，不能是 {files[0]}。", $"Of two files the first is the .csv of households, not {files[0]}."),
            _ when files.Count > 2 => language.Choose("文件太多。", "There are too many files."),
            _ when command == Command.Explain && household is null => language.Choose("缺少户号。", "No household is named."),
            _ => "",
        };
        return problem.Length > 0 ? null : new Arguments(
            files.Count == 2 ? files[0] : null, files[^1], household, options.GetValueOrDefault(SchemeOption), options.GetValueOrDefault(PoliciesOption));
    }
}
