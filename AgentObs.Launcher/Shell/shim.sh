#!/bin/sh
# agentobs shim: starts @NAME@ through the launcher, so that it shows below the agent that called it. Written by `agentobs run`.
if [ -f '@LAUNCHER@' ] && [ -x '@LAUNCHER@' ]; then
  exec '@LAUNCHER@' --shim -- @NAME@ "$@"
fi
# The launcher is gone: @NAME@ as if this file were not here.
set -f
IFS=:
for folder in $PATH; do
  file="${folder:-.}/@NAME@"
  if [ -f "$file" ] && [ -x "$file" ]; then
    mark=
    { read -r mark; read -r mark; } <"$file" 2>/dev/null
    case $mark in
      '# agentobs shim'*) ;;
      *) exec "$file" "$@" ;;
    esac
  fi
done
echo '@NAME@: command not found' >&2
exit 127
