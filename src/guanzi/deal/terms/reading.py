"""From a YAML document to a term sheet, with everything that is wrong reported at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from guanzi.base.core import Duration, InvalidInput, Message, Place, Problem, money_form
from guanzi.base.reading import YamlDocument
from guanzi.deal.terms.clauses import read_covenant, read_event, read_promise, read_tier, read_unknown_clause
from guanzi.deal.terms.contract import quotes_in, read_contract
from guanzi.deal.terms.currencies import check_currency
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import DealParty
from guanzi.deal.terms.instruments import kinds
from guanzi.deal.terms.instruments.equity import Equity
from guanzi.deal.terms.instruments.kind import SECTIONS, Context
from guanzi.deal.terms.instruments.pricing import listed
from guanzi.deal.terms.schema import NUMBER, TEXT, WORDS, mapping
from guanzi.deal.terms.scope import Scope
from guanzi.deal.terms.sheet import TermSheet
from guanzi.deal.terms.validation import check_sheet
from guanzi.deal.terms.values import MAX_YEARS, amount
from guanzi.deal.terms.vocabulary import money_unit
from guanzi.record.evidence import bare_scale, written_unit

REQUIRED = ("deal", "currency", "known_on", "signed", "parties")
DEBTS = ("loan", "convertible_note")
"""Types that a guarantee can stand behind."""
MOST_CLAUSES = 1_000
"""Clauses and instalments of a term sheet. Time grows with their number: see ``docs/reference/limits.md``."""
OPTIONAL = (
    "title",
    "status",
    "unit",
    "horizon",
    "step",
    "source",
    "note",
    "instruments",
    "covenants",
    "tiers",
    "events",
    "incentives",
    "promises",
    "unknown_clauses",
    "contract",
)


def types_of(section: str) -> tuple[str, ...]:
    """Words of ``type`` that a section knows."""
    return tuple(word for kind in kinds() if kind.section == section for word in kind.types)


ASSUMABLE = ("start", "drawn", "due", "years", "amount", "spread", "repayment", "basis")
"""Fields that an analyst can assume; ``terms.field.<field>`` says each in words."""
STATUSES = ("draft", "framework", "definitive")
ROLES = ("issuer", "public", "holder")
LEVELS = ("nation", "state", "local")
PARTY = mapping(
    {
        "role": {"enum": list(ROLES)},
        "name": WORDS,
        "limits": {"type": "object", "additionalProperties": NUMBER},
        "budget": {**TEXT, "description": "Whose budget its money burdens: region, or the subject of facts about it."},
        "level": {
            "enum": list(LEVELS),
            "description": "Level of government, for its part of the taxes of the project.",
        },
    },
    ("role",),
)
UNITS = (1.0, 1e3, 1e6, 1e9)
STEPS = {"quarter": 3, "month": 1}


@dataclass(frozen=True, slots=True)
class SheetReading:
    """What came of a document: the sheet (None when it has errors), and all problems, warnings included."""

    sheet: TermSheet | None
    problems: tuple[Problem, ...]


def parse_sheet(document: YamlDocument) -> TermSheet:
    """The term sheet of a document.

    Raises:
        InvalidInput: With all errors, in the order of the text.
    """
    reading = read_sheet(document)
    if reading.sheet is None:
        raise InvalidInput([p for p in reading.problems if p.severity == "error"])
    return reading.sheet


def read_sheet(document: YamlDocument) -> SheetReading:
    """The term sheet of a document, with its problems: errors, because of which there is no sheet, and warnings."""
    root = Cursor.root(document)
    if (place := _one_too_many(document)) is not None:
        cause = Message.of("terms.sheet.too_many", most=MOST_CLAUSES)
        return SheetReading(None, (Problem(cause, place, Message.of("terms.sheet.too_many.mend")),))
    sheet = _Reader(root).read() if isinstance(root.value, dict) else None
    if not isinstance(root.value, dict):
        place = root.place if root.place.line else Place(document.file, 1, 1)
        keys = Message.of("terms.mend.keys", keys=REQUIRED)
        root.problems.append(Problem(Message.of("terms.sheet.not_sheet"), place, keys))
    problems = tuple(sorted(dict.fromkeys(root.problems), key=lambda p: p.place))
    return SheetReading(None if any(p.severity == "error" for p in problems) else sheet, problems)


def _one_too_many(document: YamlDocument) -> Place | None:
    """The first clause beyond the limit: an entry of a part of the sheet, or an item with fields (an instalment)."""
    found = 0
    parts = [part for part in document.data.items() if part[0] != "contract"] if isinstance(document.data, dict) else []
    queue: list[tuple[tuple[str | int, ...], Any]] = [((key,), value) for key, value in parts]
    while queue:
        path, value = queue.pop(0)
        inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for key, item in inside:
            found += len(path) == 1 or (isinstance(key, int) and isinstance(item, dict))
            if found > MOST_CLAUSES:
                return document.place((*path, key))
            queue.append(((*path, key), item))
    return None


class _Reader:
    """Reads the parts of one document in the order in which they need one another."""

    def __init__(self, root: Cursor) -> None:
        self.root = root

    def read(self) -> TermSheet | None:
        self.root.check(REQUIRED, OPTIONAL)
        currency = check_currency(self.root.at("currency"))
        unit = self._unit()
        step = STEPS[self.root.at("step").choice(tuple(STEPS), "quarter")]
        signed = self.root.at("signed").day()
        known_on = self.root.at("known_on").day()
        parties = {party.id: party for party in self._parties()}
        scope = self._scope(money_unit(currency, unit), step)
        context = Context(parties, scope, signed or date.min)
        instruments = self._instruments(context)
        covenants = tuple(self._raw("covenants"))
        rights = self._ids_of_type("put")
        sheet = TermSheet(
            deal=self.root.at("deal").text(),
            status=self.root.at("status").choice(STATUSES, "definitive"),
            currency=currency,
            unit=unit,
            known_on=known_on or date.min,
            signed=signed or date.min,
            horizon=self._horizon(),
            step=step,
            parties=tuple(parties.values()),
            covenants=tuple(
                covenant
                for id, entry in self.root.at("covenants").entries()
                if (covenant := read_covenant(id, entry, scope, rights)) is not None
            ),
            tiers=tuple(tier for item in self._tier_items() if (tier := read_tier(item, scope)) is not None),
            events=tuple(
                event
                for id, entry in self.root.at("events").entries()
                if (event := read_event(id, entry, context.signed, tuple(parties))) is not None
            ),
            unknown=tuple(read_unknown_clause(id, entry) for id, entry in self.root.at("unknown_clauses").entries()),
            place=self.root.place,
            title=self.root.at("title").words(),
            source=self.root.at("source").text(),
            promises=tuple(
                promise
                for id, entry in self.root.at("promises").entries()
                if (promise := read_promise(id, entry, context.signed, context.ids("public"), covenants)) is not None
            ),
            instruments=instruments,
            product=self.root.document.product,
            assumed={id: fields for id, entry in self._assuming() if (fields := _assumed(entry))},
            names={id: name for id, entry in self._clauses(*SECTIONS) if (name := entry.at("name").words())},
            notes={id: note for id, entry in self._clauses(*SECTIONS) if (note := entry.at("note").words())},
            quotes=tuple(quotes_in(self.root)),
            contract=read_contract(self.root.at("contract")),
        )
        check_sheet(self.root, sheet)
        return sheet

    # -- the top -----------------------------------------------------------------------------------------------

    def _unit(self) -> float:
        cursor = self.root.at("unit")
        told = _unit_in_words(cursor.value, self.root.at("currency").value)
        if told is None and isinstance(cursor.value, str) and cursor.value.strip()[:1].isalpha():
            cursor.report(Message.of("terms.sheet.bad_unit", value=cursor.value), Message.of("terms.mend.unit"))
            return 1e6
        unit = cursor.number() if told is None else told
        if unit is not None and unit not in UNITS:
            cursor.report(Message.of("terms.sheet.bad_unit", value=unit), Message.of("terms.mend.unit"))
        return unit if unit in UNITS else 1e6

    def _horizon(self) -> int:
        cursor = self.root.at("horizon")
        if cursor.value is None:
            return 10
        try:
            text = f"{cursor.value} years" if isinstance(cursor.value, int) else str(cursor.value)
            months = Duration.parse(text).months
        except InvalidInput:
            months = 0
        if months < 12 or months % 12 or months > 12 * MAX_YEARS:
            cause = Message.of("terms.sheet.bad_horizon", text=str(cursor.value))
            cursor.report(cause, Message.of("terms.mend.horizon", most=MAX_YEARS))
            return 10
        return months // 12

    def _parties(self) -> Iterator[DealParty]:
        for id, entry in self.root.at("parties").entries():
            entry.fits(PARTY)
            if not isinstance(entry.value, dict):
                continue
            role = entry.at("role").choice(ROLES, "holder")
            limits = {key: value for key, limit in entry.at("limits").entries() if (value := amount(limit)) is not None}
            budget, level = entry.at("budget").text(), entry.at("level").choice(LEVELS, "")
            yield DealParty(id, role, entry.at("name").words(id), entry.place, limits, budget, level)

    # -- names, before anything refers to them -----------------------------------------------------------------

    def _scope(self, money: str, step: int) -> Scope:
        tranches = tuple(
            str(tranche.get("id"))
            for instrument in self._raw("instruments").values()
            if isinstance(instrument, dict) and isinstance(instrument.get("tranches"), list)
            for tranche in instrument["tranches"]
            if isinstance(tranche, dict) and tranche.get("id") is not None
        )
        tiers = tuple(str(item.value["id"]) for item in self._tier_items() if item.has("id"))
        happenings = (*self._raw("events"), *self._raw("promises"))
        clocked = tuple(word for kind in kinds() if kind.clocked for word in kind.types)
        return Scope(happenings, tiers, tranches, self._ids_of_type(*clocked), money, step)

    def _raw(self, key: str) -> dict[str, Any]:
        value = self.root.value.get(key)
        return value if isinstance(value, dict) else {}

    def _tier_items(self) -> list[Cursor]:
        cursor = self.root.at("tiers")
        return [cursor.at(n) for n in range(len(cursor.value))] if isinstance(cursor.value, list) else []

    def _ids_of_type(self, *types: str) -> tuple[str, ...]:
        """Ids of the instruments of some types, and of those whose type is misspelt: they may be meant."""
        known = tuple(word for section in SECTIONS for word in types_of(section))
        return tuple(
            id
            for section in SECTIONS
            for id, entry in self._raw(section).items()
            if isinstance(entry, dict) and (entry.get("type") in types or entry.get("type") not in known)
        )

    def _clauses(self, *sections: str) -> Iterator[tuple[str, Cursor]]:
        """Entries of some sections that are mappings."""
        entries = ((id, entry) for section in sections for id, entry in self.root.at(section).entries())
        return ((id, entry) for id, entry in entries if isinstance(entry.value, dict))

    def _assuming(self) -> Iterator[tuple[str, Cursor]]:
        """Clauses that may say which of their fields the analyst assumes."""
        return ((id, entry) for id, entry in self._clauses(*SECTIONS, "events") if entry.has("assumed"))

    # -- instruments -------------------------------------------------------------------------------------------

    def _instruments(self, context: Context) -> tuple[Any, ...]:
        """All instruments, equity first, because others refer to its holders."""
        entries = [(section, id, entry) for section in SECTIONS for id, entry in self._typed(section)]
        found: list[Any] = []
        for kind in kinds():
            read = (
                kind.read(id, entry, context)
                for section, id, entry in entries
                if section == kind.section and entry.value["type"] in kind.types
            )
            found += (item for item in read if item is not None)
            if kind.data is Equity:
                context = self._with_holders(context, tuple(found))
        return tuple(found)

    def _with_holders(self, context: Context, equities: tuple[Equity, ...]) -> Context:
        """What other instruments may refer to; an equity that could not be read is not missed a second time."""
        holders = {equity.id: tuple(equity.holders) for equity in equities}
        ids = self._ids_of_type("equity")
        for broken in ids:
            holders.setdefault(broken, context.ids("public"))
        words = tuple(word for kind in kinds() if kind.recoverable for word in kind.types)
        given = (id for id in self._ids_of_type(*words) if not self.root.at("incentives").at(id).has("clawback"))
        debts = self._raw("instruments")
        lenders = {id: str(debts[id].get("lender")) for id in self._ids_of_type(*DEBTS) if id in debts}
        return replace(context, equities=ids, holders=holders, lenders=lenders, recoverable=tuple(given))

    def _typed(self, section: str) -> list[tuple[str, Cursor]]:
        """Entries of a section that have one of its types."""
        return [(id, entry) for id, entry in self.root.at(section).entries() if self._known_type(section, entry)]

    def _known_type(self, section: str, entry: Cursor) -> bool:
        if not isinstance(entry.value, dict) or entry.value.get("type") is None:
            entry.check(("type",), tuple(entry.value) if isinstance(entry.value, dict) else ())
            return False
        cursor, valid = entry.at("type"), types_of(section)
        elsewhere = next((s for s in SECTIONS if s != section and cursor.value in types_of(s)), None)
        if elsewhere is not None:
            cause = Message.of("terms.sheet.wrong_section", type=str(cursor.value), section=section)
            cursor.report(cause, Message.of("terms.mend.section", section=elsewhere))
            return False
        return cursor.choice(valid, "") in valid


def _assumed(entry: Cursor) -> tuple[str, ...]:
    """The fields of a clause that are assumed; each can be, and stands in the clause or is what it takes by default."""
    return tuple(x for item in listed(entry.at("assumed")) if (x := item.choice(ASSUMABLE, "")))


def _unit_in_words(value: object, currency: object) -> float | None:
    """The size of a unit that is told in words, such as “million” or “EUR m” in a sheet that counts in euros."""
    if not isinstance(value, str):
        return None
    if (scale := bare_scale(value)) is not None:
        return 1e6 * scale.factor
    written, money = written_unit(value), money_form(value)
    if money is not None and money[0] == currency:
        return {" m": 1e6, "": 1.0}.get(money[1])
    if written is None or written.unit not in (f"{currency} m", currency):
        return None
    return written.factor * (1e6 if written.unit.endswith(" m") else 1.0)
