using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Ledger.Domain.Lawsuits;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Ledger.Projections.Reading;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Pages;

/// <summary>A demo of its own, for what records facts.</summary>
public sealed class ImportsApp : IAsyncLifetime
{
    /// <summary>The demo.</summary>
    public PagesApp Pages { get; } = new();

    public async ValueTask InitializeAsync() => await Pages.InitializeAsync();

    public async ValueTask DisposeAsync() => await Pages.DisposeAsync();

    /// <summary>The ledger now.</summary>
    public async Task<Situation> SituationAsync()
    {
        var (scope, _) = await Pages.Services.GetRequiredService<Scopes>().ResolveAsync(new TimesAsked(), CancellationToken.None);
        return await Pages.Services.GetRequiredService<FactMemory>().SituationAsync(scope!.Position, scope.AsOf);
    }

    /// <summary>Lawsuits of the year with one defendant, that defendant having filed.</summary>
    public async Task<IReadOnlyList<Lawsuit>> FiledAsync() =>
    [
        .. (await SituationAsync()).Lawsuits.Values.Where(l => l.Docketed!.DocketedOn.Year == 2025 && l.Docketed.CaseNo.Contains("豫1121", StringComparison.Ordinal) && l.Docketed.Defendants.Count == 1
            && l.CaseFiledAt(l.Docketed.Defendants[0].Unit, l.Docketed.CaseNo) is not null).OrderBy(l => l.Key, StringComparer.Ordinal),
    ];

    /// <summary>Sends a file as the form does; where the page goes then.</summary>
    public static async Task<(HttpStatusCode Status, string Location)> SendAsync(HttpClient client, byte[] content, string name, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent { { new StringContent(await OfficeClient.TokenAsync(client, "/imports")), "__RequestVerificationToken" } };
        foreach (var (field, value) in fields) form.Add(new StringContent(value), field);
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "file", name);
        using var answer = await client.PostAsync("/imports/file", form);
        return (answer.StatusCode, answer.Headers.Location?.ToString() ?? "");
    }

    /// <summary>Text as old Chinese programs write it.</summary>
    public static byte[] Gbk(string text) => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);

    /// <summary>A small file that unpacks to much.</summary>
    public static byte[] Bomb()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("xl/workbook.xml");
            using var entry = archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.SmallestSize).Open();
            var zeroes = new byte[1024 * 1024];
            for (var i = 0; i < 160; i++) entry.Write(zeroes);
        }

        stream.Length.ShouldBeLessThan(10 * 1024 * 1024);
        return stream.ToArray();
    }
}

/// <summary>The classes that import share one demo.</summary>
[CollectionDefinition(Name)]
public sealed class ImportsCollection : ICollectionFixture<ImportsApp>
{
    public const string Name = "imports";
}
