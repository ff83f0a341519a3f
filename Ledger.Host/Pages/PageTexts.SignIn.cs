namespace Ledger.Host.Pages;

public sealed partial record PageTexts
{
#pragma warning disable CS1591 // Each text is its own meaning.
    public string SignInFailed => Say("登录未完成", "You are not signed in");
    public string SignInFailedHint => Say("统一身份认证没有确认您的身份，或等待过久。没有任何内容被记录或更改。", "The authority did not confirm who you are, or it took too long. Nothing was recorded or changed.");
    public string SignInAgain => Say("重新登录", "Sign in again");
#pragma warning restore CS1591
}
