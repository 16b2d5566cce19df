#!/usr/bin/env bash
# Runs PgBouncer with its files in DIRECTORY:
#   PGBOUNCER_PORT=… PGBOUNCER_USER=… PGBOUNCER_PASSWORD=… POSTGRES_PORT=… POSTGRES_DATABASE=… pgbouncer.sh DIRECTORY
# Ends by becoming the pooler, so that this process's id is the pooler's.
set -euo pipefail
source "$(dirname "$0")/as-user.sh"

directory=$1
PATH=$PATH:/usr/sbin
require pgbouncer pgbouncer
as_user postgres

umask 077
mkdir -p "$directory"
cat >"$directory/pgbouncer.ini" <<INI
[databases]
$POSTGRES_DATABASE = host=localhost port=$POSTGRES_PORT dbname=$POSTGRES_DATABASE

[pgbouncer]
listen_addr = localhost
listen_port = $PGBOUNCER_PORT
unix_socket_dir =
auth_type = scram-sha-256
auth_file = $directory/userlist.txt
stats_users = $PGBOUNCER_USER
pool_mode = transaction
default_pool_size = 20
max_client_conn = 2000
; The default of 15 s would keep everyone out for that long after the database is back.
server_login_retry = 1
; A client that the pool cannot serve is told so, rather than left to wait for ever.
query_wait_timeout = 10
log_connections = 0
log_disconnections = 0
INI
printf '"%s" "%s"\n' "$PGBOUNCER_USER" "$PGBOUNCER_PASSWORD" >"$directory/userlist.txt"
own "$directory"

unset PGBOUNCER_PASSWORD
ulimit -n "$(ulimit -Hn)"
exec "${run_as[@]}" pgbouncer --quiet "$directory/pgbouncer.ini"
