#!/usr/bin/env bash
# Runs Redis with its configuration in DIRECTORY:
#   REDIS_PORT=… REDIS_PASSWORD=… redis.sh DIRECTORY
# Ends by becoming the server, so that this process's id is the server's.
set -euo pipefail
source "$(dirname "$0")/as-user.sh"

directory=$1
require redis-server redis-server
as_user redis

umask 077
mkdir -p "$directory"
cat >"$directory/redis.conf" <<CONF
bind 127.0.0.1 -::1
port $REDIS_PORT
requirepass $REDIS_PASSWORD
dir $directory
# Nothing is kept on disk: Postgres is the log.
save ""
appendonly no
maxmemory 256mb
maxmemory-policy volatile-lru
CONF
own "$directory"

unset REDIS_PASSWORD
exec "${run_as[@]}" redis-server "$directory/redis.conf"
