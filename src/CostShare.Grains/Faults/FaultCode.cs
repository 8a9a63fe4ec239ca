namespace CostShare.Grains.Faults;

/// <summary>Everything that can be wrong with a request. Numbers are never reused; on the wire the name stands in camelCase.</summary>
/// <remarks>1 to 99: HTTP. 100: syntax. 200: shape. 300: register and costs. 400: funding. 500: schemes. 600: pasted tables. 700: stored buildings. 800: facts about schemes, 870: searches.</remarks>
public enum FaultCode
{
    /// <summary>There is nothing at this address.</summary>
    NotFound = 1,
    /// <summary>The address does not take this method.</summary>
    MethodNotAllowed = 2,
    /// <summary>The body is larger than the limit. Values: limitBytes.</summary>
    BodyTooLarge = 3,
    /// <summary>The body is not declared as one that the address takes. Values: contentType, allowed.</summary>
    UnsupportedMediaType = 4,
    /// <summary>A defect of the program; nothing was changed.</summary>
    InternalError = 5,
    /// <summary>The HTTP message itself is broken.</summary>
    BadRequest = 6,
    /// <summary>The body is packed. Values: contentEncoding.</summary>
    BodyEncoded = 7,
    /// <summary>Something happened since the version that the sender insists on (If-Match). Values: version (the last one).</summary>
    VersionPassed = 20,
    /// <summary>An Idempotency-Key that was used for another command. Values: version (which that command made).</summary>
    CommandReused = 21,
    /// <summary>The store cannot be used, or the building is busy; nothing was done.</summary>
    StoreUnavailable = 22,
    /// <summary>Whether the command was carried out is not known; sending it again with the same Idempotency-Key tells.</summary>
    OutcomeUnknown = 23,
    /// <summary>What is stored of the building is not what was written. Values: building, version (the first that is wrong).</summary>
    BuildingDamaged = 24,
    /// <summary>A request without the administrator's token, or with another one.</summary>
    Unauthorized = 25,
    /// <summary>A one-time token of the set-up that is not the one which the program printed.</summary>
    SetUpTokenWrong = 26,
    /// <summary>A set-up where there is an administrator already.</summary>
    AlreadySetUp = 27,
    /// <summary>So many searches that no more can wait for their turn.</summary>
    SearchesBusy = 28,

    /// <summary>The body is empty.</summary>
    BodyEmpty = 100,
    /// <summary>The body is not JSON. Values: line, byteInLine, both from 1.</summary>
    NotJson = 101,
    /// <summary>The body is not valid UTF-8. Values: byteOffset, from 0.</summary>
    NotUtf8 = 102,
    /// <summary>Objects and lists are nested too deeply. Values: limit.</summary>
    TooDeep = 103,
    /// <summary>A table that is neither UTF-8 nor GB18030. Values: byteOffset, from 0, of what is not UTF-8.</summary>
    NotUtf8NorGb18030 = 104,

