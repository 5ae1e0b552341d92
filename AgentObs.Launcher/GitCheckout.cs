namespace AgentObs.Launcher;

/// <summary>
/// The checkout that a folder lies in, read from the files of <c>.git</c>: starting git would cost more than all else here. A worktree's <c>.git</c>
/// is a file (<c>gitdir: /repo/.git/worktrees/w</c>) whose folder names the common one (<c>commondir</c>: <c>../..</c>).
/// </summary>
/// <param name="Root">The folder with <c>.git</c>.</param>
/// <param name="Url">Of the remote <c>origin</c>, else of the first one, without user and password; null without a remote.</param>
/// <param name="Branch">Null where HEAD is detached.</param>
/// <param name="Commit">Null before the first commit, and where refs are not kept in files (reftable).</param>
internal sealed record GitCheckout(string Root, string? Url, string? Branch, string? Commit)
{
    private const string HeadRef = "ref: ";

    /// <summary>The last part of the remote's path, else the name of the root folder.</summary>
    public string Name
    {
        get
        {
            var name = (Url ?? Root).TrimEnd('/').Split('/', ':')[^1];
            return name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
        }
    }

    /// <returns>Null where the folder is in no checkout or it cannot be read.</returns>
    public static GitCheckout? Of(string folder)
    {
        try
        {
            for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            {
                if (FolderOf(Path.Combine(at.FullName, ".git")) is { } git)
                {
                    return Read(at.FullName, git);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }

        return null;
    }

    /// <summary>As OpenTelemetry names them.</summary>
    public IEnumerable<KeyValuePair<string, string>> Attributes()
    {
        yield return new("vcs.repository.name", Name);
        if (Url is not null)
        {
            yield return new("vcs.repository.url.full", Url);
        }

        if (Branch is not null)
        {
            yield return new("vcs.ref.head.name", Branch);
        }

        if (Commit is not null)
        {
            yield return new("vcs.ref.head.revision", Commit);
        }
    }

    private static GitCheckout Read(string root, string git)
    {
        var commonFile = Path.Combine(git, "commondir");
        var common = File.Exists(commonFile) ? Path.GetFullPath(File.ReadAllText(commonFile).Trim(), git) : git;
        var head = File.ReadAllText(Path.Combine(git, "HEAD")).Trim();
        var name = head.StartsWith(HeadRef, StringComparison.Ordinal) ? head[HeadRef.Length..] : null;
        if (name is not null && (!name.StartsWith("refs/", StringComparison.Ordinal) || name.Contains("..", StringComparison.Ordinal)))
        {
            // As git: the checkout of somebody else's archive names no other file of the machine.
            return new GitCheckout(root, Remote(common), null, null);
        }

        var commit = name is null ? head : Loose(git, name) ?? Loose(common, name) ?? Packed(common, name);
        const string branches = "refs/heads/";
        return new GitCheckout(
            root, Remote(common), name is not null && name.StartsWith(branches, StringComparison.Ordinal) ? name[branches.Length..] : null, commit);
    }

    private static string? FolderOf(string dotGit)
    {
        const string link = "gitdir: ";
        if (Directory.Exists(dotGit))
        {
            return File.Exists(Path.Combine(dotGit, "HEAD")) ? dotGit : null;
        }

        return File.Exists(dotGit) && File.ReadAllText(dotGit).Trim() is var text && text.StartsWith(link, StringComparison.Ordinal)
            ? Path.GetFullPath(text[link.Length..], Path.GetDirectoryName(dotGit)!)
            : null;
    }

    private static string? Loose(string git, string name)
    {
        var path = Path.Combine(git, name);
        return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }

    // "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3 refs/heads/main"
    private static string? Packed(string git, string name)
    {
        var path = Path.Combine(git, "packed-refs");
        return File.Exists(path)
            ? File.ReadLines(path).FirstOrDefault(line => line.EndsWith(" " + name, StringComparison.Ordinal))?.Split(' ')[0]
            : null;
    }

    private static string? Remote(string git)
    {
        var path = Path.Combine(git, "config");
        if (!File.Exists(path))
        {
            return null;
        }

        string? first = null;
        var section = "";
        foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
        {
            if (line.StartsWith('['))
            {
                section = line;
            }
            else if (section.StartsWith("[remote ", StringComparison.Ordinal) && line.Split('=', 2, StringSplitOptions.TrimEntries) is ["url", var url])
            {
                if (section == "[remote \"origin\"]")
                {
                    return WithoutPassword(url);
                }

                first ??= WithoutPassword(url);
            }
        }

        return first;
    }

    // https://user:token@host/repo keeps host and path, however it is written otherwise: it goes to wherever the agent sends, and only AgentObs redacts.
    // ssh://git@host/repo and git@host:repo have no password.
    private static string WithoutPassword(string url)
    {
        var slashes = url.IndexOf("//", StringComparison.Ordinal);
        var start = slashes == 0 || (slashes > 0 && url[slashes - 1] == ':') ? slashes + 2 : 0;
        var end = url.IndexOf('/', start);
        var login = url[start..(end < 0 ? url.Length : end)].LastIndexOf('@');
        return login >= 0 && (url.StartsWith("http", StringComparison.OrdinalIgnoreCase) || url.IndexOf(':', start, login) >= 0)
            ? url[..start] + url[(start + login + 1)..]
            : url;
    }
}
