#!/usr/bin/env bash
# Starts Chat on this machine: installs what is missing, builds, starts everything, and says where it is.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$root/eng/common.sh"

usage() {
  cat <<USAGE
Usage: ./run.sh [--demo] [--fresh] [--hot-reload] [--no-dashboard] [--no-build] [--setting=value …]

  --demo          with a few people and conversations; prints their password
  --fresh         start empty: deletes the messages and accounts of earlier runs
  --hot-reload    the web client from its sources too, by Vite: what is changed shows at once
  --no-dashboard  without the Aspire dashboard
  --no-build      what was built last, as it is

Settings, for instance:
  --Ports:api=5080 --Ports:realtime=5090   fixed ports (the defaults, where nothing else has them)
  --Replicas:api=2                         more processes of a service
  --DataDirectory=/path                    where the data is kept
Ctrl-C stops everything.
USAGE
}

arguments=() dashboard=yes build=yes usual_ports=yes
for argument in "$@"; do
  case $argument in
    -h | --help) usage; exit ;;
    --demo) arguments+=(--Demo=true) ;;
    --fresh) arguments+=(--Fresh=true) ;;
    --hot-reload) arguments+=(--Web:HotReload=true) ;;
    --no-dashboard) dashboard=no arguments+=(--Dashboard:Enabled=false) ;;
    --no-build) build=no ;;
    --Ports:api=*) usual_ports=no arguments+=("$argument") ;;
    --*=*) arguments+=("$argument") ;;
    *) usage >&2; die "Unknown argument: $argument" ;;
  esac
done

need_dotnet
if [ "$build" = yes ]; then need_node; fi
"$root/eng/detect-packages.sh"
install_stores
if [ "$dashboard" = yes ] && ! uses_aspire; then "$root/eng/install-dashboard.sh"; fi
if [ "$build" = yes ]; then build "$root/Chat.AppHost/Chat.AppHost.csproj"; fi

if uses_aspire; then
  # What the IDE's launch profile sets.
  export DOTNET_ENVIRONMENT=Development ASPIRE_ALLOW_UNSECURED_TRANSPORT=true ASPNETCORE_URLS=http://localhost:18888
  export ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=${ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL:-http://localhost:4317} \
    ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=http://localhost:18889
fi

# The usual ports go to the first Chat of this machine that was told no others; more take free ones. Held as long as this one runs.
exec 9>"${TMPDIR:-/tmp}/chat-usual-ports.lock"
if [ "$usual_ports" = yes ] && flock -n 9; then arguments=(--Ports:api=5080 --Ports:realtime=5090 "${arguments[@]}"); fi

exec dotnet "$root/Chat.AppHost/bin/$configuration/net10.0/Chat.AppHost.dll" "${arguments[@]}"
