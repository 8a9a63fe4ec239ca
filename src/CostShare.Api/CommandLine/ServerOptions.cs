using CostShare.Api.Problems;

namespace CostShare.Api.CommandLine;

/// <summary>The options of the server: those of the configuration, so that a slip of the pen is refused and not passed over.</summary>
internal static class ServerOptions
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "data",
        "policies",
        "AllowedHosts",
        "https_port",
        WebHostDefaults.ApplicationKey,
        WebHostDefaults.CaptureStartupErrorsKey,
        WebHostDefaults.ContentRootKey,
        WebHostDefaults.DetailedErrorsKey,
        WebHostDefaults.EnvironmentKey,
        WebHostDefaults.HostingStartupAssembliesKey,
        WebHostDefaults.HostingStartupExcludeAssembliesKey,
        WebHostDefaults.HttpPortsKey,
        WebHostDefaults.HttpsPortsKey,
        WebHostDefaults.PreferHostingUrlsKey,
        WebHostDefaults.PreventHostingStartupKey,
        WebHostDefaults.ServerUrlsKey,
        WebHostDefaults.ShutdownTimeoutKey,
        WebHostDefaults.StartupAssemblyKey,
        WebHostDefaults.StaticWebAssetsKey,
        WebHostDefaults.SuppressStatusMessagesKey,
        WebHostDefaults.WebRootKey,
    };

    /// <summary>What is wrong with the words of a program that is to serve; empty where nothing is.</summary>
    /// <remarks>The words are read as the configuration reads them: --key value, --key=value, /key value, /key=value, key=value.</remarks>
    public static string Check(IReadOnlyList<string> words, Language language)
    {
        for (int i = 0; i < words.Count; i++)
        {
            int start = words[i].StartsWith("--", StringComparison.Ordinal) ? 2 : words[i].StartsWith('/') ? 1 : 0;
            int equals = words[i].IndexOf('=', StringComparison.Ordinal);
            string named = equals < 0 ? words[i] : words[i][..equals];
            string key = named[int.Min(start, named.Length)..];
            bool isKey = Known.Contains(key) || key.Contains(':', StringComparison.Ordinal);
            // A first word without a dash is meant as a command; a later one in the form of an option is meant as one.
            bool isOption = words[i].StartsWith('-') || (i > 0 && (start > 0 || equals >= 0));
            if (isOption && !isKey) { return language.Choose($"没有选项 {named}。", $"There is no option {named}."); }
            if (!isKey || (start == 0 && equals < 0))
            {
                return language.Choose($"没有命令 {words[i]}。命令有：compare、explain、verify、audit、transfer。", $"There is no command {words[i]}. The commands are: compare, explain, verify, audit, transfer.");
            }
            if (equals < 0 && ++i == words.Count)
            {
                return language.Choose($"选项 {words[i - 1]} 后面缺少值。", $"The option {words[i - 1]} needs a value.");
            }
        }
        return "";
    }
}
