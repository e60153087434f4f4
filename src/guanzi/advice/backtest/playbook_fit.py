"""Which of several playbooks a deal fits best: whose rules on how the money goes in it breaks least."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from guanzi.advice.appraisal import Text, company_side, text
from guanzi.base.core import InvalidInput
from guanzi.base.reading import Data
from guanzi.record.evidence import Case
from guanzi.record.playbooks import Playbook, worded


class PlaybookFit(Data):
    """How a deal stands to the rules of a playbook on form, partners, stake and size.

    Attributes:
        best: The deal meets a rule of it, and breaks no more of its rules, open ones counted as broken, than of any
            other that has rules.
        broken: The rules that it breaks.
    """

    playbook: str
    name: Text
    best: bool
    met: int
    open: int
    broken: tuple[Text, ...]


def playbook_fits(case: Case, playbooks: Iterable[Playbook], as_of: date | None = None) -> tuple[PlaybookFit, ...]:
    """Playbooks by how a deal stands to their rules on form, the best first; one of another company model is left out.

    Args:
        case: The company and its deal, read on the day of its decision, or on ``as_of`` where that is earlier.
        playbooks: To compare.
        as_of: Knowledge date; None: the day of the decision.
    """
    day = min(as_of or case.decision_date, case.decision_date)
    found = []
    for playbook in playbooks:
        try:
            rows = company_side(case, playbook, day).form
        except InvalidInput:
            continue
        told = {kind: [row for row in rows if row.outcome == kind] for kind in ("pass", "fail", "no_evidence")}
        broken = tuple(row.rule for row in told["fail"])
        standing = (len(broken), len(told["no_evidence"]), -len(told["pass"]))
        found.append((standing, playbook, broken))
    ordered = sorted(found, key=lambda one: one[0])
    with_rules = [(playbook, len(broken)) for standing, playbook, broken in ordered if any(standing)]
    least = {p.id: min((n for other, n in with_rules if other is not p), default=0) for _, p, _ in ordered}
    return tuple(
        PlaybookFit(
            playbook=playbook.id,
            name=text(worded(playbook.name)),
            best=standing[2] < 0 and standing[0] + standing[1] <= least[playbook.id],
            met=-standing[2],
            open=standing[1],
            broken=broken,
        )
        for standing, playbook, broken in ordered
    )
