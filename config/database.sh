# For backup and restore: finds the database that vouch uses and the tools that fit it.
# shellcheck shell=bash

fail() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
    exit 1
}

# A tool of the newest PostgreSQL that is installed: pg_dump must not be older than the server.
postgres_tool() {
    local found
    found=$(compgen -G "/usr/lib/postgresql/*/bin/$1" | sort -V | tail -n 1) || true
    [ -n "$found" ] || found=$(command -v "$1") || fail "$1 is not installed (Debian: postgresql-client)"
    printf '%s\n' "$found"
}

# Sets `database` to a connection string: VOUCH_DATABASE_URL, or the private cluster of the data
# folder, whose server is started for the while where it does not run.
find_database() {
    database=${VOUCH_DATABASE_URL:-}
    if [ -z "$database" ] && [ -n "${VOUCH_DATABASE_URL_FILE:-}" ]; then
        database=$(<"$VOUCH_DATABASE_URL_FILE")
    fi
    if [ -n "$database" ]; then hide_password; else find_own_cluster; fi
}

# Other users read the command lines of all processes: the password goes into the environment.
hide_password() {
    local uri='^([a-z]+://[^:@/]*):([^@/]*)@(.*)$' words="^(.*)password=([^' ]+)(.*)\$" password
    if [[ $database =~ $uri ]]; then
        printf -v password %b "${BASH_REMATCH[2]//%/\\x}"
        database=${BASH_REMATCH[1]}@${BASH_REMATCH[3]}
    elif [[ $database != *://* && $database =~ $words ]]; then
        password=${BASH_REMATCH[2]}
        database=${BASH_REMATCH[1]}${BASH_REMATCH[3]}
    else
        return 0
    fi
    export PGPASSWORD=$password
}

find_own_cluster() {
    local data=${VOUCH_DATA:-var} base cluster
    base=$data
    [ ! -f "$data/location" ] || base=$(<"$data/location")
    cluster=$base/cluster
    [ -f "$cluster/PG_VERSION" ] || fail "there is no VOUCH_DATABASE_URL, and no cluster in $data yet \
('vouch migrate' makes one)"
    cluster=$(cd "$cluster" && pwd -P)
    server_runs "$cluster" || start_server "$cluster"
    # postmaster.pid: process, cluster, start, port, folder of the socket.
    local folder
    folder=$(sed -n 5p "$cluster/postmaster.pid")
    database="host='${folder//\'/\\\'}' port=$(sed -n 4p "$cluster/postmaster.pid") dbname=vouch user=vouch"
}

server_runs() {
    local id
    [ -f "$1/postmaster.pid" ] || return 1
    id=$(head -n 1 "$1/postmaster.pid")
    [ "$(readlink -f "/proc/$id/cwd")" = "$1" ]
}

start_server() {
    local cluster=$1 sockets
    bin=/usr/lib/postgresql/$(<"$cluster/PG_VERSION")/bin
    [ -x "$bin/pg_ctl" ] || bin=$(dirname "$(postgres_tool pg_ctl)")
    as_owner=()
    if [ "$(id -u)" = 0 ]; then as_owner=(runuser -u "$(stat -c %U "$cluster")" --); fi
    sockets=$(mktemp -d /tmp/vouch-socket-XXXXXX)
    if [ "$(id -u)" = 0 ]; then chown "$(stat -c %u "$cluster")" "$sockets"; fi
    own_cluster=$cluster own_sockets=$sockets
    trap stop_server EXIT
    (cd "$cluster" && "${as_owner[@]}" "$bin/pg_ctl" -s -w -D "$cluster" \
        -o "-c listen_addresses= -c port=5432 -c unix_socket_directories=$sockets" start) \
        </dev/null >>"${cluster%/*}/postgres.log" 2>&1 ||
        fail "PostgreSQL does not start; see ${cluster%/*}/postgres.log"
}

stop_server() {
    if server_runs "$own_cluster"; then
        (cd "$own_cluster" && "${as_owner[@]}" "$bin/pg_ctl" -s -w -m fast -D "$own_cluster" stop) || true
    fi
    rm -rf "$own_sockets"
}
