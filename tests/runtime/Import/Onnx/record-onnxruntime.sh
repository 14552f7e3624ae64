#!/usr/bin/env bash
# Records what ONNX Runtime answers to the one-operator models of OnnxCases.cs, in onnxruntime.txt beside this script. To be run when a
# case is added or changed; needs npm and node.
# usage: tests/runtime/Import/Onnx/record-onnxruntime.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --prefix "$work" --ignore-scripts --no-audit --no-fund --silent onnxruntime-node@1.30.0
EDGECNN_ONNX_CASES=$work/cases dotnet test "$here/../.." -c Release --filter FullyQualifiedName~Models_are_written_for_ONNX_Runtime
NODE_PATH=$work/node_modules node "$here/record-onnxruntime.cjs" "$work/cases" > "$work/answers"
cp "$work/answers" "$here/onnxruntime.txt"
