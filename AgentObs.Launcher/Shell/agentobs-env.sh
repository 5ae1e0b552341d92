# agentobs hook: BASH_ENV names this file, so every bash that is not interactive reads it, `bash -lc` after the profile. Written by `agentobs run`.
# It says who called this shell in OTEL_RESOURCE_ATTRIBUTES, which agents copy onto what they send, and puts the shims back in front of PATH, which a
# login shell sets anew. No output, no process, right under `set -eu`.

# Shells inside shells keep the first answer: it is renewed where an agent changed one of the ids, or took OTEL_* away as Claude Code does.
_agentobs_ids="${TRACEPARENT:-}|${CLAUDE_PID:-}|${CLAUDE_CODE_SESSION_ID:-}|${CODEX_THREAD_ID:-}|${CODEX_TOOL_CALL_ID:-}|${COPILOT_AGENT_SESSION_ID:-}|${QWEN_CODE_SESSION_ID:-}|${QWEN_CODE_AGENT_ID:-}|${AGENT_SESSION_ID:-}|${OPENCODE_PID:-}"
case "${OTEL_RESOURCE_ATTRIBUTES:-}" in
  *agentobs.parent.*) _agentobs_known="${AGENTOBS_IDS:-}" ;;
  *) _agentobs_known= ;;
esac
case "$_agentobs_ids" in
  *[!\|]*)
    # What the launched program started with, and has its attributes from: this shell is that program, a script around the agent.
    if [ -n "${OTEL_RESOURCE_ATTRIBUTES:-}" ] && [ "$_agentobs_ids" = "${AGENTOBS_LAUNCH_IDS:-}" ]; then
      _agentobs_known="$_agentobs_ids"
    fi
    if [ "$_agentobs_ids" != "$_agentobs_known" ]; then
      # Run and instance are of the process that the launcher started, not of this one's children.
      _agentobs_rest="${OTEL_RESOURCE_ATTRIBUTES-${AGENTOBS_RESOURCE-}},"
      _agentobs_all=
      while [ -n "$_agentobs_rest" ]; do
        _agentobs_one="${_agentobs_rest%%,*}"
        _agentobs_rest="${_agentobs_rest#*,}"
        case "$_agentobs_one" in
          '' | agentobs.parent.* | agentobs.run.id=* | "service.instance.id=${AGENTOBS_RUN_ID:-?}") ;;
          *) _agentobs_all="$_agentobs_all$_agentobs_one," ;;
        esac
      done
      # pid is the agent's own: of ids that were inherited from further out it tells whose are the nearest.
      for _agentobs_one in \
        "traceparent=${TRACEPARENT:-}" \
        "pid=$PPID" \
        "claude_pid=${CLAUDE_PID:-}" \
        "claude_session=${CLAUDE_CODE_SESSION_ID:-}" \
        "codex_thread=${CODEX_THREAD_ID:-}" \
        "codex_call=${CODEX_TOOL_CALL_ID:-}" \
        "copilot_session=${COPILOT_AGENT_SESSION_ID:-}" \
        "qwen_session=${QWEN_CODE_SESSION_ID:-}" \
        "qwen_agent=${QWEN_CODE_AGENT_ID:-}" \
        "goose_session=${AGENT_SESSION_ID:-}" \
        "opencode_pid=${OPENCODE_PID:-}"; do
        case "$_agentobs_one" in
          *=) ;;
          *) _agentobs_all="${_agentobs_all}agentobs.parent.$_agentobs_one," ;;
        esac
      done
      export AGENTOBS_IDS="$_agentobs_ids" OTEL_RESOURCE_ATTRIBUTES="${_agentobs_all%,}"
    fi
    ;;
esac

case "${PATH:-}:" in
  '@BIN@':*) ;;
  *)
    _agentobs_one='@BIN@'
    _agentobs_all=":${PATH:-}:"
    _agentobs_all="${_agentobs_all//:"$_agentobs_one":/:}"
    _agentobs_all="${_agentobs_all#:}"
    export PATH="$_agentobs_one:${_agentobs_all%:}"
    ;;
esac
unset _agentobs_ids _agentobs_known _agentobs_rest _agentobs_all _agentobs_one

# The user's own BASH_ENV, expanded as bash does it.
if [ -n "${AGENTOBS_BASH_ENV:-}" ]; then
  case "$AGENTOBS_BASH_ENV" in
    *[\$\`\\]*) eval "_agentobs_one=\"$AGENTOBS_BASH_ENV\"" ;;
    *) _agentobs_one="$AGENTOBS_BASH_ENV" ;;
  esac
  if [ -r "$_agentobs_one" ]; then
    . "$_agentobs_one"
  fi
  unset _agentobs_one
fi