    /// <summary>A member that must be there is not. Values: member.</summary>
    MemberMissing = 200,
    /// <summary>A member that nothing is known of. Values: member.</summary>
    MemberUnknown = 201,
    /// <summary>A member that stands twice in one object. Values: member.</summary>
    MemberDuplicate = 202,
    /// <summary>A value of another type than the one wanted. Values: expected, found, value (for a text, number or boolean).</summary>
    WrongType = 203,
    /// <summary>A number outside its range. Values: value, minimum, maximum, unit.</summary>
    OutOfRange = 204,
    /// <summary>A number with more decimals than its unit has. Values: value, places, unit.</summary>
    TooManyDecimals = 205,
    /// <summary>A name that is none of those allowed. Values: value, allowed.</summary>
    NameUnknown = 206,
    /// <summary>A text that is empty or too long. Values: minimum, maximum, length.</summary>
    TextLength = 207,
    /// <summary>A text with a character that is not seen (a control, a direction override, a joiner) or half a character. Values: character.</summary>
    TextCharacter = 208,
    /// <summary>A list or map with too few or too many entries. Values: minimum, maximum, count.</summary>
    EntryCount = 209,
    /// <summary>A text that is no day of the calendar, written year-month-day, or one outside its range. Values: value, minimum, maximum.</summary>
    NotADay = 210,
    /// <summary>A row of a table whose quotes do not match. Values: line.</summary>
    QuotesDoNotMatch = 211,
    /// <summary>A table whose columns stand between semicolons or tabs. Values: line.</summary>
    SeparatorUnknown = 212,
    /// <summary>A cell of a table that is not what its column holds. Values: line, heading, expected, value; of a sheet also cell.</summary>
    CellNotReadable = 213,
    /// <summary>A query beside a table in JSON, which states everything itself. Values: value.</summary>
    QueryBesideJson = 214,
    /// <summary>A header that cannot be read: an Idempotency-Key has 1 to 64 visible ASCII characters, If-Match holds a version in quotes. Values: header, value.</summary>
    HeaderForm = 220,
    /// <summary>A parameter of the address that nothing is known of. Values: value, allowed.</summary>
    ParameterUnknown = 221,
    /// <summary>A parameter of the address with a value that it cannot have. Values: parameter, value, allowed.</summary>
    ParameterForm = 222,
    /// <summary>A text that is neither a version nor a time with its offset from UTC. Values: value.</summary>
    MomentForm = 223,
    /// <summary>A text that is no id of a building: 1 to 64 small letters, digits and hyphens, the first and last no hyphen. Values: value.</summary>
    BuildingIdForm = 224,
    /// <summary>A time that has not come. Values: value.</summary>
    MomentAhead = 225,
    /// <summary>A telephone number of fewer than 3 digits, or with other characters than digits, blanks, + - ( ) and "ext".</summary>
    PhoneNotPlain = 230,

    /// <summary>A file that cannot be opened: broken off, or not what its beginning says. Values: part (of the file).</summary>
    SheetDamaged = 240,
    /// <summary>A workbook of before 2007 (xls), or one that a password locks.</summary>
    SheetOldOrLocked = 241,
    /// <summary>A workbook that unpacks to more than the limit. Values: limitBytes.</summary>
    SheetUnpacksTooLarge = 242,
    /// <summary>A workbook with a part that is packed more tightly than any sheet. Values: part, limit (how many times as large it may be unpacked).</summary>
    SheetPackedTooTightly = 243,
    /// <summary>A workbook of too many parts or sheets. Values: count, limit.</summary>
    SheetTooManyParts = 244,
    /// <summary>A workbook with a document type, which could make a reader open other files or grow without end. Values: part.</summary>
    SheetDocumentType = 245,
    /// <summary>A sheet of too many rows. Values: limit.</summary>
    SheetTooManyRows = 246,
    /// <summary>A sheet of too many cells. Values: limit.</summary>
    SheetTooManyCells = 247,
    /// <summary>A packed file that is no workbook: a document, a presentation, a workbook of another program.</summary>
    SheetIsOtherFile = 248,
    /// <summary>Bytes that are neither a workbook nor text in UTF-8, UTF-16 or GB18030.</summary>
    SheetNotText = 249,
    /// <summary>A sheet in which nothing stands that could be read.</summary>
    SheetEmpty = 250,
    /// <summary>A sheet without headings that are understood, of which it cannot safely be guessed what its columns hold. Values: headings (some that are understood).</summary>
    HeadingsNotFound = 251,

    /// <summary>An id that stands twice. Values: id.</summary>
    IdDuplicate = 300,
    /// <summary>A household above the top storey. Values: household, floor, storeys.</summary>
    FloorAboveTop = 301,
    /// <summary>Households times schemes exceed the limit. Values: households, schemes, limit.</summary>
    TooManyShares = 302,
    /// <summary>The costs sum to more than the largest amount. Values: totalFen, limitFen.</summary>
    TotalTooLarge = 303,
    /// <summary>Households times rules, counting each part of a mix and each twenty characters of a formula, with derivations also each floor of shapley and each cost line of perCost, exceed the limit. Values: households, rules, limit.</summary>
    TooManyRules = 304,

