#!/usr/bin/env bash
# Runs CMD beside a PostgreSQL of its own, for tests:
#
#     scripts/with-postgres.sh CMD [ARGS…]
#
# CMD finds PMS_TEST_DATABASE_URL in its environment: a superuser's URL to the database `postgres`. When that is
# set already (a server of one's own, or this script within itself), CMD simply runs.
#
# The cluster is thrown away afterwards, so it promises nothing to the disk. It listens on a Unix socket in a
# folder that only its owner may enter. PostgreSQL refuses root: as root it runs as an unprivileged user.
# Whatever ends this script — an error, Ctrl+C, even kill -9 — the cluster ends and its folder is removed.
# Its log stays in .pms/test-pg/postgres.log. The exit status is that of CMD.
set -euo pipefail

[ $# -gt 0 ] || { echo "usage: scripts/with-postgres.sh CMD [ARGS…]" >&2; exit 2; }
if [ -n "${PMS_TEST_DATABASE_URL:-}" ]; then exec "$@"; fi

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bin=$("$root/scripts/postgres-bin.sh") || {
    echo "with-postgres: no PostgreSQL server programs (15 or newer); scripts/bootstrap.sh test installs them" >&2
    exit 1
}
mkdir -p "$root/.pms/test-pg"
log=$root/.pms/test-pg/postgres.log
: >"$log"

# Short on purpose: the path of a Unix socket may have about a hundred bytes.
dir=$(mktemp -d /tmp/pms-pg.XXXXXX)
data=$dir/data
watchdog=

# The postmaster's pid as PostgreSQL itself wrote it, or nothing.
postmaster() { head -n 1 "$data/postmaster.pid" 2>/dev/null || true; }

# The data is thrown away, so nothing is written back: SIGQUIT is PostgreSQL's immediate shutdown.
remove_cluster() {
    local pid left
    pid=$(postmaster)
    if [ -n "$pid" ]; then
        kill -QUIT "$pid" 2>/dev/null || true
        for left in $(seq 100); do
            kill -0 "$pid" 2>/dev/null || break
            [ "$left" -lt 100 ] || kill -KILL "$pid" 2>/dev/null || true
            sleep 0.05
        done
    fi
    rm -rf "$dir"
}
finish() {
    local status=$?
    trap - EXIT
    trap '' INT TERM HUP
    [ -z "$watchdog" ] || kill "$watchdog" 2>/dev/null || true
    remove_cluster
    exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

# Who runs PostgreSQL: the caller, or for root an unprivileged user.
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
    owner=postgres
    id -u "$owner" >/dev/null 2>&1 || owner=nobody
    uid=$(id -u "$owner") gid=$(id -g "$owner")
    chown "$uid:$gid" "$dir"
    if command -v setpriv >/dev/null; then
        as_owner=(setpriv "--reuid=$uid" "--regid=$gid" --clear-groups)
    elif command -v runuser >/dev/null; then
        as_owner=(runuser -u "$owner" --)
    else
        as_owner=(su -s /bin/sh "$owner" -c 'exec "$0" "$@"' --)
    fi
fi
chmod 700 "$dir"

# A clean environment: no PGPORT or PGDATA of the caller, and messages in English.
owned() {
    (cd "$dir" && exec ${as_owner[@]+"${as_owner[@]}"} env -i PATH="$PATH" LC_ALL=C HOME="$dir" \
        ${LD_LIBRARY_PATH:+LD_LIBRARY_PATH="$LD_LIBRARY_PATH"} "$@")
}
make_cluster() {
    owned "$bin/initdb" -D "$data" -U postgres --encoding=UTF8 --locale="$1" \
        --auth-local=trust --auth-host=reject --no-sync --no-instructions >>"$log" 2>&1
}
fail() {
    echo "with-postgres: $1; the end of $log:" >&2
    tail -n 20 "$log" >&2
    exit 1
}

owned "$bin/postgres" --version >/dev/null 2>&1 ||
    fail "the unprivileged user ${owner:-$(id -un)} cannot run $bin/postgres"
# C.UTF-8 sorts by code point and knows letters beyond ASCII, which pg_trgm needs; not every system has it.
make_cluster C.UTF-8 || make_cluster C || fail "initdb failed"

# Job control gives the server a process group of its own: Ctrl+C reaches CMD, not PostgreSQL.
set -m
owned "$bin/postgres" -D "$data" -c port=5432 -c listen_addresses= -c "unix_socket_directories=$dir" \
    -c max_connections=400 -c shared_buffers=128MB -c jit=off -c timezone=UTC -c log_timezone=UTC \
    -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c autovacuum=off \
    -c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=4GB -c checkpoint_timeout=1h \
    -c log_statement=none -c log_lock_waits=on -c log_checkpoints=off -c "log_line_prefix=%m [%p] %d " \
    </dev/null >>"$log" 2>&1 &
server=$!

# Ends the cluster when this script was killed in a way that no trap sees: the pipe's only writer is this script,
# so its reader comes to the end when the script is gone.
mkfifo -m 600 "$dir/alive"
(
    trap - EXIT INT TERM HUP
    cat "$dir/alive"
    remove_cluster
) </dev/null >/dev/null 2>&1 &
watchdog=$!
exec 9>"$dir/alive"
set +m
disown -a

ready=
for _ in $(seq 600); do
    # The eighth line of postmaster.pid is the server's state.
    case $(sed -n 8p "$data/postmaster.pid" 2>/dev/null || true) in ready*) ready=yes && break ;; esac
    kill -0 "$server" 2>/dev/null || fail "PostgreSQL did not start"
    sleep 0.05
done
[ -n "$ready" ] || fail "PostgreSQL was not ready in time"

export PMS_TEST_DATABASE_URL="postgres://postgres@${dir//\//%2F}:5432/postgres"
status=0
"$@" 9>&- || status=$?
exit "$status"
