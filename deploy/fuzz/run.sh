#!/bin/sh
# Runs every fuzz target for a while, with coverage feedback. What makes one fail is kept by Jazzer as
# a new input beside the target's resources, where a plain `make test` replays it.
#
#   FUZZ_SECONDS=60 FUZZ_ONLY=Sdp deploy/fuzz/run.sh
set -eu
cd "$(dirname "$0")/../.."

seconds=${FUZZ_SECONDS:-60}
only=${FUZZ_ONLY:-}
failed=""
count=0

for file in $(find media/src/test server/src/test -name '*FuzzTest.java' | sort); do
  class=$(basename "$file" .java)
  module=${file%%/*}
  case "$class" in *"$only"*) ;; *) continue ;; esac
  # Jazzer fuzzes one target in one JVM.
  for method in $(awk '/@FuzzTest/ { wanted = 1 } wanted && /void +[a-zA-Z0-9_]+\(/ {
      match($0, /void +[a-zA-Z0-9_]+/); print substr($0, RSTART + 5, RLENGTH - 5); wanted = 0 }' "$file"); do
    count=$((count + 1))
    printf '%-60s ' "$class.$method"
    log=build/fuzz/$class.$method.log
    mkdir -p build/fuzz
    if JAZZER_FUZZ=1 mvn -B -ntp -q -pl "$module" -am test -Dtest="$class#$method" \
      -Dsurefire.failIfNoSpecifiedTests=false \
      -Djazzer.hooks=true -Djazzer.internal.arg.0=jazzer "-Djazzer.internal.arg.1=-max_total_time=$seconds" \
      >"$log" 2>&1; then
      echo "$(grep -ao 'stat::number_of_executed_units: *[0-9]*\|Done [0-9]* runs' "$log" | tail -n 1)"
    else
      echo "FAILED, see $log"
      failed="$failed $class.$method"
    fi
  done
done

[ "$count" -gt 0 ] || { echo "No fuzz target matches '$only'." >&2; exit 1; }
[ -z "$failed" ] || { echo "Failed:$failed" >&2; exit 1; }
