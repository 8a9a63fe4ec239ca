using System.Diagnostics;
using System.Text;
using CostShare.Api.CommandLine;

namespace CostShare.Api.Tests.CommandLine;

/// <summary>The commands as people start them: a process of its own, whose streams and exit code are looked at.</summary>
public sealed class CommandProcessTests : WithFolder
{
    [Theory] // The table is the same whatever the machine's own encoding is.
    [InlineData("C")]
    [InlineData("zh_CN.GB18030")]
    [InlineData("en_US.ISO-8859-1")]
    public async Task A_comparison_goes_to_the_output_in_UTF8(string locale)
    {
        (int code, byte[] output, string error) = await Start(locale, "compare", Ran.Example("leshan.json"));
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "approved", "compare-leshan.zh.txt")), output);
    }

    [Fact]
    public async Task An_explanation_goes_to_the_output()
    {
        (int code, byte[] output, string error) = await Start("C", "explain", Ran.Example("leshan.json"), "605", "--lang", "en");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "approved", "explain-leshan-605.en.txt")), Encoding.UTF8.GetString(output));
    }

    [Fact]
    public async Task A_refusal_goes_to_the_error_output_with_code_1()
    {
        string file = Write("request.json", "{}");
        (int code, byte[] output, string error) = await Start("C", "compare", file);
        Assert.Equal((Commands.Refused, 0), (code, output.Length));
        Assert.Equal($"{file}: /building: memberMissing: 缺少“building”。\n{file}: /costs: memberMissing: 缺少“costs”。\n{file}: /schemes: memberMissing: 缺少“schemes”。\n", error);
    }

    [Theory]
    [InlineData("没有命令 comapre。命令有：compare、explain、verify、audit、transfer。", "comapre")]
    [InlineData("没有选项 --prot。", "--prot", "80")]
    [InlineData("找不到文件 none.json。", "compare", "none.json")]
    public async Task What_cannot_be_begun_goes_to_the_error_output_with_code_2(string told, params string[] words)
    {
        (int code, byte[] output, string error) = await Start("C", words);
        Assert.Equal((Commands.Misused, 0), (code, output.Length));
        Assert.Equal(told, error.Split('\n')[0]);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory] // A disk that is full, and streams that are closed.
    [InlineData("compare \"$0\" > /dev/full")]
    [InlineData("compare \"$0\" >&-")]
    [InlineData("compare none.json 2>&-")]
    public async Task What_cannot_be_written_ends_with_code_2_and_without_a_stack_trace(string words)
    {
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"dotnet \"{typeof(Program).Assembly.Location}\" {words}");
        start.ArgumentList.Add(Ran.Example("leshan.json"));
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal((Commands.Misused, ""), (process.ExitCode, await error));
    }

    private static async Task<(int Code, byte[] Output, string Error)> Start(string locale, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["LC_ALL"] = locale;
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (string word in words) { start.ArgumentList.Add(word); }
        using Process process = Process.Start(start)!;
        using var output = new MemoryStream();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        return (process.ExitCode, output.ToArray(), await error);
    }
}
