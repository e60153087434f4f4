"""What checks would conclude if the company stated one fact more."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from guanzi.advice.appraisal.facts_asked import trial, unit_asked, with_trials
from guanzi.base.core import UNITS, Finding, Message, Period, UnitKind, rate_between
from guanzi.record.evidence import UNITS_BY_NAME, View, asked_of, label_of
from guanzi.study.diligence import Check, DealFacts, checks

STATED = "stated"
"""Id of the fact that is put in."""
SIGNS = (("above", 1.0), ("below", -1.0))
"""A figure just above zero, and one just below."""


@dataclass(frozen=True, slots=True)
class StatedFact:
    """One fact more.

    Attributes:
        check: The check that would conclude otherwise.
        message: What would be stated.
        found: What the check would conclude.
        figure: It is a figure, not a yes or no.
    """

    check: Check
    message: Message
    found: tuple[Finding, ...]
    figure: bool


def stated_facts(view: View, deal: DealFacts | None, names: Collection[str]) -> Iterator[StatedFact]:
    """Every fact on the company that some checks look for, put in one at a time: first those of yes or no."""
    named = [check for check in checks() if check.id in names]
    needs = [(check, need) for check in named for need in check.needs if need.subject == "company"]
    asked = [(check, need.name) for check, need in needs if asked_of(view, need.name)]
    for figure in (False, True):
        for check, name in asked:
            kind = None if name not in UNITS_BY_NAME else UNITS.get(UNITS_BY_NAME[name][0])
            if (kind is UnitKind.FLAG) != (not figure) or kind is None or rate_between(name) is not None:
                continue
            for said, value in (("no", False), ("yes", True)) if not figure else SIGNS:
                for period in (Period.parse(view.as_of.year - 1), Period.parse(view.as_of)):
                    fact = trial(STATED, "company", name, value, unit_asked(view, name), period, view.as_of)
                    found = check.run(with_trials(view, (fact,)), deal)
                    told = {"name": label_of(name) or name.replace("_", " ")}
                    yield StatedFact(check, Message.of(f"appraisal.applicant.say.{said}", **told), found, figure)
