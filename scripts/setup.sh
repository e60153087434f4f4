#!/bin/sh
# Makes .venv with exactly the packages of the lock files, and this project in it.
#
#   sh scripts/setup.sh        run-time packages only (what `make demo` needs)
#   sh scripts/setup.sh dev    and what the checks need (what `make test` needs)
#
# Does nothing when .venv already holds what the lock files say. Set PYTHON to choose the interpreter.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
python="$root/.venv/bin/python"

serves() {
    "$@" -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 12)' >/dev/null 2>&1
}

fingerprint() { # of everything that decides what is installed
    { cat "$@" pyproject.toml && printf '%s' "$root"; } | cksum
}

current() { # stamp, lock files...
    stamp=$1
    shift
    [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$(fingerprint "$@")" ]
}

install() {
    if [ -x .venv/bin/pip ]; then
        "$python" -m pip install --quiet --disable-pip-version-check "$@"
    else
        uv pip install --quiet --python "$python" "$@"
    fi
}

make_venv() {
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.14 python3 /usr/bin/python3 python; do
        if serves "$candidate"; then
            echo "Setting up .venv with $("$candidate" -V) ..."
            "$candidate" -m venv --clear .venv
            return
        fi
    done
    if command -v uv >/dev/null 2>&1; then
        echo "Setting up .venv with uv ..."
        uv venv --quiet --clear --python '>=3.12' .venv
        return
    fi
    echo "Guanzi needs Python 3.12 or newer with the venv module, and none was found: install one" \
        "(on Debian or Ubuntu: apt-get install python3 python3-venv; or install uv), or name it: PYTHON=/path/to/python make demo" >&2
    exit 2
}

[ -x "$python" ] && "$python" -c 'import sys; assert sys.version_info >= (3, 12)' 2>/dev/null || make_venv

if ! current .venv/.guanzi-run requirements.lock; then
    echo "Installing run-time packages ..."
    install --require-hashes -r requirements.lock
    install --no-deps --no-build-isolation -e .
    fingerprint requirements.lock >.venv/.guanzi-run
fi

if [ "${1:-}" = dev ] && ! current .venv/.guanzi-dev requirements.lock requirements-dev.lock; then
    echo "Installing what the checks need ..."
    install --require-hashes -r requirements-dev.lock
    fingerprint requirements.lock requirements-dev.lock >.venv/.guanzi-dev
fi
