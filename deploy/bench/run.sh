#!/bin/sh
# Measures a server on this machine and prints what it found; the figures are also in build/bench/*.json.
# Ends with 1 if a crowd of listeners loses a packet or leaves anything behind, or if recording takes too much of a core.
#
#   deploy/bench/run.sh [browser] [hls] [forwarding] [mixing] [crowd] [codec] [recording]     all of them if none is named
#   LISTENERS=300 SECONDS=60                                        size of the crowd, and how long it listens
set -eu
cd "$(dirname "$0")/../.."

out=build/bench
mkdir -p "$out"
java_home=$(bin/find-jdk)
export JAVA_HOME="$java_home"
wanted=${*:-browser hls forwarding mixing crowd codec recording}
micro=""
server=""
recording=""
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
    *)
      echo "There is no benchmark '$part': browser, hls, forwarding, mixing, crowd, codec, recording" >&2
      exit 2
      ;;
  esac
done

# The load clients are among the tests.
[ -z "$server$recording" ] || mvn -B -ntp -q test-compile

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

if [ -n "$server" ]; then
  # shellcheck disable=SC2086
  "$java_home/bin/java" \
    --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
    -Dlogback.configurationFile=server/src/test/resources/logback-test.xml \
    -cp "server/target/test-classes:media/target/test-classes:server/target/classes:media/target/classes:server/target/lib/*" \
    org.kakehashi.server.bench.Bench bin/kakehashi "$out" $server || status=1
fi
exit $status
