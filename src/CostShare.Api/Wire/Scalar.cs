using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CostShare.Grains.Amounts;
using CostShare.Grains.Buildings;
using CostShare.Grains.Comparison.Search;
using CostShare.Grains.Costs;
using CostShare.Grains.Faults;
using CostShare.Grains.Funding;
using CostShare.Grains.Register;
using CostShare.Grains.Schemes;
using CostShare.Grains.Texts;

namespace CostShare.Api.Wire;

/// <summary>How one simple type of the domain stands on the wire: read, written and described from this one entry.</summary>
internal abstract class Scalar
{
    private static readonly Dictionary<Type, Scalar> Table = new Scalar[]
    {
        new WholeNumber<Money>("fen", 0, Money.Largest.Fen, v => Money.FromFen(v), v => v.Fen),
        new WholeNumber<SignedMoney>("fen", -SignedMoney.Largest.Fen, SignedMoney.Largest.Fen, SignedMoney.FromFen, v => v.Fen),
        new WholeNumber<Floor>("storeys", 1, Floor.Highest, v => Floor.Of((int)v), v => v.Number),
        new WholeNumber<Count>("1", 1, Count.Most, v => Count.Of((int)v), v => v.Number),
        new WholeNumber<ListedSchemes>("1", 1, ListedSchemes.Most, v => ListedSchemes.Of((int)v), v => v.Number),
        new Choice<BillingUnit>("fen", BillingUnit.AllowedFen, BillingUnit.FromFen, v => v.Amount.Fen),
        new DecimalNumber<Area>("m2", Area.Places, 1, Area.LargestHundredths, Area.FromHundredths, v => v.Hundredths),
        new DecimalNumber<TotalArea>("m2", Area.Places, 0, TotalArea.LargestHundredths, TotalArea.FromHundredths, v => v.Hundredths),
        new DecimalNumber<Coefficient>("1", Coefficient.Places, 0, Coefficient.LargestMillionths, Coefficient.FromMillionths, v => v.Millionths),
        new DecimalNumber<Percentage>("percent", Percentage.Places, 0, Percentage.WholeMillionths, Percentage.FromMillionths, v => v.Millionths),
        new Day(),
        new BuildingName(),
        new Text<HouseholdId>(v => new HouseholdId(v), v => v.Value),
        new Text<FlatType>(v => new FlatType(v), v => v.Value),
        new Text<CostId>(v => new CostId(v), v => v.Value),
        new Text<SourceId>(v => new SourceId(v), v => v.Value),
        new Text<SchemeId>(v => new SchemeId(v), v => v.Value),
        new Text<PolicyId>(v => new PolicyId(v), v => v.Value),
        new Text<QuoteId>(v => new QuoteId(v), v => v.Value),
        new Text<PersonId>(v => new PersonId(v), v => v.Value),
    }.ToDictionary(scalar => scalar.Type);

    /// <summary>Every simple type of the wire.</summary>
    public static IEnumerable<Scalar> All => Table.Values;

    public abstract Type Type { get; }

    /// <summary>The unit, for the description of a member.</summary>
    public string Unit { get; protected init; } = "";

    /// <summary>The smallest and the largest number, or the shortest and longest text, as they stand on the wire.</summary>
    public string Minimum { get; protected init; } = "";

    public string Maximum { get; protected init; } = "";

    /// <summary>How many decimals a number may have; null for a text.</summary>
    public int? Places { get; protected init; }

    /// <summary>Whether it is a day of the calendar.</summary>
    public bool IsDay { get; protected init; }

    /// <summary>The only values there are; null where a range tells them.</summary>
    public IReadOnlyList<long>? Allowed { get; protected init; }

    public static Scalar? Of(Type type) => Table.GetValueOrDefault(type);

    /// <summary>Reads a value, or tells what is wrong with it and returns null.</summary>
    public abstract object? Read(in JsonElement element, Where where, FaultList faults);

    /// <summary>Reads a value that stands as the name of a member.</summary>
    public abstract object? ReadName(string name, Where where, FaultList faults);

    /// <summary>Writes a value.</summary>
    public abstract void Write(Utf8JsonWriter writer, object value);

    /// <summary>The value as it stands as the name of a member.</summary>
    public abstract string NameOf(object value);

