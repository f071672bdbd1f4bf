#!/bin/sh
# Pin one set of requirements by hash, for every platform, without any address.
set -eu
cd "$(dirname "$0")/.."
case "$1" in
  run)  groups="" ;;
  dev)  groups="--group dev" ;;
  docs) groups="--group dev --group docs" ;;
  bench) groups="--group dev --group bench" ;;
  *) echo "unknown set: $1 (run, dev, docs or bench)" >&2; exit 2 ;;
esac
# Releases younger than a week are left out: a poisoned one is usually found by then.
exec .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
  --no-emit-index-url --no-emit-find-links --no-header --exclude-newer "$(date -u -d '7 days ago' +%F 2>/dev/null || date -u -v-7d +%F)" \
  pyproject.toml $groups -o "requirements/$1.txt"
