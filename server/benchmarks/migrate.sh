#!/usr/bin/env bash
# A whole application is imported, migrated, killed in the middle and resumed, and exported, with a heap of 512 MB: objects
# per second of each, and whether everything is equal at the end.
#
#   ./mvnw -q -DskipTests package && server/benchmarks/migrate.sh [objects, 1000000] [URI of another, empty database]
#
# With a URI the application goes from H2 to that database and back to H2; without, from H2 to H2. Needs a JDK 25 as
# JAVA_HOME or `java`, awk, GNU time if there is one (peak memory), and about 4 GB in TMPDIR. CLASS_PATH replaces the jar.
set -eu
cd "$(dirname "$0")/../.."
objects=${1:-1000000}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
classes=${CLASS_PATH:-$(ls server/target/kami-parse-server-*.jar | head -n 1)}
work=$(mktemp -d)
other=${2:-h2:file:$work/other/parse}
eval "$(grep -E '^(later|tuning|always)=' parse-server)" # the flags that users get, -Xmx512m among them
pid=
trap '[ -z "$pid" ] || kill -9 "$pid" 2> /dev/null; rm -rf "$work"' EXIT INT TERM
measured=
[ ! -x /usr/bin/time ] || measured="/usr/bin/time -f %MkB_peak,%Us_CPU"

server() { # words
  # shellcheck disable=SC2086
  $measured "$java" $always $tuning ${EXTRA:-} -cp "$classes" dev.kami.parse.server.Main "$@"
}

run() { # label, words
  local label=$1
  shift
  server "$@" > "$work/out" 2> "$work/err" || { cat "$work/out"; tail -n 5 "$work/err"; exit 1; }
  awk -v l="$label" -v n="$objects" '
    function seconds(text,  p) { # "1 min 5 s"
      split(text, p, " ")
      return p[2] == "min" ? p[1] * 60 + p[3] : p[1]
    }
    /objects of/ {
      split($0, part, /, copied in |, checked in |\.$/)
      copy = seconds(part[2])
      check = seconds(part[3])
      printf "%-24s copied at %6d objects/s (%s), checked at %6d objects/s (%s)", l, n / (copy ? copy : 1), part[2],
        n / (check ? check : 1), part[3]
    }
    /^Everything is equal/ { printf "  equal" }' "$work/out"
  echo "  $(grep -o '.*kB_peak.*' "$work/err" || true)"
}

mkdir "$work/in"
awk -v n="$objects" 'BEGIN {
  for (i = 0; i < n; i++) {
    id = sprintf("%08x%06x", (i * 2654435761) % 4294967296, i)
    printf "{\"objectId\":\"%s\",\"createdAt\":\"2020-01-01T00:00:00.000Z\",\"updatedAt\":\"2020-01-02T00:00:00.000Z\",", id
    printf "\"playerName\":\"player %d\",\"score\":%d,\"level\":%d,\"cheatMode\":false,\"city\":\"Zürich\",", i, i % 10000, i % 60
    printf "\"key\":\"k%d\",\"owner\":{\"__type\":\"Pointer\",\"className\":\"Owner\",\"objectId\":\"o%d\"},", i, i
    printf "\"bio\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\",\"when\":{\"__type\":\"Date\","
    printf "\"iso\":\"2020-01-01T00:00:00.000Z\"},\"tags\":[\"a\",\"b\",\"c\"],\"settings\":{\"sound\":true,\"volume\":0.7},"
    printf "\"ACL\":{\"*\":{\"read\":true},\"o%d\":{\"read\":true,\"write\":true}}}\n", i
  }
}' > "$work/in/GameScore.ndjson"

echo "$objects objects of 15 fields, $(du -m "$work/in" | cut -f 1) MB of JSON"
run "import into H2" import "$work/in" --to "h2:file:$work/one/parse"
rm -rf "$work/in"

# killed when about 40 % are there, then resumed
measured_before=$measured
measured=
server migrate --from "h2:file:$work/one/parse" --to "$other" > /dev/null 2> "$work/err" &
pid=$!
for _ in $(seq 6000); do
  ! grep -qE 'copying \[ *(4[0-9]|[5-9][0-9]) %' "$work/err" || break
  kill -0 "$pid" 2> /dev/null || break
  sleep 0.1
done
# the JVM may be a child of the shell that runs the function
kill -9 $(pgrep -P "$pid" 2> /dev/null || true) "$pid" 2> /dev/null || true
wait "$pid" 2> /dev/null || true
pid=
echo "killed at: $(tail -n 1 "$work/err")"
measured=$measured_before
server migrate --from "h2:file:$work/one/parse" --to "$other" > "$work/out" 2> "$work/err" || { cat "$work/out" "$work/err"; exit 1; }
grep '^copying' "$work/err" | head -n 1 | sed 's/^/resumed at: /'
tail -n 1 "$work/out"

rm -rf "$work/one"
run "migrate from the other" migrate --from "$other" --to "h2:file:$work/two/parse"
run "export" export "$work/export" --from "h2:file:$work/two/parse"
