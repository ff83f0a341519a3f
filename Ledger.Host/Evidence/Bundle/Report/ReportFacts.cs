using System.Text.Json.Nodes;
using Ledger.Domain.Facts;
using static Ledger.Host.Evidence.Bundle.Report.ReportText;

namespace Ledger.Host.Evidence.Bundle.Report;

/// <summary>The timeline, and what was corrected or retracted in it.</summary>
internal sealed class ReportFacts
{
    private readonly ReportModel _model;
    private readonly ReportText _text;
    private readonly ILookup<FactId, ReportFact> _amendments;
    private readonly HashSet<FactId> _retracted;

    public ReportFacts(ReportModel model, ReportText text)
    {
        (_model, _text) = (model, text);
        _retracted = [.. model.Facts.Where(f => f.Type == "FactRetracted").Select(f => f.Target!)];
        // A correction that was itself retracted restores what was before it.
        _amendments = model.Facts.Where(f => f.Type == "FactCorrected" && !_retracted.Contains(f.Id)).ToLookup(f => f.Target!);
    }

    /// <summary>All facts in the ledger's order; a value that was corrected is struck through and followed by the one that counts.</summary>
    public string Timeline() => ReportTable.Of(
        "时间线", ["序号", "入账时间", "法律日期", "卷宗", "事实", "内容", "记录人"],
        _model.Facts.Select(fact => new ReportTable.Row(
            [
                fact.Sequence, Beijing(fact.RecordedAt), fact.LegalDate is { } day ? LegalDate(fact, day) : "—", _text.Stream(fact.Subject),
                Escape(fact.Chinese) + Mark(fact), Content(fact), Escape(fact.Actor ?? "—"),
            ],
            _retracted.Contains(fact.Id) ? "retracted" : "")),
        "timeline");

    /// <summary>Every correction and retraction, with what it changed and who approved it.</summary>
    public string Corrections() => ReportTable.Of(
        "更正与撤回", ["序号", "所指事实", "原值", "更正为", "理由", "批准人", "入账时间"],
        _model.Facts.Where(f => f.Target is not null).Select(f => new ReportTable.Row(
            [
                f.Sequence, TargetText(f), Old(f), New(f), _text.Value("reason", f.Data["reason"]), _text.Value("approvedBy", f.Data["approvedBy"]), Beijing(f.RecordedAt),
            ],
            _retracted.Contains(f.Id) ? "retracted" : "")));

    private ReportFact? Find(FactId? id) => _model.Facts.FirstOrDefault(f => f.Id == id);

    private string TargetText(ReportFact fact) => Find(fact.Target) is { } target
        ? $"序号 {target.Sequence}　{Escape(target.Chinese)}<br>{_text.Stream(target.Subject)}"
        : Escape(fact.Target!.ToString());

    private string Old(ReportFact fact) => fact.Type == "FactRetracted"
        ? "（全部）"
        : string.Concat(Set(fact).Select(m => $"<div>{Escape(FactWords.Of(m.Key))} <del>{_text.Value(m.Key, Find(fact.Target)?.Data[m.Key])}</del></div>"));

    private string New(ReportFact fact) => fact.Type == "FactRetracted"
        ? "撤回"
        : string.Concat(Set(fact).Select(m => $"<div>{Escape(FactWords.Of(m.Key))} <ins>{_text.Value(m.Key, m.Value)}</ins></div>"));

    private static JsonObject Set(ReportFact fact) => fact.Data["set"] as JsonObject ?? [];

    // Of several corrections of one member the last counts (counting-rules.md §1).
    private string? Corrected(ReportFact fact, string member) =>
        _amendments[fact.Id].LastOrDefault(a => Set(a).ContainsKey(member)) is { } last ? _text.Value(member, Set(last)[member]) : null;

    private string Content(ReportFact fact)
    {
        var added = _amendments[fact.Id].SelectMany(a => Set(a)).Select(m => m.Key).Distinct(StringComparer.Ordinal).Where(m => !fact.Data.ContainsKey(m) && !fact.Hidden.Contains(m, StringComparer.Ordinal));
        return _text.Members(fact.Data, member => Corrected(fact, member))
            + string.Concat(added.Select(m => $"<div class=\"member\"><span class=\"name\">{Escape(FactWords.Of(m))}</span><ins>{Corrected(fact, m)}</ins></div>"))
            + string.Concat(fact.Hidden.Select(m => $"<div class=\"member\"><span class=\"name\">{Escape(FactWords.Of(m))}</span><span class=\"hidden\">已隐去</span></div>"));
    }

    private string LegalDate(ReportFact fact, DateOnly day)
    {
        var text = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var member = fact.Data.FirstOrDefault(m => m.Value is JsonValue && m.Value.ToString() == text).Key;
        return member is not null && Corrected(fact, member) is { } now ? $"<del>{Unbroken(text)}</del><br><ins>{now}</ins>" : Unbroken(text);
    }

    private string Mark(ReportFact fact) =>
        _retracted.Contains(fact.Id) ? "<div class=\"mark\">已撤回</div>" : _amendments[fact.Id].Any() ? "<div class=\"mark\">已更正</div>" : "";
}
