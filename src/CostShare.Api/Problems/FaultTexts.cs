using System.Globalization;
using System.Text;
using CostShare.Api.Sheets;
using CostShare.Api.Wire;
using CostShare.Grains.Faults;

namespace CostShare.Api.Problems;

/// <summary>What every code means to HTTP and to people.</summary>
internal static class FaultTexts
{
    /// <summary>The HTTP status of a code, and its sentence in both languages with the names of values in braces.</summary>
    public static (int Status, string Chinese, string English) Of(FaultCode code) => code switch
    {
        FaultCode.NotFound => (404, "没有这个地址。", "There is nothing at this address."),
        FaultCode.MethodNotAllowed => (405, "这个地址不接受这种请求方法。", "This address does not take this method."),
        FaultCode.BodyTooLarge => (413, "请求内容太大，最多 {limitBytes} 字节。", "The body is too large: at most {limitBytes} bytes."),
        FaultCode.UnsupportedMediaType => (415, "请求内容必须是 {allowed}，收到的是“{contentType}”。", "The body must be {allowed}, not \"{contentType}\"."),
        FaultCode.InternalError => (500, "程序出错了，数据没有改动。请稍后再试。", "The program failed; nothing was changed. Please try again later."),
        FaultCode.BodyEncoded => (415, "请求内容不能压缩（Content-Encoding: {contentEncoding}）。", "The body must not be compressed (Content-Encoding: {contentEncoding})."),
        FaultCode.BadRequest => (400, "HTTP 请求不完整或有误。", "The HTTP request is broken or incomplete."),

        FaultCode.VersionPassed => (412, "这期间有了改动，现在是第 {version} 版。请先看最新内容，再决定要不要改。", "Something has changed since: it is version {version} now. Please look at it before you change anything."),
        FaultCode.CommandReused => (409, "这个 Idempotency-Key 已经用于另一项操作（第 {version} 版）。换一个再发。", "This Idempotency-Key stands for another command already (version {version}). Use another one."),
        FaultCode.StoreUnavailable => (503, "现在存不了数据，这一次没有改动任何内容。请稍后用同一个 Idempotency-Key 再发一次。", "Nothing can be stored at the moment; this request changed nothing. Send it again later with the same Idempotency-Key."),
        FaultCode.OutcomeUnknown => (503, "还不知道这项操作是否已经保存。请用同一个 Idempotency-Key 再发一次，就会知道。", "Whether this was stored is not known yet. Send it again with the same Idempotency-Key, and you will know."),
        FaultCode.BuildingDamaged => (500, "{building} 的记录从第 {version} 版起损坏了，已经停用；别的楼不受影响。请联系管理员。", "The records of {building} are damaged from version {version} on, so it is stopped; other buildings are not affected. Please tell the operator."),
        FaultCode.Unauthorized => (401, "这里只有管理员可以进。请填写管理员口令，并核对有没有抄错。", "Only the administrator may enter here. State the administrator's token, and see that it is copied right."),
        FaultCode.SetUpTokenWrong => (401, "一次性口令不对。请用程序这次启动时显示的网址；重新启动后，以前的网址就不能用了。", "The one-time token is not right. Use the address that the program printed at this start; those of earlier starts no longer work."),
        FaultCode.AlreadySetUp => (409, "已经设置过管理员，不能再设置一次。", "There is an administrator already; this cannot be set up again."),
        FaultCode.SearchesBusy => (503, "现在查找的人太多，请过一会儿再试。", "Too many searches are under way; please try again in a while."),

        FaultCode.BodyEmpty => (400, "请求内容是空的。", "The body is empty."),
        FaultCode.NotJson => (400, "内容不是正确的 JSON：第 {line} 行第 {byteInLine} 字节处有误。", "The body is not JSON: see line {line}, byte {byteInLine}."),
        FaultCode.NotUtf8 => (400, "内容不是 UTF-8 编码：第 {byteOffset} 字节处有误。", "The content is not UTF-8: see byte {byteOffset}."),
        FaultCode.TooDeep => (400, "内容嵌套太深，最多 {limit} 层。", "The body is nested too deeply: at most {limit} levels."),
        FaultCode.NotUtf8NorGb18030 => (400, "内容既不是 UTF-8（第 {byteOffset} 字节处有误）也不是 GB18030。", "The content is neither UTF-8 (see byte {byteOffset}) nor GB18030."),

        FaultCode.MemberMissing => (400, "缺少“{member}”。", "\"{member}\" is missing."),
        FaultCode.MemberUnknown => (400, "不认识“{member}”这一项。", "\"{member}\" is not known here."),
        FaultCode.MemberDuplicate => (400, "“{member}”出现了两次。", "\"{member}\" stands twice."),
        FaultCode.WrongType => (400, "这里要填{expected}，收到的是{found}：{value}。", "This must be {expected}, not {found}: {value}."),
        FaultCode.OutOfRange => (400, "数值 {value} 超出范围：应在 {minimum} 到 {maximum} 之间（单位：{unit}）。",
            "{value} is out of range: it must be from {minimum} to {maximum} (unit: {unit})."),
        FaultCode.TooManyDecimals => (400, "数值 {value} 的小数位太多：单位是{unit}，最多 {places} 位小数；这里不会悄悄四舍五入。",
            "{value} has too many decimals: the unit is {unit}, with at most {places}; nothing is rounded silently."),
        FaultCode.NameUnknown => (400, "“{value}”不是可用的值。可用的有：{allowed}。", "\"{value}\" is not allowed here. Allowed: {allowed}."),
        FaultCode.TextLength => (400, "文字长度是 {length}，应为 {minimum} 到 {maximum} 个字。",
            "The text has {length} characters; it must have {minimum} to {maximum}."),
        FaultCode.TextCharacter => (400, "文字里有不允许的字符 {character}（看不见的字符或残缺字符）。",
            "The text holds a character that is not allowed: {character} (an invisible one, or half a character)."),
        FaultCode.NotADay => (400, "“{value}”不是日期；要写成 年-月-日，例如 2022-05-01，从 {minimum} 到 {maximum}。",
            "\"{value}\" is no day; write year-month-day, for example 2022-05-01, from {minimum} to {maximum}."),
        FaultCode.QuotesDoNotMatch => (400, "引号没有成对。含引号的格子要整个放进引号，里面的引号写两遍。",
            "The quotes do not match. A cell that holds quotes stands in quotes, and each quote in it is doubled."),
        FaultCode.SeparatorUnknown => (400, "各列之间要用逗号隔开，不能用分号或制表符。", "The columns stand between commas, not semicolons or tabs."),
        FaultCode.CellNotReadable => (400, "这里要填{expected}，收到的是“{value}”。", "This must be {expected}, not \"{value}\"."),
        FaultCode.QueryBesideJson => (400, "网址里不能有“{value}”：用 JSON 传表格时不带查询参数，一切都写在 JSON 里。",
            "\"{value}\" cannot stand in the address: a table in JSON takes no query members and states everything itself."),
        FaultCode.HeaderForm => (400, "请求头 {header} 的值“{value}”不对：Idempotency-Key 是 1 到 64 个可见的英文字符，If-Match 是带引号的版本号，例如 \"12\"。",
            "The header {header} cannot be \"{value}\": an Idempotency-Key has 1 to 64 visible ASCII characters, If-Match holds a version in quotes, for example \"12\"."),
        FaultCode.ParameterUnknown => (400, "网址里的参数“{value}”不认识。可用的有：{allowed}。", "The address takes no parameter \"{value}\". Allowed: {allowed}."),
        FaultCode.ParameterForm => (400, "网址里的参数 {parameter} 不能是“{value}”。可用的是：{allowed}。", "The parameter {parameter} of the address cannot be \"{value}\". Allowed: {allowed}."),
        FaultCode.MomentForm => (400, "“{value}”既不是版本号，也不是带时区的时间；例如 12，或 2026-11-20T08:00:00+08:00。",
            "\"{value}\" is neither a version nor a time with its offset; write for example 12, or 2026-11-20T08:00:00+08:00."),
        FaultCode.MomentAhead => (400, "“{value}”这个时间还没有到。", "The time \"{value}\" has not come."),
        FaultCode.BuildingIdForm => (400, "“{value}”不能作楼栋编号：用 1 到 64 个小写字母、数字和连字符，首尾不能是连字符，例如 leshan-6-12。",
            "\"{value}\" is no id of a building: use 1 to 64 small letters, digits and hyphens, the first and last no hyphen, for example leshan-6-12."),
        FaultCode.PhoneNotPlain => (400, "电话号码至少要有 3 个数字，只能用半角的数字、空格、+ - ( )，分机前写 ext。",
            "A telephone number has at least 3 digits, and besides them only blanks, + - ( ), and \"ext\" before an extension."),
        FaultCode.EntryCount => (400, "这里有 {count} 项，应为 {minimum} 到 {maximum} 项。", "There are {count} entries; there must be {minimum} to {maximum}."),

        FaultCode.SheetDamaged => (400, "文件打不开：{part} 不完整或有误。请重新保存或重新上传。", "The file cannot be opened: {part} is broken or incomplete. Please save or send it again."),
        FaultCode.SheetOldOrLocked => (400, "这是旧格式（.xls）或加了密码的文件，读不了。请在 Excel 里打开，去掉密码，另存为 .xlsx，再上传。",
            "This is a file of the old format (.xls), or one with a password. Please open it in Excel, take the password away, save it as .xlsx and send that."),
        FaultCode.SheetUnpacksTooLarge => (413, "文件展开后太大，最多 {limitBytes} 字节。请只留下要用的那张表，再上传。", "The file unpacks to too much: at most {limitBytes} bytes. Please keep only the sheet that is needed."),
        FaultCode.SheetPackedTooTightly => (413, "文件的 {part} 展开后超过原来的 {limit} 倍，不像正常的表格，没有打开。", "The part {part} of the file unpacks to more than {limit} times its size, as no sheet does; it was not opened."),
        FaultCode.SheetTooManyParts => (413, "文件里有 {count} 个部分，最多 {limit} 个。请只留下要用的那张表，再上传。", "The file has {count} parts; at most {limit}. Please keep only the sheet that is needed."),
        FaultCode.SheetDocumentType => (400, "文件的 {part} 里有文档类型声明（DOCTYPE），正常的表格没有，没有打开。请在 Excel 里另存为 .xlsx，再上传。",
            "The part {part} of the file has a document type (DOCTYPE), as no sheet has; it was not opened. Please save it as .xlsx in Excel and send that."),
        FaultCode.SheetTooManyRows => (413, "表格的行太多，最多读 {limit} 行。", "The sheet has too many rows: at most {limit} are read."),
        FaultCode.SheetTooManyCells => (413, "表格里填了的格子太多，最多读 {limit} 格。请只留下要用的列。", "Too many cells of the sheet are filled: at most {limit} are read. Please keep only the columns that are needed."),
        FaultCode.SheetIsOtherFile => (400, "这个文件不是 Excel 工作簿（.xlsx）。请在 Excel 或 WPS 里另存为 .xlsx，再上传。", "This file is no workbook (.xlsx). Please save it as .xlsx and send that."),
        FaultCode.SheetNotText => (400, "这既不是 Excel 工作簿（.xlsx），也不是读得懂的文字。请在 Excel 或 WPS 里另存为 .xlsx，或者复制表格粘贴进来。",
            "This is neither a workbook (.xlsx) nor text that can be read. Please save it as .xlsx, or copy the cells and paste them."),
        FaultCode.SheetEmpty => (400, "表格里没有可以读的内容。", "The sheet holds nothing that could be read."),
        FaultCode.HeadingsNotFound => (400, "没有找到标题行，看不出每一列是什么。请在最上面加一行标题，例如：{headings}。", "No headings were found that tell what the columns are. Please put some above them, for example: {headings}."),

        FaultCode.CellIsDay => (422, "这一格被表格软件变成了日期：{value}；可能原来是门牌号，例如 3-2。请把这一格改成文本格式，重新填写。",
            "The spreadsheet has made a day of this cell: {value}. It may have been a door number such as 3-2. Please make the cell text and fill it in again."),
        FaultCode.FormulaWithoutValue => (422, "这一格是公式，文件里没有存它的得数。请在 Excel 里打开，保存一次，或者改成数字。", "This cell is a formula, and the file does not hold its value. Please open and save it in Excel, or write the number."),
        FaultCode.CellIsError => (422, "这一格的公式出错了：{value}。请改正公式，或者改成数字。", "The formula in this cell has failed: {value}. Please mend it, or write the number."),
        FaultCode.CellsMerged => (422, "{range} 合并成了一格，看不出“{value}”是每一户的还是这几户合计的。请取消合并，每一行分别填写。",
            "{range} are merged, so that it is not known whether {value} is of each of them or of all together. Please unmerge them and fill in each row."),
        FaultCode.ColumnMissing => (422, "没有找到“{member}”这一列。标题可以写：{headings}。", "There is no column \"{member}\". Its heading may be: {headings}."),
        FaultCode.RowTooWide => (422, "这一行有 {count} 格，标题有 {limit} 格，像是数字里的逗号或空格把一格拆成了两格：请去掉它，或者直接从表格里复制。",
            "This row has {count} cells for {limit} headings, as if a comma or a blank within a number had made two cells of it: leave it out, or copy from the spreadsheet itself."),
        FaultCode.FloorNotStated => (422, "没有写楼层，从门牌号也看不出来。请加一列“楼层”。", "The floor is not stated, and the door number does not say it. Please add a column \"floor\"."),

        FaultCode.AmountUnitUnclear => (422, "看不出 {column} 列“{value}”的金额以什么为单位：标题或表格上方提到了比元大的单位。请在这一列的标题里写明，例如“金额（元）”或“金额（万元）”。",
            "It is not clear in what unit the amounts of column {column}, \"{value}\", are: its heading or a line above the table speaks of a unit larger than yuan. Please state it in the heading, for example \"amount (yuan)\"."),
        FaultCode.CellShownOtherwise => (422, "这一格存的数是 {value}，显示出来的却是另一个数：单元格格式移动了小数点，或者加了单位。请把格式改成“常规”，再核对这个数和标题里的单位。",
            "This cell holds {value}, but its format shows another number: it moves the point, or adds a unit. Please make the format General and check the number against the unit in the heading."),

        FaultCode.BuildingUnknown => (404, "没有登记这栋楼。", "This building is not registered."),
        FaultCode.BuildingExists => (409, "这栋楼已经登记了。", "This building is registered already."),
        FaultCode.QuoteUnknown => (422, "没有报价“{quote}”。", "There is no quote \"{quote}\"."),
        FaultCode.SourceUnknown => (422, "资金来源里没有“{source}”。", "The funding has no source \"{source}\"."),
        FaultCode.SchemeUnknown => (422, "没有方案“{scheme}”，或者已经撤回。", "There is no scheme \"{scheme}\", or it was withdrawn."),
        FaultCode.ReasonMissing => (422, "方案“{scheme}”以前提出或定案过；再次修改或定案要写明原因。", "Something was proposed or finalised before (now: scheme \"{scheme}\"); say why it changes."),
        FaultCode.NothingToShare => (409, "还没有登记住户或费用，方案没有可分摊的。", "No household or no cost is registered yet, so there is nothing to share."),
        FaultCode.DayBeforeLast => (422, "日期不能倒退：{on} 排在 {last} 的后面。", "Days cannot run back: {on} would follow {last}."),
        FaultCode.SignedAlready => (409, "{household}已经签过字了。", "{household} has signed already."),
        FaultCode.BuildingUnknownThen => (404, "那时还没有登记这栋楼，或者还没有这一版。", "The building was not registered then, or has not come to that version."),
        FaultCode.ImportEntryWrong => (422, "文件里第 {version} 条记录不对：内容读不了、接不上前面的，或定案凭证核对不上。", "Entry {version} of the file is wrong: it cannot be read, does not follow from those before it, or its passport does not prove itself."),
        FaultCode.ImportChanged => (422, "文件的内容和它的校验码 {sha256} 不符：导出以后改动过。", "The file is not what its hash {sha256} stands for: it was changed after it was exported."),
        FaultCode.HouseholdNotRegistered => (404, "这栋楼的登记册里没有这一户。", "The register of this building has no such household."),
        FaultCode.ContactsUnknown => (404, "这一户还没有留下联系方式。", "Nobody to reach is recorded for this household."),
        FaultCode.StreetUnknown => (404, "街道“{street}”没有登记任何门栋，或者那一天还没有。", "No building is registered in the street \"{street}\", or none was on that day."),
        FaultCode.EstateUnknown => (404, "街道“{street}”的小区“{estate}”没有登记任何门栋。", "No building is registered in the estate \"{estate}\" of the street \"{street}\"."),
        FaultCode.StreetTotalTooLarge => (422, "各门栋合计 {totalFen}，超过上限 {limitFen}。", "The buildings sum to {totalFen}, above the limit of {limitFen}."),
        FaultCode.SourceIsProgramme => (422, "“{source}”是直接承担费用的其他项目，不用申领补贴。", "\"{source}\" is a programme that carries costs itself; it is not claimed as a subsidy."),
        FaultCode.SubsidyGoesBack => (422, "“{source}”的补贴已经走到后面的步骤，不能退回。如果是记错了，请更正原来的记录。",
            "The subsidy \"{source}\" has come further already and cannot go back. If a record is wrong, correct that record."),
        FaultCode.PaidAboveGranted => (422, "“{source}”累计发放 {paidFen}，超过了批准的 {grantedFen}。", "Of \"{source}\" {paidFen} would be paid in all, more than the {grantedFen} that were granted."),
        FaultCode.PaidSumFalls => (422, "“{source}”累计发放 {paidFen}，比以前记录的 {beforeFen} 还少。这里要填到现在为止一共发放了多少。",
            "Of \"{source}\" {paidFen} would be paid in all, less than the {beforeFen} recorded before. State everything that was paid so far."),
        FaultCode.NothingToCorrect => (422, "没有第 {number} 条记录可更正，一共只有 {count} 条。", "There is no record {number} to correct; there are {count}."),
        FaultCode.SchemeInForce => (409, "方案“{scheme}”已经定案，正在按它收款，不能撤回；先按另一个方案重新定案。",
            "Contributions are billed by the scheme \"{scheme}\", so it cannot be withdrawn; finalise another first."),
        FaultCode.VoteNotCarried => (422, "同意 {for} 人、{forM2} 平方米，反对 {against} 人、{againstM2} 平方米：同意的没有超过反对的，不能定案。请看看是不是填反了。",
            "{for} with {forM2} m² were for it and {against} with {againstM2} m² against: no more for than against, so it was not adopted. Were they exchanged?"),
        FaultCode.SourceHasSubsidy => (409, "“{source}”的补贴已经批准或发放，不能从资金来源里去掉。", "Something of the subsidy \"{source}\" was granted or paid, so the funding cannot leave it out."),
        FaultCode.NotSigned => (409, "{household}还没有签字。", "{household} has not signed."),
        FaultCode.PassportsTooLong => (409, "定案凭证太长，一共 {length} 个字，最多 {limit} 个字。", "The passports are too long: {length} characters in all, of at most {limit}."),
        FaultCode.IdDuplicate => (422, "编号“{id}”重复了。", "The id \"{id}\" stands twice."),
        FaultCode.FloorAboveTop => (422, "{household}在 {floor} 层，可是这栋楼只有 {storeys} 层。",
            "{household} is on floor {floor}, but the building has {storeys} storeys."),
        FaultCode.TooManyShares => (422, "户数乘以方案数太多：{households} 户 × {schemes} 个方案，最多 {limit}。",
            "Too many households times schemes: {households} × {schemes}; at most {limit}."),
        FaultCode.TotalTooLarge => (422, "费用合计 {totalFen}，超过上限 {limitFen}。", "The costs sum to {totalFen}, above the limit of {limitFen}."),
        FaultCode.TooManyRules => (422, "户数乘以规则数太多：{households} 户 × {rules} 条规则（组合方案按每个部分计，公式每 20 个字符算一条，列出计算过程时井道每段、每项费用也算），最多 {limit}。",
            "Too many households times rules: {households} × {rules}; at most {limit}. Each part of a mix and each 20 characters of a formula count, with derivations also each segment of the shaft and each cost line."),
        FaultCode.TooManyDifferences => (422, "户数乘以方案数再乘以其余方案数太多：{households} 户，{schemes} 个方案，最多列出 {limit} 项差额。请减少方案，或者不要求列出差额。",
            "Too many differences: {households} households, {schemes} schemes, each beside every other one; at most {limit}. Compare fewer schemes, or do not ask for differences."),
        FaultCode.StandAloneMissing => (422, "{floor} 层有参加的住户，却没有填单独装电梯到这一层要多少钱；不要钱的也要写 0。",
            "Floor {floor} has a household that joins, but it is not stated what a lift up to it would cost; write 0 if it would cost nothing."),
        FaultCode.StandAloneNothing => (422, "{floor} 层是有参加住户的最高一层，单独装电梯到这一层的费用是 0，没法比较。",
            "A lift up to floor {floor}, the highest that has a household that joins, cannot cost 0: nothing could be compared with it."),

        FaultCode.TooManyVariations => (422, "要重新计算的账单太多：{households} 户，{variations} 种变化，共 {bills} 份（每户每条规则算一份），最多 {limit} 份。请减少方案。",
            "Too many bills to reckon again: {variations} variations for {households} households make {bills}, each rule of a household counting as one; at most {limit}. Ask about fewer schemes."),

        FaultCode.PolicyUnknown => (422, "没有补贴政策“{policy}”。", "There is no subsidy policy \"{policy}\"."),
        FaultCode.NoRuleOnThatDay => (422, "政策“{policy}”在 {on} 没有生效的规定。生效的日期有：{known}。",
            "The policy \"{policy}\" has no rule in force on {on}. Its rules are in force: {known}."),
        FaultCode.PolicyUnconfirmed => (422, "政策“{policy}”自 {from} 起的规定未经证实：有的数字没有可靠来源。确实要用，请填 acceptUnconfirmed: true。",
            "The rule of the policy \"{policy}\" from {from} is unconfirmed: some of its figures have no source that can be relied upon. To apply it all the same, state acceptUnconfirmed: true."),
        FaultCode.FactMissing => (422, "政策“{policy}”按{fact}分档，请在 facts 里填上。各档（从多少起，给多少元）：{tiers}。", "The policy \"{policy}\" goes by {fact}; state it in facts. Tiers (from which number, how many yuan): {tiers}."),
        FaultCode.GuidanceUnknown => (422, "没有指导区间“{policy}”。", "There are no guidance ranges \"{policy}\"."),
        FaultCode.GuidanceNotForStoreys => (422, "“{policy}”没有 {storeys} 层楼的指导区间；有的是：{known} 层。",
            "\"{policy}\" gives no ranges for {storeys} storeys; it gives them for {known}."),
        FaultCode.DaysInWrongOrder => (422, "日期先后不对：结束不能早于开始，新的规定要在旧的结束之后开始。",
            "The days do not follow one another: nothing ends before it begins, and a new rule begins after the old one ended."),
        FaultCode.SurerThanItsSource => (422, "写的是{certainty}，可是出处只是{source}：规定不能比它的出处更可靠。",
            "This says {certainty}, but the text is {source}: no rule is surer than where it was read."),
        FaultCode.FileNameIsNotTheId => (422, "文件名要与编号“{id}”相同。", "The file is not named after the id \"{id}\"."),
        FaultCode.NumbersInWrongOrder => (422, "数值先后不对：范围、分档要由小到大，部分不能大于整体。",
            "The numbers are in the wrong order: no range falls, tiers rise, and a part is not above the whole."),
        FaultCode.CostUnknown => (422, "“{cost}”不是费用编号（在 covers 里也可以是费用类别）。",
            "\"{cost}\" is not the id of a cost line (nor, in covers, a category)."),
        FaultCode.LineCarriedTwice => (422, "费用“{cost}”已经有项目承担，“{source}”不能再承担一次。",
            "The cost line \"{cost}\" is carried already; \"{source}\" cannot carry it once more."),
        FaultCode.ProgrammeCarriesWholeLines => (422, "项目“{source}”整项承担费用，不能再填 covers 或其他 treatment。",
            "The programme \"{source}\" carries its lines whole: it takes no covers and no treatment but netOff."),
        FaultCode.ExpensesWithoutRefund => (422, "来源“{source}”不是按比例退还（refundProRata），不能填 expensesFen。",
            "The source \"{source}\" is not refunded (refundProRata), so it takes no expensesFen."),
        FaultCode.ExpensesAboveRefund => (422, "来源“{source}”只有 {amountFen}，不够扣除费用 {expensesFen}。",
            "The source \"{source}\" gives {amountFen}, less than its expenses of {expensesFen}."),
        FaultCode.IdReserved => (422, "“{id}”另有含义，不能用作编号。", "\"{id}\" has a meaning of its own and cannot be an id."),

        FaultCode.HouseholdUnknown => (422, "登记册里没有 {household}。", "The register has no {household}."),
        FaultCode.FloorUnknown => (422, "没有 {floor} 层：这栋楼只有 {storeys} 层。", "There is no floor {floor}: the building has {storeys} storeys."),
        FaultCode.FlatTypeUnknown => (422, "没有一户的房型是“{flatType}”。", "No household has the flat type \"{flatType}\"."),
        FaultCode.HouseholdMissing => (422, "{household}要分摊，却没有填它的数值；不分摊的也要写 0。",
            "{household} pays but has no entry; write 0 if it pays nothing."),
        FaultCode.FloorMissing => (422, "{floor} 层有分摊户，却没有填这一层的数值；不分摊的也要写 0。",
            "Floor {floor} has payers but no entry; write 0 if it pays nothing."),
        FaultCode.FlatTypeMissing => (422, "{household}的房型“{flatType}”没有填积分；没有积分的也要写 0。",
            "The flat type \"{flatType}\" of {household} has no entry; write 0 if it has no points."),
        FaultCode.FlatTypeNotStated => (422, "{household}没有填房型，这个规则需要房型。", "{household} states no flat type, and this rule needs one."),
        FaultCode.DoesNotClose => (422, "百分比合计是 {sum}，不是 100。楼层表只计有分摊户的楼层。",
            "The percentages sum to {sum}, not to 100. In a table of floors only those with payers count."),
        FaultCode.WeightsAllZero => (422, "所有分摊户的权数都是 0，没有人分摊。", "All payers have a weight of 0, so nobody would pay."),
        FaultCode.MixTooDeep => (422, "组合方案嵌套太深，最多 {limit} 层。", "Mixes are nested too deeply: at most {limit}."),
        FaultCode.RuleNotAllowedHere => (422, "“{kind}”规则不能放在另一个规则里面。", "The rule \"{kind}\" cannot stand inside another rule."),
        FaultCode.AdjustmentDuplicate => (422, "{household}的{kind}出现了两次。", "The {kind} for {household} stands twice."),
        FaultCode.HouseholdDoesNotPay => (422, "{household}不参加或已免除，不能再有{kind}。",
            "There can be no {kind} for {household}: it does not join or is exempt."),
        FaultCode.FixedAndAdjusted => (422, "{household}已是固定金额，不能再有{kind}。",
            "The amount of {household} is fixed, so it takes no {kind}."),
        FaultCode.MinimumAboveCap => (422, "{household}的最低额 {minimumFen}高于封顶 {capFen}。",
            "The minimum of {minimumFen} for {household} is above the cap of {capFen}."),
        FaultCode.FixedExceedsPayable => (422, "固定金额合计 {fixedFen}，比应筹金额 {payableFen}多出 {excessFen}。",
            "The fixed amounts sum to {fixedFen}, {excessFen} more than the {payableFen} to be raised."),
        FaultCode.NobodyPays => (422, "还有 {differenceFen}没有人分摊。", "{differenceFen} is left to share, and nobody to pay it."),
        FaultCode.NobodyCarriesDiscounts => (422, "折扣减下来的 {differenceFen}没有人承担。", "Nobody can carry the {differenceFen} that the discounts take off."),
        FaultCode.CapsTooLow => (422, "封顶太低：合计还差 {shortfallFen}。", "The caps are too low: {shortfallFen} short."),
        FaultCode.CapsTooLowInUnits => (422, "按计费单位 {unitFen}取整后封顶太低：合计还差 {shortfallFen}。",
            "In billing units of {unitFen} the caps are too low: {shortfallFen} short."),
        FaultCode.MinimumsTooHigh => (422, "最低额太高：合计多出 {excessFen}。", "The minimums are too high: {excessFen} too much."),
        FaultCode.MinimumsTooHighInUnits => (422, "按计费单位 {unitFen}取整后最低额太高：合计多出 {excessFen}。",
            "In billing units of {unitFen} the minimums are too high: {excessFen} too much."),
        FaultCode.LimitsLeaveNoUnit => (422, "按计费单位 {unitFen}取整后，{household}的最低额 {minimumFen}高于封顶 {capFen}。",
            "In billing units of {unitFen}, the minimum of {minimumFen} for {household} is above its cap of {capFen}."),
        FaultCode.ReliefExceedsBill => (422, "{household}的减免 {reliefFen}超过账单 {billFen}。",
            "The relief of {reliefFen} for {household} is above its bill of {billFen}."),
        FaultCode.PayableTooLarge => (422, "加上补偿后应筹 {payableFen}，超过上限 {limitFen}。",
            "With the compensation {payableFen} would have to be raised, above the limit of {limitFen}."),
        FaultCode.ExactTooLong => (422, "精确分摊额的分数太长（超过 {limit} 个二进制位）。请减少组合的部分、折扣或限额，把公式写短，减少楼层的单独造价，或不要求列出计算过程。",
            "The exact shares are too long (more than {limit} bits). Use fewer parts of mixes, discounts, limits or stand-alone costs, a shorter formula, or ask for no derivations."),
        FaultCode.StandAloneFalls => (422, "{floor} 层的单独造价 {costFen}低于 {lowerFloor} 层的 {lowerCostFen}；楼层越高，单独造价不能越低。",
            "The stand-alone cost of floor {floor}, {costFen}, is below that of floor {lowerFloor}, {lowerCostFen}; it must not fall with the floor."),
        FaultCode.StandAloneZero => (422, "有分摊户的最高楼层的单独造价是 0，没有可以分摊的依据。",
            "The stand-alone cost of the highest floor with payers is 0, so there is nothing to share by."),
        FaultCode.AirportFormNotOffered => (422, "这个方法不能用 {member}: {value}。按面积（weight: area）只用于 shapley 和 constrainedEqual，先按楼层（by: floor）只用于 shapley。",
            "This method takes no {member}: {value}. weight: area goes with shapley and constrainedEqual, by: floor with shapley only."),
        FaultCode.FormulaSyntax => (422, "公式第 {position} 个字符处：{found}，这里需要{wanted}。公式只用半角符号。",
            "The formula, at character {position}: {found}; here it needs {wanted}. Full-width signs are not read."),
        FaultCode.FormulaNameUnknown => (422, "公式第 {position} 个字符处的“{name}”不认识；可用的有 floor、area、storeys、payers、min、max、if。",
            "The formula has \"{name}\" at character {position}; it knows floor, area, storeys, payers, min, max and if."),
        FaultCode.FormulaTooDeep => (422, "公式第 {position} 个字符处的括号嵌套太深，最多 {limit} 层。",
            "The parentheses of the formula are nested too deeply at character {position}: at most {limit} levels."),
        FaultCode.FormulaDividesByZero => (422, "公式第 {position} 个字符处的除法，对 {household}来说除数是 0。",
            "The division at character {position} of the formula divides by 0 for {household}."),
        FaultCode.FormulaNegative => (422, "公式对 {household}算出的值是 {value}，不能是负数。", "The formula gives {value} for {household}; it must not be negative."),
        FaultCode.PricesExceedAmount => (422, "最高一层以下各户的价格合计 {pricesFen}，比要分摊的 {amountFen}多出 {excessFen}。",
            "The prices below the highest floor sum to {pricesFen}, {excessFen} more than the {amountFen} to be shared."),
        FaultCode.CostMissing => (422, "费用“{cost}”有居民自筹的部分，却没有分摊规则；请在 rules 里填上，或填 otherwise。",
            "Residents pay a part of the cost line \"{cost}\", but it has no rule; state one in rules, or otherwise."),
        FaultCode.NothingSelfFunded => (422, "没有一项费用需要居民自筹，{amountFen}无法按分项规则分摊。",
            "Residents pay no part of any cost line, so rules per cost line cannot share {amountFen}."),

        FaultCode.TableWithoutValues => (422, "表里没有数值：至少要有系数、百分比、金额中的一列。", "The table has no values: it needs coefficients, percentages or amounts."),
        FaultCode.TableValueMissing => (422, "这一行没有“{member}”，别的行有；不出钱的也要写 0。", "This row has no \"{member}\", and others have; write 0 where nothing is paid."),
        FaultCode.TableRowIsOneHousehold => (422, "{household}只是一户，户数不能是 {households}。", "{household} is one, so its row cannot stand for {households} households."),
        FaultCode.TableTooManyHouseholds => (422, "表里共有 {households} 户，最多 {limit} 户。", "The table stands for {households} households; at most {limit}."),
        FaultCode.TableAllZero => (422, "“{member}”合计是 0，没有可以分摊的。", "\"{member}\" comes to 0, so nothing is shared."),
        FaultCode.TableSumWithoutColumn => (422, "填了“{member}”，可是表里没有“{column}”这一列。", "\"{member}\" is stated, but the table has no \"{column}\"."),
        FaultCode.TableAmountsTooLarge => (422, "各行金额合计 {totalFen}，超过上限 {limitFen}。", "The amounts sum to {totalFen}, above the limit of {limitFen}."),

        FaultCode.OwnerTwice => (422, "{household}的业主里“{person}”出现了两次。", "The owner \"{person}\" of {household} stands twice."),
        FaultCode.OwnedPartMissing => (422, "{household}的业主“{person}”没有写份额，别的业主写了；要么都写，要么都不写。", "The part of the owner \"{person}\" of {household} is missing, and others are stated; state all of them or none."),
        FaultCode.OwnedPartsDoNotClose => (422, "{household}各业主的份额加起来是 {sum}，应当正好是 1。", "The parts of the owners of {household} sum to {sum}; they must sum to 1."),
        FaultCode.StancesContradict => (422, "{household}和“{other}”是同一业主，一户同意、一户不同意；同一业主只能有一种意见。",
            "{household} and \"{other}\" have the same owners, but one says yes and the other no; one owner has one view."),
        FaultCode.ConsentUnknown => (422, "没有表决门槛“{policy}”。", "There are no thresholds of consent \"{policy}\"."),
        FaultCode.StatedAreaZero => (422, "所有业主的总面积不能是 0。", "The total area of all owners cannot be 0."),

        FaultCode.RangeFalls => (422, "范围不对：从 {from} 到 {to}，后面的不能比前面的小。", "The range runs from {from} to {to}; it must not fall."),
        FaultCode.RangeStepMissing => (422, "范围里不止一个数，要填大于 0 的 step。", "A range of more than one number needs a step above 0."),
        FaultCode.RangeTooLong => (422, "范围里有 {count} 个数，最多 {limit} 个。", "The range has {count} numbers; at most {limit}."),
        FaultCode.ListedTwice => (422, "“{value}”列了两次。", "\"{value}\" is listed twice."),
        FaultCode.FamilyEmpty => (422, "没有可查找的方案：系数（coefficients）和组合（blend）至少要有一样，封顶（capsFen）和不封顶（uncapped）至少要有一样。",
            "There is no scheme to search: state coefficients or a blend, and a cap or schemes without one."),
        FaultCode.FamilyTooLarge => (422, "一共有 {count} 个方案，最多查找 {limit} 个。请把范围缩小，或者把步长放大。", "There are {count} schemes; at most {limit} are searched. Narrow the ranges, or take larger steps."),
        FaultCode.SearchTooLarge => (422, "户数乘以方案数太多：{households} 户 × {count} 个方案，最多 {limit}。", "Too many households times schemes: {households} × {count}; at most {limit}."),
        FaultCode.BlendStepUneven => (422, "组合的步长是 {percent}%：至少要 1%，并且正好能除尽 100%。", "The step of the blend is {percent} %; it must be at least 1 %, and a whole number of steps must make 100 %."),
        FaultCode.AdjustmentNotInSearches => (422, "查找方案时不能用{kind}，只能用补偿、免除和固定金额；封顶请填在 family 的 capsFen 里。", "A search takes no {kind}, only compensation, exemptions and fixed amounts; caps belong to the family (capsFen)."),
        FaultCode.SearchTooManyHouseholds => (422, "有 {households} 户，查找方案最多 {limit} 户。", "There are {households} households; schemes are searched for at most {limit}."),
        FaultCode.NobodyShares => (422, "没有分摊户：都不参加、已免除或已是固定金额。", "No household shares the amount: all stay out, are exempt or pay a fixed amount."),
        _ => throw new InvalidOperationException($"No text for {code}."),
    };

