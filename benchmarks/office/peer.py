"""The peer: the site of :mod:`benchmarks.peers.wagtailsite`, its pages asked for one by one as those of the office."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

SITE = "benchmarks.peers.wagtailsite"


def peer_rows(folder: Path, python: str) -> dict[str, Any]:
    """Measure each page of the peer on SQLite, which is filled once.

    Args:
        folder: Of its database, and of what was filled.
        python: That has Wagtail.
    """
    folder.mkdir(parents=True, exist_ok=True)
    env = dict(os.environ) | {"PEER_DATA": str(folder), "DJANGO_SETTINGS_MODULE": f"{SITE}.settings"}
    told = folder / "SQLite.json"

    def run(*words: str) -> Any:
        done = subprocess.run([python, "-m", *words], env=env, check=True, stdout=subprocess.PIPE)
        return json.loads(done.stdout)

    if not told.exists():
        told.write_text(json.dumps(run(f"{SITE}.fill")), "utf-8")
    made = json.loads(told.read_text("utf-8"))
    pages = run(f"{SITE}.alone", str(made["home"]), str(made["cases"][5]))
    return {f"The peer on SQLite: Wagtail {_version(python)}": pages}


def _version(python: str) -> str:
    command = [python, "-c", "import wagtail, django; print(f'{wagtail.__version__}, Django {django.__version__}')"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()