    // 400 was "not available yet".
    /// <summary>A name that is no cost line, nor, in covers, a category. Values: cost.</summary>
    CostUnknown = 401,
    /// <summary>A cost line that a programme carries although one already does. Values: cost, source.</summary>
    LineCarriedTwice = 402,
    /// <summary>A programme with covers or with a treatment other than netOff: it carries its lines whole. Values: source.</summary>
    ProgrammeCarriesWholeLines = 403,
    /// <summary>Expenses on a source that is not refunded. Values: source.</summary>
    ExpensesWithoutRefund = 404,
    /// <summary>Expenses above the amount to refund. Values: source, amountFen, expensesFen.</summary>
    ExpensesAboveRefund = 405,
    /// <summary>An id that has a meaning of its own. Values: id.</summary>
    IdReserved = 406,
    /// <summary>A policy that is not there, or gives no subsidy. Values: policy.</summary>
    PolicyUnknown = 407,
    /// <summary>A day on which no rule of the policy is in force. Values: policy, on, known (the days of its rules).</summary>
    NoRuleOnThatDay = 408,
    /// <summary>A rule that rests on hints alone, without leave to apply it. Values: policy, from.</summary>
    PolicyUnconfirmed = 409,
    /// <summary>A number that the tiers of a rule need. Values: policy, fact, tiers (from which number each gives how much, in yuan).</summary>
    FactMissing = 410,
    /// <summary>Days of a policy that do not follow one another: a last day before the first, or a version that begins before the one before it ended.</summary>
    DaysInWrongOrder = 411,
    /// <summary>Numbers of a policy in the wrong order: a range that ends below its beginning, tiers that do not rise, a part above the whole.</summary>
    NumbersInWrongOrder = 412,
    /// <summary>A policy whose id is not the name of its file. Values: id.</summary>
    FileNameIsNotTheId = 413,
    /// <summary>A policy that is not there, or holds no guidance ranges. Values: policy.</summary>
    GuidanceUnknown = 414,
    /// <summary>Guidance ranges that the text does not give for buildings of that height. Values: policy, storeys, known (the heights it gives them for).</summary>
    GuidanceNotForStoreys = 415,
    /// <summary>A rule of a policy that is said to be surer than the text from which its figures come. Values: certainty, source.</summary>
    SurerThanItsSource = 416,

