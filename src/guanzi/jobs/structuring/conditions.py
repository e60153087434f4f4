"""Conditions of a decision written into the text of the term sheet, where the sheet itself says how."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from json import dumps

from guanzi.advice.structuring import SheetFigure, TextPassage, figures, redrafted
from guanzi.base.core import Bilingual, Message, render
from guanzi.base.reading import YamlDocument
from guanzi.deal.terms import PLANNED, TermSheet, public_flows

TERMS = "terms."
"""Before the id of a clause among the grounds of a condition."""
TIED, REMEDY, WARNED = "tie-instalments", "name-remedy", "early-warning"
"""Instalments wait for the tiers of the sheet; covenants name its one put; later instalments wait for the covenants."""
SHOWN_FIRST = frozenset(
    {
        "buyer-known", "buyer-means", "cap-liability", "close-funding", "close-gaps", "free-shares", "fund-plan",
        "guarantee", "licence-first", "pay-price", "product-first", "prove-identity", "provide-claims", "secure-site",
        "show-effect", "show-loss", "show-margin", "show-series", "show-survival", "site-share",
    }
)  # fmt: skip
"""Conditions that somebody has to show before any money: an event for which every instalment to be paid waits."""
SHOWN_LATER = frozenset({"prove-margin", "stage-money"})
"""Conditions of the later instalments: an event of its own for each after the first."""
_EVENTS = re.compile(r"events:\s*(#.*)?")


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


@dataclass(frozen=True, slots=True)
class WantedCondition:
    """A condition of a decision.

    Attributes:
        id: As the playbook names it.
        words: What is demanded.
        because: Its grounds: findings, figures and clauses (``terms.put``).
    """

    id: str
    words: Bilingual
    because: tuple[str, ...] = ()

    @property
    def clauses(self) -> list[str]:
        """Ids of the clauses that it names."""
        return [ground.removeprefix(TERMS) for ground in self.because if ground.startswith(TERMS)]


def written_conditions(
    document: YamlDocument, sheet: TermSheet, wanted: Iterable[WantedCondition]
) -> dict[str, tuple[ConditionChange, ...]]:
    """How the text would change for each condition that can be written by rule; the others are left out.

    Args:
        document, sheet: The text, and what it says.
        wanted: The conditions.
    """
    known = figures(document)
    found = {one.id: tuple(_changes(document, sheet, known, one)) for one in wanted}
    return {id: changes for id, changes in found.items() if changes}


def _changes(
    document: YamlDocument, sheet: TermSheet, known: Mapping[str, SheetFigure], wanted: WantedCondition
) -> Iterator[ConditionChange]:
    """What a condition changes, by the rule of its kind; nothing where there is none."""
    unpaid = _unpaid(sheet, known)
    if wanted.id == TIED:
        yield from _tied(document, known, wanted.clauses)
    elif wanted.id == REMEDY:
        yield from _with_remedy(document, sheet, known, wanted.clauses)
    elif wanted.id == WARNED:
        asked = " and ".join(_bracketed(one.require.text) for one in sheet.covenants if one.require is not None)
        yield from (_waiting(document, known, clause, asked) for clause in unpaid[1:] if asked)
    elif wanted.id in SHOWN_FIRST:
        yield from _shown(document, sheet, known, wanted, {wanted.id: unpaid} if unpaid else {})
    elif wanted.id in SHOWN_LATER:
        later = {f"{wanted.id}-{n}": [clause] for n, clause in enumerate(unpaid[1:], 2)}
        yield from _shown(document, sheet, known, wanted, later)


def with_conditions(document: YamlDocument, changes: Sequence[ConditionChange]) -> str:
    """The text with these changes; comments and everything else stay as they are.

    Raises:
        InvalidInput: What comes out is no YAML.
    """
    return redrafted(document, [change.passage for change in changes]).source.text


def _unpaid(sheet: TermSheet, known: Mapping[str, SheetFigure]) -> list[str]:
    """The instalments of the public side that are to be paid and stand in the text, by day."""
    flows = [one for one in public_flows(sheet, *PLANNED) if one.already is None]
    clauses = dict.fromkeys(one.clause.removeprefix(TERMS) for one in sorted(flows, key=lambda one: one.due))
    return [clause for clause in clauses if f"{clause}.due" in known]


def _shown(
    document: YamlDocument,
    sheet: TermSheet,
    known: Mapping[str, SheetFigure],
    wanted: WantedCondition,
    waiting: Mapping[str, Sequence[str]],
) -> Iterator[ConditionChange]:
    """Events to be shown, each due with the first instalment that waits for it; how likely they are nobody has said."""
    by = next((party.id for party in sheet.parties if party.role == "issuer"), "")
    if not waiting or not by or any(one.id in waiting for one in sheet.events):
        return
    unseen = Message.of("structuring.condition.chance")
    name = _in_both(wanted.words)
    chance = (
        f"{{unknown: {{low: 0%, high: 100%, note: {_in_both(Bilingual(render(unseen, 'en'), render(unseen, 'zh')))}}}}}"
    )
    days = {event: known[f"{clauses[0]}.due"].value for event, clauses in waiting.items()}
    made = _events(
        document,
        [f"{event}: {{name: {name}, due: {due}, by: {by}, probability: {chance}}}" for event, due in days.items()],
    )
    if made is None:
        return
    yield made
    for event, clauses in waiting.items():
        yield from (_waiting(document, known, clause, f"event('{event}')") for clause in clauses)


def _in_both(words: Bilingual) -> str:
    """Words as a term sheet holds them in two languages."""
    told = (f"{lang}: {dumps(words.localised(lang), ensure_ascii=False)}" for lang in ("en", "zh"))
    return "{" + ", ".join(told) + "}"


def _events(document: YamlDocument, entries: Sequence[str]) -> ConditionChange | None:
    """Events before the others of the sheet, or in a part of their own; None: those of the sheet stand in one line."""
    lines = document.source.lines
    row = next((n for n, line in enumerate(lines) if _EVENTS.fullmatch(line)), -1)
    if not isinstance(document.data.get("events"), dict):
        indent, row, head, tail = "  ", len(lines) - 1, "\nevents:" if lines[-1] else "events:", "\n"
    elif row >= 0:
        below = next(line for line in lines[row + 1 :] if line.strip() and not line.lstrip().startswith("#"))
        indent, head, tail = " " * (len(below) - len(below.lstrip())), "", ""
    else:
        return None
    text, at = f"\n{indent}".join(entries), (row, len(lines[row]))
    return ConditionChange("events", "", text, (TextPassage(at, at, ""), f"{head}\n{indent}{text}{tail}"))


def _tied(document: YamlDocument, known: Mapping[str, SheetFigure], named: Sequence[str]) -> Iterator[ConditionChange]:
    """The n-th instalment waits for the n-th tier, and all after the last tier for that one."""
    tiers = [one.removeprefix("tier.") for one in named if one.startswith("tier.")]
    paid = [one for one in named if not one.startswith("tier.") and f"{one}.due" in known]
    for n, clause in enumerate(paid if tiers else ()):
        yield _waiting(document, known, clause, f"tier('{tiers[min(n, len(tiers) - 1)]}')")


def _waiting(document: YamlDocument, known: Mapping[str, SheetFigure], clause: str, asked: str) -> ConditionChange:
    """An instalment that waits for something more."""
    held = known.get(f"{clause}.if")
    if held is None:
        return _added(document, clause, known[f"{clause}.due"], f'if: "{asked}"')
    before = str(held.value)
    after = f"{_bracketed(before)} and {asked}"
    return ConditionChange(clause, before, after, (held.parts[0], _quoted(document, held.parts[0], after)))


def _bracketed(text: str) -> str:
    return f"({text})" if " or " in text else text


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
