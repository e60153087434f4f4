"""Writes `deploy/sbom.cdx.json`: the parts of an installation with their licences, a CycloneDX 1.6 bill of materials.

Libraries come from the lock; those that the extra `ocr` adds, and the models that lie in its package, are marked with
`guanzi:extra`. The licences stand in `deploy/licences.json`, which is recorded from what is installed. The hashes of
what may be installed stand in the lock itself (`pip install --require-hashes`).

Usage: python scripts/sbom.py [--licences]
"""

import json
import re
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TARGET, LICENCES = ROOT / "deploy" / "sbom.cdx.json", ROOT / "deploy" / "licences.json"
EXTRA = ("rapidocr", "onnxruntime")
"""What the extra `ocr` asks for; `--assist` needs no library and no model: a service that is named answers it."""
_PART = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: *; *(?P<where>[^\\]+?))? *\\?$")
_NAMED = re.compile(r"^[A-Za-z0-9._-]+")
_KNOWN = {"MIT": "MIT", "MIT License": "MIT", "ISC License": "ISC", "BSD-3-Clause": "BSD-3-Clause",
          "Apache-2.0": "Apache-2.0", "Apache Software License": "Apache-2.0",
          "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0"}  # fmt: skip


def _plain(name: str) -> str:
    return name.lower().replace("_", "-")


def locked(lock: str) -> dict[str, tuple[str, str, str | None]]:
    """The parts of a lock by their plain names: as it names them, version, and where they are needed."""
    found = (_PART.match(line) for line in lock.splitlines())
    return {_plain(one["name"]): (one["name"], one["version"], one["where"]) for one in found if one is not None}


def licence_of(part: Distribution) -> str:
    """The licence of an installed library: an SPDX expression where it says one, else its own words."""
    if expression := part.metadata.get("License-Expression"):
        return str(expression)
    classifiers = [str(c).rpartition(" :: ")[2] for c in part.metadata.get_all("Classifier") or [] if "License" in c]
    said = [str(part.metadata.get("License") or "").strip(), *reversed(classifiers)]
    known = next((_KNOWN[text] for text in said if text in _KNOWN), None)
    return known or next((text.splitlines()[0][:80] for text in reversed(said) if text), "")


def needed(names: tuple[str, ...], known: set[str]) -> Iterator[Distribution]:
    """What is installed because of some libraries, without what is known already."""
    for name in names:
        if _plain(name) in known:
            continue
        known.add(_plain(name))
        try:
            part = distribution(name)
        except PackageNotFoundError:
            continue
        yield part
        asked = [one for one in part.requires or () if "extra ==" not in one]
        yield from needed(tuple(match[0] for one in asked if (match := _NAMED.match(one))), known)


def record() -> str:
    """The licences of what is installed, as JSON: libraries of the lock, and libraries and models of the extra."""
    base = locked((ROOT / "requirements.lock").read_text("utf-8"))
    held: dict[str, Any] = {"base": {}, "ocr": {}, "models": {}}
    for plain, (name, version, _) in base.items():
        part = distribution(name)
        if part.version != version:
            raise SystemExit(f"{name}: {part.version} is installed and {version} locked; install what is locked")
        held["base"][plain] = [version, licence_of(part)]
    for part in needed(EXTRA, set(base)):
        held["ocr"][_plain(part.name)] = [part.version, licence_of(part)]
    engine = distribution("rapidocr")
    for file in sorted(str(one) for one in engine.files or () if str(one).endswith(".onnx")):
        content = Path(str(engine.locate_file(file))).read_bytes()
        # MODEL_LICENSES.md of the package: weights of PaddleOCR, Apache-2.0
        held["models"][Path(file).name] = [engine.version, "Apache-2.0", sha256(content).hexdigest()]
    return json.dumps(held, indent=1, sort_keys=True) + "\n"


def _licences(text: str) -> list[dict[str, Any]]:
    is_expression = re.fullmatch(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.()+ -]+)?", text) and "-" in text
    return (
        [{"expression": text}]
        if is_expression or text in ("MIT", "ISC", "Unlicense")
        else [{"license": {"name": text}}]
    )


def parts_of(lock: str, licences: dict[str, Any]) -> list[dict[str, Any]]:
    """The libraries of a lock with their licences, in its order, then those and the models of the extra."""
    found: list[dict[str, Any]] = []
    parts = [(*one, "") for one in locked(lock).values()]
    parts += [(name, version, None, "ocr") for name, (version, _) in licences["ocr"].items()]
    for name, version, where, extra in parts:
        recorded, licence = licences[extra or "base"].get(_plain(name), ("", ""))
        if recorded != version or not licence:
            raise SystemExit(f"{name} {version}: no licence is recorded; run python scripts/sbom.py --licences")
        address = f"pkg:pypi/{_plain(name)}@{version}"
        one: dict[str, Any] = {"type": "library", "bom-ref": address, "name": name, "version": version}
        one |= {"licenses": _licences(licence), "purl": address}
        marks = {"guanzi:marker": where, "guanzi:extra": extra or None}
        if properties := [{"name": key, "value": value} for key, value in marks.items() if value]:
            one["properties"] = properties
        found.append(one)
    for name, (version, licence, digest) in licences["models"].items():
        found.append(
            {
                "type": "machine-learning-model",
                "bom-ref": f"rapidocr/{name}",
                "name": name,
                "version": version,
                "hashes": [{"alg": "SHA-256", "content": digest}],
                "licenses": _licences(licence),
                "properties": [{"name": "guanzi:extra", "value": "ocr"}],
            }
        )
    return found


def bill() -> str:
    """The bill as JSON; the same lock and licences give the same bytes."""
    licences = json.loads(LICENCES.read_text("utf-8"))
    parts = parts_of((ROOT / "requirements.lock").read_text("utf-8"), licences)
    whole = {"type": "application", "bom-ref": "guanzi", "name": "guanzi", "licenses": _licences("Apache-2.0")}
    held = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": whole},
        "components": parts,
    }
    return json.dumps(held, indent=1) + "\n"


if __name__ == "__main__":
    if "--licences" in sys.argv[1:]:
        LICENCES.write_text(record(), "utf-8")
    TARGET.write_text(bill(), "utf-8")
