#!/usr/bin/env bash
# Installs what is missing, checks the format, builds, runs every test, and ends with "N passed, N failed".
# Arguments go to `dotnet test`: ./test.sh --filter Faults
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
source "$root/eng/common.sh"

need_dotnet
"$root/eng/detect-packages.sh"
install_stores
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
status=0
dotnet test "$root/Chat.Tests" -c "$configuration" --no-build --nologo --results-directory "$results" \
  --logger "trx;LogFileName=results.trx" --logger "console;verbosity=minimal" "$@" || status=$?

counters=$(grep -m 1 -o '<Counters [^>]*' "$results/results.trx") || die "No test ran."
count() { sed -E "s/.* $1=\"([0-9]+)\".*/\1/" <<<"$counters"; }
echo "$(count passed) passed, $(count failed) failed"
exit "$status"
