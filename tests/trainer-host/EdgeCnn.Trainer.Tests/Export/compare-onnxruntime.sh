#!/usr/bin/env bash
# Compares float networks with what ONNX Runtime makes of their exports: every layer's examples and networks of the zoo, two images at
# once. Prints the largest error of each, relative to the largest value; fails above 1e-4. Needs npm and node.
# usage: tests/trainer-host/EdgeCnn.Trainer.Tests/Export/compare-onnxruntime.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --silent onnxruntime-node@1.30.0
EDGECNN_ONNX_EXPORTS=$work/exports dotnet test "$here/.." -c Release --filter FullyQualifiedName~OnnxExportTests
NODE_PATH=$work/node_modules node "$here/compare-onnxruntime.cjs" "$work/exports"
