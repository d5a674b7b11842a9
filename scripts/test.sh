#!/usr/bin/env bash
# Runs all tests on a PostgreSQL of their own and closes with the totals:
#
#     scripts/test.sh [ARGS for cargo nextest run]
#
# With arguments, which choose some tests, only those of Rust run. Set CI for the profile `ci`.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PATH="$PWD/.pms/venv/bin:$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin"
profile=default
[ -z "${CI:-}" ] || profile=ci

if [ -z "${PMS_TEST_DATABASE_URL:-}" ]; then
    # Built first, so that no server waits for the compiler.
    cargo nextest run --locked --profile "$profile" --no-run
    exec scripts/with-postgres.sh "$0" "$@"
fi

totals=()
status=0

# Below the workspace, wherever else things are built.
report=target/nextest/$profile/junit.xml
rm -f "$report"
cargo nextest run --locked --profile "$profile" "$@" || status=$?
if [ -f "$report" ]; then
    attribute() { sed -n "s/^<testsuites .* $1=\"\([0-9]*\)\".*/\1/p" "$report"; }
    failed=$(($(attribute failures) + $(attribute errors)))
    totals+=("nextest: $(($(attribute tests) - failed)) passed, $failed failed")
else
    totals+=("nextest: ended with status $status before a test ran")
fi

if [ $# -eq 0 ]; then
    if scripts/web.sh check; then
        totals+=("web: types, format and lints hold")
    else
        totals+=("web: types, format or lints FAILED")
        status=1
    fi
    # Its last line are its totals. What is told meanwhile goes where stderr goes, which may be a file of somebody else: it cannot be opened anew.
    totals+=("$(scripts/web.sh test | tee >(cat >&2) | tail -n 1)") || status=1
    totals+=("$(scripts/e2e.sh | tee >(cat >&2) | tail -n 1)") || status=1
fi

if [ $# -eq 0 ] && [ -x scripts/schemathesis.sh ]; then
    if scripts/schemathesis.sh; then
        totals+=("schemathesis: no failure")
    else
        totals+=("schemathesis: FAILED")
        status=1
    fi
fi

echo
printf '%s\n' "${totals[@]}"
exit "$status"
