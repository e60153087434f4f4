"""Property 1: no sentence denies what is held.

Every message of any catalogue that says that something is not held, known, seen or reported is registered with the
facts or clauses that would answer it (:mod:`tests.truth.registered` and, for what is said beside an appraisal,
:mod:`tests.truth.registered_beside`); a message of the catalogue that denies and is not registered fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from tests.truth.answers import QUESTIONS, Answer, NoClaim, held
from tests.truth.faults import Fault
from tests.truth.reading import OF_NO_CASE, Piece, Reading

import guanzi
from guanzi.base.core import Message, catalogue
from guanzi.record.evidence import FLOWS, Fact, flow_of

DENIES = re.compile(
    r"""\bnot\s+(?:been\s+)?(?:held|known|seen|reported|entered|said|stated|computed|simulated|told|found|recorded
        |verified|published|written|yet|looked|examined|judged|tested|on\s+record|in\s+the\s+record)\b
      | \bunknown\b
      | \bnone\s+(?:known|is|was|were|in\s+the\s+record|has|held)\b
      | \b(?:no|nothing|nobody|neither|none)\b[^.;]{0,60}\b(?:held|known|seen|found|recorded|reported|entered|stated
        |at\s+hand|in\s+the\s+record|on\s+record|read)\b
      | \b(?:no|any)\s+(?:evidence|fact|facts|other\s+year|figure|rate|forecast)\b
      | \bcannot\s+be\s+(?:said|told|tested|judged|computed|looked|decided|examined|worked|seen|simulated|drawn|named)\b
      | \bfor\s+want\s+of\b | \bin\s+the\s+record:\s+none\b | \bnobody\s+has\b | \bis\s+not\s+known\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""How a sentence reads that denies."""


def register() -> dict[str, Answer | NoClaim]:
    """By message id, or a pattern of ids: the facts that answer it, or why it denies none."""
    from tests.truth.registered import REGISTERED
    from tests.truth.registered_beside import BESIDE

    return REGISTERED | BESIDE


@cache
def catalogues() -> tuple[str, ...]:
    """All parts of the catalogue."""
    return tuple(sorted(path.stem for path in (Path(guanzi.__file__).parent / "library/locale/en").glob("*.po")))


@cache
def entry_of(id: str) -> Answer | NoClaim | None:
    """The entry of a message; an id comes before a pattern, and a longer pattern before a shorter one.

    A pattern stands for the messages that deny among those that it fits.
    """
    registered = register()
    if id in registered:
        return registered[id]
    if not DENIES.search(catalogue(id.partition(".")[0]).get(id, "unknown")):
        return None
    patterns = [pattern for pattern in registered if "*" in pattern and fnmatchcase(id, pattern)]
    return registered[max(patterns, key=len)] if patterns else None


def denying() -> Iterator[str]:
    """Ids of all messages of the English catalogues that deny."""
    for domain in catalogues():
        yield from (id for id, text in catalogue(domain).items() if DENIES.search(text) and not id.endswith(".mend"))


def unregistered() -> tuple[str, ...]:
    """Messages that deny and say nowhere what would answer them."""
    return tuple(id for id in denying() if entry_of(id) is None)


def denied(reading: Reading) -> Iterator[Fault]:
    """Sentences of a case that deny what its view holds."""
    for piece, message in reading.messages:
        entry = entry_of(message.id)
        if entry is None or isinstance(entry, NoClaim) or piece.document in OTHERWISE:
            continue
        against = entry(reading.view_of(piece.document), message, piece)
        if against:
            yield _fault(piece, message, against)
    yield from _of_figures(reading)


OTHERWISE = (*OF_NO_CASE, "changes")
"""Documents that speak of no case, of several, or of two days."""


def _of_figures(reading: Reading) -> Iterator[Fault]:
    """Figures of the day that are said not to be held, and questions of the plan that are said to be open."""
    view = reading.view
    for id, figure in reading.appraisal.figures.items():
        name = id.removeprefix("known.")
        if figure.value is None and name != id:
            flow = flow_of(name) in FLOWS  # a figure of one day states no flow of a period
            against = tuple(
                f.id for f in held(view, name) if _is_of_itself(f) and not (flow and f.period.kind == "day")
            )
            if against:
                yield Fault("denial", "dossier", id, "not held", f"held: {', '.join(against[:6])}", f"figure:{id}")
    for question in reading.appraisal.plan.questions:
        answer = QUESTIONS.get(question.id)
        if not question.facts and answer is not None:
            against = answer(view, Message.of("reports.plan.open"), Piece("dossier", "plan", "", ""))
            if against:
                said, told = f"question {question.id} is open", f"held: {', '.join(against[:6])}"
                yield Fault("denial", "dossier", "plan", said, told, f"question:{question.id}")


def _is_of_itself(fact: Fact) -> bool:
    """A number of a day or a whole year, which needs no other to be told."""
    return fact.period.kind in ("day", "year") and isinstance(fact.value, int | float)


def _fault(piece: Piece, message: Message, against: tuple[str, ...]) -> Fault:
    return Fault("denial", piece.document, piece.section, message, f"held: {', '.join(against[:6])}")
