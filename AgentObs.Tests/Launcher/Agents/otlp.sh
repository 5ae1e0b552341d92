# What the fake agents share: ids, OTLP/JSON, and a POST without a program of its own.

hex() { od -An -tx1 -N "$1" /dev/urandom | tr -d ' \n'; }
now() { date +%s%N; }
text() {
  local value=${1//\\/\\\\}
  printf '"%s"' "${value//\"/\\\"}"
}
attributes() {
  local comma= pair
  for pair in "$@"; do
    printf '%s{"key":%s,"value":{"stringValue":%s}}' "$comma" "$(text "${pair%%=*}")" "$(text "${pair#*=}")"
    comma=,
  done
}

# span NAME SPAN PARENT START [KEY=VALUE...]: ends when it is written.
span() {
  local name=$1 id=$2 parent=$3 start=$4
  shift 4
  printf '{"traceId":"%s","spanId":"%s","parentSpanId":"%s","name":"%s","kind":1,"startTimeUnixNano":"%s","endTimeUnixNano":"%s","attributes":[%s]}' \
    "$trace" "$id" "$parent" "$name" "$start" "$(now)" "$(attributes "$@")"
}

# send SERVICE SCOPE SPANS
send() {
  local resource pairs=() body address=${AGENTOBS_OTLP_HTTP_URL#http://}
  IFS=, read -r -a resource <<<"${OTEL_RESOURCE_ATTRIBUTES:-}"
  pairs=("service.name=$1" "${resource[@]}")
  body='{"resourceSpans":[{"resource":{"attributes":['"$(attributes "${pairs[@]}")"']},"scopeSpans":[{"scope":{"name":"'"$2"'"},"spans":['"$3"']}]}]}'
  exec 9<>"/dev/tcp/${address%:*}/${address#*:}"
  printf 'POST /v1/traces HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
    "$address" "$(printf %s "$body" | wc -c)" "$body" >&9
  read -r _ status _ <&9
  exec 9>&-
  [ "$status" = 200 ] || printf 'fake agent: OTLP answers %s\n' "$status" >&2
}

IFS=- read -r _ trace parent flags <<<"$TRACEPARENT"
start=$(now)
