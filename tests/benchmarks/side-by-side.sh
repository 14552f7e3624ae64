#!/usr/bin/env bash
# EdgeCnn and ONNX Runtime side by side, one thread each, in one process.
# usage: tests/benchmarks/side-by-side.sh [--seconds S] [--json] [MODEL.ecnn|MODEL.tflite …]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export EDGECNN_ONNXRUNTIME=${EDGECNN_ONNXRUNTIME:-$("$here/fetch-onnxruntime.sh")}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
exec dotnet run -c Release --project "$here/EdgeCnn.Benchmarks.SideBySide" -- "$@"
