using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;

namespace CostShare.Api.Wire;

/// <summary>Reads a JSON body into a record of the domain, strictly, and tells everything that is wrong with its form.</summary>
/// <remarks>
/// The serialiser of .NET stops at the first fault and knows no JSON pointers; this reader walks the parsed body along
/// the same records and the same attributes (names, kinds, required members) and gathers all faults. Decision 0005.
/// </remarks>
internal static class StrictReader
{
    /// <summary>How deeply objects and lists may be nested.</summary>
    public const int MostDepth = 64;

    private const string HalfACharacter = "U+D800..U+DFFF";

    private delegate object? Reader(in JsonElement element, Where where, FaultList faults);

    /// <summary>Whether decimals stand as texts in what this thread reads; the reader never waits, so a thread reads one thing at a time.</summary>
    [ThreadStatic]
    private static bool _decimalsAreTexts;

    private static readonly ConcurrentDictionary<PropertyInfo, Reader> PropertyReaders = new();
    private static readonly ConcurrentDictionary<Type, Reader> TypeReaders = new();

    /// <summary>Whether decimals are read from texts, as canonical JSON has them, and not from numbers.</summary>
    public static bool DecimalsAreTexts => _decimalsAreTexts;

    /// <summary>Reads canonical JSON, in which decimals stand as texts.</summary>
    /// <typeparam name="T">The record to read.</typeparam>
    /// <param name="body">The bytes.</param>
    /// <param name="faults">Receives the one fault of syntax, or all faults of shape.</param>
    public static T? ReadCanonical<T>(ReadOnlyMemory<byte> body, FaultList faults)
        where T : class
    {
        _decimalsAreTexts = true;
        try { return Read<T>(body, faults); }
        finally { _decimalsAreTexts = false; }
    }

