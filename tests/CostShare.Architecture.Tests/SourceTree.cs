using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CostShare.Architecture.Tests;

/// <summary>The source of a project with its meaning: what each name in it refers to.</summary>
internal sealed class SourceTree
{
    private static readonly MetadataReference[] Platform =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private readonly CSharpCompilation _compilation;

    private SourceTree(CSharpCompilation compilation) => _compilation = compilation;

    /// <summary>The root of the repository, found from where the tests run.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files of a project under src.</summary>
    public static SourceTree Of(string project)
    {
        string folder = Path.Combine(Root, "src", project);
        IEnumerable<SyntaxTree> trees = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), path: Path.GetRelativePath(Root, file)));
        return From(project, trees);
    }

    /// <summary>One piece of code as if it stood in a folder, for seeing a rule turn red.</summary>
    public static SourceTree Planted(string code, string path) => From("Planted", [CSharpSyntaxTree.ParseText(code, path: path)]);

    /// <summary>Every use of a type or a member of a type: where, and of which type.</summary>
    public IEnumerable<(string File, int Line, INamedTypeSymbol Type)> Uses()
    {
        foreach (SyntaxTree tree in _compilation.SyntaxTrees)
        {
            SemanticModel model = _compilation.GetSemanticModel(tree);
            foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
            {
                IEnumerable<ITypeSymbol?> types = node switch
                {
                    UsingDirectiveSyntax => [],
                    SimpleNameSyntax name => [TypeOf(model.GetSymbolInfo(name).Symbol)],
                    PredefinedTypeSyntax predefined => [model.GetTypeInfo(predefined).Type],
                    ExpressionSyntax expression => [model.GetTypeInfo(expression).Type, model.GetTypeInfo(expression).ConvertedType],
                    VariableDeclaratorSyntax variable => [(model.GetDeclaredSymbol(variable) as ILocalSymbol)?.Type],
                    _ => [],
                };
                foreach (INamedTypeSymbol type in types.SelectMany(Parts).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default))
                {
                    yield return (tree.FilePath.Replace('\\', '/'), tree.GetLineSpan(node.Span).StartLinePosition.Line + 1, type);
                }
            }
        }
    }

    /// <summary>Every name in the source, whether or not it refers to something that is known here.</summary>
    public IEnumerable<string> Names() => _compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);

    private static SourceTree From(string name, IEnumerable<SyntaxTree> trees)
    {
        const string implicitUsings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;"
            + " global using System.Threading; global using System.Threading.Tasks;";
        var compilation = CSharpCompilation.Create(name, [.. trees, CSharpSyntaxTree.ParseText(implicitUsings, path: "usings")], Platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        return new SourceTree(compilation);
    }

    private static ITypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        ITypeSymbol type => type,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol => symbol.ContainingType,
        _ => null,
    };

    private static IEnumerable<INamedTypeSymbol> Parts(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => Parts(array.ElementType),
        INamedTypeSymbol { IsTupleType: true } tuple => tuple.TupleElements.SelectMany(element => Parts(element.Type)),
        INamedTypeSymbol named => named.TypeArguments.SelectMany(Parts).Append(named),
        _ => [],
    };

    private static string FindRoot()
    {
        string folder = Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!;
        while (!File.Exists(Path.Combine(folder, "CostShare.sln"))) { folder = Path.GetDirectoryName(folder)!; }
        return folder;
    }
}
