using System.Collections.Immutable;
using CostShare.Grains.Amounts;
using CostShare.Grains.Faults;

namespace CostShare.Grains.Buildings;

/// <summary>Records that follow each other by their days, any of which can be put right.</summary>
internal static class Records
{
    /// <summary>Where a record stands among the others: behind them, or in the place of the one that it corrects.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="corrects">The number of the one that it corrects, from 1; null where it is a new one.</param>
    /// <param name="faults">Receives the fault.</param>
    /// <returns>The position, or null after a fault.</returns>
    public static int? Position(int count, Count? corrects, FaultList faults)
    {
        if (corrects is not Count number) { return count; }
        if (number.Number <= count) { return number.Number - 1; }
        faults.Add(FaultCode.NothingToCorrect, Place.Root.At("corrects"), ("number", number.Number), ("count", count));
        return null;
    }

    /// <summary>Where a record that happened stands among those before it: as <see cref="Position"/> has it.</summary>
    /// <exception cref="FormatException">There is nothing that it could correct.</exception>
    public static int PositionThen(int count, Count? corrects)
    {
        int position = corrects is Count number ? number.Number - 1 : count;
        BuildingEvent.CanHaveHappened(corrects is null || position < count, "a record that is corrected was recorded");
        return position;
    }

    /// <summary>Notes where there is no room for one more.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="most">How many there may be.</param>
    /// <param name="place">Where the one more stands in the command.</param>
    /// <param name="faults">Receives the fault.</param>
    public static void CheckRoom(int count, int most, Place place, FaultList faults)
    {
        if (count >= most) { faults.Add(FaultCode.EntryCount, place, ("count", count + 1), ("minimum", 0), ("maximum", most)); }
    }

    /// <summary>The records with one at a position of <see cref="Position"/>.</summary>
    public static ImmutableList<T> Put<T>(ImmutableList<T> records, int position, T record) =>
        position == records.Count ? records.Add(record) : records.SetItem(position, record);

    /// <summary>Notes where days run back beside a record.</summary>
    public static void CheckDays<T>(ImmutableList<T> records, int position, Func<T, DateOnly> day, FaultList faults)
    {
        for (int i = int.Max(1, position); i <= position + 1 && i < records.Count; i++)
        {
            (DateOnly last, DateOnly on) = (day(records[i - 1]), day(records[i]));
            if (on < last) { faults.Add(FaultCode.DayBeforeLast, Place.Root.At("on"), ("on", Text(on)), ("last", Text(last))); }
        }
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
