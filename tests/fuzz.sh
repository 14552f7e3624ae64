#!/usr/bin/env bash
# Searches for faults with damaged files, each target for as many seconds as asked (600): the importers with what comes out of them, then
# the check with the interpreter, on model files as exported and as laid out for each tile. All memory they may touch lies between
# inaccessible pages; an input that takes a minute of processor time ends the search and is left in a file. Prints what it tried.
# usage: tests/fuzz.sh [SECONDS]
set -euo pipefail
cd "$(dirname "$0")/.."

export EDGECNN_FUZZ_SECONDS=${1:-600} EDGECNN_MEASURED
EDGECNN_MEASURED=$(mktemp)
trap 'rm -f "$EDGECNN_MEASURED"' EXIT
dotnet build tests/runtime -c Release -v quiet -nologo
status=0
for target in DamagedImportTests.Mutants DamagedOnnxTests.Mutants DamagedFileTests.Mutants; do
    dotnet test tests/runtime -c Release --no-build --nologo --filter "FullyQualifiedName~$target" || status=$?
done
cat "$EDGECNN_MEASURED"
exit "$status"
