"""Hashes of the method by which entries are forecast, written beside the protocol.

Run ``python benchmarks/tracks/freeze.py``.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

HERE = Path(__file__).parent
SOURCE = HERE.parents[1] / "src" / "guanzi" / "study" / "tracks"
PARTS = ("forecast/*.py", "specialization.py", "proximity.py", "relatedness.py", "nullmodel.py")


def hashes() -> dict[str, str]:
    """File of the method, or the protocol, to its hash."""
    files = [path for part in PARTS for path in sorted(SOURCE.glob(part))]
    found = {str(path.relative_to(SOURCE)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return {"PROTOCOL.md": hashlib.sha256((HERE / "PROTOCOL.md").read_bytes()).hexdigest(), **found}


if __name__ == "__main__":
    (HERE / "METHOD.sha256.json").write_text(json.dumps(hashes(), indent=1) + "\n", encoding="utf-8")
