"""How long a ledger takes: append, verify, prove, on 1,000 to 100,000 entries in a file of SQLite.

Run: python benchmarks/ledger.py [--results benchmarks/results]. Writes ledger.json and ledger.md.
"""

from __future__ import annotations

import argparse
import json
import platform
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from guanzi.record.ledger import Entry, create_log, reading, writing

SIZES = (1_000, 10_000, 100_000)
START = datetime(2026, 1, 1, tzinfo=UTC)
BODY = {"case": "example", "decision": "decline", "appraisal": "a" * 64, "reasons": "b" * 64, "votes": ["c" * 64] * 5}
LIMIT = 2.0
"""Seconds in which 100,000 entries are to be verified."""


def seconds(work: Callable[[], object], times: int = 3) -> float:
    """The shortest of a few runs, by the clock of the processor: machines are shared."""
    taken = []
    for _ in range(times):
        begun = time.process_time()
        work()
        taken.append(time.process_time() - begun)
    return min(taken)


def measure(size: int, folder: Path) -> dict[str, float]:
    """Times in seconds for a log of a size."""
    path = folder / f"{size}.db"
    create_log(path, "guanzi.example/log")

    def fill() -> None:
        with writing(path) as log:
            for n in range(size):
                log.append(Entry("decision", START + timedelta(seconds=n), "0" * 64, {"n": n, **BODY}))

    appended = seconds(fill, 1)
    with reading(path) as log:
        assert log.verify() == ()
        verified = seconds(log.verify)
        proved = seconds(lambda: [log.prove(n, size) for n in range(0, size, size // 100)]) / 100
        followed = seconds(lambda: [log.prove_past(n, size) for n in range(1, size, size // 100)]) / 100
    return {
        "entries": size,
        "append_s": round(appended, 3),
        "verify_s": round(verified, 3),
        "prove_ms": round(1000 * proved, 3),
        "follow_ms": round(1000 * followed, 3),
        "file_mb": round(path.stat().st_size / 1e6, 1),
    }


def page(rows: list[dict[str, float]]) -> str:
    """The table as Markdown."""
    head = "| entries | append all, s | verify all, s | inclusion proof, ms | consistency proof, ms | file, MB |"
    lines = [f"| {' | '.join(f'{row[key]:,}' for key in row)} |" for row in rows]
    limit = f"100,000 entries are to be verified in less than {LIMIT:.0f} s."
    told = "Seconds of the processor, one core; the shortest of three runs, of appending one."
    return "\n".join(["# The ledger", "", told + " " + limit, "", head, "|" + " ---: |" * 6, *lines, ""])


def main() -> None:
    """Measure, write, and fail where the limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--results", type=Path, default=Path(__file__).parent / "results")
    results = parser.parse_args().results
    with tempfile.TemporaryDirectory() as folder:
        rows = [measure(size, Path(folder)) for size in SIZES]
    results.mkdir(parents=True, exist_ok=True)
    told = {"python": platform.python_version(), "rows": rows}
    (results / "ledger.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    (results / "ledger.md").write_text(page(rows), "utf-8")
    print(page(rows))
    assert rows[-1]["verify_s"] < LIMIT


if __name__ == "__main__":
    main()
