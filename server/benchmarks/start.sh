#!/usr/bin/env bash
# Start of the headless server on an existing database until the first 200 of /health: wall time, CPU time of the process,
# and its resident memory two seconds later. Five runs after one that makes the database.
#
#   ./mvnw -q -DskipTests package && server/benchmarks/start.sh
#
# Needs a JDK 25 as JAVA_HOME or `java`, curl and Linux (/proc).
set -eu
cd "$(dirname "$0")/../.."
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
jar=$(ls server/target/kami-parse-server-*.jar | head -n 1)
eval "$(grep -E '^(later|tuning|always)=' parse-server)" # the flags that users get
flags="$always $tuning"
pid=
trap '[ -z "$pid" ] || kill "$pid" 2> /dev/null; rm -rf "$work"' EXIT INT TERM
hertz=$(getconf CLK_TCK)

run() { # label
  local port=$((20000 + RANDOM % 20000)) began ready ticks rss
  began=$(date +%s%N)
  # shellcheck disable=SC2086
  "$java" $flags ${EXTRA:-} -cp "$jar" dev.kami.parse.server.Main --appId A --masterKey M --port "$port" \
    --host 127.0.0.1 --dataFolder "$work/data" --logsFolder "$work/logs" > "$work/server.log" 2>&1 &
  pid=$!
  for _ in $(seq 1000); do
    curl -sf -o /dev/null "http://127.0.0.1:$port/parse/health" && break
    sleep 0.01
  done
  ready=$(date +%s%N)
  ticks=$(awk '{print $14 + $15}' "/proc/$pid/stat")
  if [ "$1" = first ]; then
    for class in A B C D E F G H I J; do
      curl -sf -o /dev/null -H 'X-Parse-Application-Id: A' -H 'Content-Type: application/json' \
        -d '{"name":"x","score":1,"tags":["a"]}' "http://127.0.0.1:$port/parse/classes/$class"
    done
  fi
  sleep 2
  rss=$(awk '/VmRSS/ {print $2}' "/proc/$pid/status")
  awk -v l="$1" -v w=$((ready - began)) -v t="$ticks" -v h="$hertz" -v r="$rss" \
    'BEGIN {printf "%-6s %5.2f s wall  %5.2f s CPU  %4.0f MB RSS\n", l, w / 1e9, t / h, r / 1024}'
  kill "$pid"
  wait "$pid" || true
  pid=
}

run first
for n in 1 2 3 4 5; do run "$n"; done
