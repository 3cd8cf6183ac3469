#!/bin/sh
# Says whether dist/ was built from the sources that stand here, without building: `sh check.sh`.
# Compares checksums of every source file and every built file with those noted by build.sh.
set -eu
cd "$(dirname "$0")"
LC_ALL=C
export LC_ALL

list() {
  find .npmrc build.sh index.html package.json package-lock.json src vite.config.js dist -type f \
    ! -name SOURCES.sha256 | sort | while read -r file; do
    if command -v sha256sum >/dev/null; then sha256sum "$file"; else shasum -a 256 "$file"; fi
  done
}

if [ "${1-}" = --list ]; then
  list
elif list | diff dist/SOURCES.sha256 - >/dev/null 2>&1; then
  echo "explorer: dist is current"
else
  echo "explorer: dist is not what these sources give. Run: sh api/explorer/build.sh" >&2
  list | diff dist/SOURCES.sha256 - >&2 || true
  exit 1
fi
