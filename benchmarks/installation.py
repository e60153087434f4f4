"""What reading documents adds to an installation, in megabytes.

Before: the lock of the version that could not read documents yet (commit 9238e2e3, its parent). A library that is in
today's lock and was not in that one is counted with all its installed files, whatever it came for; so is the code of
reading, with its data. What the extra `ocr` adds is counted apart: nobody gets it who does not ask.

Run: python -m benchmarks.installation. Writes installation.md into benchmarks/results.
"""

from __future__ import annotations

import json
import re
import subprocess
from importlib.metadata import distribution
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BEFORE, ALLOWED = "9238e2e3~1", 5.0
"""The version before, and by how many megabytes the base may grow."""
CODE = ("src/guanzi/intake/reading", "src/guanzi/record/evidence/dataroom", "src/guanzi/library/importers",
        "src/guanzi/jobs/evidence", "src/guanzi/office/pages/proposing.py")  # fmt: skip


def names(lock: str) -> set[str]:
    """The libraries of a lock."""
    return set(re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE))


def bytes_of(library: str) -> int:
    """The bytes of the installed files of a library."""
    part = distribution(library)
    files = (Path(str(part.locate_file(file))) for file in part.files or ())
    return sum(file.stat().st_size for file in files if file.is_file())


def code() -> int:
    """The bytes of the code and data of reading."""
    paths = [ROOT / path for path in CODE]
    files = [file for path in paths for file in ([path] if path.is_file() else path.rglob("*"))]
    return sum(file.stat().st_size for file in files if file.is_file() and file.suffix in (".py", ".yaml"))


def page() -> str:
    """The results as a page."""
    asked = ["git", "-C", str(ROOT), "show", f"{BEFORE}:requirements.lock"]
    before = names(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)
    added = sorted(names((ROOT / "requirements.lock").read_text("utf-8")) - before)
    licences = json.loads((ROOT / "deploy" / "licences.json").read_text("utf-8"))
    rows = [(name, bytes_of(name)) for name in added]
    base = sum(size for _, size in rows) + code()
    extra = sum(bytes_of(name) for name in licences["ocr"])
    lines = ["| part | MB |", "| --- | ---: |"]
    lines += [f"| library {name} | {size / 1e6:.1f} |" for name, size in rows]
    lines += [
        f"| code and data of reading | {code() / 1e6:.1f} |",
        f"| base, of {ALLOWED:.0f} allowed | {base / 1e6:.1f} |",
        f"| extra `ocr`: {len(licences['ocr'])} libraries with {len(licences['models'])} models | {extra / 1e6:.1f} |",
        "| `--assist`: no library | 0.0 |",
    ]
    told = " ".join((__doc__ or "").split("\n\n")[1].split())
    new = f"Libraries that the base has got since: {', '.join(added) or 'none'}."
    return f"# What reading adds to an installation\n\n{told}\n\n" + "\n".join(lines) + f"\n\n{new}\n"


if __name__ == "__main__":
    text = page()
    print(text)
    (ROOT / "benchmarks" / "results" / "installation.md").write_text(text, "utf-8")
