#!/usr/bin/env bash
# Runs PostgreSQL on DIRECTORY, first making the cluster and the database where there are none:
#   POSTGRES_PORT=… POSTGRES_PASSWORD=… postgres.sh DIRECTORY DATABASE [server option …]
# Ends by becoming the server, so that this process's id is the server's.
set -euo pipefail
source "$(dirname "$0")/as-user.sh"

directory=$1 database=$2
shift 2
least_free_mb=200

for bin in $(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin 2>/dev/null | sort -rV); do
  PATH=$bin:$PATH
  break
done
require postgres postgresql
as_user postgres

free_mb=$(df --output=avail -B1M "$(dirname "$directory")" | tail -n 1 | tr -d ' ')
if [ "$free_mb" -lt "$least_free_mb" ]; then
  fail "Only $free_mb MB are free on the disk of $directory; PostgreSQL needs $least_free_mb MB."
fi

if [ ! -e "$directory" ]; then
  # Made beside and moved into place, so that an interrupted first start leaves nothing half made.
  new=$directory.new
  rm -rf "$new" "$new.password"
  mkdir -m 700 "$new"
  own "$new"
  (umask 077 && printf '%s\n' "$POSTGRES_PASSWORD" >"$new.password")
  own "$new.password"
  "${run_as[@]}" initdb --pgdata="$new" --username=postgres --auth=scram-sha-256 --pwfile="$new.password" --encoding=UTF8 \
    --locale=C.UTF-8 >"$new.log" 2>&1 || fail "initdb failed: $(tail -n 3 "$new.log")"
  rm -f "$new.password"
  echo "CREATE DATABASE \"$database\"" | "${run_as[@]}" postgres --single -D "$new" postgres >"$new.log" 2>&1 \
    || fail "The database could not be made: $(tail -n 3 "$new.log")"
  rm -f "$new.log"
  mv "$new" "$directory"
fi

[ -e "$directory/PG_VERSION" ] || fail "$directory is no PostgreSQL data directory (it has no PG_VERSION)." \
  "Put it right from a backup, or start empty with ./run.sh --fresh."
own_version=$(postgres --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
made_by=$(cat "$directory/PG_VERSION")
[ "$made_by" = "$own_version" ] || fail "$directory was made by PostgreSQL $made_by, but $own_version is installed." \
  "Use pg_upgrade, or start empty with ./run.sh --fresh."

if [ -e "$directory/postmaster.pid" ]; then
  pid=$(head -n 1 "$directory/postmaster.pid")
  if [ -e "/proc/$pid/exe" ] && [[ $(tr '\0' ' ' <"/proc/$pid/cmdline") == *"$directory"* ]]; then
    fail "PostgreSQL (process $pid) already runs on $directory: is Chat started twice?"
  fi
  # After a crash the old server's children may still be ending; a new one would refuse to start beside them.
  segment=$(sed -n 7p "$directory/postmaster.pid" | awk '{print $2}')
  for _ in $(seq 100); do
    attached=$(awk -v id="${segment:-none}" '$2 == id {print $7}' /proc/sysvipc/shm 2>/dev/null || true)
    [ "${attached:-0}" = 0 ] && break
    sleep 0.1
  done
fi

unset POSTGRES_PASSWORD
exec "${run_as[@]}" postgres -D "$directory" -p "$POSTGRES_PORT" -c listen_addresses=localhost -c unix_socket_directories= \
  -c logging_collector=off "$@"
