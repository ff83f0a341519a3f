using System.Net;
using Shouldly;

namespace Ledger.Tests.Pages;

/// <summary>A session without a browser, for files.</summary>
internal static class OfficeClient
{
    /// <summary>A client in whose session a person of the demo has signed in.</summary>
    public static async Task<HttpClient> SignInAsync(PagesApp app, string persona)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Url) };
        using var answer = await client.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["persona"] = persona, ["__RequestVerificationToken"] = await TokenAsync(client, "/sign-in"),
        }));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return client;
    }

    /// <summary>The token that a page gives its forms.</summary>
    public static async Task<string> TokenAsync(HttpClient client, string page)
    {
        var html = await client.GetStringAsync(page);
        const string field = "name=\"__RequestVerificationToken\" value=\"";
        var from = html.IndexOf(field, StringComparison.Ordinal) + field.Length;
        return html[from..html.IndexOf('"', from)];
    }
}
