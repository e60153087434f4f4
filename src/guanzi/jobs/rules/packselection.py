"""By what deals are judged: packs of rules, answers, and the day whose law counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.base.reading import read_yaml
from guanzi.deal import compliance
from guanzi.deal.lint import Diagnostic
from guanzi.deal.terms import TermSheet
from guanzi.record.evidence import View


@dataclass(frozen=True)
class RulePackSelection:
    """By what deals are judged.

    Attributes:
        named: Packs that are asked beside those that follow from the country of the region.
        folder: Packs of your own.
        answers: File with answers to questions that the sheet leaves open.
        today: Day whose law the notes speak of; None: no notes (``lint``), or the day of the packs (``rules judge``).
        country: Of the deal (ISO 3166), where no case says it.
    """

    named: tuple[str, ...] = ()
    folder: Path | None = None
    answers: Path | None = None
    today: date | None = None
    country: str = ""

    @cached_property
    def packs(self) -> compliance.Packs:
        """The shipped packs and those of the folder; refused when a pack that was named is not among them."""
        packs = compliance.packs_with(self.folder)
        check_known(self.named, packs)
        return packs

    @property
    def made_on(self) -> date:
        """Day on which the state of the law was last looked up."""
        return max(pack.form.made_on for pack in self.packs.packs)

    def judge(self, sheet: TermSheet, view: View | None, today: date | None = None) -> compliance.Judgement:
        """Judge a sheet, with what the view of its case holds, if there is one."""
        return compliance.judge(sheet, self.packs, self.deal(sheet, view), self.named, today)

    def deal(self, sheet: TermSheet, view: View | None) -> compliance.Deal:
        """What is known of a deal beside its sheet: country, industry, answers."""
        found = compliance.answers_of_view(view, self.packs, sheet) if view else {}
        if self.answers is not None:
            found |= compliance.read_answers(read_yaml(self.answers), self.packs)
        country = self.country or (view.region.country if view else "")
        return compliance.Deal(country, view.industry if view else "", found)

    def diagnostics(self, sheet: TermSheet, view: View | None) -> tuple[tuple[Diagnostic, ...], int]:
        """For the linter: what the deal breaks, and how many rules could not be judged.

        A bare sheet of which no country is known is judged only by packs that are named.
        """
        if view is None and not (self.named or self.country):
            return (), 0
        judgement = self.judge(sheet, view, self.today)
        open_rules = len(judgement.of(compliance.State.OPEN))
        return compliance.diagnostics(judgement, self.packs, sheet), open_rules


def check_known(names: Iterable[str], packs: compliance.Packs) -> None:
    """Refuse the name of a pack that is not among those read.

    Raises:
        InvalidInput: It is not; the nearest name is proposed.
    """
    ids = [pack.id for pack in packs.packs]
    for name in names:
        if name not in ids:
            close = nearest(name, ids)
            fix = Message.of("desk.rules.no_pack.mend", packs=(close,) if close else tuple(ids))
            cause = Message.of("desk.rules.no_pack", name=name)
            raise InvalidInput(Problem(cause, Place("--pack"), fix, excerpt=name))
