#!/usr/bin/env bash
# Installs what is missing, checks the format, builds, runs every test, and ends with "N passed, N failed".
# Arguments go to `dotnet test`, and the web client's own tests are left out: ./test.sh --filter Faults
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$root/eng/common.sh"

need_dotnet
need_node
"$root/eng/detect-packages.sh"
install_stores
install_browser
if ! uses_aspire; then "$root/eng/install-dashboard.sh"; fi

say "Restoring …"
restore "$root/Chat.sln"
say "Checking the format …"
dotnet format "$root/Chat.sln" --verify-no-changes --no-restore >&2 || die "Run 'dotnet format' and commit the result."
say "Building …"
build "$root/Chat.sln"
say "Testing …"
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0 web_passed=0 web_failed=0
if [ $# = 0 ]; then
  (cd "$root/Chat.Web" && npm test --silent -- --reporter=default --reporter=json --outputFile.json="$results/web.json") >"$results/web.log" 2>&1 || status=$?
  if [ "$status" != 0 ]; then cat "$results/web.log" >&2; fi
  web_count() { sed -nE "s/.*\"num$1Tests\":([0-9]+).*/\1/p" "$results/web.json"; }
  [ -e "$results/web.json" ] || die "The web client's tests did not run."
  web_passed=$(web_count Passed) web_failed=$(web_count Failed)
fi
dotnet test "$root/Chat.Tests" -c "$configuration" --no-build --nologo --results-directory "$results" \
  --logger "trx;LogFileName=results.trx" --logger "console;verbosity=minimal" "$@" || status=$?

counters=$(grep -m 1 -o '<Counters [^>]*' "$results/results.trx") || die "No test ran."
count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
echo "$(($(count passed) + web_passed)) passed, $(($(count failed) + web_failed)) failed"
exit "$status"