    private abstract class Number<T>(Func<long, T> create, Func<T, long> units) : Scalar
        where T : struct
    {
        public override Type Type => typeof(T);

        public override object? Read(in JsonElement element, Where where, FaultList faults)
        {
            if (Places > 0 && StrictReader.DecimalsAreTexts)
            {
                // One way to write a decimal, so that nothing else is taken for one.
                if (element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 and <= 30 } text
                    && text.All(character => char.IsAsciiDigit(character) || character == '.') && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[^1]) && text.Count(character => character == '.') < 2)
                {
                    return Convert(Encoding.ASCII.GetBytes(text), where, faults);
                }
                StrictReader.NoteWrongType("string", element, where, faults);
                return null;
            }
            if (element.ValueKind != JsonValueKind.Number)
            {
                StrictReader.NoteWrongType(Places == 0 ? "integer" : "number", element, where, faults);
                return null;
            }
            return Convert(JsonMarshal.GetRawUtf8Value(element), where, faults);
        }

        public override object? ReadName(string name, Where where, FaultList faults)
        {
            // One way to write a number as a name, or the same floor could stand twice.
            string digits = name.StartsWith('-') && Minimum.StartsWith('-') && name != "-0" ? name[1..] : name;
            bool plain = digits.Length is > 0 and <= 20 && digits.All(char.IsAsciiDigit) && (digits[0] != '0' || digits.Length == 1);
            if (plain) { return Convert(Encoding.ASCII.GetBytes(name), where, faults); }
            faults.Add(FaultCode.NameUnknown, where.Place, ("value", Shorten(name)), ("allowed", $"{Minimum}, {long.Parse(Minimum, CultureInfo.InvariantCulture) + 1} … {Maximum}"));
            return null;
        }

        public override void Write(Utf8JsonWriter writer, object value)
        {
            if (Places == 0) { writer.WriteNumberValue(units((T)value)); }
            else { writer.WriteRawValue(NameOf(value)); }
        }

        public override string NameOf(object value) => InUnits(units((T)value), Places!.Value);

        /// <summary>A number of parts as the decimal number that it stands for, without trailing zeros.</summary>
        protected static string InUnits(long value, int places)
        {
            // Only money is ever below 0, and it has no places.
            string digits = value.ToString(CultureInfo.InvariantCulture).PadLeft(places + 1, '0');
            return places == 0 ? digits : $"{digits[..^places]}.{digits[^places..]}".TrimEnd('0').TrimEnd('.');
        }

        protected abstract bool Accepts(long units);

        protected abstract void Refuse(string value, Where where, FaultList faults);

        private object? Convert(ReadOnlySpan<byte> text, Where where, FaultList faults)
        {
            switch (ExactNumber.Read(text, Places!.Value, out Int128 units))
            {
                case ExactNumber.Outcome.TooManyDecimals:
                    faults.Add(FaultCode.TooManyDecimals, where.Place, ("value", Shorten(Encoding.ASCII.GetString(text))),
                        ("places", Places.Value), ("unit", Unit));
                    return null;
                case ExactNumber.Outcome.Exact when units >= long.MinValue && units <= long.MaxValue && Accepts((long)units):
                    return create((long)units);
                default:
                    Refuse(Shorten(Encoding.ASCII.GetString(text)), where, faults);
                    return null;
            }
        }
    }

    private class DecimalNumber<T> : Number<T>
        where T : struct
    {
        private readonly long _minimum;
        private readonly long _maximum;

        public DecimalNumber(string unit, int places, long minimum, long maximum, Func<long, T> create, Func<T, long> units) : base(create, units)
        {
            (Unit, Places, _minimum, _maximum) = (unit, places, minimum, maximum);
            (Minimum, Maximum) = (InUnits(minimum, places), InUnits(maximum, places));
        }

        protected override bool Accepts(long units) => units >= _minimum && units <= _maximum;

        protected override void Refuse(string value, Where where, FaultList faults) =>
            faults.Add(FaultCode.OutOfRange, where.Place, ("value", value), ("minimum", Minimum), ("maximum", Maximum), ("unit", Unit));
    }

    private sealed class WholeNumber<T>(string unit, long minimum, long maximum, Func<long, T> create, Func<T, long> value)
        : DecimalNumber<T>(unit, 0, minimum, maximum, create, value)
        where T : struct;

    private sealed class Choice<T> : Number<T>
        where T : struct
    {
        public Choice(string unit, IReadOnlyList<long> allowed, Func<long, T> create, Func<T, long> units) : base(create, units)
        {
            (Unit, Places, Allowed) = (unit, 0, allowed);
        }

        protected override bool Accepts(long units) => Allowed!.Contains(units);

        protected override void Refuse(string value, Where where, FaultList faults) =>
            faults.Add(FaultCode.NameUnknown, where.Place, ("value", value), ("allowed", string.Join(", ", Allowed!)));
    }

    private sealed class Text<T> : Scalar
        where T : struct
    {
        private readonly Func<string, T> _create;
        private readonly Func<T, string> _value;

        public Text(Func<string, T> create, Func<T, string> value)
        {
            (_create, _value) = (create, value);
            (Minimum, Maximum) = ("1", PlainText.LongestId.ToString(CultureInfo.InvariantCulture));
        }

        public override Type Type => typeof(T);

        public override object? Read(in JsonElement element, Where where, FaultList faults) =>
            StrictReader.ReadText(element, 1, PlainText.LongestId, where, faults) is string text ? _create(text) : null;

        public override object? ReadName(string name, Where where, FaultList faults) =>
            PlainText.Check(name, 1, PlainText.LongestId, () => where.Place, faults) ? _create(name) : null;

        public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue(_value((T)value));

        public override string NameOf(object value) => _value((T)value);
    }

    /// <summary>The id of a building.</summary>
    private sealed class BuildingName : Scalar
    {
        private const string Form = "a-z 0-9 -";

        public BuildingName() => (Minimum, Maximum) = ("1", BuildingId.Longest.ToString(CultureInfo.InvariantCulture));

        public override Type Type => typeof(BuildingId);

        public override object? Read(in JsonElement element, Where where, FaultList faults) =>
            StrictReader.ReadText(element, 1, BuildingId.Longest, where, faults) is string text ? ReadName(text, where, faults) : null;

        public override object? ReadName(string name, Where where, FaultList faults)
        {
            if (BuildingId.IsId(name)) { return BuildingId.Of(name); }
            faults.Add(FaultCode.NameUnknown, where.Place, ("value", Shorten(name)), ("allowed", Form));
            return null;
        }

        public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue(NameOf(value));

        public override string NameOf(object value) => ((BuildingId)value).Value;
    }

    /// <summary>A day of the calendar, year-month-day.</summary>
    private sealed class Day : Scalar
    {
        private const string Form = "yyyy-MM-dd";

        public Day() => (Minimum, Maximum, IsDay) = ("1900-01-01", "2199-12-31", true);

        public override Type Type => typeof(DateOnly);

        public override object? Read(in JsonElement element, Where where, FaultList faults) =>
            StrictReader.ReadText(element, Form.Length, Form.Length, where, faults) is string text ? ReadName(text, where, faults) : null;

        public override object? ReadName(string name, Where where, FaultList faults)
        {
            bool isDay = DateOnly.TryParseExact(name, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day);
            if (isDay && day.Year is >= 1900 and < 2200) { return day; }
            faults.Add(FaultCode.NotADay, where.Place, ("value", Shorten(name)), ("minimum", Minimum), ("maximum", Maximum));
            return null;
        }

        public override void Write(Utf8JsonWriter writer, object value) => writer.WriteStringValue(NameOf(value));

        public override string NameOf(object value) => ((DateOnly)value).ToString(Form, CultureInfo.InvariantCulture);
    }

    // What a fault repeats of the request stays short, whatever was sent.
    public static string Shorten(string value) => value.Length <= 40 ? value : $"{value.AsSpan(0, char.IsHighSurrogate(value[39]) ? 39 : 40)}…";
}

/// <summary>A place that is written out only if there is something to tell about it.</summary>
internal readonly struct Where
{
    private readonly Place _parent;
    private readonly string? _name;
    private readonly int _position;

    private Where(Place parent, string? name, int position)
    {
        _parent = parent;
        _name = name;
        _position = position;
    }

    public Place Place => _name is not null ? _parent.At(_name) : _position < 0 ? _parent : _parent.At(_position);

    public static Where Root => new(Grains.Faults.Place.Root, null, -1);

    public static Where Member(Place parent, string name) => new(parent, name, 0);

    public static Where Element(Place parent, int position) => new(parent, null, position);
}
