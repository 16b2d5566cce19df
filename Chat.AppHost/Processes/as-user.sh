# Sourced by the scripts beside it. PostgreSQL and PgBouncer refuse to run as root; as root they run as the user that their
# package made. `run` replaces nothing: setpriv executes its command in its own place, so an exec keeps the process id.
as_user() { # user: defines run, which runs a command as that user when we are root
  if [ "$(id -u)" = 0 ] && id -u "$1" >/dev/null 2>&1; then
    run_as=(setpriv "--reuid=$1" "--regid=$1" --init-groups --inh-caps=-all)
    own() { chown -R "${run_as[1]#--reuid=}:" "$@"; }
  else
    run_as=()
    own() { :; }
  fi
}

fail() {
  echo "$*" >&2
  exit 1
}

require() { # program package
  command -v "$1" >/dev/null 2>&1 || fail "$1 is not installed. ./run.sh installs it; by hand: apt-get install $2."
}
