"""Conditions of a decision written into the text of the term sheet, where the sheet itself says how."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from guanzi.advice.structuring import SheetFigure, TextPassage, figures, redrafted
from guanzi.base.reading import YamlDocument
from guanzi.deal.terms import TermSheet

TERMS = "terms."
"""Before the id of a clause among the grounds of a condition."""
TIED, REMEDY = "tie-instalments", "name-remedy"
"""Conditions that can be written by rule: instalments wait for the tiers of the sheet; a covenant names its one put."""


@dataclass(frozen=True, slots=True)
class ConditionChange:
    """A passage of a term sheet that a condition changes.

    Attributes:
        clause: Id of the clause.
        before: As it is written; empty: nothing was there.
        after: As it is to be written.
        passage: Where it is written, and what comes in its place.
    """

    clause: str
    before: str
    after: str
    passage: tuple[TextPassage, str]


def written_conditions(
    document: YamlDocument, sheet: TermSheet, demands: Mapping[str, Sequence[str]]
) -> dict[str, tuple[ConditionChange, ...]]:
    """How the text would change for each condition that can be written by rule; the others are left out.

    Args:
        document, sheet: The text, and what it says.
        demands: Condition to its grounds: findings, figures and clauses (``terms.put``).
    """
    known = figures(document)
    found: dict[str, tuple[ConditionChange, ...]] = {}
    for id, because in demands.items():
        named = [ground.removeprefix(TERMS) for ground in because if ground.startswith(TERMS)]
        made = {TIED: _tied, REMEDY: _with_remedy}.get(id)
        changes = () if made is None else tuple(made(document, sheet, known, named))
        if changes:
            found[id] = changes
    return found


def with_conditions(document: YamlDocument, changes: Sequence[ConditionChange]) -> str:
    """The text with these changes; comments and everything else stay as they are.

    Raises:
        InvalidInput: What comes out is no YAML.
    """
    return redrafted(document, [change.passage for change in changes]).source.text


def _tied(
    document: YamlDocument, sheet: TermSheet, known: Mapping[str, SheetFigure], named: Sequence[str]
) -> Iterator[ConditionChange]:
    """The n-th instalment waits for the n-th tier, and all after the last tier for that one."""
    tiers = [one.removeprefix("tier.") for one in named if one.startswith("tier.")]
    paid = [one for one in named if not one.startswith("tier.") and f"{one}.due" in known]
    for n, clause in enumerate(paid if tiers else ()):
        asked = f"tier('{tiers[min(n, len(tiers) - 1)]}')"
        held = known.get(f"{clause}.if")
        if held is None:
            yield _added(document, clause, known[f"{clause}.due"], f'if: "{asked}"')
            continue
        before = str(held.value)
        after = f"({before}) and {asked}" if " or " in before else f"{before} and {asked}"
        yield ConditionChange(clause, before, after, (held.parts[0], _quoted(document, held.parts[0], after)))


def _with_remedy(
    document: YamlDocument, sheet: TermSheet, known: Mapping[str, SheetFigure], named: Sequence[str]
) -> Iterator[ConditionChange]:
    """A covenant without a remedy opens the put of the public side, where there is but one."""
    if len(sheet.public_puts) != 1:
        return
    for clause in named:
        held = known.get(f"{clause}.require")
        if held is not None:
            yield _added(document, clause, held, f"remedy: {sheet.public_puts[0].id}")


def _added(document: YamlDocument, clause: str, beside: SheetFigure, text: str) -> ConditionChange:
    """A term that is written after another of the same clause, in the form in which that one stands."""
    row, column = beside.parts[0].end
    line = document.source.lines[row]
    column += line[column : column + 1] in ("'", '"')
    start = line[: beside.parts[0].start[1]]
    indent = len(line) - len(line.lstrip())
    new = f", {text}" if "{" in start else f"\n{' ' * (indent + 2 * line.lstrip().startswith('- '))}{text}"
    return ConditionChange(clause, "", text, (TextPassage((row, column), (row, column), ""), new))


def _quoted(document: YamlDocument, passage: TextPassage, text: str) -> str:
    """A text as it stands within the quotes that hold the passage."""
    row, column = passage.start
    single = document.source.lines[row][column - 1 : column] == "'"
    return text.replace("'", "''") if single else text
