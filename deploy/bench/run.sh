#!/bin/sh
# Measures a server on this machine and prints what it found; the figures are also in build/bench/*.json.
# Ends with 1 if a crowd of listeners loses a packet or leaves anything behind, or if recording takes too much of a core.
#
#   deploy/bench/run.sh [browser] [hls] [forwarding] [mixing] [crowd] [codec] [recording] [fanout]     all of them if none is named
#   LISTENERS=300 SECONDS=60        size of the crowd, and how long it listens
#   FANOUT="audio limit sessions joins arrivals video"        parts of fanout, or kakehashi, or janus: one alone
#   FANOUT_LISTENERS=300 FANOUT_SECONDS=10 FANOUT_JANUS=no    see FanoutBench
#
# fanout wants two processors (the server has one, the load generator the other) and root: it runs in a network
# namespace of its own, where all of 198.18.0.0/15 is this machine's, and installs Debian's janus.
set -eu
cd "$(dirname "$0")/../.."

out=build/bench
mkdir -p "$out"
java_home=$(bin/find-jdk)
export JAVA_HOME="$java_home"
wanted=${*:-browser hls forwarding mixing crowd codec recording fanout}
micro=""
server=""
recording=""
fanout=""
status=0

echo "Measured $(date -u +%Y-%m-%dT%H:%MZ) on $(nproc) processors, load average $(cut -d' ' -f1-3 /proc/loadavg)"
for part in $wanted; do
  case "$part" in
    browser)
      npm --prefix web run --silent bench -- ears >"$out/browser.log" 2>&1 || {
        status=1
        echo "The browser's part failed; see $out/browser.log"
      }
      printf '\nbrowser\n'
      grep -E '^(ms|switch|join)' "$out/browser.log" | sed 's/^/  /' || true
      ;;
    hls)
      npm --prefix web run --silent bench -- hls >"$out/hls.log" 2>&1 || {
        status=1
        echo "The part on HLS failed; see $out/hls.log"
      }
      printf '\nhls in a browser\n'
      grep -E '^(ms|live HLS|parts)' "$out/hls.log" | sed 's/^/  /' || true
      ;;
    forwarding | mixing | crowd) server="$server $part" ;;
    codec) micro=yes ;;
    recording) recording=yes ;;
    fanout) fanout=${FANOUT:-audio limit sessions joins arrivals video} ;;
    *)
      echo "There is no benchmark '$part': browser, hls, forwarding, mixing, crowd, codec, recording, fanout" >&2
      exit 2
      ;;
  esac
done

# The load clients are among the tests.
[ -z "$server$recording$fanout" ] || mvn -B -ntp -q test-compile

if [ -n "$recording" ]; then
  "$java_home/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "media/target/test-classes:media/target/classes:server/target/lib/*" \
    org.kakehashi.media.recording.RecordingBench "$out" || status=1
fi

if [ -n "$micro" ]; then
  # JMH: Opus and a tick of the mixer, without network or other threads.
  mvn -B -ntp -q test-compile dependency:build-classpath -pl media -Dmdep.outputFile="$PWD/$out/classpath" -Dmdep.includeScope=test
  printf '\ncodec\n'
  "$java_home/bin/java" \
    -cp "media/target/test-classes:media/target/classes:$(cat "$out/classpath")" \
    org.openjdk.jmh.Main AudioBenchmark -jvmArgs --enable-native-access=ALL-UNNAMED \
    -rf json -rff "$out/codec.json" >"$out/codec.log" 2>&1 || status=1
  grep -E '^(Benchmark|Audio).* ' "$out/codec.log" | sed 's/^/  /' || true
fi

classes="server/target/test-classes:media/target/test-classes:server/target/classes:media/target/classes:server/target/lib/*"

within=""
# The load client keeps no connection to the API that it does not use: those would count as left behind.
bench() { # class argument…
  # shellcheck disable=SC2086
  $within "$java_home/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Djdk.httpclient.keepalive.timeout=2 \
    -Dlogback.configurationFile=server/src/test/resources/logback-test.xml \
    -cp "$classes" "$@"
}

if [ -n "$server" ]; then
  # shellcheck disable=SC2086
  bench org.kakehashi.server.bench.Bench bin/kakehashi "$out" $server || status=1
fi

if [ -n "$fanout" ]; then
  if [ "$(id -u)" != 0 ] || [ "$(nproc)" -lt 2 ]; then
    echo "fanout is left out: it wants root (for a network of its own) and two processors."
    exit "$status"
  fi
  bin/needs janus taskset=util-linux ip=iproute2 || FANOUT_JANUS=no
  export FANOUT_JANUS="${FANOUT_JANUS:-yes}"
  # A network of its own: nothing that is sent here can leave it.
  network=kakehashi-fanout-$$
  ip netns add "$network"
  trap 'ip netns del "$network"' EXIT
  ip -n "$network" link set lo up
  ip -n "$network" link add bench0 type veth peer name bench1
  ip -n "$network" address add 10.87.0.1/24 dev bench0
  ip -n "$network" link set bench0 up
  ip -n "$network" link set bench1 up
  ip -n "$network" route add default dev bench0
  ip -n "$network" route add local 198.18.0.0/15 dev bench0
  # The server's is processor 0 (see PinnedProcess).
  taskset -p -c 1 $$ >/dev/null
  within="ip netns exec $network"
  # shellcheck disable=SC2086
  bench -Djava.net.preferIPv4Stack=true org.kakehashi.server.bench.fanout.FanoutBench \
    bin/kakehashi "$out" $fanout || status=1
fi
exit $status
