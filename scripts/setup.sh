#!/bin/sh
# Makes .venv with exactly the packages of the lock files, and this project in it.
#
#   sh scripts/setup.sh        run-time packages only (what `make demo` needs)
#   sh scripts/setup.sh dev    and what the checks need (what `make test` needs)
#
# Does nothing when .venv already holds what the lock files say. Set PYTHON to choose the interpreter. What was ended
# in the middle is made anew: .venv-unfinished stands beside .venv while something is done to it.
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

has_pip() {
    "$python" -m pip --version >/dev/null 2>&1
}

sound() { # a whole .venv of a right version, with something that can install into it
    [ ! -e .venv-unfinished ] && [ -x "$python" ] &&
        "$python" -c 'import sys; assert sys.version_info >= (3, 12)' 2>/dev/null &&
        { has_pip || { grep -q '^uv' .venv/pyvenv.cfg && command -v uv >/dev/null; }; } 2>/dev/null
}

install() {
    : >.venv-unfinished
    code=0
    if has_pip; then
        "$python" -m pip install --quiet --disable-pip-version-check "$@" || code=$?
    else
        uv pip install --quiet --python "$python" "$@" || code=$?
    fi
    rm -f .venv-unfinished # it came to an end, good or bad; only what was ended from outside leaves it
    return "$code"
}

make_venv() {
    : >.venv-unfinished
    if [ -n "${PYTHON:-}" ]; then
        echo "Setting up .venv with $("$PYTHON" -V) ..."
        "$PYTHON" -m venv --clear .venv
        rm -f .venv-unfinished
        return
    fi
    for candidate in python3.13 python3.12 python3.14 python3 /usr/bin/python3 python; do
        if serves "$candidate"; then
            echo "Setting up .venv with $("$candidate" -V) ..."
            "$candidate" -m venv --clear .venv
            rm -f .venv-unfinished
            return
        fi
    done
    if command -v uv >/dev/null 2>&1; then
        echo "Setting up .venv with uv ..."
        uv venv --quiet --clear --python '>=3.12' .venv
        rm -f .venv-unfinished
        return
    fi
    rm -f .venv-unfinished
    echo "Guanzi needs Python 3.12 or newer with the venv module, and none was found: install one" \
        "(on Debian or Ubuntu: apt-get install python3 python3-venv; or install uv), or name it: PYTHON=/path/to/python make demo" >&2
    exit 2
}

if [ -n "${PYTHON:-}" ] && ! serves "$PYTHON"; then
    echo "PYTHON=$PYTHON does not serve: Guanzi needs Python 3.12 or newer with the venv module." \
        "Name another, or leave PYTHON away to have one looked for" >&2
    exit 2
fi
sound || make_venv

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
