#!/bin/sh
# Renews requirements.lock and requirements-dev.lock from pyproject.toml: pinned, hashed, for Python 3.12 and newer.
# Needs uv (`pip install uv`). Keeps the versions that are locked already; pass --upgrade to take the newest.
set -eu
cd "$(dirname "$0")/.."
unset PIP_FIND_LINKS UV_FIND_LINKS UV_INDEX_URL UV_DEFAULT_INDEX 2>/dev/null || true

compile() { # output, what...
    out=$1
    shift
    uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-annotate --no-header \
        --no-emit-index-url --no-emit-find-links --only-binary :all: --output-file "$out" "$@"
}

compile requirements.lock pyproject.toml --group build "$@"
compile requirements-dev.lock pyproject.toml --group build --group dev --all-extras --constraints requirements.lock "$@"
python scripts/sbom.py
