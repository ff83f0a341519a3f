using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ledger.Domain.Sealing;
using Ledger.Host.Evidence.Keys;

namespace Ledger.Host.Evidence.Witnesses;

/// <summary>A witness did not cosign.</summary>
/// <param name="code">Stable code.</param>
/// <param name="chinese">Why.</param>
/// <param name="english">The same in English.</param>
public sealed class WitnessException(string code, string chinese, string english) : Exception($"{code}: {chinese} / {english}")
{
    /// <summary>It cannot be reached or does not answer in time.</summary>
    public const string Unreachable = "witness.unreachable";

    /// <summary>It has cosigned more than this ledger has published: the ledger was rolled back, or somebody else signs for it.</summary>
    public const string Ahead = "witness.ahead";

    /// <summary>It has cosigned a history that this ledger's is not a continuation of: one of the two was rewritten.</summary>
    public const string Fork = "witness.fork";

    /// <summary>It refuses to.</summary>
    public const string Refused = "witness.refused";

    /// <summary>Its answer is no cosignature of its key.</summary>
    public const string AnswerInvalid = "witness.answer-invalid";

    /// <summary>The answer is about a checkpoint that this ledger has not published.</summary>
    public const string NotOurs = "witness.not-ours";

    /// <summary>The stable code.</summary>
    public string Code { get; } = code;

    /// <summary>With <see cref="Ahead"/>: the size that it has cosigned.</summary>
    public long? Size { get; init; }

    /// <summary>Whether it contradicts the ledger, and is not merely away or unwilling.</summary>
    public bool Contradicts => Code is Ahead or Fork;
}

/// <summary>Asks witnesses over HTTP (C2SP tlog-witness, "add-checkpoint").</summary>
public sealed class WitnessClient(HttpClient http)
{
    private const string SizeType = "text/x.tlog.size";
    private const int Attempts = 3;

    /// <summary>A client that does not wait long, follows nobody elsewhere and reads no long answers.</summary>
    public static HttpClient NewHttp() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = TimeSpan.FromSeconds(15),
        MaxResponseContentBufferSize = AddCheckpoint.MaxBytes,
    };

    /// <summary>
    /// Asks a witness to cosign a checkpoint. When it says that it stands elsewhere than was thought, it is asked again from there.
    /// </summary>
    /// <param name="witness">Which; it must have an address.</param>
    /// <param name="note">The signed checkpoint.</param>
    /// <param name="known">The size that it is thought to have cosigned last.</param>
    /// <param name="source">Gives the proofs.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Its cosignature, verified.</returns>
    /// <exception cref="WitnessException">It did not cosign.</exception>
    public async Task<NoteSignature> AskAsync(PolicyWitness witness, SignedNote note, long known, ICheckpointSource source, CancellationToken cancellation = default)
    {
        var size = Checkpoint.Parse(note.Text).Size;
        var old = Math.Min(known, size);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var proof = old == 0 || old == size ? [] : await source.ConsistencyAsync(old, size, cancellation);
            var (status, type, body) = await PostAsync(witness, new AddCheckpoint(old, proof, note), cancellation);
            if (status == HttpStatusCode.OK) return Cosignatures.Find(note, body.Split('\n', StringSplitOptions.RemoveEmptyEntries), witness.Key);
            if (status != HttpStatusCode.Conflict) throw Refused(witness, status, body);
            old = SizeOf(witness, type, body);
            if (old > size)
                throw new WitnessException(
                    WitnessException.Ahead, $"见证“{witness.Name}”已签至 {old} 项，而本账本只公布到 {size} 项",
                    $"the witness '{witness.Name}' has cosigned {old} leaves and this ledger has published {size}") { Size = old };
        }

        throw new WitnessException(
            WitnessException.Refused, $"见证“{witness.Name}”的位置不断变动", $"the witness '{witness.Name}' keeps moving");
    }

    private async Task<(HttpStatusCode Status, string? Type, string Body)> PostAsync(PolicyWitness witness, AddCheckpoint request, CancellationToken cancellation)
    {
        try
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(request.ToString()));
            content.Headers.ContentType = new MediaTypeHeaderValue("text/plain", "utf-8");
            using var answer = await http.PostAsync(new Uri(witness.Url!.TrimEnd('/') + "/add-checkpoint"), content, cancellation);
            return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(cancellation)));
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new WitnessException(
                WitnessException.Unreachable, $"见证“{witness.Name}”无法连接：{e.Message}", $"the witness '{witness.Name}' cannot be reached: {e.Message}");
        }
    }

    private static long SizeOf(PolicyWitness witness, string? type, string body) =>
        type == SizeType && body.EndsWith('\n') && long.TryParse(body[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? size
            : throw new WitnessException(
                WitnessException.AnswerInvalid, $"见证“{witness.Name}”没有说明其位置", $"the witness '{witness.Name}' does not say where it stands");

    private static WitnessException Refused(PolicyWitness witness, HttpStatusCode status, string body)
    {
        // Somebody else's words, cut and without control characters: they go into logs.
        var reason = string.Concat(body.Take(200).Where(c => !char.IsControl(c)));
        return (int)status >= 500
            ? new WitnessException(WitnessException.Unreachable, $"见证“{witness.Name}”出错（{(int)status}）", $"the witness '{witness.Name}' failed ({(int)status})")
            : new WitnessException(
                status == HttpStatusCode.UnprocessableEntity ? WitnessException.Fork : WitnessException.Refused, $"见证“{witness.Name}”拒绝（{(int)status}）：{reason}", $"the witness '{witness.Name}' refuses ({(int)status}): {reason}");
    }
}

/// <summary>Finds the cosignature in an answer, however it came.</summary>
internal static class Cosignatures
{
    /// <summary>The cosignature of a key over a note; lines of other keys are ignored.</summary>
    /// <exception cref="WitnessException">There is none, or one that claims to be and is not.</exception>
    public static NoteSignature Find(SignedNote note, IEnumerable<string> lines, NoteKey key)
    {
        try
        {
            var answered = lines.Select(NoteSignature.Parse).Where(l => l.Name == key.Name && l.KeyId == key.KeyId).ToList();
            if (answered.Count == 0) throw Invalid(key);
            var verdict = answered.Aggregate(note, (signed, line) => signed.With(line)).Verify(NoteKeys.Require(key));
            return verdict.IsTrusted ? answered[^1] : throw Invalid(key);
        }
        catch (EvidenceFormatException)
        {
            throw Invalid(key);
        }
    }

    private static WitnessException Invalid(NoteKey key) => new(
        WitnessException.AnswerInvalid, $"答复中没有“{key.Name}”的有效见证签名", $"the answer holds no valid cosignature of '{key.Name}'");
}