    /// <summary>A household that is not in the register. Values: household.</summary>
    HouseholdUnknown = 500,
    /// <summary>A floor that the building does not have. Values: floor, storeys.</summary>
    FloorUnknown = 501,
    /// <summary>A flat type that no household has. Values: flatType.</summary>
    FlatTypeUnknown = 502,
    /// <summary>No entry for a payer. Values: household.</summary>
    HouseholdMissing = 503,
    /// <summary>No entry for a floor that has a payer. Values: floor.</summary>
    FloorMissing = 504,
    /// <summary>No entry for a payer's flat type. Values: flatType, household.</summary>
    FlatTypeMissing = 505,
    /// <summary>A payer without a flat type where the rule needs one. Values: household.</summary>
    FlatTypeNotStated = 506,
    /// <summary>Percentages that do not sum to 100; in a table of floors only those with payers count. Values: sum.</summary>
    DoesNotClose = 507,
    /// <summary>Weights that are all 0, so that nobody would pay.</summary>
    WeightsAllZero = 508,
    /// <summary>Mixes nested too deeply. Values: limit.</summary>
    MixTooDeep = 509,
    /// <summary>A rule that may not stand inside another. Values: kind.</summary>
    RuleNotAllowedHere = 510,
    /// <summary>An adjustment of one kind given twice for a household, or a household fixed twice. Values: kind, household.</summary>
    AdjustmentDuplicate = 511,
    /// <summary>An adjustment for a household that does not join or is exempt. Values: kind, household.</summary>
    HouseholdDoesNotPay = 512,
    /// <summary>A fixed household that is also discounted or limited. Values: kind, household.</summary>
    FixedAndAdjusted = 513,
    /// <summary>A minimum above the cap. Values: household, minimumFen, capFen.</summary>
    MinimumAboveCap = 514,
    /// <summary>Fixed amounts above the amount to pay. Values: fixedFen, payableFen, excessFen.</summary>
    FixedExceedsPayable = 515,
    /// <summary>Money left to share and nobody to pay it. Values: differenceFen.</summary>
    NobodyPays = 516,
    /// <summary>Discounts that nobody can carry. Values: differenceFen, rounded up to a fen.</summary>
    NobodyCarriesDiscounts = 517,
    /// <summary>Caps that sum to less than the amount to share. Values: shortfallFen.</summary>
    CapsTooLow = 518,
    /// <summary>Minimums that sum to more than the amount to share. Values: excessFen.</summary>
    MinimumsTooHigh = 519,
    /// <summary>A minimum that rounds up to the unit above the cap that rounds down to it. Values: household, minimumFen, capFen, unitFen.</summary>
    LimitsLeaveNoUnit = 520,
    /// <summary>A relief above the household's bill. Values: household, reliefFen, billFen.</summary>
    ReliefExceedsBill = 521,
    /// <summary>Compensation that lifts the amount to pay above the largest amount. Values: payableFen, limitFen.</summary>
    PayableTooLarge = 522,
    /// <summary>Exact shares too long to compute with. Values: limit, in bits.</summary>
    ExactTooLong = 523,
    /// <summary>Caps that, rounded down to the billing unit, sum to less than the amount to bill. Values: shortfallFen, unitFen.</summary>
    CapsTooLowInUnits = 524,
    /// <summary>Minimums that, rounded up to the billing unit, sum to more than the amount to bill. Values: excessFen, unitFen.</summary>
    MinimumsTooHighInUnits = 525,
    /// <summary>A stand-alone cost below that of a lower floor. Values: floor, costFen, lowerFloor, lowerCostFen.</summary>
    StandAloneFalls = 526,
    /// <summary>Stand-alone costs that are 0 up to the highest floor that has a payer.</summary>
    StandAloneZero = 527,
    /// <summary>A weight, or floors first, with a method that is not offered in that form. Values: member, value.</summary>
    AirportFormNotOffered = 528,
    /// <summary>An expression in which something else was wanted. Values: position (the number of the character, from 1), found, wanted (a symbol, operand, digit or end).</summary>
    FormulaSyntax = 529,
    /// <summary>A name that formulas do not know. Values: position, name.</summary>
    FormulaNameUnknown = 530,
    /// <summary>Parentheses nested too deeply. Values: position, limit.</summary>
    FormulaTooDeep = 531,
    /// <summary>A formula that divides by 0 for a household. Values: position (of the division), household.</summary>
    FormulaDividesByZero = 532,
    /// <summary>A formula that is negative for a household. Values: value, household.</summary>
    FormulaNegative = 533,
    /// <summary>Prices below the highest floor that sum to more than the amount to share. Values: pricesFen, amountFen, excessFen.</summary>
    PricesExceedAmount = 534,
    /// <summary>No rule for a cost line of which residents pay a part. Values: cost.</summary>
    CostMissing = 535,
    /// <summary>No cost line of which residents pay a part, so that rules per cost line cannot share the amount. Values: amountFen.</summary>
    NothingSelfFunded = 536,

    /// <summary>A table whose rows state neither a percentage nor a coefficient nor an amount.</summary>
    TableWithoutValues = 600,
    /// <summary>A row without a value that other rows state. Values: member.</summary>
    TableValueMissing = 601,
    /// <summary>A row that names a household and stands for several. Values: household, households.</summary>
    TableRowIsOneHousehold = 602,
    /// <summary>A table of too many households. Values: households, limit.</summary>
    TableTooManyHouseholds = 603,
    /// <summary>A column, total or number of parts that is 0, so that nothing is shared. Values: member.</summary>
    TableAllZero = 604,
    /// <summary>The sum of a column that the table does not have. Values: member, column.</summary>
    TableSumWithoutColumn = 605,
    /// <summary>Amounts that sum to more than the largest amount. Values: totalFen, limitFen.</summary>
    TableAmountsTooLarge = 606,

