using CostShare.Api.Problems;

namespace CostShare.Api.CommandLine;

/// <summary>How the program and its commands are used.</summary>
internal static class HelpTexts
{
    /// <summary>The help of a command, or of the program where there is none.</summary>
    public static string Of(Command? command, Language language) => $"{Usage(command, language)}\n\n{Body(command, language)}";

    /// <summary>The forms of a command, or of the program.</summary>
    public static string Usage(Command? command, Language language) => command switch
    {
        Command.Compare => language.Choose(
            """
            用法：compare 请求.json [--lang zh|en]
                  compare 登记册.csv 方案.json [--lang zh|en]
            """,
            """
            Usage: compare REQUEST.json [--lang zh|en]
                   compare REGISTER.csv SCHEMES.json [--lang zh|en]
            """),
        Command.Explain => language.Choose(
            """
            用法：explain 请求.json 户号 [--scheme 方案编号] [--lang zh|en]
                  explain 登记册.csv 方案.json 户号 [--scheme 方案编号] [--lang zh|en]
            """,
            """
            Usage: explain REQUEST.json HOUSEHOLD [--scheme ID] [--lang zh|en]
                   explain REGISTER.csv SCHEMES.json HOUSEHOLD [--scheme ID] [--lang zh|en]
            """),
        Command.Verify => language.Choose("用法：verify 凭证.json [--lang zh|en]", "Usage: verify PASSPORT.json [--lang zh|en]"),
        Command.Audit => language.Choose("用法：audit [--data 文件夹] [--heads 文件] [--lang zh|en]", "Usage: audit [--data FOLDER] [--heads FILE] [--lang zh|en]"),
        Command.Transfer => language.Choose("用法：transfer --data 文件夹 [--lang zh|en]", "Usage: transfer --data FOLDER [--lang zh|en]"),
        Command.Summaries => language.Choose(
            """
            用法：summaries check [--data 文件夹] [--policies 文件夹] [--lang zh|en]
                  summaries rebuild [--data 文件夹] [--policies 文件夹] [--lang zh|en]
            """,
            """
            Usage: summaries check [--data FOLDER] [--policies FOLDER] [--lang zh|en]
                   summaries rebuild [--data FOLDER] [--policies FOLDER] [--lang zh|en]
            """),
        _ => language.Choose(
            """
            用法：compare ……    各方案每户付多少
                  explain ……    一户的金额怎样算出来
                  verify ……     定案凭证里的数字对不对
                  audit ……      存下的数据有没有被改动或损坏
                  transfer ……   把数据文件夹里的门栋搬到 PostgreSQL
                  summaries ……  街道汇总与各门栋的记录是否一致，或重新汇总
                  [--urls 地址] [--data 文件夹] [--policies 文件夹]    不写命令就启动服务
            每个命令的说明：在命令后面写 --help，例如 compare --help
            """,
            """
            Usage: compare ...    what every household pays under each scheme
                   explain ...    how one household's amounts were reached
                   verify ...     whether the figures of a passport are right
                   audit ...      whether what is stored is what was written
                   transfer ...   moves the buildings of a data folder to PostgreSQL
                   summaries ...  whether the sums of streets are those of their buildings; or makes them again
                   [--urls ADDRESS] [--data FOLDER] [--policies FOLDER]    without a command: start the server
            More on each: write --help behind it, for example compare --help
            """),
    };

