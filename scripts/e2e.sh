#!/usr/bin/env bash
# Drives the web app in a real browser against the real server and a PostgreSQL of their own:
#
#     scripts/e2e.sh [ARGS for playwright test]
#
# The browser is Chromium of the system (PMS_CHROMIUM names another). The last line are the totals. Traces of what failed stay in
# .pms/e2e; web/node_modules/.bin/playwright show-trace opens them.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin"
target=${CARGO_TARGET_DIR:-target}

if [ -z "${PMS_E2E_CLUSTER:-}" ]; then
    scripts/web.sh build
    cargo build --locked
    # A cluster that nobody else uses, whatever the tests of Rust run on.
    exec env -u PMS_TEST_DATABASE_URL PMS_E2E_CLUSTER=own scripts/with-postgres.sh "$0" "$@"
fi

mkdir -p .pms/e2e
pms=$target/debug/pms
export PMS_E2E_PASSWORD=a-password-for-browsers
export PMS_OWNER_DATABASE_URL=$PMS_TEST_DATABASE_URL
"$pms" migrate >/dev/null
"$pms" tenant add e2e --name 'E2E Hotels' >/dev/null
for role in manager front-desk housekeeping read-only; do
    email=${role/front-desk/desk}
    email=${email/read-only/reader}@e2e.example
    printf %s "$PMS_E2E_PASSWORD" | "$pms" user add --tenant e2e --email "$email" --role "$role" --password-stdin >/dev/null
done

server= gateway= mail=
finish() { kill $server $gateway $mail 2>/dev/null || true; }
trap finish EXIT

# Waits for a program to print its address, and prints it.
address() {
    for _ in $(seq 100); do
        grep -q '://' "$1" && break
        kill -0 "$2" 2>/dev/null || break
        sleep 0.1
    done
    sed -n 's/.*\(\(http\|smtp\):\/\/[0-9.:]*\).*/\1/p' "$1" | head -n 1
}

export PMS_GATEWAY_SECRET=a-secret-for-browsers
PATH="$PWD/web/node_modules/.bin:$PATH" node web/e2e/gateway.mjs >.pms/e2e-gateway.out &
gateway=$!
PMS_GATEWAY_URL=$(address .pms/e2e-gateway.out "$gateway")
export PMS_GATEWAY_URL
PATH="$PWD/web/node_modules/.bin:$PATH" node web/e2e/mail.mjs >.pms/e2e-mail.out &
mail=$!
PMS_MAIL_URL=$(address .pms/e2e-mail.out "$mail")
export PMS_MAIL_URL PMS_MAIL_FROM=hotel@example.com
DATABASE_URL=${PMS_TEST_DATABASE_URL/postgres@/pms_app@} "$pms" serve --listen 127.0.0.1:0 >.pms/e2e-server.out 2>.pms/e2e-server.log &
server=$!
PMS_E2E_URL=$(address .pms/e2e-server.out "$server")
export PMS_E2E_URL
if [ -z "$PMS_E2E_URL" ]; then
    cat .pms/e2e-server.log >&2
    echo "playwright: the server did not start"
    exit 1
fi

status=0
rm -f .pms/e2e.xml
(cd web && PATH="$PWD/node_modules/.bin:$PATH" playwright test --config e2e/playwright.config.ts "$@") || status=$?
attribute() { sed -n "s/^<testsuites .*\b$1=\"\([0-9]*\)\".*/\1/p" .pms/e2e.xml; }
if [ -f .pms/e2e.xml ]; then
    failed=$(($(attribute failures) + $(attribute errors)))
    echo "playwright: $(($(attribute tests) - failed)) passed, $failed failed"
else
    echo "playwright: ended with status $status before a test ran"
fi
exit "$status"
