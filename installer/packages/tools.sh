#!/bin/sh
# Sees that what builds and tries packages is there: installs it when root on Debian, else prints the line to run.
set -eu

wanted=""
for pair in patchelf:patchelf dpkg-deb:dpkg makensis:nsis x86_64-w64-mingw32-gcc:gcc-mingw-w64-x86-64-win32 \
    llvm-strip:llvm debootstrap:debootstrap; do
    PATH="$PATH:/usr/sbin:/sbin" command -v "${pair%%:*}" >/dev/null || wanted="$wanted ${pair##*:}"
done
# Libraries whose packages are looked up for the list of what a package needs.
for package in libcups2 libwayland-client0 libwayland-cursor0 libxcb-util1; do
    dpkg -s "$package" >/dev/null 2>&1 || wanted="$wanted $package"
done
[ -n "$wanted" ] || exit 0
if [ "$(id -u)" = 0 ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    # shellcheck disable=SC2086  # one word a package
    exec apt-get install -y -qq --no-install-recommends $wanted
fi
echo "Building packages needs:$wanted" >&2
echo "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$wanted" >&2
exit 1
