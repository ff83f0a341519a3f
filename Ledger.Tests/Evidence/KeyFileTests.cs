using System.Runtime.Versioning;
using System.Text;
using CsCheck;
using Ledger.Domain.Sealing;
using Ledger.Host.Cli;
using Ledger.Host.Evidence;
using Ledger.Host.Evidence.Keys;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Ledger.Tests.Evidence;

[UnsupportedOSPlatform("windows")]
public sealed class KeyFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    [Theory]
    [InlineData(KeyKind.Log)]
    [InlineData(KeyKind.Witness)]
    [InlineData(KeyKind.Sm2)]
    public void A_key_is_written_for_its_owner_alone_and_signs_after_it_was_read(KeyKind kind)
    {
        var made = KeyFile.Create(_folder.File("key"), "wuyang.example/ledger", kind);
        File.GetUnixFileMode(_folder.File("key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();

        var read = KeyFile.Read(_folder.File("key"));
        (read.Public, read.Kind).ShouldBe((made.Public, kind));
        read.ToString().ShouldBe(made.Public.ToString());
        SignedNote.Sign("text\n", read.Signer(TimeProvider.System)).Verify(NoteKeys.Require(made.Public)).IsTrusted.ShouldBeTrue();
    }

    [Fact]
    public void A_key_is_never_overwritten()
    {
        KeyFile.Create(_folder.File("key"), "a", KeyKind.Log);
        var before = File.ReadAllText(_folder.File("key"));
        Should.Throw<KeyFileException>(() => KeyFile.Create(_folder.File("key"), "a", KeyKind.Log)).English.ShouldContain("not overwritten");
        File.ReadAllText(_folder.File("key")).ShouldBe(before);
        Directory.GetFiles(_folder.Path).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void A_key_that_others_have_a_right_to_is_refused(UnixFileMode more)
    {
        KeyFile.Create(_folder.File("key"), "a", KeyKind.Log);
        File.SetUnixFileMode(_folder.File("key"), UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
        var refused = Should.Throw<KeyFileException>(() => KeyFile.Read(_folder.File("key")));
        refused.Chinese.ShouldContain("权限过宽");
        refused.English.ShouldContain("chmod 600");
    }

    [Fact]
    public async Task A_key_of_another_account_is_refused()
    {
        // Root can read everybody's files and is refused by its owner; another account cannot even open this one.
        var path = "/etc/shadow";
        if (Environment.IsPrivilegedProcess)
        {
            path = _folder.File("key");
            KeyFile.Create(path, "a", KeyKind.Log);
            await Tool.OutputAsync("chown", "coreutils", _folder.Path, ["65534", path]);
        }

        Should.Throw<KeyFileException>(() => KeyFile.Read(path)).English.ShouldContain(Environment.IsPrivilegedProcess ? "does not belong" : "cannot be read");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("PRIVATE+KEY+a+00000000+AAAA\n")]
    [InlineData("PRIVATE+KEY+a+00000000+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n")] // another id
    [InlineData("PUBLIC+KEY+a+00000000+AAAA\n")]
    public void What_is_no_key_is_refused(string content)
    {
        Write(content);
        Should.Throw<KeyFileException>(() => KeyFile.Read(_folder.File("key")));
        Should.Throw<KeyFileException>(() => KeyFile.Read(_folder.File("nothing")));
        Should.Throw<KeyFileException>(() => KeyFile.Read(_folder.Path));
    }

    [Fact]
    public void Whatever_the_file_holds_it_is_read_or_refused_and_its_secret_is_not_repeated()
    {
        KeyFile.Create(_folder.File("made"), "a", KeyKind.Sm2);
        var valid = File.ReadAllText(_folder.File("made"));
        // Behind the type and its identifier, which are public; Base 64 may hold a plus itself.
        var secret = valid.Split('+', 5)[^1][12..32];
        NoteSamples.Mutations(valid).Sample(bytes =>
        {
            File.WriteAllBytes(_folder.File("key"), bytes);
            File.SetUnixFileMode(_folder.File("key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            try
            {
                return !KeyFile.Read(_folder.File("key")).ToString().Contains(secret, StringComparison.Ordinal);
            }
            catch (KeyFileException e)
            {
                return !e.Message.Contains(secret, StringComparison.Ordinal);
            }
        }, iter: 300, threads: 1);
    }

    [Fact]
    public void The_folder_of_a_ledger_holds_its_keys()
    {
        var ledger = Guid.Parse("11111111-2222-3333-4444-555555555555");
        var folder = new EvidenceFolder(Options.Create(new EvidenceOptions { Directory = _folder.Path }));
        var ring = new FileKeyRing(folder, TimeProvider.System);
        ring.FindByName(ledger, "wuyang.example/ledger").ShouldBeNull();
        ring.Companions(ledger).ShouldBeEmpty();

        var first = ring.Create(ledger, "wuyang.example/ledger");
        var second = ring.Create(ledger, "wuyang.example/ledger");
        KeyFile.CreateIn(folder.Keys(ledger), "wuyang.example/ledger", KeyKind.Sm2, FileKeyRing.Extension);
        ring.FindByName(ledger, "wuyang.example/ledger").ShouldBeOneOf(first, second);
        foreach (var key in (NoteKey[])[first, second]) ring.Find(ledger, key)!.KeyId.ShouldBe(key.KeyId);
        ring.Find(ledger, NoteSamples.Log().Key).ShouldBeNull();
        ring.Companions(ledger).ShouldHaveSingleItem();
        ring.Find(Guid.Empty, first).ShouldBeNull();

        // A key that somebody else can read stops the sealer; it does not sign as if nothing were.
        File.SetUnixFileMode(Directory.GetFiles(folder.Keys(ledger))[0], UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Should.Throw<EvidenceStoppedException>(() => ring.Find(ledger, first)).Code.ShouldBe(KeyFileException.Code);
    }

    [Fact]
    public async Task The_command_line_makes_a_key_and_shows_its_public_half()
    {
        var key = EvidenceVerbs.Key();
        (await key.Parse(["create", "court.example/witness", "--kind", "Witness", "--to", _folder.File("key")]).InvokeAsync()).ShouldBe(0);
        KeyFile.Read(_folder.File("key")).ShouldSatisfyAllConditions(
            k => k.Kind.ShouldBe(KeyKind.Witness), k => k.Public.Name.ShouldBe("court.example/witness"));
        (await key.Parse(["show", _folder.File("key")]).InvokeAsync()).ShouldBe(0);
        (await key.Parse(["create", "court.example/witness", "--to", _folder.File("key")]).InvokeAsync()).ShouldBe(2);
        (await key.Parse(["create", "two words", "--to", _folder.File("other")]).InvokeAsync()).ShouldBe(2);
        (await key.Parse(["show", _folder.File("other")]).InvokeAsync()).ShouldBe(2);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string content)
    {
        File.WriteAllText(_folder.File("key"), content, new UTF8Encoding(false));
        File.SetUnixFileMode(_folder.File("key"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
