namespace Ledger.Host.Evidence.Bundle;

/// <summary>What a bundle says about itself to whoever opens it first.</summary>
internal static class BundleReadme
{
    public static string Chinese(BundleContent content) => $"""
        # 证据包：{content.Request.Unit}{(content.Request.Lawsuit is { } lawsuit ? $"，案件 {lawsuit}" : "")}

        本包由“{content.Checkpoint.Checkpoint.Origin}”账本导出，数字截至 {content.Scope.AsOf:yyyy-MM-dd}，依据账本位置 {content.Scope.Position}。
        接收方：{content.Request.Recipient}；用途：{content.Request.Purpose}。
        {(content.Request.Full ? "未遮蔽个人信息，请妥善保管。" : "个人信息已遮蔽；遮蔽不影响任何证明，所列文书未随包提供。")}

        ## 不必相信导出方，请自行核验

        1. 从可靠渠道（例如政府公报、法院或检察院的见证记录）取得账本的公钥（形如 `名称+8 位十六进制+Base64`），不要使用包内的公钥。
        2. 没有安装任何程序：断开网络，用浏览器打开本包中的 `verify.html`，选择本 ZIP 文件，填入公钥。
        3. 有 .NET 10：`ledger-verify 本文件.zip --key 公钥`，或 `--policy 见证策略文件`；若持有此前的检查点，加 `--checkpoint 文件`。
        4. 只核对文件是否完整：解压后在包内运行 `sha256sum -c --strict manifest-sha256.txt tagmanifest-sha256.txt`。

        退出码：0 可信，1 被篡改，2 不完整，3 密钥不可信，4 格式错误。

        ## 内容

        - `data/report.html`：给人看的报告，可打印为 A4。
        - `data/facts.jsonl`：事实，每行一条（CloudEvents 1.0），按封存顺序。
        - `data/leaves.jsonl`：每条事实的封存条目、盐和包含证明，行号与上一文件一致。
        - `data/heads.json`：各流末端的证明：缺一条事实、少一个案件都能发现。
        - `data/checkpoint`、`data/policy`、`data/keys.jsonl`、`data/consistency.jsonl`、`data/timestamps/`：签名、见证、换钥、一致性、可信时间。
        - `data/claims.json`：所称数字（排名、成绩单、义务）；核验程序用自己的代码由事实重新算出。
        - `data/attachments/`：文书，文件名即其 SHA-256。

        """;

    public static string English(BundleContent content) => $"""
        # Evidence of {content.Request.Unit}{(content.Request.Lawsuit is { } lawsuit ? $", lawsuit {lawsuit}" : "")}

        Exported from the ledger '{content.Checkpoint.Checkpoint.Origin}'. The numbers are as of {content.Scope.AsOf:yyyy-MM-dd} and rest on ledger position {content.Scope.Position}.
        Recipient: {content.Request.Recipient}. Purpose: {content.Request.Purpose}.
        {(content.Request.Full ? "Personal data are not masked: keep it safe." : "Personal data are masked, which breaks no proof; the documents that the facts name are withheld.")}

        ## Do not trust who gave it to you: check it

        1. Get the ledger's public key (`name+8 hex digits+Base64`) from somewhere you trust, such as the gazette or a witness. Do not use the one in this bundle.
        2. Without installing anything: go offline, open `verify.html` of this bundle in a browser, choose this ZIP file, enter the key.
        3. With .NET 10: `ledger-verify THIS.zip --key KEY`, or `--policy FILE` with your witnesses; if you hold an earlier checkpoint, add `--checkpoint FILE`.
        4. Only whether the files are whole: unpack it and run `sha256sum -c --strict manifest-sha256.txt tagmanifest-sha256.txt` in it.

        Exit codes: 0 good, 1 tampered, 2 incomplete, 3 untrusted key, 4 malformed.

        ## Content

        - `data/report.html`: the report for people (in Chinese), prints to A4.
        - `data/facts.jsonl`: the facts, one a line (CloudEvents 1.0), in the order in which they were sealed.
        - `data/leaves.jsonl`: each fact's sealed entry, salts and inclusion proof, on the same line.
        - `data/heads.json`: proofs of the last event of each stream: a missing fact or a missing lawsuit shows.
        - `data/checkpoint`, `data/policy`, `data/keys.jsonl`, `data/consistency.jsonl`, `data/timestamps/`: signatures, witnesses, key changes, consistency, trusted time.
        - `data/claims.json`: the numbers; a verifier derives them again from the facts by code of its own.
        - `data/attachments/`: the documents, named by their SHA-256.

        """;
}
