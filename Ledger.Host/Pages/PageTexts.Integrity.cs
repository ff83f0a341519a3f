namespace Ledger.Host.Pages;

public sealed partial record PageTexts
{
#pragma warning disable CS1591 // Each text is its own meaning.
    public string IntegrityNav => Say("完整性", "Integrity");
    public string Checkpoints => Say("检查点与见证", "Checkpoints and witnesses");
    public string Witnesses => Say("见证", "Witnesses");
    public string NoWitnesses => Say("未配置见证", "no witness is configured");
    public string NotCosigned => Say("尚未会签", "not cosigned");
    public string TimeStamps => Say("时间戳", "Time-stamps");
    public string Quorum(bool? met) => met switch { true => Say("达到法定数", "quorum met"), false => Say("未达法定数", "quorum not met"), _ => "—" };
    public string ReadModels => Say("投影", "Read models");
    public string ReadModelsAt(long position) => Say($"已读至位置 {position}", $"read up to position {position}");
    public string ReadModelsBehind(long n) => n == 0 ? Say("没有落后", "not behind") : Say($"落后 {n} 个位置（数字改由事实直接重算）", $"{n} positions behind (numbers are folded from the facts meanwhile)");
    public string ReadModelsStopped(long? at) => Say($"已停在事件 {at}：依赖它的排名和成绩单暂不提供，不提供可能有误的数字", $"stopped at event {at}: the rankings and scorecards that rest on it are withheld rather than wrong");
    public string PublicKey => Say("公钥（核验时须另行取得并固定）", "Public key (to be pinned; get it from elsewhere as well)");
    public string Export => Say("导出证据包", "Take an evidence bundle");
    public string ExportHint => Say("证据包自带证明和核验页面；每次导出本身也记入账本。", "A bundle proves itself and brings a page that verifies it; each export is recorded in the ledger.");
    public string PeriodOptional => Say("期间（可空，如 2024、2024Q3）", "Period (may be empty; 2024, 2024Q3)");
    public string Disclosure => Say("人名", "Names of people");
    public string Masked => Say("隐去（仍可核验）", "hidden (it still verifies)");
    public string Full => Say("写明（记录此次披露）", "shown (the disclosure is recorded)");
    public string Recipient => Say("接收人", "Recipient");
    public string Purpose => Say("用途", "Purpose");
    public string MakeBundle => Say("生成并下载", "Make and download");
    public string VerifyBundle => Say("核验证据包", "Verify a bundle");
    public string VerifyHint => Say("在浏览器内核验，文件不离开本机。", "It is verified inside the browser; the file stays on your machine.");
#pragma warning restore CS1591
}
