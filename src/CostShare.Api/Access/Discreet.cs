using CostShare.Grains.Faults;

namespace CostShare.Api.Access;

/// <summary>Refusals of bodies that hold names, telephone numbers or tokens: they say where and what is wrong, and repeat nothing that was sent.</summary>
internal static class Discreet
{
    private const string NotRepeated = "…";

    /// <summary>The same faults without what was sent.</summary>
    /// <remarks>The other faults of such bodies tell lengths, counts, positions and names of members that the program knows.</remarks>
    public static FaultList Retold(FaultList faults) => faults.Retold(fault => fault.Code switch
    {
        FaultCode.WrongType => fault with { Values = [.. fault.Values.Select(value => value.Name == "value" ? new FaultValue("value", NotRepeated) : value)] },
        // The name of the member may be somebody's.
        FaultCode.MemberUnknown => fault with { Place = Above(fault.Place), Values = [("member", NotRepeated)] },
        _ => fault,
    });

    private static Place Above(Place place) => place.ToString().Split('/')[1..^1].Aggregate(Place.Root, (above, name) => above.At(name));
}
