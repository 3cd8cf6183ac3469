# shellcheck shell=bash disable=SC2154 # the pieces of one program know each other's variables
# Runs the steps one after another, each in a process group of its own, and notes how they ended. A step that fails
# does not stop the next ones: one run shows everything that is wrong.

checks_passed=0
checks_failed=0
complaints=()
remarks=()
is_built=0

# step NAME COMMAND...: runs the command under a header, tells how long it took, answers with its exit code.
step() {
  local name=$1 started=$SECONDS code=0 word=ok
  shift
  printf '\n== %s\n' "$name"
  begin "$@"
  current=$begun
  wait "$current" || code=$?
  if kill -0 -- "-$current" 2>/dev/null; then
    remarks+=("$name: left processes behind, which were ended")
    end_group "$current"
  fi
  current=''
  if ((code != 0)); then word="FAILED with code $code"; fi
  printf -- '-- %s: %s, %d s\n' "$name" "$word" $((SECONDS - started))
  return "$code"
}

# check NAME COMMAND...: a step that counts as one check. `built` asks afterwards; only `if check` stops at a failure.
check() {
  if step "$@"; then
    checks_passed=$((checks_passed + 1))
    if [[ $1 == build ]]; then is_built=1; fi
  else
    fail "$1"
    [[ $1 != build ]]
  fi
}

fail() {
  checks_failed=$((checks_failed + 1))
  complaints+=("$1")
}

built() {
  ((is_built))
}

build_all() {
  cargo build --workspace --bins --locked && cargo test --workspace --locked --no-run
}

document() {
  RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --locked
}

# The database of advisories lives on the network. Without it nothing was checked, and that is what the summary says.
check_advisories() {
  if step 'fetch advisories' fetch_advisories; then
    check 'advisories' cargo deny --locked check advisories
  else
    remarks+=('advisories: NOT CHECKED, their database could not be fetched')
  fi
}

# Without `timeout` (not every system has it) a network that swallows everything holds us as long as it likes.
fetch_advisories() {
  # Git must fail rather than ask for a name and a password.
  local command=(env GIT_TERMINAL_PROMPT=0 cargo deny fetch db)
  if has timeout; then timeout 120 "${command[@]}"; else "${command[@]}"; fi
}

run_tests() {
  local code=0
  step 'tests' cargo_test || code=$?
  count_tests "$temp/tests.log"
  if ((code != 0 && tests_failed == 0)); then fail "tests: cargo test ended with code $code, though no test failed"; fi
}

# Standard output only: the lines that are counted stand there, and the compiler's do not come in between.
cargo_test() {
  local skip=()
  if ((!with_postgres)); then skip+=(--skip ::postgres); fi
  if ((!with_redis)); then skip+=(--skip redis); fi
  keeping "$temp/tests.log" cargo test --workspace --locked --no-fail-fast -- "${skip[@]}"
}

# keeping LOG COMMAND...: shows the output of the command and keeps it. Not a plain pipe: a process that a test forgot
# would hold that open, and the run would never end.
keeping() {
  local log=$1 code=0 tee _
  shift
  exec 3> >(exec tee "$log")
  tee=$!
  "$@" >&3 3>&- || code=$?
  exec 3>&-
  for _ in {1..20}; do
    kill -0 "$tee" 2>/dev/null || break
    sleep 0.1
  done
  kill "$tee" 2>/dev/null || true
  return "$code"
}
