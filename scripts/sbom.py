"""Writes `deploy/sbom.cdx.json`: the parts of an installation as a CycloneDX 1.6 bill of materials, from the lock.

The hashes of what may be installed stand in the lock itself (`pip install --require-hashes`).

Usage: python scripts/sbom.py
"""

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "deploy" / "sbom.cdx.json"
_PART = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: *; *(?P<where>[^\\]+?))? *\\?$")


def parts_of(lock: str) -> list[dict[str, object]]:
    """The parts of a lock, in its order."""
    found: list[dict[str, object]] = []
    for line in lock.splitlines():
        if (part := _PART.match(line)) is not None:
            name, version, where = part.group("name", "version", "where")
            address = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
            one: dict[str, object] = {"type": "library", "bom-ref": address, "name": name, "version": version}
            one["purl"] = address
            if where is not None:
                one["properties"] = [{"name": "guanzi:marker", "value": where}]
            found.append(one)
    return found


def bill() -> str:
    """The bill as JSON; the same lock gives the same bytes."""
    parts = parts_of((ROOT / "requirements.lock").read_text("utf-8"))
    whole = {"type": "application", "bom-ref": "guanzi", "name": "guanzi"}
    held = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": whole},
        "components": parts,
    }
    return json.dumps(held, indent=1) + "\n"


if __name__ == "__main__":
    TARGET.write_text(bill(), "utf-8")
