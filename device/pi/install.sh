#!/usr/bin/env bash
# Installs edgecnn-pi as a service of systemd, or a newer one over an older; settings, models and lessons that are there stay.
# usage: sudo device/pi/install.sh PUBLISHED MODEL
#   PUBLISHED  folder that 'dotnet publish device/pi/EdgeCnn.Pi -r linux-arm64 --self-contained -o PUBLISHED' made
#   MODEL      the model to begin with, such as models/hand-signs/model.ecnn
# DESTDIR=FOLDER installs into a folder instead of the system, and starts nothing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=${DESTDIR:-}

fail() { echo "install.sh: $1" >&2; exit 2; }
[[ $# == 2 ]] || fail "usage: install.sh PUBLISHED MODEL"
published=$1 model=$2
[[ -x $published/edgecnn-pi ]] || fail "$published/edgecnn-pi is missing; make it with
  dotnet publish device/pi/EdgeCnn.Pi -c Release -r linux-arm64 --self-contained -o $published"
[[ -r $model ]] || fail "$model: there is no such model"
[[ -n $root || $(id -u) == 0 ]] || fail "run it with sudo"

if [[ -z $root ]]; then
    getent group gpio >/dev/null || groupadd --system gpio
    id -u edgecnn >/dev/null 2>&1 || useradd --system --no-create-home --home-dir /var/lib/edgecnn-pi \
        --shell /usr/sbin/nologin --groups video,gpio,audio edgecnn
    systemctl stop edgecnn-pi 2>/dev/null || true
fi

# The new program takes the place of the old one as a whole.
new=$root/opt/edgecnn-pi.new
rm -rf "$new"
install -d "$new" "$root/etc/edgecnn-pi" "$root/etc/systemd/system"
cp -r "$published/." "$new/"
install -m 644 "$model" "$new/model.ecnn"
rm -rf "$root/opt/edgecnn-pi"
mv "$new" "$root/opt/edgecnn-pi"
install -m 644 "$here/systemd/edgecnn-pi.service" "$root/etc/systemd/system/edgecnn-pi.service"
[[ -e $root/etc/edgecnn-pi/settings.json ]] || install -m 640 "$here/systemd/settings.json" "$root/etc/edgecnn-pi/settings.json"

[[ -z $root ]] || exit 0
chown root:edgecnn /etc/edgecnn-pi/settings.json
systemctl daemon-reload
systemctl enable --now edgecnn-pi
systemctl --no-pager --lines=5 status edgecnn-pi
