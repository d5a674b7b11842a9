#!/usr/bin/env bash
# Builds and checks the web app in web/, with what its package-lock.json names:
#
#     scripts/web.sh build    web/dist, which `cargo build` puts into the binary; nothing when nothing below web/ changed
#     scripts/web.sh check    types, format, lints, and whether the types of the API are those of openapi.json
#     scripts/web.sh test     its tests; prints the totals last
#     scripts/web.sh gen      the types of the API from openapi.json
#
# Needs npm with any Node that runs it: the Node that does the work comes with the packages.
set -euo pipefail

what=${1:-}
case $what in build | check | test | gen) ;; *)
    echo "usage: scripts/web.sh build|check|test|gen" >&2
    exit 2
    ;;
esac
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
mkdir -p .pms

say() { echo "web: $*"; }

# One number for all that a build is made of, installed packages included by their lock.
fingerprint() {
    find web -type d \( -name node_modules -o -name dist -o -name paraglide -o -name e2e -o -name bench -o -name test-results \) -prune \
        -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum
}

install_packages() {
    cmp -s web/package-lock.json web/node_modules/.installed-lock && return
    say "installing the packages of web/package-lock.json"
    npm --prefix web ci --no-audit --no-fund --loglevel=error </dev/null
    require_node
    # Last, so that an interrupted installation is done again.
    cp web/package-lock.json web/node_modules/.installed-lock
}

# npm puts web/node_modules/.bin first when it runs a script, so this is the Node that counts.
require_node() {
    local said
    said=$(web/node_modules/.bin/node --version 2>/dev/null || node --version)
    case $said in
    v2[4-9].* | v[3-9][0-9].* | v20.19.* | v20.[2-9][0-9].* | v22.1[2-9].* | v22.[2-9][0-9].*) ;;
    *)
        echo "web: Node 20.19 or newer is needed, this is $said, and npm did not bring its own: npm may have been told not to run scripts" >&2
        exit 1
        ;;
    esac
}

build() {
    local now
    now=$(fingerprint)
    [ -f web/dist/index.html ] && [ "$(cat .pms/web-dist 2>/dev/null)" = "$now" ] && return
    install_packages
    rm -f .pms/web-dist
    npm --prefix web run --silent build
    say "built web/dist"
    # cargo sees that files of a build changed, not that a build came where there was none.
    touch src/web/files.rs
    echo "$now" >.pms/web-dist
}

run_tests() {
    install_packages
    local report=$root/.pms/web-tests.xml status=0
    rm -f "$report"
    npm --prefix web test --silent -- --reporter=default --reporter=junit --outputFile.junit="$report" || status=$?
    attribute() { sed -n "s/^<testsuites .*\b$1=\"\([0-9]*\)\".*/\1/p" "$report"; }
    if [ -f "$report" ]; then
        local failed=$(($(attribute failures) + $(attribute errors)))
        echo "vitest: $(($(attribute tests) - failed)) passed, $failed failed"
    else
        echo "vitest: ended with status $status before a test ran"
    fi
    return "$status"
}

case $what in
build) build ;;
check)
    install_packages
    npm --prefix web run --silent check
    ;;
test) run_tests ;;
gen)
    install_packages
    npm --prefix web run --silent gen
    ;;
esac
