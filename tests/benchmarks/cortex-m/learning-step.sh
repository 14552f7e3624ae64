#!/usr/bin/env bash
# Counts the instructions that a learning step of LeNet-5, all layers, takes on the emulated Cortex-M4: 100 steps of MNIST, mean and largest.
# The counter is a plugin for QEMU among the shared data (EDGECNN_SHARED); needs gcc, gcc-arm-none-eabi and qemu-system-arm.
# usage: tests/benchmarks/cortex-m/learning-step.sh
set -euo pipefail
cd "$(dirname "$0")/../../.."
shared=$(realpath "${EDGECNN_SHARED:-../shared}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

gcc -shared -fPIC -O2 -o "$work/count.so" "$shared/tools/insn-count.c"
dotnet run -c Release --project tests/benchmarks/EdgeCnn.Benchmarks.Learning -- device --data "$shared/data/mnist" --out "$work"
dotnet build device/cortex-m/learner -p:Board=mps2-an386 -p:Model="$work/model.ecnn" -p:Elf="$work/learner.elf" -v quiet -nologo
address() { arm-none-eabi-nm "$work/learner.elf" | awk -v name="$1" '$2 == "T" && $3 ~ name "$" { print $1; exit }'; }

cd "$work"
qemu-system-arm -M mps2-an386 -nographic -monitor none -serial none -semihosting-config enable=on,target=native -kernel learner.elf \
    -plugin "./count.so,begin=$(address Learner__Step),end=$(address Learner__EndOfSample)" 2>&1 |
    awk '/^COUNT/ { n++; sum += $3; if ($3 > most) most = $3 } /^samples/ { print }
         END { if (!n) { print "the counter saw no step" > "/dev/stderr"; exit 1 }
               printf "Cortex-M4: %.2f million instructions a step, at most %.2f\n", sum / n / 1e6, most / 1e6 }'
