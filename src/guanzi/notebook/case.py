"""A case for people who program: its facts, and what can be asked about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from os import PathLike, fspath

from guanzi.jobs.appraisal import appraisal as appraising
from guanzi.jobs.evidence import cases as shipped
from guanzi.jobs.shared import run as running
from guanzi.notebook.appraised import AppraisedCase
from guanzi.notebook.refusals import refusing
from guanzi.notebook.rows import NamedRows
from guanzi.record.evidence import Case, open_case


def cases() -> NamedRows:
    """The shipped cases: id, title and day of the decision."""
    held = shipped.list_cases()
    return NamedRows({
        "id": [case.id for case in held],
        "title": [str(case.title) for case in held],
        "decided": [case.decision_date for case in held],
    })  # fmt: skip


@refusing
def load(case: str | PathLike[str]) -> LoadedCase:
    """A case by the name of a shipped one or by its folder.

    Raises:
        InvalidInput: There is no such case, or it has errors; all of them at once.
    """
    return LoadedCase(open_case(fspath(case)))


@dataclass(frozen=True)
class LoadedCase:
    """A case that was read.

    Attributes:
        case: The case itself.
    """

    case: Case

    def facts(self, as_of: date | None = None) -> NamedRows:
        """What was known on a day (None: that of the decision): a row for each fact, with who published it."""
        view = self.case.view(as_of or self.case.decision_date)
        facts = view.facts
        return NamedRows({
            "id": [fact.id for fact in facts],
            "name": [fact.name for fact in facts],
            "subject": [fact.subject for fact in facts],
            "period": [str(fact.period) for fact in facts],
            "value": [str(fact.value) for fact in facts],
            "unit": [fact.unit for fact in facts],
            "known_on": [fact.known_on for fact in facts],
            "publisher": [view.source(fact.source).publisher for fact in facts],
        })  # fmt: skip

    @refusing
    def appraise(
        self,
        *,
        as_of: date | None = None,
        playbook: str = "hefei",
        paths: int = running.PATHS,
        seed: int = running.SEED,
        threads: int | None = None,
    ) -> AppraisedCase:
        """The appraisal with what was known on a day.

        Args:
            as_of: Knowledge date; None: that of the decision.
            playbook: Name or file of the governance model.
            paths: Simulated paths.
            seed: Key of the random numbers.
            threads: None: as many as there are cores; the result is the same.

        Raises:
            InvalidInput: There is no such playbook, or something of the case cannot be appraised.
        """
        run = running.Run(paths=paths, seed=seed, threads=threads)
        found = appraising.appraise(appraising.Request(self.case, as_of, playbook, run=run))
        return AppraisedCase(found)

    def __repr__(self) -> str:
        return f"LoadedCase({self.case.id!r}, decided {self.case.decision_date:%Y-%m-%d})"
