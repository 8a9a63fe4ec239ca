using System.Globalization;
using System.Text;
using CostShare.Api.Explanations;
using CostShare.Api.Problems;
using CostShare.Grains.Amounts;
using CostShare.Grains.Register;

namespace CostShare.Api.Buildings;

/// <summary>The small parts of sentences: amounts, days, lists, and what people wrote themselves.</summary>
/// <param name="language">The language.</param>
internal sealed class Phrases(Language language)
{
    /// <summary>How many entries of a list are told; of the others only how many they are.</summary>
    private const int MostListed = 10;

    public string Choose(string chinese, string english) => language.Choose(chinese, english);

    public string Amount(Money amount) => Figures.Text(amount.Fen, FigureKind.Money, language);

    public string SquareMetres(Area area) => Figures.Text(Fraction.Of(area.Hundredths, 100), FigureKind.Area, language);

    public string Percent(Percentage percent) => Figures.Text(percent.Number, FigureKind.Percentage, language);

    public string Number(Coefficient coefficient) => Figures.Text(Fraction.Of(coefficient.Millionths, 1_000_000), FigureKind.Plain, language);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string OfFloor(Floor floor) => Choose($"{floor} 层", $"floor {floor}");

    public string OfHousehold(HouseholdId household) => Choose(Id(household.Value) is var id && id[0] == '“' ? $"{id}户" : $"{id} 户", $"household {Id(household.Value)}");

    public string Households(int number) => string.Create(CultureInfo.InvariantCulture, $"{number} {Choose("户", number == 1 ? "household" : "households")}");

    /// <summary>What people wrote, in quotation marks. Marks in it become those of a quotation within one, so that nobody can end it and go on in our name.</summary>
    public string Quote(string text) => language == Language.Chinese
        ? $"“{text.Replace('“', '‘').Replace('”', '’')}”"
        : $"\"{text.Replace('"', '\'')}\"";

    /// <summary>An id; in quotation marks where it holds anything that might be taken for a part of the sentence.</summary>
    public string Id(string id) => id.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or '#' or '.' or '/') ? id : Quote(id);

    public string Because(string reason) => Choose($"原因：{Quote(reason)}。", $"Reason: {Quote(reason)}.");

    /// <summary>Short entries of a list.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="tell">Tells one.</param>
    /// <param name="counter">The Chinese word that counts them: 户, 项.</param>
    public string List<T>(IEnumerable<T> entries, Func<T, string> tell, string counter) => List(entries, tell, counter, Choose("、", ", "));

    /// <summary>Entries of a list that have commas in them.</summary>
    /// <inheritdoc cref="List{T}(IEnumerable{T}, Func{T, string}, string)"/>
    public string LongList<T>(IEnumerable<T> entries, Func<T, string> tell, string counter) => List(entries, tell, counter, Choose("；", "; "));

    /// <summary>Households by their ids alone.</summary>
    public string Ids(IEnumerable<HouseholdId> households) => List(households, household => Id(household.Value), "户");

    private string List<T>(IEnumerable<T> entries, Func<T, string> tell, string counter, string separator)
    {
        T[] all = [.. entries];
        var text = new StringBuilder(string.Join(separator, all.Take(MostListed).Select(tell)));
        if (all.Length > MostListed) { text.Append(Choose($"；另有 {all.Length - MostListed} {counter}没有列出", $"; and {all.Length - MostListed} more")); }
        return text.ToString();
    }

    /// <summary>Floors: a row without gaps by its ends, others one by one.</summary>
    public string Floors(IEnumerable<Floor> floors)
    {
        Floor[] all = [.. floors.Distinct().Order()];
        return all.Length > 2 && all[^1].Number - all[0].Number == all.Length - 1
            ? Choose($"{all[0]} 层到 {all[^1]} 层", $"floors {all[0]} to {all[^1]}")
            : List(all, OfFloor, "层");
    }

    /// <summary>What something was and what it is; null where it is what it was.</summary>
    public string? Change(string what, string? before, string? now) => before == now ? null : Choose(
        $"{what}原来{Was(before, "没有填", "是")}，现在{Was(now, "没有填", "是")}",
        $"{what} was {before ?? "not stated"}, is now {now ?? "not stated"}");

    /// <summary>By how much an amount grew or fell; with a comma before it, empty where it did not.</summary>
    public string Difference(Money before, Money now) => before == now ? ""
        : before < now ? Choose($"，多了 {Amount(now - before)}", $", {Amount(now - before)} more")
        : Choose($"，少了 {Amount(before - now)}", $", {Amount(before - now)} less");

    /// <summary>A value behind a Chinese word: digits and Latin letters stand off from it.</summary>
    public static string Behind(string value) => char.IsAscii(value[0]) ? $" {value}" : value;

    private static string Was(string? value, string nothing, string something) => value is null ? nothing : something + Behind(value);
}
