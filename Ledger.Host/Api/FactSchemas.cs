using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using Ledger.Domain.Plan;
using Ledger.Host.Answers;
using Ledger.Host.Security;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Ledger.Host.Api;

/// <summary>
/// Describes the facts in OpenAPI by the very schemas that check them, so that the description cannot say anything else than
/// what the ledger does.
/// </summary>
public sealed class FactSchemas : IOpenApiDocumentTransformer, IOpenApiOperationTransformer
{
    private const string Bearer = "bearer";
    private const string ProblemName = "Problem";

    private static readonly Lazy<FactTexts> Texts = new(FactTexts.Load);

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "双下降合规账本 (Ledger)",
            Version = "v1",
            Description = "事实只增不改；每个数字都能追溯到所依据的案件。 / Facts are admitted, never edited; every number names the lawsuits behind it.",
        };
        document.Servers = [];
        var components = document.Components ??= new OpenApiComponents();
        components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
        components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" };
        foreach (var entry in EventCatalog.All) Component(document, entry.Name, () => Data(entry));
        Component(document, ProblemName, Problem);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy is { } policy)
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
            operation.Description = $"角色 / roles: {string.Join(", ", LedgerPolicies.Roles[policy].Order())}";
        }

        if (metadata.OfType<Question>().FirstOrDefault() is { } question && operation.Parameters is { } parameters)
            foreach (var parameter in Parameterised.Each(Parameterised.All))
                if (parameters.FirstOrDefault(p => string.Equals(p.Name, Parameterised.NameOf(parameter), StringComparison.OrdinalIgnoreCase)) is not { } described) continue;
                else if (!question.Takes.HasFlag(parameter)) parameters.Remove(described);
                else if (described is OpenApiParameter own) own.Required = question.Required.HasFlag(parameter);
        foreach (var (status, response) in operation.Responses ?? [])
            if (status is [>= '4', ..] && response is OpenApiResponse described)
                described.Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(ProblemName, document) },
                };
        if (metadata.OfType<CatalogEntry>().FirstOrDefault() is not { } entry) return Task.CompletedTask;

        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new() { Schema = new OpenApiSchemaReference(entry.Name, document) },
            },
        };
        operation.Parameters ??= [];
        operation.Parameters.Add(Header(Caller.KeyHeader, true, "发送方自己的编号；重复发送同一编号不会重复记录 / the sender's own id: sent again it changes nothing", 256));
        operation.Parameters.Add(Header("If-Match", false, "流的版本（带引号）；不一致时 409 / the stream's version in quotes; another one is refused with 409", 30));
        operation.Parameters.Add(Header(Caller.TimeHeader, false, "发送方记录的时刻（RFC 3339）/ when the sender recorded it", 40));
        operation.Parameters.Add(Header(Caller.ClauseHeader, false, "所依据的条款 / the clause that it serves", 256));
        return Task.CompletedTask;
    }

    private static OpenApiSchema Data(CatalogEntry entry)
    {
        var schema = Members(entry.Schema);
        schema.Title = entry.Chinese;
        schema.Description = Texts.Value.Of(entry.Schema.Name);
        return schema;
    }

    private static OpenApiSchema Members(FactSchema facts) => new()
    {
        Type = JsonSchemaType.Object,
        AdditionalPropertiesAllowed = false,
        Required = facts.Members.Where(m => m.Required).Select(m => m.Name).ToHashSet(StringComparer.Ordinal),
        Properties = facts.Members.ToDictionary(m => m.Name, m => (IOpenApiSchema)Member(facts, m), StringComparer.Ordinal),
    };

    private static OpenApiSchema Member(FactSchema facts, MemberSchema member)
    {
        var schema = Value(member.Value);
        schema.Description = Texts.Value.Of(facts.Name, member.Name);
        if (!member.Required) schema.Type |= JsonSchemaType.Null;
        if (member.IsPersonalData) schema.Description += " 个人信息 / personal data.";
        return schema;
    }

    private static OpenApiSchema Value(ValueSchema value) => value.Kind switch
    {
        MemberKind.Object => Members(value.Members!),
        MemberKind.List => new OpenApiSchema { Type = JsonSchemaType.Array, Items = Value(value.Item!) },
        MemberKind.Set => new OpenApiSchema { Type = JsonSchemaType.Object },
        MemberKind.Boolean => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        MemberKind.Integer => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
        MemberKind.Long => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        MemberKind.Code => Text(s => s.Enum = [.. value.Codes!.Select(c => (JsonNode)c)]),
        MemberKind.Date => Text(s => s.Format = "date"),
        MemberKind.Instant => Text(s => s.Format = "date-time"),
        MemberKind.Money => Text(s => s.Pattern = "^[0-9]{1,15}(\\.[0-9]{1,4})?$"),
        MemberKind.Sha256 or MemberKind.Digest => Text(s => s.Pattern = "^[0-9A-Fa-f]{64}$"),
        MemberKind.Key => Text(s => s.Pattern = "^[A-Za-z0-9._\\-\\u4E00-\\u9FFF]{1,80}$"),
        MemberKind.Period => Text(s => s.Pattern = "^[0-9]{4}(Q[1-4]|-(0[1-9]|1[0-2]))?$"),
        _ => Text(s => s.MaxLength = FactSchema.LongestText),
    };

    private static OpenApiSchema Text(Action<OpenApiSchema> more)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String };
        more(schema);
        return schema;
    }

    private static OpenApiSchema Problem()
    {
        var codes = RefusalTexts.All.Keys.Concat(RequestRefusals.Codes).Select(c => (JsonNode)c).ToList();
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "问题详情（RFC 9457）；code 稳定不变 / problem details; the code is stable",
            Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
            {
                ["type"] = Text(_ => { }),
                ["title"] = Text(s => s.Description = "英文 / in English"),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                ["detail"] = Text(s => s.Description = "中文 / in Chinese"),
                ["code"] = Text(s => s.Enum = codes),
                ["message"] = Text(_ => { }),
                ["messageEn"] = Text(_ => { }),
                ["version"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Description = "流的当前版本 / the stream's present version" },
            },
        };
    }

    private static void Component(OpenApiDocument document, string name, Func<OpenApiSchema> schema)
    {
        document.Components!.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas[name] = schema();
    }

    private static OpenApiParameter Header(string name, bool required, string description, int maxLength) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Required = required,
        Description = description,
        Schema = Text(s => s.MaxLength = maxLength),
    };
}
