# shellcheck shell=bash disable=SC2154 # the pieces of one program know each other's variables
# Starts a PostgreSQL and a Redis that belong to this run alone, on free ports of the loopback interface, and tells
# the tests where they are. Nothing that already runs on the machine is used or touched.

start_servers() {
  if ((with_postgres)); then start_postgres; else export GREENROOM_TEST_NO_POSTGRES=1; fi
  if ((with_redis)); then start_redis; else export GREENROOM_TEST_NO_REDIS=1; fi
}

# free_port: below the range from which the system takes ports for outgoing connections.
free_port() {
  local port
  while port=$((20000 + RANDOM % 12768)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
  echo "$port"
}

# postgres_binaries: the folder with the newest server on this machine. Debian keeps it away from the search path.
postgres_binaries() {
  local found
  found=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
  if [[ ! -x $found ]]; then found=$(command -v initdb) || return 1; fi
  dirname "$found"
}

start_postgres() {
  local binaries folder port attempt as=() locale=()
  binaries=$(postgres_binaries) || die 'PostgreSQL is missing: no initdb found'
  folder=$temp/postgres
  mkdir -p "$folder/socket"
  # PostgreSQL refuses to run as root.
  if ((EUID == 0)); then
    local user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    as=(setpriv "--reuid=$user" "--regid=$(id -g "$user")" --clear-groups)
    chown -R "$user" "$folder"
    # The other user has to pass through.
    chmod 711 "$temp"
  fi
  chmod 700 "$folder"
  choose_locale "$binaries"

  # No fsync: the crash tests kill our programs, never this server, and what it was told to commit survives them without.
  if ! (cd "$folder" && "${as[@]}" "$binaries/initdb" -D data -U greenroom --auth=trust --encoding=UTF8 \
    "${locale[@]}" --no-sync) >"$temp/initdb.log" 2>&1; then
    cat "$temp/initdb.log" >&2
    die 'initdb failed, see above'
  fi
  # Somebody may take the port between the question and the start: then another one is tried.
  for attempt in 1 2 3 4 5; do
    port=$(free_port)
    begin serve "$folder" "$temp/postgres-$attempt.log" "${as[@]}" "$binaries/postgres" -D data \
      -k "$folder/socket" -p "$port" -c listen_addresses=127.0.0.1 -c max_connections=200 -c fsync=off
    servers+=("$begun")
    if wait_for "$begun" "$binaries/pg_isready" -q -h "$folder/socket" -p "$port"; then
      export GREENROOM_TEST_POSTGRES_URL=postgres://greenroom@127.0.0.1:$port/postgres
      echo "started $("$binaries/postgres" --version) on port $port, ${locale[*]}"
      return
    fi
  done
  cat "$temp/postgres-$attempt.log" >&2
  die 'PostgreSQL did not start, see above'
}

# serve FOLDER LOG COMMAND...: becomes the server itself, so that its number is the one that is waited for and ended.
serve() {
  cd "$1" || return
  exec "${@:3}" >"$2" 2>&1
}

# choose_locale BINARIES: sets `locale`. Preferably one that sorts as people do, because a query that relies on the order
# of bytes is then found out: the system's English, else the English that PostgreSQL brings, else plain bytes.
choose_locale() {
  local names
  names=$(locale -a 2>/dev/null || true)
  local plain=C
  if grep -qiE '^C\.utf-?8$' <<<"$names"; then plain=C.UTF-8; fi
  if grep -qiE '^en_US\.utf-?8$' <<<"$names"; then
    locale=(--locale=en_US.UTF-8)
  elif [[ $("$1/initdb" --help) == *--icu-locale* ]]; then
    locale=("--locale=$plain" --locale-provider=icu --icu-locale=en-US)
  else
    locale=("--locale=$plain")
  fi
}

start_redis() {
  local port attempt
  has redis-server || die 'Redis is missing: no redis-server found'
  for attempt in 1 2 3 4 5; do
    port=$(free_port)
    begin serve "$temp" "$temp/redis-$attempt.log" redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no
    servers+=("$begun")
    if wait_for "$begun" redis_is "$begun" "$port"; then
      export GREENROOM_TEST_REDIS_URL=redis://127.0.0.1:$port
      echo "started $(redis-server --version | cut -d ' ' -f 1-3) on port $port"
      return
    fi
  done
  cat "$temp/redis-$attempt.log" >&2
  die 'Redis did not start, see above'
}

# redis_is PID PORT: is it this Redis that answers there, and not somebody else's?
redis_is() {
  redis-cli -h 127.0.0.1 -p "$2" info server 2>/dev/null | tr -d '\r' | grep -qx "process_id:$1"
}

# wait_for PID COMMAND...: until the command succeeds; fails when the process has ended or after 30 seconds.
wait_for() {
  local pid=$1 deadline=$((SECONDS + 30))
  shift
  until "$@" >/dev/null 2>&1; do
    if ! kill -0 "$pid" 2>/dev/null || ((SECONDS > deadline)); then return 1; fi
    sleep 0.1
  done
}