    private static string Body(Command? command, Language language) => command switch
    {
        Command.Compare => language.Choose(
            $"""
            打印资金来源、每户和每层在各方案下应付的金额。
            请求.json 与 POST /api/v1/comparisons 的内容相同。{RegisterHelp(language)}
            {CommonHelp(language)}
            """,
            $"""
            Prints the funding, and what every household and every floor pays under each scheme.
            REQUEST.json is what POST /api/v1/comparisons takes.{RegisterHelp(language)}
            {CommonHelp(language)}
            """),
        Command.Explain => language.Choose(
            $"""
            一步一步打印一户的金额怎样算出来，可以用计算器核对。
              --scheme   只看这个方案；不写就看全部
            户号以 - 开头时，前面加 -- 。{RegisterHelp(language)}
            {CommonHelp(language)}
            """,
            $"""
            Prints step by step how a household's amounts were reached, for checking with a calculator.
              --scheme   this scheme only; all unless stated
            Before a household that begins with - write -- .{RegisterHelp(language)}
            {CommonHelp(language)}
            """),
        Command.Verify => language.Choose(
            """
            只凭定案凭证本身重新计算，不用服务器，不用网络：全对就说对，不对就说哪个数字不对、应是多少。
              --lang     zh 中文（默认）或 en 英文
              --help -h  这份说明；English: --help --lang en
            退出码：0 全对；1 有不对的；2 用法不对，或文件读不了
            """,
            """
            Reckons everything again from the passport alone, without a server or a network, and says which figure is wrong and what it should be.
              --lang     zh Chinese (default) or en English
              --help -h  this text; 中文：--help
            Exit codes: 0 every figure is right; 1 one is wrong; 2 wrong usage, or a file that cannot be read
            """),
        Command.Audit => language.Choose(
            $"""
            从头检查存下的每个门栋：记录有没有被改动、缺少、调换，每份定案凭证重新计算对不对。只看不改，服务器运行时也可以用。
            {StoreHelp(language)}
              --heads      每个门栋最后一条的校验码：先与文件里的核对，全对后再写入。
                           只有这样才能发现末尾被截掉、整个门栋不见；这个文件请放在别处
              --lang       zh 中文（默认）或 en 英文
              --help -h    这份说明；English: --help --lang en
            退出码：0 全对；1 有不对的；2 用法不对，或数据读不了
            """,
            $"""
            Checks every building that is stored from its beginning: whether entries were changed, left out or moved, and every passport by reckoning
            it again. It changes nothing, and may run beside the server.
            {StoreHelp(language)}
              --heads      the hash of the last entry of every building: what the file holds is looked for first, and if all is right it is
                           written anew. Nothing else shows that the end of a building, or a whole one, is gone; keep the file elsewhere
              --lang       zh Chinese (default) or en English
              --help -h    this text; 中文：--help
            Exit codes: 0 all is right; 1 something is wrong; 2 wrong usage, or a store that cannot be read
            """),
        Command.Transfer => language.Choose(
            """
            把数据文件夹里的每个门栋原样搬到 PostgreSQL，校验码不变。先停服务器。中断了可以再运行，已搬的不会重复。原来的文件不动。
              --data       数据文件夹，必填
              --connection PostgreSQL 的连接字符串；不写就用环境变量 ConnectionStrings__CostShare（密码不会出现在进程列表里）
              --lang       zh 中文（默认）或 en 英文
              --help -h    这份说明；English: --help --lang en
            退出码：0 全部搬好；1 有的门栋没有搬；2 用法不对，或数据读不了、写不了
            """,
            """
            Moves every building of a data folder to PostgreSQL as it is, with the same hashes. Stop the server first. If it was interrupted run it
            again; nothing is doubled. The files stay as they are.
              --data       the data folder; needed
              --connection the connection string of PostgreSQL; else that of the environment variable ConnectionStrings__CostShare, where the
                           list of processes does not show the password
              --lang       zh Chinese (default) or en English
              --help -h    this text; 中文：--help
            Exit codes: 0 all were moved; 1 some were not; 2 wrong usage, or a store that cannot be used
            """),
        Command.Summaries => language.Choose(
            $"""
            check 逐个门栋核对：存下的摘要是不是由它的全部记录得出，各街道、小区的合计是不是各门栋之和。只看不改。
            rebuild 由记录重新做摘要和合计，不对的改正，对的不动。两者都可以在服务器运行时用。
            {StoreHelp(language)}
              --policies   自己的政策文件夹，与服务器用的相同：合计要按政策算
              --lang       zh 中文（默认）或 en 英文
              --help -h    这份说明；English: --help --lang en
            数据文件夹的摘要只在内存里，每次启动都重新做，没有可核对的。
            退出码：0 全对，或已全部做好；1 有不对的，或有门栋读不了；2 用法不对，或数据读不了
            """,
            $"""
            check compares building by building: whether the summary that is stored is the one that its history gives, and whether the sums of
            streets and estates are those of their buildings. It changes nothing.
            rebuild makes summaries and sums again from the histories; what is right stays untouched. Both may run beside the server.
            {StoreHelp(language)}
              --policies   the folder of policies of your own that the server uses: sums go by the policies
              --lang       zh Chinese (default) or en English
              --help -h    this text; 中文：--help
            The summaries of a data folder live in memory and are made at each start, so there is nothing to compare.
            Exit codes: 0 all is right, or all were made; 1 something is wrong, or a building cannot be read; 2 wrong usage, or a store that
            cannot be read
            """),
        _ => language.Choose(
            """
              --urls     服务的地址，默认 http://127.0.0.1:5080
              --data     数据文件夹，默认 ./data
              --policies 自己的政策文件夹，同编号的替换随程序的政策
              其他设置写成 --名称:名称 值，例如 --Logging:LogLevel:Default Information
              --help -h  这份说明；English: --help --lang en
            """,
            """
              --urls     the server's address, http://127.0.0.1:5080 unless stated
              --data     its data folder, ./data unless stated
              --policies a folder of policies of your own; one with the id of a shipped policy takes its place
              Other settings: --Section:Name value, for example --Logging:LogLevel:Default Information
              --help -h  this text; 中文：--help
            """),
    };

    private static string StoreHelp(Language language) => language.Choose(
        """
          --data       检查这个数据文件夹
          --connection 检查这个 PostgreSQL 数据库
                       都不写：有环境变量 ConnectionStrings__CostShare 就检查那个数据库，没有就检查 ./data
        """,
        """
          --data       checks this data folder
          --connection checks this PostgreSQL database
                       without either: the database of the environment variable ConnectionStrings__CostShare, or ./data where it is not set
        """);

    private static string RegisterHelp(Language language) => language.Choose(
        """

        登记册.csv 第一行是标题，次序不限：户号、楼层、面积（必填），用途、参加、入户、房型（可不填）。
        编码是 UTF-8 或 GB18030。这时方案.json 不写 building，或只写 "building": {"storeys": 层数}。
        """,
        """

        REGISTER.csv begins with headings in any order: id, floor, areaM2 (needed), use, joins, entry, flatType.
        It is in UTF-8 or GB18030. SCHEMES.json then has no building, or only "building": {"storeys": n}.
        """);

    private static string CommonHelp(Language language) => language.Choose(
        """
          --policies 自己的政策文件夹，同编号的替换随程序的政策
          --lang     zh 中文（默认）或 en 英文
          --help -h  这份说明；English: --help --lang en
        退出码：0 完成；1 请求有错，没有算；2 用法不对，文件读不了，或结果写不出
        """,
        """
          --policies a folder of policies of your own; one with the id of a shipped policy takes its place
          --lang     zh Chinese (default) or en English
          --help -h  this text; 中文：--help
        Exit codes: 0 done; 1 the request is refused; 2 wrong usage, or a file that cannot be read or written
        """);
}
