#!/bin/sh
# Installs PostgreSQL as a package where it is absent and this machine lets us, so that the ledger is proved on both
# stores; the tests start a server of their own. Where it cannot be installed, those tests are skipped and say so.
set -eu

if ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; then
    exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } ||
        echo "PostgreSQL could not be installed: its proofs are skipped" >&2
else
    echo "PostgreSQL is not installed: its proofs are skipped" >&2
fi
