"""What each shipped case holds on its day: the core checks with facts, the advice, and what its unknown rows wait for.

python benchmarks/case_coverage.py       # a minute; writes benchmarks/results/case-coverage.md

No outcome is opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from benchmarks.decision_rows import PATHS, PLAYBOOK

from guanzi.advice.appraisal import Appraisal, AppraisalOptions, appraise
from guanzi.advice.backtest import load_library
from guanzi.base.core import render
from guanzi.record.evidence import Case
from guanzi.record.playbooks import load_playbook
from guanzi.study.diligence import checks

RESULT = Path(__file__).resolve().parent / "results" / "case-coverage.md"
ENOUGH = 6
"""So many of the eight core checks should rest on facts."""
AIM = 20
"""In so many cases."""
MARKS = {True: "yes", False: "–", None: "not asked"}


def main() -> None:
    """Run, and write the page."""
    playbook = load_playbook(PLAYBOOK)
    cases = load_library()[0]
    found = [
        (case, appraise(case, None, playbook, PATHS, options=AppraisalOptions(sensitivity=False))) for case in cases
    ]
    RESULT.write_text("\n".join(page(found)) + "\n", encoding="utf-8", newline="\n")


def page(found: list[tuple[Case, Appraisal]]) -> Iterator[str]:
    """The lines of the page: the count, which checks rest on facts, and what is waited for."""
    held = {case.id: core_held(case) for case, _ in found}
    enough = sum(map(is_enough, held.values()))
    asked = sum(is_enough(of, unasked=True) for of in held.values())
    ids = list(next(iter(held.values())))
    yield "<!-- Made by benchmarks/case_coverage.py; do not edit. -->\n\n# What the shipped cases hold on their days\n"
    yield f"At least {ENOUGH} of the {len(ids)} core checks rest on facts in **{enough} of {len(found)}** cases"
    yield f"(aim: {AIM}); in {asked} where a question that the case has nothing to ask of counts as answered."
    yield f"{sum(len(case.facts) for case, _ in found):,} facts in all.\n"
    yield f"| case | facts | core checks with facts | {' | '.join(ids)} | advice |"
    yield "|---|---:|---:|" + ":---:|" * len(ids) + "---|"
    for case, appraisal in found:
        of = held[case.id]
        marks = " | ".join(MARKS[of[id]] for id in ids)
        advice = appraisal.advice.replace("_", " ")
        yield f"| `{case.id}` | {len(case.facts)} | {list(of.values()).count(True)} | {marks} | {advice} |"
    yield "\n## Rows of the decision table that are unknown, and what they wait for\n"
    yield "| case | unknown rows | wait for: rows |"
    yield "|---|---:|---|"
    for case, appraisal in found:
        unknown = sum(row.outcome == "no_evidence" for row in appraisal.rows)
        why = (f"{render(m.text.model_dump())}: {', '.join(f'`{row}`' for row in m.rows)}" for m in appraisal.missing)
        yield f"| `{case.id}` | {unknown} | {'; '.join(why) or '–'} |"


def core_held(case: Case) -> dict[str, bool | None]:
    """Whether each core check has a fact by the day of the decision; None where it has nothing to ask of the case."""
    view = case.view(case.decision_date)
    return {check.id: check.has_evidence(view) if check.applies(view) else None for check in checks() if check.core}


def is_enough(of: dict[str, bool | None], *, unasked: bool = False) -> bool:
    """Whether so many core checks rest on facts as should."""
    return sum(held or (unasked and held is None) for held in of.values()) >= ENOUGH


if __name__ == "__main__":
    main()
