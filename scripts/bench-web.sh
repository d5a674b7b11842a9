#!/usr/bin/env bash
# Measures the calendar in a real browser, at 1,000 rooms, beside DayPilot Lite in the same run, and writes docs/performance-web.md:
#
#     scripts/bench-web.sh [--strict] [--rounds N]
#
# --strict exits with 1 when a bar is missed. The server is the release binary (PMS_BENCH_BINARY names another, which is not built) on a
# PostgreSQL of its own; the browser is Chromium of the system (PMS_CHROMIUM names another).
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin"

if [ -z "${PMS_BENCH_CLUSTER:-}" ]; then
    scripts/web.sh build
    [ -n "${PMS_BENCH_BINARY:-}" ] || cargo build --release --locked
    # A cluster that nobody else uses, whatever the tests run on.
    exec env -u PMS_TEST_DATABASE_URL PMS_BENCH_CLUSTER=own scripts/with-postgres.sh "$0" "$@"
fi

mkdir -p .pms
pms=${PMS_BENCH_BINARY:-${CARGO_TARGET_DIR:-target}/release/pms}
export PMS_BENCH_PASSWORD=a-password-for-browsers
export PMS_OWNER_DATABASE_URL=$PMS_TEST_DATABASE_URL
psql=$(command -v psql || echo "$(scripts/postgres-bin.sh)/psql")
"$pms" migrate >/dev/null
"$pms" tenant add bench --name 'Bench Hotels' >/dev/null
printf %s "$PMS_BENCH_PASSWORD" | "$pms" user add --tenant bench --email manager@bench.example --role manager --password-stdin >/dev/null
"$psql" -q "$PMS_TEST_DATABASE_URL" -f web/bench/hotel.sql >.pms/bench-web-fill.log
"$pms" calendar rebuild >>.pms/bench-web-fill.log
if ! "$pms" doctor >>.pms/bench-web-fill.log 2>&1; then
    cat .pms/bench-web-fill.log >&2
    echo "bench-web: the hotel that was filled is not as it must be" >&2
    exit 1
fi

server=
finish() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; }
trap finish EXIT
DATABASE_URL=${PMS_TEST_DATABASE_URL/postgres@/pms_app@} "$pms" serve --listen 127.0.0.1:0 >.pms/bench-web.out 2>.pms/bench-web.log &
server=$!
for _ in $(seq 100); do
    grep -q 'http://' .pms/bench-web.out && break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
PMS_BENCH_URL=$(sed -n 's/.*\(http:\/\/[0-9.:]*\).*/\1/p' .pms/bench-web.out | head -n 1)
export PMS_BENCH_URL
if [ -z "$PMS_BENCH_URL" ]; then
    cat .pms/bench-web.log >&2
    echo "bench-web: the server did not start" >&2
    exit 1
fi

PATH="$PWD/web/node_modules/.bin:$PATH" node web/bench/main.ts "$@"
