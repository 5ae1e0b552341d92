using System.CommandLine;
using System.Text;

namespace AgentObs.Cli.Completion;

/// <summary>
/// Shell functions that know every verb, option and value. They start nothing: a key press must not wait for a program. Behind <c>--</c>
/// stands another program's command line, which the shell completes as if it stood alone.
/// </summary>
internal static class CompletionScript
{
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish"];

    /// <param name="shell">One of <see cref="Shells"/>.</param>
    public static string For(string shell, RootCommand root)
    {
        var nodes = CompletionNode.All(root);
        return shell switch { "bash" => Bash(nodes), "zsh" => Zsh(nodes), _ => Fish(nodes) };
    }

    private static string Bash(IReadOnlyList<CompletionNode> nodes)
    {
        var script = new StringBuilder();
        script.Append("""
            # agentobs completion bash
            _agentobs() {
              local i word at='' words='' values='' current="${COMP_WORDS[COMP_CWORD]}" last="${COMP_WORDS[COMP_CWORD-1]}"
              COMPREPLY=()
              for ((i = 1; i < COMP_CWORD; i++)); do
                word="${COMP_WORDS[i]}"
                if [[ $word == -- ]]; then
                  if declare -F _command_offset >/dev/null; then
                    _command_offset $((i + 1))
                  elif ((i + 1 == COMP_CWORD)); then
                    COMPREPLY=($(compgen -c -- "$current"))
                  fi
                  return
                fi
                case "${at:+$at }$word" in

            """);
        script.Append($"      {Paths(nodes)}) at=\"${{at:+$at }}$word\" ;;\n    esac\n  done\n  case \"$at $last\" in\n");
        foreach (var (path, option, values) in Choices(nodes))
        {
            script.Append($"    {Quoted($"{path} {option}")}) {(values.Count == 0 ? "return" : $"COMPREPLY=($(compgen -W {Quoted(string.Join(' ', values))} -- \"$current\")); return")} ;;\n");
        }

        script.Append("  esac\n  case \"$at\" in\n");
        foreach (var node in nodes)
        {
            script.Append($"    {Quoted(node.Path)}) words={Quoted(string.Join(' ', node.Words.Select(word => word.Word)))} ;;\n");
        }

        return script.Append("  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n}\ncomplete -o default -F _agentobs agentobs\n").ToString();
    }

    private static string Zsh(IReadOnlyList<CompletionNode> nodes)
    {
        var script = new StringBuilder();
        script.Append("""
            #compdef agentobs
            # agentobs completion zsh
            _agentobs() {
              local word at='' last="${words[CURRENT-1]}"
              local -i i
              local -a entries
              for ((i = 2; i < CURRENT; i++)); do
                word="${words[i]}"
                if [[ $word == -- ]]; then
                  shift $i words
                  ((CURRENT -= i))
                  _normal
                  return
                fi
                case "${at:+$at }$word" in

            """);
        script.Append($"      ({Paths(nodes)}) at=\"${{at:+$at }}$word\" ;;\n    esac\n  done\n  case \"$at $last\" in\n");
        foreach (var (path, option, values) in Choices(nodes))
        {
            script.Append($"    ({Quoted($"{path} {option}")}) {(values.Count == 0 ? "_files" : $"compadd -- {string.Join(' ', values)}")}; return ;;\n");
        }

        script.Append("  esac\n  case \"$at\" in\n");
        foreach (var node in nodes)
        {
            script.Append($"    ({Quoted(node.Path)}) entries=({string.Join(' ', node.Words.Select(word => Quoted($"{word.Word.Replace(":", "\\:", StringComparison.Ordinal)}:{word.Text}")))}) ;;\n");
        }

        return script.Append("  esac\n  _describe 'agentobs' entries || _files\n}\ncompdef _agentobs agentobs\n").ToString();
    }

    private static string Fish(IReadOnlyList<CompletionNode> nodes)
    {
        var script = new StringBuilder();
        script.Append("""
            # agentobs completion fish
            function __agentobs_at
              set -l at ''
              for word in (commandline -opc)[2..-1]
                if test "$word" = --
                  echo command
                  return
                end
                switch (string trim -- "$at $word")

            """);
        script.Append($"      case {string.Join(' ', nodes.Where(node => node.Path.Length > 0).Select(node => Quoted(node.Path)))}\n        set at (string trim -- \"$at $word\")\n    end\n  end\n  echo $at\nend\n");
        script.Append("""
            function __agentobs_command
              set -l words (commandline -opc) (commandline -ct)
              set -l i (contains -i -- -- $words)
              complete -C (string join ' ' -- (string escape -- $words[(math $i + 1)..-2]) $words[-1])
            end
            complete -c agentobs -e
            complete -c agentobs -n 'test (__agentobs_at | string collect; or true) = "command"' -x -a '(__agentobs_command)'

            """);
        foreach (var node in nodes)
        {
            var at = $"complete -c agentobs -n 'test (__agentobs_at | string collect; or true) = \"{node.Path}\"'";
            foreach (var (word, text) in node.Words)
            {
                var values = node.Values.FirstOrDefault(value => value.Option == word);
                var takes = values.Option is null ? "" : values.Values.Count == 0 ? " -r" : $" -x -a {Quoted(string.Join(' ', values.Values))}";
                script.Append(word.StartsWith("--", StringComparison.Ordinal) ? $"{at} -l {word[2..]}{takes} -d {Quoted(text)}\n"
                    : word.StartsWith('-') ? $"{at} -s {word[1..]}{takes} -d {Quoted(text)}\n"
                    : $"{at} -f -a {word} -d {Quoted(text)}\n");
            }
        }

        return script.ToString();
    }

    private static string Paths(IReadOnlyList<CompletionNode> nodes) => string.Join('|', nodes.Where(node => node.Path.Length > 0).Select(node => Quoted(node.Path)));

    private static IEnumerable<(string Path, string Option, IReadOnlyList<string> Values)> Choices(IReadOnlyList<CompletionNode> nodes) =>
        nodes.SelectMany(node => node.Values.Select(value => (node.Path, value.Option, value.Values)));

    private static string Quoted(string text) => $"'{text.Replace("'", "’", StringComparison.Ordinal)}'";
}
