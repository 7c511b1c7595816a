#!/bin/sh
# Measures a server on this machine and prints what it found; the figures are also in build/bench/*.json.
# Ends with 1 if a crowd of listeners loses a packet or leaves anything behind, if recording takes too much of a core,
# if sound and picture of real sources are recorded more than 20 ms apart, or if a seek in two hours takes over a second.
#
#   deploy/bench/run.sh [browser] [hls] [replay] [forwarding] [mixing] [crowd] [codec] [allocation] [pictures] [recording]
#                                   [alignment] [fanout]; all of them if none is named
#   MINUTES=120                     how long the recording of replay is; it is made once, in build/bench/long-replay
#   SECONDS=120 ALIGNMENT="own ffmpeg"     how long alignment takes, and for which clients
#   LISTENERS=300 SECONDS=60        size of the crowd, and how long it listens
#   FANOUT="audio joins"            parts of fanout, about three quarters of an hour in all, at most one:
#     audio     the same crowd at a bare loop, this server and Janus, twice: 300 listeners, then 1,000 (not Janus)
#     limit     more and more listeners, until packets are lost or late; packed: the same with 60 ms in a packet
#     sessions  2,000 listeners in one session, and over five of four channels
#     recorded  a session of four channels, not recorded and recorded
#     joins     ICE, DTLS and a first packet, beside bare DTLS handshakes, both warm
#     arrivals  1,000 come in at 100 a second while 500 listen
#     leaving   2,000 come in and go: memory, and what is left
#     video     one picture of 1.5 Mbit/s to 200
#     kakehashi, janus, bare          one of them alone, to look at more closely
#   FANOUT_LISTENERS=300 FANOUT_SECONDS=10 FANOUT_WARM=60 FANOUT_ROUNDS=2 FANOUT_JANUS=no
#                                   how many, how long a figure is counted, how long a server runs before it is
#                                   (compilers at work are no steady state), how often
#
# fanout wants two processors (the server has one, the load generator the other) and root: it runs in a network
# namespace of its own, where all of 198.18.0.0/15 is this machine's, and installs Debian's janus.
set -eu
cd "$(dirname "$0")/../.."

out=build/bench
mkdir -p "$out"
java_home=$(bin/find-jdk)
export JAVA_HOME="$java_home"
wanted=${*:-browser hls replay forwarding mixing crowd codec allocation pictures recording alignment fanout}
micro=""
server=""
recording=""
replay=""
alignment=""
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
    codec) micro="$micro codec" ;;
    allocation) micro="$micro allocation" ;;
    pictures) micro="$micro pictures" ;;
    recording) recording=yes ;;
    replay) replay=yes ;;
    alignment) alignment=yes ;;
    fanout) fanout=${FANOUT:-audio limit packed sessions recorded joins arrivals leaving video} ;;
    *)
      echo "There is no benchmark '$part': browser, hls, replay, forwarding, mixing, crowd, codec, allocation, pictures, recording, alignment, fanout" >&2
      exit 2
      ;;
  esac
done

# The load clients are among the tests.
[ -z "$server$recording$replay$alignment$fanout" ] || mvn -B -ntp -q test-compile

if [ -n "$recording" ]; then
  "$java_home/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -cp "media/target/test-classes:media/target/classes:server/target/lib/*" \
    org.kakehashi.media.recording.RecordingBench "$out" || status=1
fi

if [ -n "$micro" ]; then
  mvn -B -ntp -q test-compile dependency:build-classpath -pl media -Dmdep.outputFile="$PWD/$out/classpath" -Dmdep.includeScope=test
fi
for part in $micro; do
  # JMH. codec: Opus and a tick of the mixer, without network or other threads. allocation: a packet from its channel
  # to the kernel, and how many bytes of heap it takes. pictures: what it saves that a picture's go to the kernel as one.
  case "$part" in
    codec) benchmark="AudioBenchmark" ;;
    allocation) benchmark="ForwardingBenchmark -prof gc" ;;
    pictures) benchmark="PicturesBenchmark" ;;
  esac
  printf '\n%s\n' "$part"
  # shellcheck disable=SC2086
  "$java_home/bin/java" \
    -cp "media/target/test-classes:media/target/classes:$(cat "$out/classpath")" \
    org.openjdk.jmh.Main $benchmark -jvmArgs "--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow" \
    -rf json -rff "$out/$part.json" >"$out/$part.log" 2>&1 || status=1
  grep -E '^(Benchmark|Audio|Forwarding|Pictures).* ' "$out/$part.log" | grep -vE 'gc\.(count|time|alloc\.rate) ' | sed 's/^/  /' || true
done

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

if [ -n "$replay" ]; then
  venue=$out/long-replay
  bench org.kakehashi.server.replay.LongReplay "$venue" "${MINUTES:-120}" || status=1
  KAKEHASHI_LONG_REPLAY=$PWD/$venue/kakehashi.yaml npm --prefix web run --silent bench -- replay >"$out/replay.log" 2>&1 || {
    status=1
    echo "The part on the replay failed; see $out/replay.log"
  }
  printf '\nreplay\n'
  grep -E '^(ms|seek|download|replay:)' "$out/replay.log" | sed 's/^/  /' || true
fi

if [ -n "$alignment" ]; then
  # shellcheck disable=SC2086
  bench org.kakehashi.server.bench.alignment.AlignmentBench bin/kakehashi "$out" ${ALIGNMENT:-} || status=1
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
  trap 'ip netns del "$network"; [ ! -w "/proc/$$/autogroup" ] || echo 0 >"/proc/$$/autogroup"' EXIT
  ip -n "$network" link set lo up
  ip -n "$network" link add bench0 type veth peer name bench1
  ip -n "$network" address add 10.87.0.1/24 dev bench0
  ip -n "$network" link set bench0 up
  ip -n "$network" link set bench1 up
  ip -n "$network" route add default dev bench0
  # By lo, so that the kernel keeps the route, as it keeps those to listeners elsewhere (see Janus).
  ip -n "$network" route add local 198.18.0.0/15 dev lo
  # The server's is processor 0 (see PinnedProcess).
  taskset -p -c 1 $$ >/dev/null
  # The generator goes before whatever else runs here: a late generator would be taken for a late server. And all of
  # this before others' sessions, between which the kernel shares first where it groups by session.
  if [ -w "/proc/$$/autogroup" ]; then
    echo -15 >"/proc/$$/autogroup" || true
  fi
  within="timeout --kill-after=30 60m nice -n -15 ip netns exec $network"
  # shellcheck disable=SC2086
  bench -Djava.net.preferIPv4Stack=true org.kakehashi.server.bench.fanout.FanoutBench \
    bin/kakehashi "$out" $fanout || status=1
fi
exit $status
