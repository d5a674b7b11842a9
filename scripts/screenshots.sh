#!/usr/bin/env bash
# Writes docs/screenshots/*.png anew: the web app as it is here, with the demo's two hotels, in a Chromium of the system.
#
#     scripts/screenshots.sh [ARGS for playwright test, such as -g drawer]
#
# The demo lies in .pms/screenshots, apart from any other. It is filled by its own generator around the present day, and made anew when
# that is no longer today: filling takes some minutes, later runs on the same day a few seconds.
# One picture alone: `-g 'two moves'`. PMS_DEMO_PROFILE=dev takes the build that tests have, where that of the demo is still to be made.
# Guests have names in many scripts: scripts/bootstrap.sh screenshots looks for their fonts.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin"
target=${CARGO_TARGET_DIR:-target}
folder=$PWD/.pms/screenshots
log=$PWD/.pms/screenshots.log

scripts/web.sh build
profile=${PMS_DEMO_PROFILE:-demo}
cargo build --profile "$profile" --locked
built=${profile/dev/debug}

today=$(TZ=America/New_York date +%F)
[ "$(cat "$folder/day" 2>/dev/null)" = "$today" ] || rm -rf "$folder"
mkdir -p "$folder" docs/screenshots

demo=
finish() {
    [ -z "$demo" ] || kill -TERM "$demo" 2>/dev/null || true
    wait
}
trap finish EXIT
"$target/$built/pms" demo --listen 127.0.0.1:0 --data-dir "$folder/demo" >"$log" 2>&1 &
demo=$!
address() { sed -n 's/.*runs at \(http:\/\/[0-9.:]*\).*/\1/p' "$log" | head -n 1; }
until [ -n "$(address)" ]; do
    kill -0 "$demo" 2>/dev/null || {
        cat "$log" >&2
        echo "screenshots: the demo did not start" >&2
        exit 1
    }
    sleep 0.5
done
echo "$today" >"$folder/day"

export PMS_E2E_URL
PMS_E2E_URL=$(address)
(cd web && PATH="$PWD/node_modules/.bin:$PATH" playwright test --config e2e/screenshots.config.ts "$@")
ls -l docs/screenshots
