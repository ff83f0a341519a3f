using System.Text.Encodings.Web;
using Ledger.Domain.Facts;
using Ledger.Host.Intake;
using Ledger.Projections.Reading;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace Ledger.Host.Api;

/// <summary>Turns a refusal into problem details (RFC 9457): the stable code, and the text in both languages.</summary>
public static class Problems
{
    /// <summary>The type of a problem is a name, not an address that somebody would have to keep alive.</summary>
    public const string TypePrefix = "urn:ledger:";

    /// <summary>The problem of a question that is not answered.</summary>
    public static IResult Of(Refusal refusal) => Of(refusal, StatusOf(refusal.Code));

    /// <summary>
    /// The problem of a command. That the subject itself does not exist is 404; another unit that the fact names is not what
    /// was addressed. A conflict carries the stream's current version.
    /// </summary>
    public static IResult OfCommand(Refusal refusal, Subject subject, Receipt? receipt = null)
    {
        var status = StatusOf(refusal.Code);
        if (status == StatusCodes.Status404NotFound && !IsAbout(refusal, subject)) status = StatusCodes.Status422UnprocessableEntity;
        return Of(refusal, status, receipt is null ? null : ("version", receipt.Version));
    }

    /// <summary>A problem with members of its own.</summary>
    public static IResult Of(Refusal refusal, int status, params (string Name, object? Value)?[] more)
    {
        var problem = new ProblemDetails { Status = status };
        Fill(problem, refusal);
        foreach (var (name, value) in more.OfType<(string, object?)>()) problem.Extensions[name] = value;
        return Results.Problem(problem);
    }

    /// <summary>The status of a code.</summary>
    public static int StatusOf(string code) => RequestRefusals.StatusOf(code) ?? code switch
    {
        Codes.QueryInvalid => StatusCodes.Status400BadRequest,
        Codes.UnitForbidden or Codes.ActorNotCaller => StatusCodes.Status403Forbidden,
        Codes.UnitNotFound or Codes.LawsuitNotFound or Codes.SubjectNotFound or Codes.BenchmarkNotFound or Codes.AttachmentNotFound or Codes.EvidenceNotSealed => StatusCodes.Status404NotFound,
        Codes.AttachmentTooLarge => StatusCodes.Status413PayloadTooLarge,
        Codes.AttachmentTypeNotAccepted => StatusCodes.Status415UnsupportedMediaType,
        Codes.StreamConflict or Codes.ImportInProgress => StatusCodes.Status409Conflict,
        Codes.AnswerWithheld or Codes.EvidenceStopped or Codes.EvidenceFactMissing => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>Registers problem details for everything that has no body of its own: also for what nobody foresaw.</summary>
    public static void Register(IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            // Results.Problem adds members of its own; only what no rule has filled is filled here.
            if (!problem.Extensions.ContainsKey("code")) Fill(problem, RequestRefusals.Of(problem.Status ?? context.HttpContext.Response.StatusCode));
            problem.Extensions.Remove("exception");
        });
        // Chinese stays readable; the answers are served as JSON with nosniff, never as a page.
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }

    /// <summary>Answers exceptions and bodiless statuses. The details of an exception go to the log only.</summary>
    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = thrown => thrown switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                // An event that this program cannot read: what depends on it is withheld, here as in the answers.
                UnreadableFactException => StatusCodes.Status503ServiceUnavailable,
                PostgresException => StatusCodes.Status500InternalServerError,
                NpgsqlException => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            },
        });
        app.UseStatusCodePages();
    }

    private static bool IsAbout(Refusal refusal, Subject subject) => refusal.Code switch
    {
        Codes.UnitNotFound => subject.Kind == StreamKind.Unit && refusal == Refusal.Of(Codes.UnitNotFound, subject.Key),
        Codes.LawsuitNotFound => subject.Kind == StreamKind.Lawsuit && refusal == Refusal.Of(Codes.LawsuitNotFound, subject.Key),
        Codes.SubjectNotFound => refusal == Refusal.Of(Codes.SubjectNotFound, subject),
        _ => true,
    };

    private static void Fill(ProblemDetails problem, Refusal refusal)
    {
        problem.Type = TypePrefix + refusal.Code;
        problem.Title = refusal.English;
        problem.Detail = refusal.Chinese;
        problem.Extensions["code"] = refusal.Code;
        problem.Extensions["message"] = refusal.Chinese;
        problem.Extensions["messageEn"] = refusal.English;
    }
}
