#!/usr/bin/env bash
# CPU per request of the running product beside a bare Helidon JSON endpoint, alternated in the same minutes.
#
#   ./mvnw -q -DskipTests package && server/benchmarks/http.sh [seconds per run, 8] [rows of the large class, 1000000]
#
# Needs wrk and a JDK 25 as `java` (or JAVA_HOME). Everything runs on loopback, in a temporary data folder. The figure is
# user + system time of the server's process divided by the answered requests, so load from the client does not count.
set -eu
cd "$(dirname "$0")/../.."
seconds=${1:-8}
rows=${2:-1000000}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
free() { # a port nobody listens on
  while :; do
    p=$((20000 + RANDOM % 20000))
    (: < "/dev/tcp/127.0.0.1/$p") 2> /dev/null || { echo "$p"; return; }
  done
}
port=$(free)
bareport=$(free)
jar=$(ls server/target/kami-parse-server-*.jar | head -n 1)
eval "$(grep -E '^(later|tuning|always)=' parse-server)" # the flags that users get
flags="$always $tuning"
pids=
finish() {
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT INT TERM

ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
hertz=$(getconf CLK_TCK)

until_answers() { # url
  for _ in $(seq 100); do
    curl -sf -o /dev/null "$1" && return
    sleep 0.1
  done
  echo "no answer from $1" >&2
  exit 1
}

# measure NAME PID URL [wrk script]: one line NAME, requests/s, CPU us per request, answers that were not 2xx
measure() {
  local name=$1 pid=$2 address=$3 script=${4:-} before after requests bad
  before=$(ticks "$pid")
  # shellcheck disable=SC2086
  wrk -t1 -c16 -d"${seconds}s" ${script:+-s "$script"} "$address" > "$work/wrk.txt" 2>&1
  after=$(ticks "$pid")
  requests=$(awk '/requests in/ {print $1}' "$work/wrk.txt")
  bad=$(awk '/Non-2xx/ {print $NF}' "$work/wrk.txt")
  awk -v n="$name" -v r="$requests" -v s="$seconds" -v t="$((after - before))" -v h="$hertz" -v b="${bad:-0}" \
    'BEGIN {printf "%-42s %9.0f req/s %9.1f us CPU/request %6d not 2xx\n", n, r / s, t / h * 1e6 / r, b}'
}

# shellcheck disable=SC2086
"$java" $flags -cp "server/target/test-classes:$jar" dev.kami.parse.benchmarks.BareEndpoint "$bareport" > "$work/bare.log" 2>&1 &
bare=$!
pids="$pids $bare"
# shellcheck disable=SC2086
"$java" $flags -cp "$jar" dev.kami.parse.server.Main --appId A --masterKey M --port "$port" --host 127.0.0.1 \
  --allowCustomObjectId --dataFolder "$work/data" --logsFolder null > "$work/server.log" 2>&1 &
server=$!
pids="$pids $server"
until_answers "http://127.0.0.1:$port/parse/health"
until_answers "http://127.0.0.1:$bareport/object"

url=http://127.0.0.1:$port/parse
echo "filling classes ..."
"$java" -cp "server/target/test-classes:$jar" dev.kami.parse.benchmarks.Fill "$url" A M Small 1000
"$java" -cp "server/target/test-classes:$jar" dev.kami.parse.benchmarks.Fill "$url" A M Large "$rows"
# Every request asks for another row, so the caches of the database work as they do in life.
lookup() { # file, class, rows, path with %d
  cat > "$work/$1" << L
wrk.headers["X-Parse-Application-Id"] = "A"
function request()
  return wrk.format("GET", string.format("/parse/classes/$2$4", math.random(0, $3 - 1)))
end
L
}
owner='?where=%%7B%%22owner%%22%%3A%%7B%%22__type%%22%%3A%%22Pointer%%22%%2C%%22className%%22%%3A%%22Owner%%22%%2C%%22objectId%%22%%3A%%22o%d%%22%%7D%%7D'
lookup get-small.lua Small 1000 '/id%07d'
lookup get-large.lua Large "$rows" '/id%07d'
lookup owner-small.lua Small 1000 "$owner"
lookup owner-large.lua Large "$rows" "$owner"
cat > "$work/get.lua" << 'L'
wrk.headers["X-Parse-Application-Id"] = "A"
L
cat > "$work/post.lua" <<'L'
wrk.method = "POST"
wrk.headers["X-Parse-Application-Id"] = "A"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"playerName":"Sean Plott","score":1337,"cheatMode":false}'
L
for round in 1 2 3; do
  echo "round $round"
  measure "bare Helidon JSON" "$bare" "http://127.0.0.1:$bareport/object"
  measure "get by id, 1,000 rows" "$server" "$url" "$work/get-small.lua"
  measure "get by id, $rows rows" "$server" "$url" "$work/get-large.lua"
  measure "indexed equality, 1,000 rows" "$server" "$url" "$work/owner-small.lua"
  measure "indexed equality, $rows rows" "$server" "$url" "$work/owner-large.lua"
  measure "100 rows" "$server" "$url/classes/Small?limit=100" "$work/get.lua"
  measure "create" "$server" "$url/classes/Created" "$work/post.lua"
  measure "health" "$server" "$url/health"
done
