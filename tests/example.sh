#!/usr/bin/env bash
# Runs the commands of an example's page, exactly as they stand in its ```sh blocks, and shows each with what it prints.
# usage: tests/example.sh models/NAME/README.md
set -euo pipefail
cd "$(dirname "$0")/.."
[[ $# == 1 && -r $1 ]] || { echo "usage: tests/example.sh models/NAME/README.md" >&2; exit 2; }

commands=$(mktemp)
trap 'rm -f "$commands"' EXIT
awk '/^```/ { on = /^```sh$/; next } on' "$1" > "$commands"
# Each job of a page has a process group of its own, so that 'kill %1' reaches all that it has started; none outlives the page.
bash -ec 'set -mv; trap "for job in \$(jobs -p); do kill -- -\$job; done" EXIT; . "$0"' "$commands"
