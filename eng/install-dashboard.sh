#!/usr/bin/env bash
# Installs the stand-alone Aspire dashboard into the user's cache. It comes in the npm package of Aspire's command line
# program, which unpacks it on `setup`.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
source "$root/eng/common.sh"
dashboard=$cache/aspire-dashboard

install() {
  [ "$(cat "$dashboard/version" 2>/dev/null)" = "$aspire_version" ] && return
  command -v npm >/dev/null 2>&1 || die "Node.js is missing; it brings npm, from which the dashboard comes. Or use --no-dashboard."
  say "Installing the Aspire dashboard …"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  (
    cd "$work"
    npm pack --silent "@microsoft/aspire-cli-linux-x64@$aspire_version" >/dev/null 2>"$work/log" \
      || die "npm could not fetch the dashboard: $(tail -n 1 "$work/log")"
    tar -xzf ./*.tgz
    mkdir -p x/bin
    cp package/bin/aspire x/bin/
    HOME=$work x/bin/aspire setup >"$work/log" 2>&1 || die "The dashboard could not be unpacked: $(tail -n 1 "$work/log")"
  )
  rm -rf "$dashboard"
  mkdir -p "$dashboard"
  cp -r "$work"/x/versions/*/managed/. "$dashboard/"
  echo "$aspire_version" >"$dashboard/version"
}

locked dashboard install
