"""Asks the product a fixed list of questions, and compares what it answers with keys that were written before.

Run it with ``python -m benchmarks.questions``; it rewrites ``benchmarks/results/questions.md``. Lists are
``benchmarks/questions/*.csv``, each with its hash in ``frozen.json``: a list that was changed is refused. A list of
somebody else is a further file. How a question is put to the product stands apart, in ``asked.yaml``: a command, and
where in its JSON the answer stands. A question without a command is refused by the product. ``--first`` keeps the
counts of a run as those before the work.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results" / "questions.md"
FIRST = HERE / "first.json"
SAYS_NOTHING = {None, "", "unknown", "no_evidence"}
EXCLUDES = 0.9
"""An interval says something when it is at most so much of what is possible."""
STATES = ("right", "wrong", "holds", "misses", "refused")


@dataclass(frozen=True)
class Outcome:
    """What came of a question: one of ``STATES``, and what was answered."""

    question: dict[str, str]
    state: str
    answer: str


def read_list(path: Path) -> list[dict[str, str]]:
    """The questions of a list; a list with another hash than the recorded one ends the run."""
    frozen = json.loads((HERE / "frozen.json").read_text("utf-8"))
    if hashlib.sha256(path.read_bytes()).hexdigest() != frozen.get(path.name):
        raise SystemExit(f"{path.name} is not the list that was recorded in frozen.json")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def asked(words: tuple[str, ...]) -> Any:
    """The JSON that a command prints; None where the command refuses."""
    run = subprocess.run(
        [sys.executable, "-m", "guanzi", *words, "--json"], capture_output=True, text=True, check=False
    )
    return json.loads(run.stdout) if run.returncode == 0 else None


def at(data: Any, path: str) -> Any:
    """What stands in JSON under a path of keys, where ``[key=value]`` picks the first member of a list that has it."""
    for step in re.findall(r"\[[^]]*\]|[^.\[\]]+", path):
        if data is None:
            return None
        if step.startswith("["):
            key, _, value = step[1:-1].partition("=")
            data = next((one for one in data if str(one.get(key)) == value), None)
        else:
            data = data[int(step)] if isinstance(data, list) else data.get(step)
    return data


def answered(route: dict[str, Any]) -> tuple[Any, ...]:
    """What the product says: a value, the ends of an interval, or the values that it leaves open; none: refused."""
    found = asked(tuple(map(str, route["ask"])))
    values = [at(found, path) for path in route["read"]]
    words = route.get("words", {})
    flat = [one for value in values for one in (value if isinstance(value, list) else [value])]
    flat = [words.get(one, one) if isinstance(one, str) else one for one in flat]
    if any(isinstance(one, str | type(None)) and one in SAYS_NOTHING for one in flat):
        return ()
    if "figure" in route:
        found_in = [re.search(route["figure"], one) for one in flat]
        flat = [float(one[1]) for one in found_in if one]
    scaled = route.get("times", 1)
    return tuple(one * scaled if isinstance(one, int | float) and not isinstance(one, bool) else one for one in flat)


def judged(question: dict[str, str], said: tuple[Any, ...]) -> str:
    """The state of a question by what was said to it."""
    if not said:
        return "refused"
    if question["kind"] == "number":
        return _number(question, [float(value) for value in said])
    words = {str(word).replace("_", " ") for word in said}
    key = question["key"].replace("_", " ")
    if len(words) == 1:
        return "right" if key in words else "wrong"
    if question["kind"] == "choice" and words >= {one.replace("_", " ") for one in question["options"].split("|")}:
        return "refused"
    return "holds" if key in words else "misses"


def _number(question: dict[str, str], said: list[float]) -> str:
    low, high, key = min(said), max(said), float(question["key"])
    if low == high:
        return "right" if abs(low - key) <= float(question["within"]) * abs(key) else "wrong"
    least, most = map(float, question["possible"].split(":"))
    if min(high, most) - max(low, least) > EXCLUDES * (most - least):
        return "refused"
    return "holds" if low <= key <= high else "misses"


def run(questions: list[dict[str, str]], routes: dict[str, Any]) -> Iterator[Outcome]:
    """Ask all questions of a list."""
    for question in questions:
        said = answered(routes[question["id"]]) if question["id"] in routes else ()
        told = " to ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in said)
        yield Outcome(question, judged(question, said), told)


def counts(found: list[Outcome]) -> dict[str, int]:
    """How many questions came to each state."""
    of = Counter(one.state for one in found)
    return {state: of[state] for state in STATES}


def page(lists: dict[str, list[Outcome]], first: dict[str, dict[str, int]]) -> Iterator[str]:
    """The lines of the page: counts before and after, wrong answers, and every question with its answer."""
    yield "# Questions with keys\n\nMade by `python -m benchmarks.questions`. The lists were hashed before any of them"
    yield "was asked. A question counts as answered when the product gives one value or one verdict, or an interval"
    yield f"that excludes at least {1 - EXCLUDES:.0%} of what is possible. What is asked by a day is answered by"
    yield "what was known by then, so a key that became known later is refused.\n"
    yield "The keys come from the same collection of pages as many facts of the product. A right answer shows"
    yield "that a fact is carried and found, and that nothing false is said of it, not that the page is true.\n"
    yield "Both lists have been seen by those who build: the one apart has stood on this page since its first run, and"
    yield "later work answered its refused kinds (what came of a case, sums and shares of held figures, provinces,"
    yield "figures of firms in a track). So its second run shows reach, not skill on questions nobody had seen. The"
    yield "honest test is a new list of 20 questions, with keys written by a person who does not build.\n"
    yield "| list | questions | answered | right | wrong | intervals that hold the key | that miss it | refused |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, found in lists.items():
        for label, of in ((f"{name}, before", first.get(name)), (f"{name}, now", counts(found))):
            if of is not None:
                total = sum(of.values())
                share = f"{total - of['refused']} ({(total - of['refused']) / total:.0%})"
                yield f"| {label} | {total} | {share} | " + " | ".join(str(of[state]) for state in STATES) + " |"
    for name, found in lists.items():
        yield f"\n## {name}\n\n| | of | question | key | answer | |\n|---|---|---|---|---|---|"
        for one in found:
            q = one.question
            key = f"{q['key']} {q['unit']}".strip()
            yield f"| {q['id']} | {q['of']} | {q['question']} | {key} | {one.answer or '–'} | {one.state} |"


def main() -> None:
    """Ask all lists, print the counts, and write the page."""
    routes = yaml.safe_load((HERE / "asked.yaml").read_text("utf-8"))
    lists = {path.stem: list(run(read_list(path), routes)) for path in sorted(HERE.glob("*.csv"))}
    told = {name: counts(found) for name, found in lists.items()}
    if "--first" in sys.argv:
        FIRST.write_text(json.dumps(told, indent=1) + "\n", "utf-8")
    first = json.loads(FIRST.read_text("utf-8")) if FIRST.is_file() else {}
    RESULTS.write_text("\n".join(page(lists, first)) + "\n", "utf-8")
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
