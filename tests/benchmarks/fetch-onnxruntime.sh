#!/usr/bin/env bash
# Fetches ONNX Runtime's shared library from npm into tests/benchmarks/.onnxruntime, unless it is there; prints its path.
# usage: tests/benchmarks/fetch-onnxruntime.sh
set -euo pipefail
folder=$(cd "$(dirname "$0")" && pwd)/.onnxruntime
version=1.30.0

case $(uname -m) in
    x86_64) cpu=x64 ;;
    aarch64) cpu=arm64 ;;
    *) echo "fetch-onnxruntime.sh: onnxruntime-node has no library for $(uname -m)" >&2; exit 2 ;;
esac
find_library() { find "$folder" -path "*linux/$cpu/libonnxruntime.so.1" 2>/dev/null | head -n 1; }

if [[ -z $(find_library) ]]; then
    command -v npm >/dev/null || { echo "fetch-onnxruntime.sh: npm is missing; install it (Debian: apt-get install npm)" >&2; exit 2; }
    mkdir -p "$folder"
    npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --silent "onnxruntime-node@$version" >&2
fi
library=$(find_library)
[[ -n $library ]] || { echo "fetch-onnxruntime.sh: no libonnxruntime.so.1 under $folder; delete that folder and try again" >&2; exit 2; }
echo "$library"
