#!/bin/sh
# Builds the explorer into dist/, each file compressed as it is served. Needs Node 20 and GNU gzip.
# The files in dist/ are committed, so building the server needs neither.
set -eu
cd "$(dirname "$0")"

built=$(mktemp -d)
trap 'rm -rf "$built"' EXIT

npm ci --no-progress
node_modules/.bin/vite build --outDir "$built" --emptyOutDir

rm -rf dist
mkdir -p dist/assets
# -n: no name and no time inside, so the same sources give the same bytes.
(cd "$built" && find . -type f) | while read -r file; do
  gzip -9 -n <"$built/$file" >"dist/$file.gz"
done

sh check.sh --list >dist/SOURCES.sha256
echo "explorer: $(find dist -name '*.gz' | wc -l) files, $(cat dist/*.gz dist/assets/*.gz | wc -c) bytes compressed"
