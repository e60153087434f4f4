"""Case folders to try things on."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from guanzi.base.core import InvalidInput, Problem, format_problem
from guanzi.record.evidence import load_case

CASE = """\
format: 1
case: example
title: An example
company: {id: nio, name: NIO Inc., name_zh: 蔚来}
region: {id: hefei, name: Hefei, country: CN}
industry: battery-electric-vehicles
model: scale-up-manufacturer
currency: CNY
decision_date: 2020-04-29
question: Shall we?
"""

SOURCES = """\
sources:
  filing: {publisher: SEC, title: Annual report, date: 2020-03-18, address: "https://example.org/f", grade: A}
  press: {publisher: A paper, title: A story, date: 2020-03-18, grade: B, mirror: true, address: "https://copy.example"}
  undated: {publisher: A site, title: A page, grade: C}
"""

GOOD_FACT = (
    "id: deliveries-2019, name: deliveries, period: 2019, value: 20565, unit: vehicles, "
    "known_on: 2020-03-18, source: filing"
)


def facts_yaml(*facts: str, sources: str = SOURCES) -> str:
    """A facts file with one fact per line, each in the flow style without its braces."""
    return sources + "facts:\n" + "".join(f"  - {{{fact}}}\n" for fact in facts)


def write_case(folder: Path, files: Mapping[str, str] | None = None) -> Path:
    """A case folder with ``case.yaml`` and the given files (by path within it)."""
    for name, content in {"case.yaml": CASE, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="")
    return folder


def problems_of(folder: Path) -> tuple[Problem, ...]:
    """What the loader refuses a case for."""
    with pytest.raises(InvalidInput) as caught:
        load_case(folder)
    for problem in caught.value.problems:
        format_problem(problem)  # its sentence exists, and has the parameters that it needs
    return caught.value.problems


def causes_of(folder: Path) -> list[str]:
    """Ids of the causes for which the loader refuses a case, without the domain."""
    return [problem.cause.id.removeprefix("evidence.").removeprefix("reading.") for problem in problems_of(folder)]
