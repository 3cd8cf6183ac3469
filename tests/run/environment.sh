# shellcheck shell=bash disable=SC2034 # the pieces of one program know each other's variables
# Sets up what every piece of ./test stands on: an environment that does not depend on the developer's own settings,
# a temporary folder, and the promise that both servers and folder are gone at the end, however it ends.

temp=''
begun=''
current=''
servers=()

prepare_environment() {
  # Settings of a developer's own server must not reach the tests: one of them could name a database that matters.
  local name
  for name in $(compgen -e | grep '^GREENROOM_' || true); do unset "$name"; done
  # A snapshot that differs is a failure here, and is left as it is.
  unset INSTA_FORCE_PASS
  export INSTA_UPDATE=no
  # A proxy has nothing to do with servers on this machine.
  export NO_PROXY="127.0.0.1,localhost${NO_PROXY:+,$NO_PROXY}"
  export no_proxy=$NO_PROXY

  trap clean_up EXIT
  trap 'echo "test: interrupted" >&2; exit 130' INT
  trap 'echo "test: interrupted" >&2; exit 143' TERM
  trap 'exit 129' HUP
  trap 'exit 141' PIPE
  temp=$(mktemp -d "${TMPDIR:-/tmp}/greenroom-test.XXXXXX")
  # Whatever a test puts into "the user's data folder" lands here and not in the developer's.
  export XDG_DATA_HOME=$temp/data
}

# begin COMMAND...: starts it in the background and sets `begun`. It leads a process group of its own, so that it can be
# ended with all that it has started, and a Ctrl-C reaches it through clean_up, after which nothing is left.
begin() {
  set -m
  "$@" </dev/null &
  begun=$!
  set +m
}

# die MESSAGE: for what makes it impossible to go on. The last line keeps its form for those who read only that.
die() {
  printf 'test: %s\n' "$@" >&2
  echo 'greenroom: 0 passed, 1 failed'
  exit 1
}

target_folder() {
  echo "${CARGO_TARGET_DIR:-target}"
}

clean_up() {
  local code=$? pid
  # A second Ctrl-C must not leave half of it behind.
  trap '' INT TERM HUP PIPE
  trap - EXIT
  if [[ -n $current ]]; then end_group "$current"; fi
  # For PostgreSQL, TERM alone would mean to wait until the last client has gone.
  for pid in "${servers[@]}"; do kill -INT "$pid" 2>/dev/null || true; done
  for pid in "${servers[@]}"; do end_group "$pid"; done
  allow_services
  if [[ -n $temp ]]; then rm -rf -- "$temp"; fi
  exit "$code"
}

# end_group PID: ends the process group that PID leads, gently for five seconds. It may be gone already.
end_group() {
  local _
  kill -TERM -- "-$1" 2>/dev/null || return 0
  for _ in {1..50}; do
    kill -0 -- "-$1" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$1" 2>/dev/null || true
}
