"""A tenth of the proposals of the open golden documents made false, for somebody who confirms without the key.

Run ``python -m benchmarks.seeded_proposals make FOLDER``: it writes ``proposals.json`` and documents into FOLDER, and
the key beside it (``FOLDER-key.json``). Whoever confirms writes ``verdicts.json`` into FOLDER: number to ``accept``,
``refuse`` or ``change``. ``python -m benchmarks.seeded_proposals score FOLDER`` then writes
``benchmarks/results/seeded-proposals.md``.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.golden import GOLDEN, read

RESULTS = Path(__file__).parent / "results" / "seeded-proposals.md"
LISTED, FALSE, SEED = 200, 20, 20261201
SHOWN = ("document", "page", "sheet", "cell", "fact", "value", "unit", "period", "text")


def falsified(one: dict[str, Any], others: list[dict[str, Any]], rng: random.Random) -> tuple[str, dict[str, Any]]:
    """A proposal with a false value, scale, sign, period or name of its fact, and which of them it is."""
    value = one["value"]
    number = isinstance(value, int | float) and not isinstance(value, bool)
    kind = rng.choice(("digits", "scale", "sign", "period", "name") if number else ("period", "name"))
    if kind == "digits":
        return kind, one | {"value": _exchanged(value, rng)}
    if kind == "scale":
        return kind, one | {"value": value * rng.choice((1000, 0.001, 10))}
    if kind == "sign":
        return kind, one | {"value": -value}
    if kind == "period":
        return kind, one | {"period": re.sub(r"20\d\d", lambda year: str(int(year[0]) - 1), str(one["period"]))}
    alike = [other["fact"] for other in others if other["fact"] != one["fact"] and other["unit"] == one["unit"]]
    return kind, one | {"fact": rng.choice(alike or [other["fact"] for other in others])}


def _exchanged(value: float, rng: random.Random) -> float:
    """The value with two different digits in each other's place; one more where all are alike."""
    digits = list(f"{value:.12g}")
    places = [n for n, digit in enumerate(digits) if digit.isdigit()]
    pairs = [(a, b) for a in places for b in places if digits[a] != digits[b]]
    if not pairs:
        return value + 1
    a, b = rng.choice(pairs)
    digits[a], digits[b] = digits[b], digits[a]
    return float("".join(digits))


def make(folder: Path) -> None:
    """Write the proposals, a tenth of them false, the documents, and the key beside the folder."""
    rng, files = random.Random(SEED), sorted(path for path in (GOLDEN / "files").iterdir() if path.is_file())
    found = [one | {"document": path.name} for path in files for one in read(path)[0]]
    rng.shuffle(found)
    listed, key = found[:LISTED], {}
    for n in rng.sample(range(len(listed)), FALSE):
        kind, false = falsified(listed[n], listed, rng)
        if any(false[name] != listed[n][name] for name in ("value", "period", "fact")):
            key[n + 1], listed[n] = kind, false
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    for path in files:
        shutil.copy(path, folder / "docs" / path.name)
    rows = [{"n": n, **{name: one.get(name) for name in SHOWN}} for n, one in enumerate(listed, 1)]
    (folder / "proposals.json").write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    Path(f"{folder}-key.json").write_text(json.dumps(key), encoding="utf-8")


def score(folder: Path) -> str:
    """The page: how many of what was accepted are false, and of what is true were refused."""
    verdicts = json.loads((folder / "verdicts.json").read_text(encoding="utf-8"))
    verdicts = {n: said for n, said in verdicts.get("verdicts", verdicts).items() if n.isdigit()}
    key = json.loads(Path(f"{folder}-key.json").read_text(encoding="utf-8"))
    accepted = [n for n, said in verdicts.items() if said == "accept"]
    passed = Counter(_kind(key[n]) for n in accepted if n in key)
    kinds = Counter(_kind(kind) for kind in key.values())
    lost = sum(said != "accept" and n not in key for n, said in verdicts.items())
    rows = "\n".join(f"| {kind} | {n} | {passed[kind]} |" for kind, n in sorted(kinds.items()))
    return HEAD.format(
        n=len(verdicts),
        false=len(key),
        accepted=len(accepted),
        passed=sum(passed.values()),
        most=3 / len(accepted),
        lost=lost,
        rows=rows,
    )


def _kind(entry: Any) -> str:
    return entry["kind"] if isinstance(entry, dict) else str(entry)


HEAD = """# A tenth of the proposals made false

Made by `python -m benchmarks.seeded_proposals`. Of the open golden documents {n} proposals were drawn, and {false} of
them made false by a seed. A second reader who had neither the key nor the code, and was not told how many are false,
looked at each one beside its page and said accept, refuse or change. The reader was a language model that looked at
pictures and texts of the pages, not a person of a finance bureau.

Accepted: {accepted}. False among them: **{passed}** (asked: at most 1 %; by the rule of three at most {most:.1%}).
Refused or changed although true: {lost}.

| made false | seeded | accepted |
|---|---:|---:|
{rows}

The documents are written in the form of real ones. What is false because a reader of documents reads wrongly, and not
by a seed, can look otherwise. The trial on this page was drawn by the first form of the script: the same kinds and
seed, in another order of draws.
"""


def main() -> None:
    """Make the trial, or write its page."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what == "make":
        make(folder)
    else:
        RESULTS.write_text(score(folder), encoding="utf-8")


if __name__ == "__main__":
    main()