    /// <summary>A cell of which a spreadsheet has made a day: it was a door number or a part of one. Values: value, cell, line, heading.</summary>
    CellIsDay = 610,
    /// <summary>A formula of which the file does not hold the value. Values: cell, line, heading.</summary>
    FormulaWithoutValue = 611,
    /// <summary>A cell in which a formula failed. Values: value, cell, line, heading.</summary>
    CellIsError = 612,
    /// <summary>A value in merged cells of several rows, of which nobody knows whether it is of each or of all together. Values: value, range, cell, line, heading.</summary>
    CellsMerged = 613,
    /// <summary>A column that is needed and not there. Values: member, headings (some that are understood).</summary>
    ColumnMissing = 614,
    /// <summary>A row with numbers to the right of the headings, or an amount of which the thousands seem to stand in the next cell, as a comma or a blank between thousands makes them. Values: count, limit, cell, line.</summary>
    RowTooWide = 615,
    /// <summary>A floor that is stated nowhere and that the door number does not say. Values: cell, line, heading.</summary>
    FloorNotStated = 616,
    /// <summary>A column of amounts over or above which a unit larger than yuan is spoken of in a way that is not understood. Values: column, value (its heading).</summary>
    AmountUnitUnclear = 617,
    /// <summary>A number that its format shows as another: with the point moved, or with a unit such as 千元. Values: value (the number that is stored), cell, line, heading.</summary>
    CellShownOtherwise = 618,

    /// <summary>A building that is not registered.</summary>
    BuildingUnknown = 700,
    /// <summary>A building that is registered already.</summary>
    BuildingExists = 701,
    /// <summary>A quote that was not recorded. Values: quote.</summary>
    QuoteUnknown = 702,
    /// <summary>A source that is not in the funding. Values: source.</summary>
    SourceUnknown = 703,
    /// <summary>A scheme that was not proposed, or was withdrawn. Values: scheme.</summary>
    SchemeUnknown = 704,
    /// <summary>A revision without a reason. Values: scheme.</summary>
    ReasonMissing = 705,
    /// <summary>A scheme for a building without households or without a budget.</summary>
    NothingToShare = 706,
    /// <summary>A day before the last one recorded. Values: on, last.</summary>
    DayBeforeLast = 707,
    /// <summary>A household that has signed already. Values: household.</summary>
    SignedAlready = 708,
    /// <summary>A subsidy of a source that is a programme: it carries cost lines and is not claimed. Values: source.</summary>
    SourceIsProgramme = 709,
    /// <summary>A subsidy that is planned or claimed after it was claimed, granted or paid. Values: source.</summary>
    SubsidyGoesBack = 710,
    /// <summary>More paid of a subsidy than was granted. Values: source, paidFen, grantedFen.</summary>
    PaidAboveGranted = 711,
    /// <summary>Less paid of a subsidy so far than was recorded before. Values: source, paidFen, beforeFen.</summary>
    PaidSumFalls = 712,
    /// <summary>A correction of a record that is not there. Values: number, count.</summary>
    NothingToCorrect = 713,
    /// <summary>A scheme that cannot be withdrawn because contributions are billed by it. Values: scheme.</summary>
    SchemeInForce = 714,
    /// <summary>A decision for which no more were than against it, by heads or by area. Values: for, against, forM2, againstM2.</summary>
    VoteNotCarried = 715,
    /// <summary>A source left out of the funding of which something was granted or paid. Values: source.</summary>
    SourceHasSubsidy = 716,
    /// <summary>A household that has not signed. Values: household.</summary>
    NotSigned = 717,
    /// <summary>Passports too long to keep. Values: length (of all of the building, in characters), limit.</summary>
    PassportsTooLong = 718,
    /// <summary>A building that was not registered at that version or time, or has not come to that version.</summary>
    BuildingUnknownThen = 720,
    /// <summary>An entry of an exported building that is none, that cannot have happened then, or whose passport does not prove itself. Values: version.</summary>
    ImportEntryWrong = 721,
    /// <summary>An exported building whose entries are not those that its hash stands for. Values: sha256.</summary>
    ImportChanged = 722,
    /// <summary>An address of a household that is not in the register of its building.</summary>
    HouseholdNotRegistered = 723,
    /// <summary>A household of which no contacts are kept.</summary>
    ContactsUnknown = 724,
    /// <summary>A street in which no building is registered, or none was on that day. Values: street.</summary>
    StreetUnknown = 725,
    /// <summary>An estate of a street in which no building is registered. Values: street, estate.</summary>
    EstateUnknown = 726,
    /// <summary>A sum of many buildings that is more than the largest amount. Values: totalFen, limitFen, and of a part of the city street and estate.</summary>
    StreetTotalTooLarge = 727,

