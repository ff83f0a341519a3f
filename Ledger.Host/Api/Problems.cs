using Ledger.Domain.Facts;
using Ledger.Host.Intake;

namespace Ledger.Host.Api;

/// <summary>Turns a refusal into problem details (RFC 9457): the stable code, and the text in both languages.</summary>
public static class Problems
{
    /// <summary>The problem of a refusal; a conflict carries the stream's current version.</summary>
    public static IResult Of(Refusal refusal, Receipt? receipt = null)
    {
        var extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = refusal.Code, ["message"] = refusal.Chinese, ["messageEn"] = refusal.English,
        };
        if (receipt is not null) extensions["version"] = receipt.Version;
        return Results.Problem(refusal.Chinese, statusCode: StatusOf(refusal.Code), title: refusal.English, type: "urn:ledger:" + refusal.Code, extensions: extensions);
    }

    private static int StatusOf(string code) => code switch
    {
        Codes.QueryInvalid => StatusCodes.Status400BadRequest,
        Codes.UnitForbidden => StatusCodes.Status403Forbidden,
        Codes.UnitNotFound or Codes.LawsuitNotFound or Codes.SubjectNotFound or Codes.BenchmarkNotFound => StatusCodes.Status404NotFound,
        Codes.StreamConflict or Codes.ImportInProgress => StatusCodes.Status409Conflict,
        Codes.AnswerWithheld => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
