# shellcheck shell=bash disable=SC2154 # the pieces of one program know each other's variables
# Asks a real server, on an SQLite database of its own, with the tools that frontend teams use (tests/clients), and
# sees that the server ends well when it is told to.

clients_passed=0
clients_failed=0

run_clients() {
  local code=0 line
  step 'clients' check_clients || code=$?
  line=$(grep -E '^clients: [0-9]+ passed, [0-9]+ failed$' "$temp/clients.log" 2>/dev/null | tail -n 1 || true)
  if [[ -n $line ]]; then read -r _ clients_passed _ clients_failed _ <<<"$line"; fi
  if ((code != 0 && clients_failed == 0)); then fail "clients: ended with code $code"; fi
  if ((clients_passed + clients_failed == 0 && code == 0)); then fail 'clients: nothing was checked'; fi
}

check_clients() {
  local port server code=0
  (cd tests/clients && npm ci) || return
  port=$(free_port)
  GREENROOM_LISTEN=127.0.0.1:$port GREENROOM_DATABASE_URL=sqlite:$temp/clients.db \
    "$(target_folder)/debug/greenroom-api" >"$temp/server.log" 2>&1 &
  server=$!
  if wait_for "$server" curl -fs --noproxy '*' --max-time 2 "http://127.0.0.1:$port/readyz"; then
    keeping "$temp/clients.log" ask_clients "http://127.0.0.1:$port/graphql" || code=$?
  else
    echo 'the server did not become ready'
    code=1
  fi
  stop_server "$server" || code=1
  if ((code != 0)); then
    echo 'the last lines of the server:'
    tail -n 20 "$temp/server.log"
  fi
  return "$code"
}

ask_clients() (
  cd tests/clients || return
  # Where the system's Node is too old, find_node has put a newer one into that folder.
  PATH=${node_folder:+$node_folder:}$PATH node run.mjs --url "$1"
)

# stop_server PID: the promise is an exit code of 0 soon after SIGTERM. What does not hold it is killed, and has failed.
stop_server() {
  local code=0 _
  kill -TERM "$1" 2>/dev/null || true
  for _ in {1..200}; do
    kill -0 "$1" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL "$1" 2>/dev/null && echo 'the server was still there 20 seconds after SIGTERM'
  wait "$1" || code=$?
  if ((code != 0)); then echo "the server ended with code $code after SIGTERM"; fi
  return "$code"
}
