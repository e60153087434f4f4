"""Bad documents read as anybody would read them: what is said, where, how it is mended, in what time and memory.

Each document of ``tests/golden/bad.py`` is given to ``guanzi evidence read DOC --json``, one process each. It must end
in the time and memory that its line allows, as refused, read in part or read whole, as its line allows; a refusal names
the file and says how it is mended, and proposes nothing; what is read proposes its figures or lists them; and nothing
is proposed of what no figure may be taken from.

Run: python -m benchmarks.bad_documents [NAME…]. Writes bad-documents.md into benchmarks/results.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.golden.bad import BAD, Bad

RESULT = Path(__file__).resolve().parent / "results" / "bad-documents.md"
LONGEST = 900
"""Seconds of the clock after which a process hangs; what is held to its line is time of the processor."""

SHORT = {
    "rotated.pdf": "letters of a page turned by a right angle come one by one, and no sentence is made of them",
    "macros.xlsm": "a file with macros is refused whole, with what mends it, where its cells could be read",
    "far-cell.xlsx": "a sheet with more than 200,000 rows is refused whole, though its cells are few",
}
"""What falls short of its line, and why."""


@dataclass(frozen=True)
class Handled:
    """How a bad document was handled.

    Attributes:
        outcome: ``refused``, ``part`` or ``read``.
        seconds: Time of the processor.
        megabytes: The most memory that it held.
        faults: What of its line does not hold.
        said: The first thing that is said of it.
    """

    outcome: str
    seconds: float
    megabytes: float
    faults: tuple[str, ...] = field(default=())
    said: str = ""


_PEAK = """
import atexit, re, resource, runpy, sys

def write():
    own = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
    open("peak", "w").write(str(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)))

atexit.register(write)
sys.argv[0] = "guanzi"
runpy.run_module("guanzi", run_name="__main__", alter_sys=True)
"""
"""What was held at most is told by the process itself: what its parent held before it began counts otherwise, too."""


def handle(bad: Bad, folder: Path) -> Handled:
    """Read a bad document in a process of its own."""
    path, unread = folder / bad.name, folder / f"{bad.name}.unread.json"
    path.write_bytes(bad.make())
    asked = ["evidence", "read", bad.name, "--no-cache", "--json", "--unread", unread.name]
    with (folder / "out").open("w+b") as out, (folder / "err").open("w+b") as err:
        process = subprocess.Popen([sys.executable, "-c", _PEAK, *asked], stdout=out, stderr=err, cwd=folder)
        _, status, spent = os.wait4(process.pid, 0)
        out.seek(0)
        err.seek(0)
        told, shown = out.read().decode(), err.read().decode()
    code = os.waitstatus_to_exitcode(status)
    listed = json.loads(unread.read_text("utf-8")) if unread.is_file() else []
    proposed = json.loads(told) if told.strip() else []
    outcome = "refused" if code == 2 else "part" if listed else "read"
    peak = folder / "peak"
    kilobytes = int(peak.read_text("utf-8")) if peak.is_file() else spent.ru_maxrss
    seconds, megabytes = spent.ru_utime + spent.ru_stime, kilobytes / 1024
    faults = tuple(_faults(bad, outcome, code, (proposed, listed), shown))
    faults += tuple(
        name for name, kept in (("time", seconds <= bad.seconds), ("memory", megabytes <= bad.megabytes)) if not kept
    )
    first = shown.strip().splitlines()[0] if shown.strip() else next((one["reason"] for one in listed), "")
    return Handled(outcome, seconds, megabytes, faults, first)


def _faults(
    bad: Bad, outcome: str, code: int, stated: tuple[list[dict[str, object]], list[dict[str, object]]], shown: str
) -> Iterator[str]:
    proposed, listed = stated
    if code not in (0, 2) or "Traceback" in shown:
        yield f"ended with {code}"
    if outcome not in bad.outcomes and not (outcome == "read" and "part" in bad.outcomes):
        yield f"{outcome}, in place of {' or '.join(bad.outcomes)}"
    if outcome == "refused":
        if bad.name not in shown or "fix:" not in shown:
            yield "no place or no mending is said"
        if proposed:
            yield "something is proposed of it"
    elif missing := [one for one in bad.figures if one not in json.dumps([proposed, listed], ensure_ascii=False)]:
        yield f"not proposed and not listed: {', '.join(missing)}"
    if false := sorted({str(one["fact"]) for one in proposed} & set(bad.never)):
        yield f"proposed: {', '.join(false)}"


def row(name: str, one: Handled) -> str:
    """A line of the table."""
    said, wrong = one.said.replace("|", "\\|")[:160], "; ".join(one.faults) or "–"
    return f"| {name} | {one.outcome} | {one.seconds:.1f} | {one.megabytes:.0f} | {said} | {wrong} |"


def page(rows: dict[str, str]) -> str:
    """The results as a page."""
    head = "| document | outcome | seconds | MB, at most | what is said | does not hold |"
    told = " ".join((__doc__ or "").split("\n\n")[1].split())
    whole = sum(line.endswith("| – |") for line in rows.values())
    lines = [head, "| --- | --- | ---: | ---: | --- | --- |", *rows.values()]
    lines += ["", "Short of their lines:", "", *(f"- {name}: {why}." for name, why in SHORT.items())]
    return f"# Bad documents\n\n{told}\n\n{whole} of {len(rows)} hold.\n\n" + "\n".join(lines) + "\n"


def main() -> None:
    """Read all of them, or those that are named, and write the page."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("names", nargs="*", help="documents to read anew; the others stay as they stand on the page")
    chosen = set(options.parse_args().names)
    stood = RESULT.read_text("utf-8").splitlines() if chosen else []
    rows = {line.split(" | ")[0].removeprefix("| "): line for line in stood if line.startswith("| ")}
    with TemporaryDirectory() as folder:
        for bad in BAD:
            if not chosen or bad.name in chosen:
                rows[bad.name] = row(bad.name, handle(bad, Path(folder)))
    text = page({bad.name: rows[bad.name] for bad in BAD})
    print(text)
    RESULT.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
