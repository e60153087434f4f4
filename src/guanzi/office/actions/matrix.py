"""The matrix of who may do what to what, made from the actions themselves: role x relation to the case x action.

``docs/reference/permissions.md`` is written from it, and a test tries every cell on real people.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from guanzi.office.actions import ACTIONS, Action, load_actions
from guanzi.office.roles import EVERY_CASE, Role

PARTS = ("lead", "analyst", "expert", "member", "chair", "manager", "reader")
Relation = str
"""``seat:<part>``, ``none`` (of the organisation, without a seat), ``recused`` (with a seat and an interest), ``other``
(of another organisation), ``company`` (who sits for the company of the case, and is of no organisation),
``company:other`` (for that of another case), ``company:ended`` (whose seat for it has ended), ``account`` (without a
seat, and with a second account that acts in the case)."""
COMPANY, OTHER_COMPANY, ENDED_COMPANY, ACCOUNT = "company", "company:other", "company:ended", "account"
COMPANIES = (COMPANY, OTHER_COMPANY, ENDED_COMPANY)
RELATIONS: tuple[Relation, ...] = (
    *(f"seat:{part}" for part in PARTS),
    "none",
    "recused",
    "other",
    *COMPANIES,
    ACCOUNT,
)
Verdict = Literal["may", "may not", "sees nothing"]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell: somebody who has only this role (None: none) and stands so to the case."""

    action: str
    role: Role | None
    relation: Relation
    verdict: Verdict


def verdict(what: Action, role: Role | None, relation: Relation) -> Verdict:
    """What the matrix says of an action."""
    if relation in COMPANIES:
        its_own = relation == COMPANY or (relation == OTHER_COMPANY and not what.of_case)
        return "may" if what.rule.company and its_own else "sees nothing" if what.of_case else "may not"
    if what.of_case:
        if what.rule.company:
            return "sees nothing"
        seated = relation.startswith("seat:")
        if relation in ("recused", "other") or not (seated or role in EVERY_CASE):
            return "sees nothing"
        if relation == ACCOUNT:
            return "may not"
    rule = what.rule
    part = relation.removeprefix("seat:") if what.of_case and relation.startswith("seat:") else None
    by_role = not rule.roles or role in rule.roles
    by_part = not rule.parts or part in rule.parts
    both = rule.either and rule.roles and rule.parts
    return "may" if ((by_role or by_part) if both else (by_role and by_part)) else "may not"


def cells() -> Iterator[MatrixCell]:
    """Every cell."""
    load_actions()
    for id in sorted(ACTIONS):
        for role in (None, *Role):
            for relation in RELATIONS if ACTIONS[id].of_case else ("none", *COMPANIES):
                yield MatrixCell(id, role, relation, verdict(ACTIONS[id], role, relation))


def as_markdown() -> str:
    """The matrix as a table: one line an action."""
    load_actions()
    lines = [
        "| action | scope of a token | roles | parts of a seat | needed | while the case is |",
        "|---|---|---|---|---|---|",
    ]
    for id, what in sorted(ACTIONS.items()):
        rule = what.rule
        roles = ", ".join(sorted(rule.roles)) or "any"
        parts = ", ".join(sorted(rule.parts)) or ("any seat, or sight of every case" if what.of_case else "–")
        if rule.company and what.of_case:
            roles, parts = "–", "the company's own"
        elif rule.company:
            roles = "any, and who sits for a company"
        needed = "role or part" if rule.either and rule.roles and rule.parts else "both"
        if not (rule.roles and rule.parts):
            needed = "role" if rule.roles else "part" if rule.parts else "–"
        states = ", ".join(sorted(rule.states)) or "any"
        lines.append(f"| `{id}` | {what.scope} | {roles} | {parts} | {needed} | {states if what.of_case else '–'} |")
    return "\n".join(lines) + "\n"
