#!/usr/bin/env bash
# Builds everything, checks the formatting, and runs all tests: the runtime and the trainer on this machine, the array build,
# the Cortex-M firmware and a Raspberry Pi in QEMU. Installs the packages it needs when it can; otherwise says which are missing.
# usage: tests/run.sh [dotnet test arguments, such as --filter NAME]
set -euo pipefail
cd "$(dirname "$0")/.."

# command or file → the Debian package that has it
needs=(
    qemu-system-arm:qemu-system-arm
    chromium:chromium
    arm-none-eabi-gcc:gcc-arm-none-eabi
    arm-none-eabi-objcopy:binutils-arm-none-eabi
    aarch64-linux-gnu-gcc:gcc-aarch64-linux-gnu
    /usr/aarch64-linux-gnu/include/stdio.h:libc6-dev-arm64-cross
    qemu-aarch64:qemu-user
    qemu-system-aarch64:qemu-system-arm
    gcc:gcc
    /usr/include/stdio.h:libc6-dev
    ffmpeg:ffmpeg
    srec_cat:srecord
    node:nodejs
    npm:npm
    cmake:cmake
    mosquitto_pub:mosquitto-clients
    /usr/sbin/mosquitto:mosquitto
)

command -v dotnet >/dev/null || { echo "tests/run.sh: .NET SDK 10 is missing; install it from https://dot.net" >&2; exit 2; }

missing=()
for need in "${needs[@]}"; do
    [[ -e ${need%%:*} ]] || command -v "${need%%:*}" >/dev/null || missing+=("${need##*:}")
done
if (( ${#missing[@]} )); then
    if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null; then
        echo "installing ${missing[*]}"
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    else
        echo "tests/run.sh: these Debian packages are missing, the tests that need them are skipped: ${missing[*]}" >&2
        echo "  sudo apt-get install ${missing[*]}" >&2
    fi
fi

# Another's reader of UF2 files, for the tests of what writes them.
reader=tests/device/flash/EdgeCnn.Flash.Tests/uf2-reader
[[ -d $reader/node_modules ]] || npm ci --prefix "$reader" --no-audit --no-fund --loglevel=error \
    || echo "tests/run.sh: the npm package uf2 is missing, UF2 files are not read back: npm ci --prefix $reader" >&2

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
dotnet build EdgeCnn.sln -c Release -v quiet
dotnet format EdgeCnn.sln --verify-no-changes --no-restore

log=$(mktemp)
export EDGECNN_MEASURED=$(mktemp)
trap 'rm -f "$log" "$EDGECNN_MEASURED"' EXIT
status=0
# One test project after the other: several of them use all cores themselves.
dotnet test EdgeCnn.sln -c Release --no-build -maxcpucount:1 "$@" 2>&1 | tee "$log" || status=$?

echo
echo "measured:"
sort "$EDGECNN_MEASURED" | sed 's/^/  /'

# One line for all projects.
awk '/^(Passed|Failed|Skipped)! /{ gsub(/[^0-9 ]/, " "); failed += $1; passed += $2; skipped += $3 }
     END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }' "$log"
exit "$status"
