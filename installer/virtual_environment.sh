#!/bin/sh
# Makes the virtual environment $1 with the interpreter $2; brings Debian's venv package when it is missing.
set -eu

environment=$1
python=$2

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Huimin needs Python 3.11 or later; $python is older." >&2
    exit 1
}
[ ! -x "$environment/bin/python" ] || "$environment/bin/python" -m pip --version >/dev/null 2>&1 || rm -rf "$environment"
[ ! -x "$environment/bin/python" ] || exit 0

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends "$package"
    else
        echo "Python's venv module is missing. Run this line once, then make again:" >&2
        echo "  sudo apt-get update && sudo apt-get install -y $package" >&2
        exit 1
    fi
fi
"$python" -m venv "$environment"
