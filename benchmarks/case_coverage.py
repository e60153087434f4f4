"""What each shipped case holds on its day: the core checks with facts, the advice, and what its unknown rows wait for.

python -m benchmarks.case_coverage       # some minutes; writes benchmarks/results/case-coverage.md

No outcome is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from benchmarks.decision_rows import PATHS, PLAYBOOK

from guanzi.advice.appraisal import Appraisal, AppraisalOptions, appraise
from guanzi.base.core import render
from guanzi.record.evidence import Case, builtin_cases, find_case, load_case, replayed_cases
from guanzi.record.playbooks import load_playbook
from guanzi.study.diligence import checks

RESULT = Path(__file__).resolve().parent / "results" / "case-coverage.md"
ENOUGH = 6
"""So many of the eight core checks should rest on facts."""
AIM = 20
"""In so many cases."""
SOUGHT = re.compile(r"Searched for and not found: (.+?)(?=\n\n|\Z)", re.DOTALL)
"""What the readme of a case says of searches that found nothing."""
MARKS = {True: "yes", False: "–", None: "not asked"}


def main() -> None:
    """Run, and write the page."""
    playbook = load_playbook(PLAYBOOK)
    cases = [load_case(find_case(name)) for name in builtin_cases()]
    found = [
        (case, appraise(case, None, playbook, PATHS, options=AppraisalOptions(sensitivity=False))) for case in cases
    ]
    RESULT.write_text("\n".join(page(found)) + "\n", encoding="utf-8", newline="\n")


def page(found: list[tuple[Case, Appraisal]]) -> Iterator[str]:
    """The lines of the page: the counts, which checks rest on facts, what is waited for, and what was not found."""
    first = [pair for pair in found if pair[0].id in replayed_cases()]
    later = [pair for pair in found if pair not in first]
    held = {case.id: core_held(case) for case, _ in found}
    enough = {id: is_enough(of) for id, of in held.items()}
    asked = sum(is_enough(held[case.id], unasked=True) for case, _ in first)
    count = len(next(iter(held.values())))
    yield "<!-- Made by benchmarks/case_coverage.py; do not edit. -->\n\n# What the shipped cases hold on their days\n"
    yield f"At least {ENOUGH} of the {count} core checks rest on facts in **{sum(enough[c.id] for c, _ in first)} of"
    yield f"{len(first)}** cases of the backtest (aim: {AIM}); in {asked} where a question that the case has nothing to"
    yield f"ask of counts as answered. Of the {len(later)} cases that joined later it is so in"
    yield f"{sum(enough[c.id] for c, _ in later)}. {sum(len(case.facts) for case, _ in found):,} facts in all."
    below = [held[c.id] for c, _ in first if not enough[c.id]]
    blind = sum(not (of["going-concern"] or of["runway"]) for of in below)
    lacking = f"{blind} hold no account of the company: neither its equity, debt"
    yield f"\nOf the {len(below)} cases that fall short, {lacking}"
    yield "or loss nor its cash. These companies were private and published none by the day, or stood in reports of an"
    yield "owner of which only the first pages could be read. One net loss would answer two of the questions."
    yield from marks("The cases of the backtest", first, held)
    yield from marks("Cases that joined later", later, held)
    yield "\n## Rows of the decision table that are unknown, and what they wait for\n"
    yield "| case | unknown rows | wait for: rows |"
    yield "|---|---:|---|"
    for case, appraisal in found:
        unknown = sum(row.outcome == "no_evidence" for row in appraisal.rows)
        why = (f"{render(m.text.model_dump())}: {', '.join(f'`{row}`' for row in m.rows)}" for m in appraisal.missing)
        yield f"| `{case.id}` | {unknown} | {'; '.join(why) or '–'} |"
    yield "\n## What was searched for and not found\n"
    yield "| case | core checks without facts | what was not found |\n|---|---|---|"
    for case, _ in found:
        without = ", ".join(id for id, of in held[case.id].items() if of is False)
        sought = SOUGHT.search((case.folder / "README.md").read_text("utf-8"))
        nothing = "no search is noted" if without else "–"
        yield f"| `{case.id}` | {without or '–'} | {' '.join(sought[1].split()) if sought else nothing} |"


def marks(title: str, found: list[tuple[Case, Appraisal]], held: dict[str, dict[str, bool | None]]) -> Iterator[str]:
    """A table of cases: how many facts, which core checks rest on facts, and the advice."""
    ids = list(next(iter(held.values())))
    yield f"\n## {title}\n"
    yield f"| case | facts | core checks with facts | {' | '.join(ids)} | advice |"
    yield "|---|---:|---:|" + ":---:|" * len(ids) + "---|"
    for case, appraisal in found:
        of = held[case.id]
        cells = " | ".join(MARKS[of[id]] for id in ids)
        advice = appraisal.advice.replace("_", " ")
        yield f"| `{case.id}` | {len(case.facts)} | {list(of.values()).count(True)} | {cells} | {advice} |"


def core_held(case: Case) -> dict[str, bool | None]:
    """Whether each core check has a fact by the day of the decision; None where it has nothing to ask of the case."""
    view = case.view(case.decision_date)
    return {check.id: check.has_evidence(view) if check.applies(view) else None for check in checks() if check.core}


def is_enough(of: dict[str, bool | None], *, unasked: bool = False) -> bool:
    """Whether so many core checks rest on facts as should."""
    return sum(held or (unasked and held is None) for held in of.values()) >= ENOUGH


if __name__ == "__main__":
    main()