    /// <summary>The sentence of a fault in a language, with its values in place; what stands in a scheme says in which one, what stands in a table on which line.</summary>
    public static string Sentence(Fault fault, Language language)
    {
        (_, string chinese, string english) = Of(fault.Code);
        string template = language == Language.Chinese ? chinese : english;
        var sentence = new StringBuilder(template.Length + 32);
        if (fault.Place.ToString().Split('/') is ["", "schemes", var position, ..])
        {
            int number = int.Parse(position, CultureInfo.InvariantCulture) + 1;
            sentence.Append(language == Language.Chinese
                ? string.Create(CultureInfo.InvariantCulture, $"第 {number} 个方案：")
                : string.Create(CultureInfo.InvariantCulture, $"Scheme {number}: "));
        }
        sentence.Append(PlaceInTable(fault, template, language));
        if (fault.Code == FaultCode.StreetTotalTooLarge) { sentence.Append(PlaceInCity(fault, language)); }
        int beginning = sentence.Length, end = 0;
        for (int start = template.IndexOf('{', StringComparison.Ordinal); start >= 0; start = template.IndexOf('{', end))
        {
            sentence.Append(template, end, start - end);
            end = template.IndexOf('}', start) + 1;
            sentence.Append(Text(template[(start + 1)..(end - 1)], fault, language));
        }
        sentence.Append(template, end, template.Length - end);
        sentence[beginning] = char.ToUpperInvariant(sentence[beginning]);
        return sentence.ToString();
    }