    /// <summary>An owner who stands twice with one household. Values: person, household.</summary>
    OwnerTwice = 800,
    /// <summary>An owner whose part is not stated although those of others of the same household are. Values: person, household.</summary>
    OwnedPartMissing = 801,
    /// <summary>Parts of the owners of a household that do not sum to 1. Values: household, sum.</summary>
    OwnedPartsDoNotClose = 802,
    /// <summary>A household that says yes where another of the same owners says no, or the other way round. Values: household, other.</summary>
    StancesContradict = 803,
    /// <summary>A policy that is not there, or holds no thresholds of consent. Values: policy.</summary>
    ConsentUnknown = 804,
    /// <summary>A stated total area of nothing, of which no vote can be a part.</summary>
    StatedAreaZero = 805,
    /// <summary>Households times schemes times the other schemes exceed the limit of differences. Values: households, schemes, limit.</summary>
    TooManyDifferences = 830,
    /// <summary>No stand-alone cost for a floor that has a household that joins. Values: floor.</summary>
    StandAloneMissing = 831,
    /// <summary>A stand-alone cost of 0 for the highest floor that has a household that joins, so that nothing can be compared with it. Values: floor.</summary>
    StandAloneNothing = 832,
    /// <summary>More bills to reckon again than the limit, where it is asked how they move: variations times households times rules, over all schemes, and cost lines times sources for each change of the budget. Values: variations (over all schemes), households, bills, limit.</summary>
    TooManyVariations = 850,
    /// <summary>A range that ends below its beginning. Values: from, to.</summary>
    RangeFalls = 870,
    /// <summary>A range of more than one number without a step above 0.</summary>
    RangeStepMissing = 871,
    /// <summary>A range of too many numbers. Values: count, limit.</summary>
    RangeTooLong = 872,
    /// <summary>Something listed twice. Values: value.</summary>
    ListedTwice = 873,
    /// <summary>A family without a scheme: neither coefficients nor a blend, or neither a cap nor schemes without one.</summary>
    FamilyEmpty = 874,
    /// <summary>A family of too many schemes. Values: count (before those that share alike are put together), limit.</summary>
    FamilyTooLarge = 875,
    /// <summary>Too many households times schemes of a family. Values: households, count, limit.</summary>
    SearchTooLarge = 876,
    /// <summary>A step of a blend that is below 1 % or that no whole number makes 100 % of. Values: percent.</summary>
    BlendStepUneven = 877,
    /// <summary>An adjustment that searches do not take. Values: kind.</summary>
    AdjustmentNotInSearches = 878,
    /// <summary>Too many households to search. Values: households, limit.</summary>
    SearchTooManyHouseholds = 879,
    /// <summary>A search where no household shares the amount.</summary>
    NobodyShares = 880,
}
