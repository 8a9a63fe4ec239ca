using CostShare.Api.CommandLine;

namespace CostShare.Api.Tests.CommandLine;

/// <summary>A command that was run in this process: its exit code (null where the program would serve) and what it wrote.</summary>
internal sealed record Ran(int? Code, string Output, string Error)
{
    public static Ran Of(params string[] words) => InTerminal(null, words);

    public static Ran InTerminal(int? width, params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        int? code = new Commands(output, error, width).Answer(words);
        return new Ran(code, output.ToString(), error.ToString());
    }

    /// <summary>What it printed, after seeing that it was done without a word besides.</summary>
    public string Done()
    {
        Assert.Equal((0, ""), (Code, Error));
        return Output;
    }

    /// <summary>The lines of a refusal, after seeing that nothing was printed.</summary>
    public string[] Refused(int code = Commands.Refused)
    {
        Assert.Equal((code, ""), (Code, Output));
        return Error.TrimEnd('\n').Split('\n');
    }

    public static string Example(string name) => Path.Combine(AppContext.BaseDirectory, "examples", name);
}

/// <summary>A folder for the files of a test.</summary>
public abstract class WithFolder : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("costshare-command-").FullName;

    protected string Folder => _folder;

    protected string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    protected string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
