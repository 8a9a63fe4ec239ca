using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace CostShare.Architecture.Tests;

/// <summary>Who may use whom, and what never touches money.</summary>
public class ArchitectureTests
{
    /// <summary>The folders of the domain and the other folders that each may use; every one may use itself and Faults.</summary>
    private static readonly Dictionary<string, string[]> MayUse = new()
    {
        ["Faults"] = [],
        ["Amounts"] = [],
        ["Texts"] = [],
        ["Register"] = ["Amounts"],
        ["Costs"] = ["Amounts"],
        ["Schemes"] = ["Amounts", "Texts", "Register", "Costs"],
        ["Funding"] = ["Amounts", "Texts", "Register", "Costs"],
        ["Votes"] = ["Amounts", "Texts", "Register"],
        ["Policies"] = ["Amounts", "Texts", "Register", "Costs", "Schemes", "Funding", "Votes"],
        ["Buildings"] = ["Amounts", "Texts", "Register", "Costs", "Schemes", "Funding", "Policies", "Comparison", "Votes"],
        ["Streets"] = ["Amounts", "Texts", "Register", "Costs", "Funding", "Policies", "Buildings"],
        ["Comparison"] = ["Amounts", "Texts", "Register", "Costs", "Schemes", "Funding", "Policies", "Votes"],
    };

    /// <summary>Parts of the base class library that do input or output, tell the time, or start other work.</summary>
    private static readonly string[] NotInTheDomain =
        ["System.IO", "System.Net", "System.Threading", "System.Diagnostics", "System.Reflection", "System.Data", "Microsoft"];

    private static readonly SpecialType[] NotExact = [SpecialType.System_Double, SpecialType.System_Single, SpecialType.System_Decimal];

    /// <summary>Where numbers may be inexact, by the beginning of the path: in statistics shown as statistics (decision 0020), and in the search, which recomputes exactly whatever it tells (decision 0021).</summary>
    private static readonly string[] MayBeInexact = ["src/CostShare.Grains/Comparison/Inequality.cs", "src/CostShare.Grains/Comparison/Search/"];

    private static readonly Lazy<SourceTree> Grains = new(() => SourceTree.Of("CostShare.Grains"));

    [Fact]
    public void Folders_of_the_domain_use_only_what_they_may() => Assert.Empty(Trespasses(Grains.Value));

    [Fact]
    public void Every_folder_of_the_domain_is_known()
    {
        string[] folders = [.. Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src", "CostShare.Grains"))
            .Select(folder => Path.GetFileName(folder)).Where(name => name is not ("bin" or "obj"))];
        Assert.Equal(MayUse.Keys.Order(), folders.Order());
    }

    [Fact]
    public void A_trespass_is_found()
    {
        const string code = "namespace CostShare.Grains.Schemes { public class S { } } "
            + "namespace CostShare.Grains.Amounts { public class A { object x = new CostShare.Grains.Schemes.S(); } }";
        Assert.NotEmpty(Trespasses(SourceTree.Planted(code, "src/CostShare.Grains/Amounts/A.cs")));
    }

    [Fact]
    public void No_number_of_the_domain_is_inexact() => Assert.Empty(Inexact(Grains.Value));

    [Theory]
    [InlineData("double x = 1;")]
    [InlineData("var x = 2 * 1.5;")]
    [InlineData("long x = (long)(2 * 0.5f);")]
    [InlineData("var x = 10m;")]
    [InlineData("object x = System.Math.Sqrt(2);")]
    [InlineData("System.Collections.Generic.List<double> x = new();")]
    [InlineData("var x = System.Half.One;")]
    public void An_inexact_number_is_found(string statement) =>
        Assert.NotEmpty(Inexact(SourceTree.Planted($"class A {{ void M() {{ {statement} }} }}", "src/CostShare.Grains/Amounts/A.cs")));

    [Fact] // Also beside the files that may hold some.
    public void An_inexact_number_is_found_everywhere_but_in_statistics()
    {
        const string code = "class A { double x = 1; }";
        Assert.All(MayBeInexact, path => Assert.Empty(Inexact(SourceTree.Planted(code, path))));
        Assert.NotEmpty(Inexact(SourceTree.Planted(code, "src/CostShare.Grains/Comparison/BillFacts.cs")));
        Assert.NotEmpty(Inexact(SourceTree.Planted(code, "src/CostShare.Grains/Comparison/InequalityOfAmounts.cs")));
    }

    [Fact]
    public void An_inexact_number_is_found_beside_the_search_and_not_in_it()
    {
        const string code = "class A { double x = 1; }";
        Assert.Empty(Inexact(SourceTree.Planted(code, "src/CostShare.Grains/Comparison/Search/A.cs")));
        Assert.NotEmpty(Inexact(SourceTree.Planted(code, "src/CostShare.Grains/Comparison/A.cs")));
        Assert.NotEmpty(Inexact(SourceTree.Planted(code, "src/CostShare.Grains/Comparison/SearchA.cs")));
    }

