# Sourced by run.sh, test.sh and the scripts beside it. Defines; does nothing by itself.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 ASPIRE_CLI_TELEMETRY_OPTOUT=true
cache=${XDG_CACHE_HOME:-$HOME/.cache}/chat
aspire_version=13.5.4

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

need_dotnet() {
  command -v dotnet >/dev/null 2>&1 || die "The .NET SDK is missing. Install .NET 10: https://dot.net/download"
  dotnet --version >/dev/null 2>&1 \
    || die "No installed .NET SDK fits global.json ($(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$root/global.json") or later)."
}

need_node() {
  [ "$(node --version 2>/dev/null | sed -E 's/^v([0-9]+).*/\1/')" -ge 20 ] 2>/dev/null \
    || die "Node.js is missing or older than 20; the web client is built with it. Install Node.js 20 or later: https://nodejs.org/download"
}

# Runs one at a time in the whole machine, so that two clones do not install the same thing at once.
locked() { # name command…
  local name=$1
  shift
  mkdir -p "$cache"
  (
    flock 9
    # Closed for what is run: build servers that stay behind would keep the lock.
    "$@" 9>&-
  ) 9>"$cache/$name.lock"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else
    die "Installing needs root: run as root, install sudo, or run by hand: $*"
  fi
}

# Installs the system's packages that are missing: pairs of program and package.
install_packages() {
  local missing=() pair
  for pair in "$@"; do
    [ -n "$(find_program "${pair%%:*}")" ] || missing+=("${pair#*:}")
  done
  [ ${#missing[@]} = 0 ] && return
  command -v apt-get >/dev/null 2>&1 || die "Please install ${missing[*]}: this is no Debian or Ubuntu, where I could do it."
  say "Installing ${missing[*]} …"
  as_root apt-get -qq update >&2 || die "apt-get update failed."
  # RUNLEVEL=1 keeps the packages from starting servers of their own, where the init system heeds it; ours use other ports anyway.
  as_root env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get -qq -y -o DPkg::Lock::Timeout=300 install --no-install-recommends "${missing[@]}" >"$cache/apt.log" 2>&1 \
    || die "apt-get could not install ${missing[*]}: $(tail -n 3 "$cache/apt.log")"
}

# Prints where it is. A link that leads nowhere does not count.
find_program() {
  local path
  for path in {/usr,/usr/local}/{bin,sbin}/"$1" /usr/lib/postgresql/*/bin/"$1"; do
    if [ -x "$path" ]; then
      echo "$path"
      return
    fi
  done
}

install_stores() {
  locked apt install_packages postgres:postgresql pgbouncer:pgbouncer \
    redis-server:redis-server setpriv:util-linux setsid:util-linux
}

# For the browser tests, and the scenario `browser` of Chat.LoadTests.
install_browser() { locked apt install_packages chromium:chromium; }

configuration=Release

uses_aspire() { grep -q '<UseAspirePackages>true' "$root/Platform.props"; }

# One at a time in a clone: two builds at once would write the same files. Both are quiet unless they fail; then they tell
# the errors, each once.
restore() { locked "$(build_lock)" quietly "The restore failed." dotnet restore "$1" --nologo; }

build() {
  locked "$(build_lock)" quietly "The build failed." dotnet build "$1" -c "$configuration" --nologo -v quiet -clp:NoSummary
}

build_lock() { echo "build-$(cksum <<<"$root" | cut -d ' ' -f 1)"; }

quietly() { # what to say command…
  local failure=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1; then
    { grep -E 'error' "$log" || cat "$log"; } | sort -u >&2
    rm -f "$log"
    die "$failure"
  fi
  rm -f "$log"
}
