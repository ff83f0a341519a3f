using Ledger.Domain.Facts;

namespace Ledger.Host.Api;

/// <summary>
/// What is wrong with a request itself, before any rule of the ledger is asked: the same shape as a refusal, with stable codes
/// of its own.
/// </summary>
public static class RequestRefusals
{
    /// <summary>What the host answers for a status that has no body of its own.</summary>
    private static readonly Dictionary<int, Refusal> ByStatus = new()
    {
        [400] = new("request.invalid", "请求不合格", "the request is invalid"),
        [401] = new("auth.required", "需要有效的访问令牌", "a valid access token is required"),
        [403] = new("auth.forbidden", "当前角色无权办理", "your role may not do this"),
        [404] = new("request.not-found", "没有这个地址", "there is nothing at this address"),
        [405] = new("request.method-not-allowed", "此地址不支持该方法", "the address does not allow this method"),
        [406] = new("request.not-acceptable", "没有客户端可接受的格式", "no acceptable format"),
        [408] = new("request.timeout", "请求超时", "the request took too long"),
        [409] = new("request.conflict", "请求与当前状态冲突", "the request conflicts with the present state"),
        [413] = new("request.too-large", "请求内容过大", "the request is too large"),
        [415] = new("request.unsupported-media-type", "不支持此内容类型", "the content type is not supported"),
        [429] = new("request.too-many", "操作过于频繁，请一分钟后再试", "too many requests; try again in a minute"),
        [431] = new("request.headers-too-large", "请求头过大", "the headers are too large"),
        [499] = new("request.cancelled", "客户端已取消请求", "the client cancelled the request"),
        [500] = new("server.error", "系统内部错误，请联系管理员", "internal error; please tell the administrator"),
        [503] = new("server.unavailable", "系统暂时不可用，请稍后再试", "temporarily unavailable; try again later"),
    };

    private static readonly Dictionary<string, int> Statuses = ByStatus
        .Select(s => (s.Value.Code, s.Key))
        .Append((KeyMissing.Code, 400)).Append((HeaderInvalid("").Code, 400))
        .ToDictionary(s => s.Item1, s => s.Item2, StringComparer.Ordinal);

    /// <summary>A command without an idempotency key: sent twice it could be recorded twice.</summary>
    public static Refusal KeyMissing => new(
        "request.idempotency-key-missing", "缺少 Idempotency-Key 请求头：重复发送时须能识别", "the Idempotency-Key header is missing: a repeat must be recognisable");

    /// <summary>Every code, for the description of the API.</summary>
    public static IEnumerable<string> Codes => Statuses.Keys.Order(StringComparer.Ordinal);

    /// <summary>A header whose value does not parse.</summary>
    public static Refusal HeaderInvalid(string name) => new("request.header-invalid", $"请求头 {name} 的值不合格", $"the header {name} has an invalid value");

    /// <summary>The refusal of a bare status.</summary>
    public static Refusal Of(int status) => ByStatus.GetValueOrDefault(status) ?? (status >= 500 ? ByStatus[500] : ByStatus[400]);

    /// <summary>The status of one of these codes; null for a code of the ledger's rules.</summary>
    public static int? StatusOf(string code) => Statuses.TryGetValue(code, out var status) ? status : null;
}
