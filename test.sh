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

run_tests() {
  local name=$1
  shift
  # A shell lets what it runs in the background ignore Ctrl-C, and so would all that the tests start.
  env --default-signal=INT,QUIT dotnet test "$root/Chat.Tests" -c "$configuration" --no-build --nologo --results-directory "$results" \
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" "$@"
}

# Much of a test's time is waiting. So all of them run as two processes at once, each with applications of its own, which see nothing of each other.
apart="FullyQualifiedName~Chat.Tests.Faults|FullyQualifiedName~Chat.Tests.LoadTests|FullyQualifiedName~Chat.Tests.Browser|FullyQualifiedName~Chat.Tests.AppHost"
if [ $# = 0 ]; then
  run_tests others --filter "$(sed -e 's/|/\&/g' -e 's/~/!~/g' <<<"$apart")" &
  run_tests apart --filter "$apart" || status=$?
  wait $! || status=$?
  expected=(apart others)
else
  run_tests results "$@" || status=$?
  expected=(results)
fi

passed=$web_passed failed=$web_failed
for name in "${expected[@]}"; do
  counters=$(grep -m 1 -o '<Counters [^>]*' "$results/$name.trx") || die "No test ran ($name)."
  count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
  passed=$((passed + $(count passed))) failed=$((failed + $(count failed)))
done
echo "$passed passed, $failed failed"
exit "$status"
