#!/bin/sh
# Sees that the system has the libraries Qt loads: installs them when root on Debian, else prints the one line to run.
# The tools that single tests try a bundle and a power cut with are installed where that can be; nothing fails without.
set -eu

# shared object : Debian package that brings it
needed="
libEGL.so.1:libegl1
libGL.so.1:libgl1
libfontconfig.so.1:libfontconfig1
libfreetype.so.6:libfreetype6
libglib-2.0.so.0:libglib2.0-0
libdbus-1.so.3:libdbus-1-3
libxkbcommon.so.0:libxkbcommon0
libxkbcommon-x11.so.0:libxkbcommon-x11-0
libX11-xcb.so.1:libx11-xcb1
libxcb-cursor.so.0:libxcb-cursor0
libxcb-icccm.so.4:libxcb-icccm4
libxcb-image.so.0:libxcb-image0
libxcb-keysyms.so.1:libxcb-keysyms1
libxcb-randr.so.0:libxcb-randr0
libxcb-render-util.so.0:libxcb-render-util0
libxcb-shape.so.0:libxcb-shape0
libxcb-xkb.so.1:libxcb-xkb1
"

# command : Debian package that brings it
tools="
age:age
nginx:nginx-light
sshd:openssh-server
strace:strace
unzip:unzip
zstd:zstd
pg_ctlcluster:postgresql
"

export DEBIAN_FRONTEND=noninteractive
wanted=""
for pair in $tools; do
    PATH="$PATH:/usr/sbin" command -v "${pair%%:*}" >/dev/null || wanted="$wanted ${pair##*:}"
done
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing the tools that some tests use:$wanted" >&2
    # shellcheck disable=SC2086  # one word a package
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends $wanted; } >&2 ||
        echo "They could not be installed; those tests say so and are left out." >&2
fi

known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p)
missing=""
for pair in $needed; do
    case "$known" in
        *"${pair%%:*} "*) ;;
        *) missing="$missing ${pair##*:}" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing the system libraries Qt needs:$missing" >&2
    apt-get update -qq
    # shellcheck disable=SC2086  # one word a package
    exec apt-get install -y -qq --no-install-recommends $missing
fi
echo "Qt needs system libraries that are missing. Run this line once, then make again:" >&2
echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing" >&2
exit 1