    [Fact]
    public void The_domain_does_no_input_or_output_and_knows_no_clock()
    {
        Assert.Empty(Outside(Grains.Value));
        Assert.NotEmpty(Outside(SourceTree.Planted("class A { string x = System.IO.File.ReadAllText(\"x\"); }", "src/CostShare.Grains/Amounts/A.cs")));
        Assert.NotEmpty(Outside(SourceTree.Planted("class A { object x = System.DateTime.Now; }", "src/CostShare.Grains/Amounts/A.cs")));
    }

    [Theory]
    [InlineData("CostShare.Grains", "")]
    [InlineData("CostShare.Silo", "CostShare.Grains Npgsql")]
    [InlineData("CostShare.Api", "CostShare.Grains CostShare.Silo CsvHelper DocumentFormat.OpenXml Spectre.Console Swashbuckle.AspNetCore Microsoft.Extensions.ApiDescription.Server")]
    public void Arrows_between_projects_point_one_way(string project, string allowed)
    {
        var file = XDocument.Load(Path.Combine(SourceTree.Root, "src", project, $"{project}.csproj"));
        string[] references = [.. file.Descendants().Where(element => element.Name.LocalName is "ProjectReference" or "PackageReference")
            .Select(element => Path.GetFileName(element.Attribute("Include")!.Value.Replace(".csproj", "", StringComparison.Ordinal)))];
        Assert.Equal(allowed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), references.Order());
    }

    [Fact] // The shell does no arithmetic on money, so it has no use for the types of amounts.
    public void The_host_of_buildings_knows_no_amounts() => Assert.DoesNotContain(SourceTree.Of("CostShare.Silo").Uses(),
        use => use.Type.ContainingNamespace?.ToDisplayString() == "CostShare.Grains.Amounts");

    [Fact] // With its compile assets kept private, Npgsql cannot be named where the host is used.
    public void Nobody_but_the_host_of_buildings_sees_the_driver_of_the_database()
    {
        XElement package = XDocument.Load(Path.Combine(SourceTree.Root, "src", "CostShare.Silo", "CostShare.Silo.csproj")).Descendants("PackageReference")
            .Single(element => element.Attribute("Include")!.Value == "Npgsql");
        Assert.Equal("compile", package.Attribute("PrivateAssets")?.Value);
        Assert.DoesNotContain(SourceTree.Of("CostShare.Api").Names(), name => name == "Npgsql");
        Assert.Contains("Npgsql", SourceTree.Planted("using Npgsql; class A { }", "src/CostShare.Api/A.cs").Names());
    }

    [Fact]
    public void No_folder_is_named_after_nothing()
    {
        string[] empty = ["Common", "Helpers", "Interfaces", "Models", "Services", "Utils", "Shared", "Core", "Misc"];
        Assert.DoesNotContain(Directory.EnumerateDirectories(Path.Combine(SourceTree.Root, "src"), "*", SearchOption.AllDirectories),
            folder => empty.Contains(Path.GetFileName(folder)));
    }

    [Fact]
    public void Nothing_reads_the_folder_beside_the_project() => Assert.DoesNotContain(
        Directory.EnumerateFiles(SourceTree.Root, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".json" or ".sh" or ".yaml" or ""
                && !Path.GetRelativePath(SourceTree.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or ".git" or "node_modules" or "StrykerOutput")),
        file => File.ReadAllText(file).Contains("../" + "shared", StringComparison.Ordinal));

    private static IEnumerable<string> Trespasses(SourceTree tree) =>
        from use in tree.Uses()
        let folder = Folder(use.File)
        let used = Folder(use.Type)
        where used is not null && used != folder && used != "Faults" && !MayUse[folder].Contains(used)
        select $"{use.File}:{use.Line} uses {use.Type}";

    private static IEnumerable<string> Inexact(SourceTree tree) =>
        from use in tree.Uses()
        where !MayBeInexact.Any(path => use.File.StartsWith(path, StringComparison.Ordinal))
        where NotExact.Contains(use.Type.SpecialType) || use.Type.ToDisplayString() is "System.Half" or "System.Math" or "System.MathF"
        select $"{use.File}:{use.Line} uses {use.Type}";

    private static IEnumerable<string> Outside(SourceTree tree) =>
        from use in tree.Uses()
        let space = use.Type.ContainingNamespace?.ToDisplayString() ?? ""
        where (space != "System.Diagnostics.CodeAnalysis" && NotInTheDomain.Any(part => space == part || space.StartsWith(part + ".", StringComparison.Ordinal)))
            || use.Type.ToDisplayString() is "System.DateTime" or "System.DateTimeOffset" or "System.Random" or "System.Guid" or "System.Environment" or "System.Console"
        select $"{use.File}:{use.Line} uses {use.Type}";

    private static string Folder(string file) => file.Split('/')[2];

    private static string? Folder(INamedTypeSymbol type)
    {
        string[] parts = (type.ContainingNamespace?.ToDisplayString() ?? "").Split('.');
        return parts.Length > 2 && parts[0] == "CostShare" && parts[1] == "Grains" ? parts[2] : null;
    }
}
