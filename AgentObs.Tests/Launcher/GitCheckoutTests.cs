using System.Diagnostics;
using AgentObs.Launcher;

namespace AgentObs.Tests.Launcher;

/// <summary>What is read from the files of .git is what git says.</summary>
public sealed class GitCheckoutTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    [Fact]
    public async Task A_checkout_and_its_worktree()
    {
        var main = Path.Combine(_scratch.Path, "shop");
        await GitAsync(_scratch.Path, "init", "-q", "-b", "main", "shop");
        Assert.Equal(("main", null, null), Of(main));
        await GitAsync(main, "commit", "-q", "--allow-empty", "-m", "first");
        await GitAsync(main, "remote", "add", "origin", "https://user:secret@git.example.com/team/shop-backend.git");
        await GitAsync(main, "worktree", "add", "-q", "-b", "feature/SHOP-12", "../work/deep");
        await GitAsync(main, "pack-refs", "--all");

        var folder = Directory.CreateDirectory(Path.Combine(_scratch.Path, "work", "deep", "src")).FullName;
        var worktree = GitCheckout.Of(folder)!;
        Assert.Equal("shop-backend", worktree.Name);
        Assert.Equal(("feature/SHOP-12", await GitAsync(folder, "rev-parse", "HEAD"), "https://git.example.com/team/shop-backend.git"), Of(folder));

        await GitAsync(folder, "commit", "-q", "--allow-empty", "-m", "second");
        var second = await GitAsync(folder, "rev-parse", "HEAD");
        Assert.Equal(("feature/SHOP-12", second, worktree.Url), Of(folder));
        await GitAsync(folder, "checkout", "-q", "--detach");
        Assert.Equal((null, second, worktree.Url), Of(folder));
    }

    [Fact]
    public void No_checkout_is_none()
    {
        Assert.Null(GitCheckout.Of(_scratch.Path));
        File.WriteAllText(Path.Combine(_scratch.Path, ".git"), "gitdir: /nowhere/at/all\n");
        Assert.Null(GitCheckout.Of(_scratch.Path));
    }

    /// <summary>What the launcher puts into the agent's resource may go to another collector, which redacts nothing.</summary>
    [Theory]
    [InlineData("https://user:secret@git.example/r.git", "https://git.example/r.git")]
    [InlineData("https://token@git.example/r.git", "https://git.example/r.git")]
    [InlineData("https://user:p@ss:wo#rd@git.example:8443/r.git", "https://git.example:8443/r.git")]
    [InlineData("https://user:secret@[::1/r.git", "https://[::1/r.git")]
    [InlineData("ssh://deploy:secret@git.example:22/r.git", "ssh://git.example:22/r.git")]
    [InlineData("//user:secret@git.example/r.git", "//git.example/r.git")]
    [InlineData("user:secret@git.example:r.git", "git.example:r.git")]
    [InlineData("ssh://git@git.example/r.git", "ssh://git@git.example/r.git")]
    [InlineData("git@git.example:team/r.git", "git@git.example:team/r.git")]
    [InlineData("/srv/git@home/r.git", "/srv/git@home/r.git")]
    public void The_password_of_a_remote_stays_behind(string written, string told)
    {
        var git = Directory.CreateDirectory(Path.Combine(_scratch.Path, ".git")).FullName;
        File.WriteAllText(Path.Combine(git, "HEAD"), "ref: refs/heads/main\n");
        File.WriteAllText(Path.Combine(git, "config"), $"[remote \"origin\"]\n\turl = {written}\n");
        Assert.Equal(("main", null, told), Of(_scratch.Path));
    }

    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("refs/../../private")]
    public void HEAD_names_no_file_outside(string name)
    {
        var git = Directory.CreateDirectory(Path.Combine(_scratch.Path, ".git")).FullName;
        File.WriteAllText(Path.Combine(_scratch.Path, "private"), "words\n");
        Directory.CreateDirectory(Path.Combine(git, "refs"));
        File.WriteAllText(Path.Combine(git, "HEAD"), $"ref: {name}\n");
        Assert.Equal((null, null, null), Of(_scratch.Path));
    }

    public void Dispose() => _scratch.Dispose();

    private static (string? Branch, string? Commit, string? Url) Of(string folder) =>
        GitCheckout.Of(folder) is { } checkout ? (checkout.Branch, checkout.Commit, checkout.Url) : throw new InvalidOperationException("no checkout");

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var output = await git.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await git.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, git.ExitCode);
        return output.Trim();
    }
}