    /// <summary>Line and heading of a table that the sentence itself does not speak of.</summary>
    private static string PlaceInTable(Fault fault, string template, Language language)
    {
        object? Value(string name) => fault.Values.FirstOrDefault(value => value.Name == name).Value;
        if (Value(CellReader.Cell) is object cell)
        {
            string row = language.Choose($"第 {Value(CsvTable.Line)} 行", $"line {Value(CsvTable.Line)}");
            return language.Choose($"{cell}（{row}{(Value(CsvTable.Heading) is object column ? $"，{column}" : "")}）：", $"{cell} ({row}{(Value(CsvTable.Heading) is object column2 ? $", {column2}" : "")}): ");
        }
        return Value(CsvTable.Line) is not object line || template.Contains($"{{{CsvTable.Line}}}", StringComparison.Ordinal) ? ""
            : Value(CsvTable.Heading) is object heading ? language.Choose($"第 {line} 行，{heading}：", $"Line {line}, {heading}: ")
            : language.Choose($"第 {line} 行：", $"Line {line}: ");
    }

    /// <summary>The street and estate of which a sum is, where it is one of a part of the city.</summary>
    private static string PlaceInCity(Fault fault, Language language)
    {
        object[] parts = [.. fault.Values.Where(value => value.Name is "street" or "estate").Select(value => value.Value)];
        return parts.Length == 0 ? "" : string.Join(language.Choose("", ", "), parts) + language.Choose("：", ": ");
    }

