"""Asks the product a fixed list of questions, and compares what it answers with keys that were written before.

Run it with ``python -m benchmarks.questions``; it rewrites ``benchmarks/results/questions.md``. Lists are
``benchmarks/questions/*.csv``, each with its hash in ``frozen.json``: a list that was changed is refused. A list of
somebody else is a further file. How a question is put to the product stands apart, in ``asked.yaml``: a command, and
where in its JSON, or by what pattern on its screen, the answer stands. A question without a command is refused by the
product. Names of lists ask those alone; what others said last stands in ``now.json``. ``--first`` keeps what the first
run of a list said, and never replaces one that is kept already.
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
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
RESULTS = HERE.parent / "results" / "questions.md"
FIRST = HERE / "first.json"
"""Of each list, the states of its first run, and, where they were kept, its answers."""
NOW = HERE / "now.json"
SAYS_NOTHING = {None, "", "unknown", "no_evidence"}
EXCLUDES = 0.9
"""An interval says something when it is at most so much of what is possible."""
STATES = ("right", "wrong", "holds", "misses", "refused")


Answers = dict[str, list[str]]
"""By question: what was answered, and what came of it, one of ``STATES``."""


def read_list(path: Path) -> list[dict[str, str]]:
    """The questions of a list; a list with another hash than the recorded one ends the run."""
    frozen = json.loads((HERE / "frozen.json").read_text("utf-8"))
    if hashlib.sha256(path.read_bytes()).hexdigest() != frozen.get(path.name):
        raise SystemExit(f"{path.name} is not the list that was recorded in frozen.json")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def printed(words: tuple[str, ...]) -> str | None:
    """What a command prints; None where the command refuses."""
    run = subprocess.run([sys.executable, "-m", "guanzi", *words], capture_output=True, text=True, check=False)
    return run.stdout if run.returncode == 0 else None


@cache
def asked(words: tuple[str, ...]) -> Any:
    """The JSON that a command prints; None where the command refuses."""
    text = printed((*words, "--json"))
    return None if text is None else json.loads(text)


def on_screen(route: dict[str, Any]) -> tuple[float, ...]:
    """The figure that a person reads in the sentences of a command; several groups of the pattern are multiplied."""
    found = re.search(route["screen"], re.sub(r"\s+", " ", printed(tuple(map(str, route["ask"]))) or ""))
    return (prod(float(one.replace(",", "")) for one in found.groups()) * route.get("times", 1),) if found else ()


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
    if "screen" in route:
        return on_screen(route)
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


def run(questions: list[dict[str, str]], routes: dict[str, Any]) -> Answers:
    """Ask all questions of a list."""
    found = {}
    for question in questions:
        said = answered(routes[question["id"]]) if question["id"] in routes else ()
        told = " to ".join(f"{value:g}" if isinstance(value, float) else str(value) for value in said)
        found[question["id"]] = [told or "–", judged(question, said)]
    return found


def counts(found: Answers) -> dict[str, int]:
    """How many questions came to each state."""
    of = Counter(state for _, state in found.values())
    return {state: of[state] for state in STATES}


def page(lists: dict[str, Answers], first: dict[str, dict[str, Any]]) -> Iterator[str]:
    """The lines of the page: counts of the first run and now, and every question with its answers."""
    yield "# Questions with keys\n\nMade by `python -m benchmarks.questions`. The lists were hashed before any of them"
    yield "was asked. A question counts as answered when the product gives one value or one verdict, or an interval"
    yield f"that excludes at least {1 - EXCLUDES:.0%} of what is possible. What is asked by a day is answered by"
    yield "what was known by then, so a key that became known later is refused.\n"
    yield "The keys come from the same collection of pages as many facts of the product. A right answer shows"
    yield "that a fact is carried and found, and that nothing false is said of it, not that the page is true.\n"
    yield "All lists have been seen by those who build since their first run, and later work answered refused"
    yield "kinds (what came of a case, sums and shares of held figures, provinces, figures of firms in a track). Only"
    yield "a first run says what the product answers to questions that nobody had seen; a run now shows reach. The list"
    yield "`apart-2` was written, with its keys and the commands to ask with, from public pages by somebody who had"
    yield "opened neither the lists before it nor the data (`apart-2.txt`); each was asked by its one command.\n"
    yield "Its second run is of a list that has been seen: data and kinds of answers were mended in between. Of those"
    yield "still refused, three ask for what no panel or file here holds (nine months of a city, phones and output of"
    yield "a province), two for a fact that was not entered because only this list asks for it (a price of land, the"
    yield "firms of a park), one for jobs by a table without persons, and two for what the command does not tell: the"
    yield "city of each maker where two are asked together, and since when a plant works. One is still wrong: the sheet"
    yield "of Foxconn pays 14 of 15 yearly parts, and is hashed in the dated replay. The list `hostile` was written by"
    yield "that person while looking for wrong answers ([hostile questions](hostile-questions.md)); its first run is"
    yield "of the tree before any mending.\n"
    yield "| list | questions | answered | right | wrong | intervals that hold the key | that miss it | refused |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, found in lists.items():
        for label, of in ((f"{name}, first run", first.get(name, {}).get("states")), (f"{name}, now", counts(found))):
            if of is not None:
                total = sum(of.values())
                share = f"{total - of['refused']} ({(total - of['refused']) / total:.0%})"
                yield f"| {label} | {total} | {share} | " + " | ".join(str(of[state]) for state in STATES) + " |"
    for name, found in lists.items():
        told = first.get(name, {}).get("answers", {})
        yield f"\n## {name}\n\n| | of | question | key |{' first run | |' if told else ''} now | |"
        yield "|---|---|---|---|" + "---|---|" * (2 if told else 1)
        for q in read_list(HERE / f"{name}.csv"):
            cells = [q["id"], q["of"], q["question"], f"{q['key']} {q['unit']}".strip()]
            yield "| " + " | ".join([*cells, *told.get(q["id"], []), *found[q["id"]]]) + " |"


def main() -> None:
    """Ask the lists that are named, or all, print the counts, and write the page."""
    routes = yaml.safe_load((HERE / "asked.yaml").read_text("utf-8"))
    named = [word for word in sys.argv[1:] if word != "--first"]
    lists, first = (json.loads(path.read_text("utf-8")) for path in (NOW, FIRST))
    for path in sorted(HERE.glob("*.csv")):
        if path.stem in named or not named:
            lists[path.stem] = run(read_list(path), routes)
            if "--first" in sys.argv and path.stem not in first:
                first[path.stem] = {"states": counts(lists[path.stem]), "answers": lists[path.stem]}
    for path, kept in ((NOW, lists), (FIRST, first)):
        path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")
    RESULTS.write_text("\n".join(page(lists, first)) + "\n", "utf-8")
    print(json.dumps({name: counts(found) for name, found in lists.items()}, indent=1))


if __name__ == "__main__":
    main()
