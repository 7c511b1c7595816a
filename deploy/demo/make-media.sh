#!/bin/sh
# Makes the demo's speech, speakers' pictures and slides again from the texts in scenes/. The results are in the
# repository (server/src/main/resources/demo), so only a change of text or look needs this. No network.
# Needs: espeak-ng ffmpeg chromium fonts-noto-cjk python3 python3-yaml
#
#   make-media.sh               everything
#   make-media.sh plenary …     some scenes; "slides" are the slides
set -eu
exec python3 "$(dirname "$0")/make_media.py" "$@"