    private static string Text(string name, Fault fault, Language language)
    {
        foreach (FaultValue value in fault.Values)
        {
            if (value.Name != name) { continue; }
            string text = Convert.ToString(value.Value, CultureInfo.InvariantCulture)!;
            return name.EndsWith("Fen", StringComparison.Ordinal) ? Yuan(Int128.Parse(text, CultureInfo.InvariantCulture), language)
                : name == "household" ? language == Language.Chinese ? $"{text} 户" : $"household {text}"
                : name is "expected" or "unit" or "kind" or "wanted" or "certainty" || (name == "source" && fault.Code == FaultCode.SurerThanItsSource) || (name == "found" && fault.Code != FaultCode.FormulaSyntax) ? Word(text, language)
                : name == "fact" ? Word($"fact {text}", language)
                : name == "found" ? text == "end" ? language == Language.Chinese ? "写到这里就断了" : "it breaks off"
                    : language == Language.Chinese ? $"写的是“{text}”" : $"there is \"{text}\""
                : text;
        }
        // An adjustment that names no household is one for all; any other value belongs to its code.
        return name == "household" ? language == Language.Chinese ? "全部住户" : "all households"
            : throw new InvalidOperationException($"{fault.Code} came without {name}.");
    }

    /// <summary>A word of the wire as people say it: types of JSON, units, kinds.</summary>
    private static string Word(string word, Language language)
    {
        (string chinese, string english) = word switch
        {
            "integer" => ("整数（不加引号）", "a whole number (without quotes)"),
            "number" => ("数字（不加引号）", "a number (without quotes)"),
            "wholeNumber" => ("整数", "a whole number"),
            "plainNumber" => ("数字", "a number"),
            "aFloor" => ("楼层，例如 3、三楼、3F", "a floor, for example 3 or 3F"),
            "anArea" => ("面积，例如 38.6", "an area, for example 38.6"),
            "aPercentage" => ("百分比，例如 12.5", "a percentage, for example 12.5"),
            "anAmount" => ("金额，例如 18432.50；不出钱的写 0", "an amount, for example 18432.50, and 0 where nothing is paid"),
            "aDoor" => ("门牌号，例如 302", "a door number, for example 302"),
            "yesNo" => ("是或否", "yes or no (true or false)"),
            "yuan" => ("元", "yuan"),
            "string" => ("文字（加引号）", "a text (in quotes)"),
            "boolean" => ("true 或 false", "true or false"),
            "array" => ("列表（方括号）", "a list (in brackets)"),
            "object" => ("一组项目（大括号）", "an object (in braces)"),
            "null" => ("空值", "null"),
            "fen" => ("分，1 元等于 100 分", "fen, a hundred to the yuan"),
            "m2" => ("平方米", "square metres"),
            "percent" => ("百分之一", "per cent"),
            "storeys" => ("层，底层是 1", "storeys, the ground floor being 1"),
            "1" => ("无", "none"),
            "fact storeys" => ("层数（storeys）", "storeys"),
            "fact households" => ("户数（households）", "households"),
            "fact stops" => ("停站数（stops）", "stops"),
            "fact ride" => ("提升层数（ride）", "ride"),
            "official" => ("官方", "official"),
            "press" => ("报道或实务文件", "press or practice"),
            "hint" => ("线索", "a hint"),
            "background" => ("无出处", "background without a source"),
            "operand" => ("数、名称或左括号", "a number, a name or an opening parenthesis"),
            "digit" => ("小数点后的数字", "a digit after the point"),
            "end" => ("运算符，或者结束", "an operator, or nothing more"),
            "(" => ("左括号 (", "an opening parenthesis"),
            ")" => ("右括号 )", "a closing parenthesis"),
            "," => ("逗号 ,", "a comma"),
            "steps" => ("按楼层定价", "steps"),
            "perCost" => ("分项分摊", "perCost"),
            "compensation" => ("补偿", "compensation"),
            "exempt" => ("免除", "exemption"),
            "fixed" => ("固定金额", "fixed amount"),
            "discount" => ("折扣", "discount"),
            "cap" => ("封顶", "cap"),
            "minimum" => ("最低额", "minimum"),
            "relief" => ("减免", "relief"),
            _ => throw new InvalidOperationException($"No word for {word}."),
        };
        return language == Language.Chinese ? chinese : english;
    }

    private static string Yuan(Int128 fen, Language language)
    {
        (Int128 yuan, Int128 rest) = Int128.DivRem(Int128.Abs(fen), 100);
        string amount = string.Create(CultureInfo.InvariantCulture, $"{(fen < 0 ? "-" : "")}{yuan:N0}.{(int)rest:D2}");
        return language == Language.Chinese ? $"{amount} 元" : $"{amount} yuan";
    }
}