    /// <summary>Reads a body; the result is meaningless if a fault was added.</summary>
    /// <typeparam name="T">The record to read.</typeparam>
    /// <param name="body">The bytes of the body.</param>
    /// <param name="faults">Receives the one fault of syntax, or all faults of shape.</param>
    public static T? Read<T>(ReadOnlyMemory<byte> body, FaultList faults)
        where T : class
    {
        if (body.Span.StartsWith("\uFEFF"u8)) { body = body[3..]; }
        if (body.IsEmpty)
        {
            faults.Add(FaultCode.BodyEmpty, Place.Root);
            return null;
        }
        if (!Utf8.IsValid(body.Span))
        {
            faults.Add(FaultCode.NotUtf8, Place.Root, ("byteOffset", FirstInvalid(body.Span)));
            return null;
        }
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = MostDepth });
            return (T?)For(typeof(T))(document.RootElement, Where.Root, faults);
        }
        catch (JsonException exception)
        {
            if (IsTooDeep(body.Span)) { faults.Add(FaultCode.TooDeep, Place.Root, ("limit", MostDepth)); }
            else
            {
                faults.Add(FaultCode.NotJson, Place.Root,
                    ("line", (exception.LineNumber ?? 0) + 1), ("byteInLine", (exception.BytePositionInLine ?? 0) + 1));
            }
            return null;
        }
    }

    /// <summary>Tells that a value is of another type than the one wanted.</summary>
    public static void NoteWrongType(string expected, in JsonElement element, Where where, FaultList faults)
    {
        string found = element.ValueKind switch
        {
            JsonValueKind.Object => "object",
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            JsonValueKind.Number => "number",
            JsonValueKind.True or JsonValueKind.False => "boolean",
            _ => "null",
        };
        string value = element.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? "…" : Scalar.Shorten(element.GetRawText());
        faults.Add(FaultCode.WrongType, where.Place, ("expected", expected), ("found", found), ("value", value));
    }

    /// <summary>Reads a text, or tells what is wrong with it and returns null.</summary>
    public static string? ReadText(in JsonElement element, int shortest, int longest, Where where, FaultList faults)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            NoteWrongType("string", element, where, faults);
            return null;
        }
        if (!IsWritable(JsonMarshal.GetRawUtf8Value(element)))
        {
            faults.Add(FaultCode.TextCharacter, where.Place, ("character", HalfACharacter));
            return null;
        }
        string text = element.GetString()!;
        return PlainText.Check(text, shortest, longest, () => where.Place, faults) ? text : null;
    }

    private static Reader For(Type type) => TypeReaders.GetOrAdd(type, Build);

    private static Reader Build(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is Type inner) { return For(inner); }
        if (Scalar.Of(type) is Scalar scalar) { return scalar.Read; }
        if (type == typeof(bool)) { return ReadBoolean; }
        if (type == typeof(Fraction)) { return OwnedPart.Read; }
        if (type.IsEnum) { return BuildEnum(type); }
        if (type.GetCustomAttribute<JsonPolymorphicAttribute>() is not null) { return BuildKinds(type); }
        return new ObjectReader(type, null).Read;
    }

    private static Reader For(PropertyInfo property) => PropertyReaders.GetOrAdd(property, static property =>
    {
        Type type = property.PropertyType;
        if (type == typeof(string))
        {
            StringLengthAttribute length = property.GetCustomAttribute<StringLengthAttribute>()
                ?? throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} needs a StringLength.");
            return (in element, where, faults) => ReadText(element, length.MinimumLength, length.MaximumLength, where, faults);
        }
        Type? generic = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        string? build = generic == typeof(IReadOnlyList<>) ? nameof(BuildList)
            : generic == typeof(IReadOnlyDictionary<,>) ? nameof(BuildMap)
            : null;
        if (build is null) { return For(type); }
        LengthAttribute count = property.GetCustomAttribute<LengthAttribute>()
            ?? throw new InvalidOperationException($"{property.DeclaringType!.Name}.{property.Name} needs a Length.");
        return (Reader)typeof(StrictReader).GetMethod(build, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [count])!;
    });

    private static object? ReadBoolean(in JsonElement element, Where where, FaultList faults)
    {
        if (element.ValueKind is JsonValueKind.True or JsonValueKind.False) { return element.GetBoolean(); }
        NoteWrongType("boolean", element, where, faults);
        return null;
    }

    private static Reader BuildEnum(Type type)
    {
        var names = Enum.GetValues(type).Cast<object>().ToDictionary(value => WireNames.Of((Enum)value));
        string allowed = string.Join(", ", names.Keys);
        return (in element, where, faults) => ReadName(element, where, faults) is not string name ? null
            : names.TryGetValue(name, out object? value) ? value
            : NoteUnknownName(name, allowed, where, faults);
    }

    private static Reader BuildKinds(Type type)
    {
        string discriminator = type.GetCustomAttribute<JsonPolymorphicAttribute>()!.TypeDiscriminatorPropertyName!;
        byte[] utf8Discriminator = Encoding.UTF8.GetBytes(discriminator);
        var kinds = type.GetCustomAttributes<JsonDerivedTypeAttribute>().ToDictionary(
            derived => (string)derived.TypeDiscriminator!,
            derived => new Lazy<ObjectReader>(() => new ObjectReader(derived.DerivedType, discriminator)));
        string allowed = string.Join(", ", kinds.Keys);
        return Read;

        object? Read(in JsonElement element, Where where, FaultList faults)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                NoteWrongType("object", element, where, faults);
                return null;
            }
            Place place = where.Place;
            var kindPlace = Where.Member(place, discriminator);
            JsonElement kind = default;
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (NameIs(property, utf8Discriminator)) { kind = property.Value; }
            }
            if (kind.ValueKind == JsonValueKind.Undefined)
            {
                faults.Add(FaultCode.MemberMissing, kindPlace.Place, ("member", discriminator));
                return null;
            }
            if (ReadName(kind, kindPlace, faults) is not string name) { return null; }
            return kinds.TryGetValue(name, out Lazy<ObjectReader>? reader)
                ? reader.Value.Read(element, where, faults)
                : NoteUnknownName(name, allowed, kindPlace, faults);
        }
    }

    private static string? ReadName(in JsonElement element, Where where, FaultList faults) =>
        ReadText(element, 0, int.MaxValue, where, faults);

    private static object? NoteUnknownName(string name, string allowed, Where where, FaultList faults)
    {
        faults.Add(FaultCode.NameUnknown, where.Place, ("value", Scalar.Shorten(name)), ("allowed", allowed));
        return null;
    }

    private static Reader BuildList<T>(LengthAttribute count)
    {
        Reader read = For(typeof(T));
        return (in element, where, faults) =>
        {
            if (element.ValueKind != JsonValueKind.Array)
            {
                NoteWrongType("array", element, where, faults);
                return null;
            }
            int length = element.GetArrayLength();
            if (!CheckCount(count, length, where, faults)) { return null; }
            Place place = where.Place;
            var items = new T[length];
            int position = 0;
            foreach (JsonElement item in element.EnumerateArray())
            {
                if (read(item, Where.Element(place, position), faults) is T value) { items[position] = value; }
                position++;
            }
            return items;
        };
    }

    private static Reader BuildMap<TKey, TValue>(LengthAttribute count)
        where TKey : struct
    {
        Scalar keys = Scalar.Of(typeof(TKey)) ?? throw new InvalidOperationException($"{typeof(TKey).Name} cannot be a name.");
        Reader read = For(typeof(TValue));
        return (in element, where, faults) =>
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                NoteWrongType("object", element, where, faults);
                return null;
            }
            if (!CheckCount(count, element.GetPropertyCount(), where, faults)) { return null; }
            Place place = where.Place;
            var met = new HashSet<TKey>();
            var map = new Dictionary<TKey, TValue>();
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (NameOf(property) is not string name)
                {
                    faults.Add(FaultCode.TextCharacter, place.At(Unwritable), ("character", HalfACharacter));
                    continue;
                }
                var entry = Where.Member(place, name);
                object? key = keys.ReadName(name, entry, faults);
                object? value = read(property.Value, entry, faults);
                if (key is not TKey k) { continue; }
                if (!met.Add(k)) { faults.Add(FaultCode.MemberDuplicate, entry.Place, ("member", name)); }
                else if (value is TValue v) { map.Add(k, v); }
            }
            return map;
        };
    }

    private static bool CheckCount(LengthAttribute count, int length, Where where, FaultList faults)
    {
        if (length >= count.MinimumLength && length <= count.MaximumLength) { return true; }
        faults.Add(FaultCode.EntryCount, where.Place, ("minimum", count.MinimumLength), ("maximum", count.MaximumLength), ("count", length));
        return false;
    }

    // Stands in pointers for a name that cannot be written.
    private const string Unwritable = "\uFFFD";

    /// <summary>The name of a member, or null where an escape makes it half a character.</summary>
    private static string? NameOf(JsonProperty property) =>
        IsWritable(JsonMarshal.GetRawUtf8PropertyName(property)) ? property.Name : null;

    private static bool NameIs(JsonProperty property, byte[] utf8Name)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8PropertyName(property);
        return raw.Contains((byte)'\\') ? IsWritable(raw) && property.NameEquals(utf8Name) : raw.SequenceEqual(utf8Name);
    }

    // Escapes such as \uD800 can write half a character, which the reader of .NET refuses only by an exception when the text
    // is looked at. The grammar of the escapes was checked before.
    private static bool IsWritable(ReadOnlySpan<byte> raw)
    {
        bool high = false;
        for (int i = raw.IndexOf((byte)'\\'); i >= 0 && i < raw.Length; i++)
        {
            bool low = false;
            if (raw[i] == (byte)'\\' && raw[++i] == (byte)'u')
            {
                int unit = int.Parse(raw.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 4;
                low = unit is >= 0xDC00 and <= 0xDFFF;
                if (low != high) { return false; }
                high = unit is >= 0xD800 and <= 0xDBFF;
            }
            else if (high) { return false; }
        }
        return !high;
    }

    private static int FirstInvalid(ReadOnlySpan<byte> body)
    {
        int offset = 0;
        while (Rune.DecodeFromUtf8(body[offset..], out _, out int length) == System.Buffers.OperationStatus.Done) { offset += length; }
        return offset;
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> body)
    {
        int depth = 0;
        bool inText = false;
        for (int i = 0; i < body.Length; i++)
        {
            switch (body[i])
            {
                case (byte)'\\' when inText: i++; break;
                case (byte)'"': inText = !inText; break;
                case (byte)'{' or (byte)'[' when !inText:
                    if (++depth > MostDepth) { return true; }
                    break;
                case (byte)'}' or (byte)']' when !inText: depth--; break;
                default: break;
            }
        }
        return false;
    }

    /// <summary>Reads one type of object, member by member.</summary>
    private sealed class ObjectReader
    {
        private readonly Func<object> _create;
        private readonly Member[] _members;
        private readonly byte[]? _discriminator;

        public ObjectReader(Type type, string? discriminator)
        {
            _create = Expression.Lambda<Func<object>>(Expression.New(type)).Compile();
            _members = [.. type.GetProperties()
                .Where(property => property.SetMethod is not null && property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
                .OrderBy(property => property.DeclaringType == type)
                .Select(property => new Member(property))];
            _discriminator = discriminator is null ? null : Encoding.UTF8.GetBytes(discriminator);
        }

        public object? Read(in JsonElement element, Where where, FaultList faults)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                NoteWrongType("object", element, where, faults);
                return null;
            }
            Place place = where.Place;
            object result = _create();
            ulong met = 0;
            bool metDiscriminator = false;
            int next = 0;
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (_discriminator is not null && NameIs(property, _discriminator))
                {
                    if (metDiscriminator) { NoteName(FaultCode.MemberDuplicate, property, place, faults); }
                    metDiscriminator = true;
                    continue;
                }
                int found = Find(property, next);
                if (found < 0)
                {
                    NoteName(FaultCode.MemberUnknown, property, place, faults);
                    continue;
                }
                if ((met & (1UL << found)) != 0)
                {
                    NoteName(FaultCode.MemberDuplicate, property, place, faults);
                    continue;
                }
                met |= 1UL << found;
                Member member = _members[found];
                next = found + 1;
                if (member.Read(property.Value, Where.Member(place, member.Name), faults) is object value) { member.Set(result, value); }
            }
            for (int i = 0; i < _members.Length; i++)
            {
                if (_members[i].Required && (met & (1UL << i)) == 0)
                {
                    faults.Add(FaultCode.MemberMissing, place.At(_members[i].Name), ("member", _members[i].Name));
                }
            }
            return result;
        }

        private static void NoteName(FaultCode code, JsonProperty property, Place place, FaultList faults)
        {
            string name = NameOf(property) ?? Unwritable;
            faults.Add(code, place.At(name), ("member", Scalar.Shorten(name)));
        }

        // Members mostly come in the order of the record, so the search starts behind the last one found.
        private int Find(JsonProperty property, int start)
        {
            for (int k = 0; k < _members.Length; k++)
            {
                int i = start + k < _members.Length ? start + k : start + k - _members.Length;
                if (NameIs(property, _members[i].Utf8Name)) { return i; }
            }
            return -1;
        }

        private sealed class Member
        {
            private readonly PropertyInfo _property;
            private Reader? _read;

            public Member(PropertyInfo property)
            {
                _property = property;
                Name = WireNames.Of(property);
                Utf8Name = Encoding.UTF8.GetBytes(Name);
                Required = property.GetCustomAttribute<RequiredMemberAttribute>() is not null;
                ParameterExpression target = Expression.Parameter(typeof(object)), value = Expression.Parameter(typeof(object));
                Set = Expression.Lambda<Action<object, object>>(
                    Expression.Call(Expression.Convert(target, property.DeclaringType!), property.SetMethod!,
                        Expression.Convert(value, property.PropertyType)),
                    target, value).Compile();
            }

            public string Name { get; }

            public byte[] Utf8Name { get; }

            public bool Required { get; }

            public Action<object, object> Set { get; }

            // Looked up at first use, because rules contain rules.
            public object? Read(in JsonElement element, Where where, FaultList faults) =>
                (_read ??= For(_property))(element, where, faults);
        }
    }
}
