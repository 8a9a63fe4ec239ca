using CostShare.Api.CommandLine;

namespace CostShare.Api.Tests.CommandLine;

/// <summary>Which words start the server, and which are refused.</summary>
public class ServerOptionTests
{
    [Theory]
    [InlineData]
    [InlineData("--urls", "http://127.0.0.1:0", "--data", "x")]
    [InlineData("--URLS=http://127.0.0.1:0")]
    [InlineData("--environment=Development", "--contentRoot=/x", "--applicationName", "CostShare.Api", "--webroot", "w")]
    [InlineData("--Logging:LogLevel:Default", "Information", "/urls", "http://127.0.0.1:0", "data=x")]
    [InlineData("--data", "compare")]
    public void The_server_starts(params string[] words) => Assert.Equal(new Ran(null, "", ""), Ran.Of(words));

    [Theory]
    [InlineData("没有命令 comapre。命令有：compare、explain、verify、audit、transfer。", "comapre", "x.json")]
    [InlineData("没有命令 /stair.json。命令有：compare、explain、verify、audit、transfer。", "/stair.json")]
    [InlineData("没有命令 x=y。命令有：compare、explain、verify、audit、transfer。", "x=y")]
    [InlineData("没有命令 。命令有：compare、explain、verify、audit、transfer。", "")]
    [InlineData("没有命令 data。命令有：compare、explain、verify、audit、transfer。", "data", "x")]
    [InlineData("没有命令 x.json。命令有：compare、explain、verify、audit、transfer。", "--data", "d", "x.json")]
    [InlineData("没有选项 --ulrs。", "--ulrs", "http://127.0.0.1:0")]
    [InlineData("没有选项 --dat。", "--data", "x", "--dat=y")]
    [InlineData("没有选项 -data。", "-data", "x")]
    [InlineData("没有选项 --。", "--")]
    [InlineData("选项 --data 后面缺少值。", "--data")]
    public void A_slip_of_the_pen_is_refused(string told, params string[] words)
    {
        string[] lines = Ran.Of(words).Refused(Commands.Misused);
        Assert.Equal(told, lines[0]);
        Assert.StartsWith("用法：compare", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_is_told_in_English_where_that_is_asked_for() => Assert.Equal(
        "There is no command comapre. The commands are: compare, explain, verify, audit, transfer.", Ran.Of("comapre", "--lang", "en").Refused(Commands.Misused)[0]);
}
