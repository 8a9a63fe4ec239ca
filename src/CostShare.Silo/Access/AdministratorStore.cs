using System.Security.Cryptography;
using System.Text;
using CostShare.Silo.Journals;

namespace CostShare.Silo.Access;

/// <summary>Who may see and change what is stored: whoever has the administrator's token, of which only the SHA-256 is kept.</summary>
public sealed class AdministratorStore
{
    private readonly IKeptHash _kept;
    private volatile byte[]? _hash;

    private AdministratorStore(IKeptHash kept, byte[]? hash) => (_kept, _hash) = (kept, hash);

    /// <summary>Opens the store.</summary>
    /// <param name="kept">Where the hash is kept: the file <c>administrator.json</c> of the data folder, or the database.</param>
    /// <exception cref="IOException">What is kept is damaged or cannot be read; it is never taken for nothing.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be read.</exception>
    public static async Task<AdministratorStore> Open(IKeptHash kept) => new(kept, await kept.Read());

    /// <summary>Whether there is an administrator, set up by this process or another one.</summary>
    /// <exception cref="IOException">What is kept is damaged or cannot be read.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be read.</exception>
    // The first one stays, so what was found once is not asked again.
    public async Task<bool> IsSetUp() => (_hash ??= await _kept.Read()) is not null;

    /// <summary>Sets the administrator's token up, unless one is.</summary>
    /// <param name="hash">The SHA-256 of the token.</param>
    /// <returns>Whether this token is the administrator's now, also if it was before.</returns>
    /// <exception cref="IOException">What is kept is damaged.</exception>
    /// <exception cref="JournalUnavailableException">Nothing was stored.</exception>
    /// <exception cref="OutcomeUnknownException">Whether it was stored is not known; trying again with the same token tells.</exception>
    public async Task<bool> TrySetUp(byte[] hash)
    {
        _hash = await _kept.Keep(hash);
        return CryptographicOperations.FixedTimeEquals(_hash, hash);
    }

    /// <summary>Whether a token is the administrator's; how long this takes tells nothing about the right one.</summary>
    /// <param name="token">The token.</param>
    /// <exception cref="IOException">What is kept is damaged or cannot be read.</exception>
    /// <exception cref="JournalUnavailableException">The database cannot be read.</exception>
    public async Task<bool> IsAdministrator(string token) => await IsSetUp() && CryptographicOperations.FixedTimeEquals(HashOf(token), _hash);

    /// <summary>The hash that is kept of a token.</summary>
    /// <param name="token">The token.</param>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
