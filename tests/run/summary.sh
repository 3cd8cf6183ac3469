# shellcheck shell=bash disable=SC2154 # the pieces of one program know each other's variables
# Counts what the tests said, by database, and says at the end what passed, what failed and what was not looked at.

sqlite_passed=0 sqlite_failed=0 postgres_passed=0 postgres_failed=0 other_passed=0 other_failed=0
tests_ran=0 tests_failed=0

# count_tests LOG: a test is counted for the database that its name has as a part of its path. The totals that the test
# programs state themselves have to agree, so that a line that was overlooked does not pass for a test that passed.
count_tests() {
  local ignored stated_passed stated_failed stated_ignored
  read -r sqlite_passed sqlite_failed postgres_passed postgres_failed other_passed other_failed ignored \
    stated_passed stated_failed stated_ignored < <(
    awk '
      /^test result: / {
        for (i = 2; i <= NF; i++) {
          if ($i == "passed;") stated["ok"] += $(i - 1)
          if ($i == "failed;") stated["FAILED"] += $(i - 1)
          if ($i == "ignored;") stated["ignored"] += $(i - 1)
        }
        next
      }
      match($0, /test .* \.\.\. (ok|FAILED|ignored)/) {
        line = substr($0, RSTART, RLENGTH)
        outcome = line
        sub(/.* /, "", outcome)
        sub(/^test /, "", line)
        sub(/ .*/, "", line)
        group = "other"
        if (line ~ /(^|::)sqlite($|::)/) group = "sqlite"
        if (line ~ /(^|::)postgres($|::)/) group = "postgres"
        count[group, outcome]++
        if (outcome == "ignored") ignored++
      }
      END {
        print count["sqlite", "ok"] + 0, count["sqlite", "FAILED"] + 0, \
          count["postgres", "ok"] + 0, count["postgres", "FAILED"] + 0, \
          count["other", "ok"] + 0, count["other", "FAILED"] + 0, ignored + 0, \
          stated["ok"] + 0, stated["FAILED"] + 0, stated["ignored"] + 0
      }' "$1"
  )
  tests_ran=1
  tests_failed=$((sqlite_failed + postgres_failed + other_failed))
  if ((sqlite_passed + postgres_passed + other_passed != stated_passed || tests_failed != stated_failed ||
    ignored != stated_ignored)); then
    fail "tests: the counts do not agree: stated are $stated_passed passed, $stated_failed failed, $stated_ignored ignored"
  fi
  if ((stated_ignored > 0)); then fail "tests: $stated_ignored ignored, and none may be"; fi
  if ((sqlite_passed + sqlite_failed == 0)); then fail 'tests: not one ran on SQLite'; fi
  if ((with_postgres && postgres_passed + postgres_failed == 0)); then fail 'tests: not one ran on PostgreSQL'; fi
}

summarise() {
  local line
  printf '\n== summary, %d s\n' "$SECONDS"
  for line in "${complaints[@]}"; do echo "failed: $line"; done
  if ! built; then echo 'not run, because the build is broken: lints, documentation, tests, clients'; fi
  for line in "${remarks[@]}"; do echo "$line"; done
  line=$(switched_off)
  if [[ -n $line ]]; then echo "switched off:$line"; fi

  count checks "$checks_passed" "$checks_failed"
  if ((tests_ran)); then
    count sqlite "$sqlite_passed" "$sqlite_failed"
    count postgres "$postgres_passed" "$postgres_failed"
    count other "$other_passed" "$other_failed"
  fi
  if built && ((with_clients)); then count clients "$clients_passed" "$clients_failed"; fi

  local passed=$((checks_passed + sqlite_passed + postgres_passed + other_passed + clients_passed))
  local failed=$((checks_failed + tests_failed + clients_failed))
  echo "greenroom: $passed passed, $failed failed"
  ((failed == 0))
}

count() {
  if (($3)); then echo "$1: $2 passed, $3 failed"; else echo "$1: $2 passed"; fi
}

switched_off() {
  if ((!with_postgres)); then printf ' PostgreSQL'; fi
  if ((!with_redis)); then printf ' Redis'; fi
  if ((!with_doc)); then printf ' documentation'; fi
  if ((!with_deny)); then printf ' cargo-deny'; fi
  if ((!with_clients)); then printf ' clients'; fi
}
