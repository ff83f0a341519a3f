using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;

namespace Ledger.Tests.Pages;

/// <summary>Looks at a page as it stands: a picture, no sideways scrolling, nothing serious for assistive technology.</summary>
internal static class OfficeLook
{
    public static async Task AtAsync(IPage page, string name)
    {
        await page.ScreenshotAsync(new() { Path = Path.Combine(PagesApp.Pictures, name + ".png"), FullPage = true });
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(0, name);
        var found = await page.RunAxe();
        found.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{name}: {v.Id} {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}").ShouldBeEmpty();
    }
}
