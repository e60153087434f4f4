"""The term sheet as frozen data: what was agreed, by whom, and where it stands in the text.

A clause that is missing is absent. A clause that is known to exist, but not its value, is :class:`Unknown`; where the
simulation needs the value it uses the stated bracket, labelled as an assumption.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any

from guanzi.base.core import Bilingual, Message, Place, catalogue, render
from guanzi.deal.terms.clause import group_title
from guanzi.deal.terms.conditions import EventHappened
from guanzi.deal.terms.data import DealParty, Unknown
from guanzi.deal.terms.flow import SUPPORT, Flow
from guanzi.deal.terms.instruments import in_order, kind_of, kinds
from guanzi.deal.terms.instruments.equity import Equity
from guanzi.deal.terms.instruments.kind import InstrumentKind
from guanzi.deal.terms.instruments.loan import Loan
from guanzi.deal.terms.instruments.put import Put
from guanzi.deal.terms.parts import Covenant, Event, Promise, Tier, UnknownClause
from guanzi.deal.terms.quoting import ClauseQuote, ContractText

PARTNERS = "partners"
"""Party and promise of the private partners whom a playbook brings in."""
SHARES = frozenset({"equity", "convertible_note"})
"""Types of instrument that are shares, or become shares."""
BELONGS_TO = {
    "condition": ("tranches", "instalments", "payment"),
    "start": ("tranches", "instalments", "payment"),
    "years": ("tenor", "conversion"),
    "repayment": ("tenor",),
    "cap": ("conversion",),
    "covenants": ("agreement", "security", "tenor"),
}
"""By what an unknown clause can name a field of clauses beside the field's own name."""


@dataclass(frozen=True, slots=True)
class TermSheet:
    """A deal.

    Attributes:
        status: ``draft`` (nobody has agreed; ``signed`` is planned), ``framework`` (not binding) or ``definitive``.
        currency: ISO 4217 code.
        unit: Amounts are in this many units of the currency (1e6: millions).
        known_on: Day from which the deal team held this version.
        signed: Day of signing; step 0 is its quarter.
        horizon: Years simulated.
        step: ``quarter`` or ``month``: months per step, 3 or 1.
        product: What the company delivers, as the facts of its case count it; empty where the sheet lies in no case.
        assumed: Fields that the analyst assumes and no source states, by the id of the instrument or event.
        names: What the sheet calls an instrument of any kind, by its id.
        notes: What the sheet remarks on an instrument, by its id.
        instruments: Of all kinds, by kind in reading order, and in the order of the text within each.
        quotes: Words of a contract on which clauses rest.
        contract: The contract from which the sheet was drafted; None: none is named.
    """

    deal: str
    status: str
    currency: str
    unit: float
    known_on: date
    signed: date
    horizon: int
    step: int
    parties: tuple[DealParty, ...]
    instruments: tuple[Any, ...]
    covenants: tuple[Covenant, ...]
    tiers: tuple[Tier, ...]
    events: tuple[Event, ...]
    unknown: tuple[UnknownClause, ...]
    place: Place
    title: str = ""
    source: str = ""
    promises: tuple[Promise, ...] = ()
    product: str = ""
    assumed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    quotes: tuple[ClauseQuote, ...] = ()
    contract: ContractText | None = None

    def items(self, *sections: str) -> Iterator[tuple[InstrumentKind[Any], Any]]:
        """Instruments with their kinds, in reading order; those of some sections only, where these are named."""
        for item in self.instruments:
            kind = kind_of(item)
            if not sections or kind.section in sections:
                yield kind, item

    def of[T](self, kind: type[T]) -> tuple[T, ...]:
        """The instruments of one kind, in the order of the text."""
        return tuple(item for item in self.instruments if isinstance(item, kind))

    def holding(self, *items: Any) -> TermSheet:
        """The sheet with some further instruments."""
        return replace(self, instruments=in_order((*self.instruments, *items)))

    def changed[T](self, kind: type[T], change: Callable[[T], T | Iterable[T] | None]) -> TermSheet:
        """The sheet with each instrument of a kind as ``change`` makes it: another one, several, or None for none."""
        found: list[Any] = []
        for item in self.instruments:
            made = change(item) if isinstance(item, kind) else item
            found += () if made is None else made if isinstance(made, tuple | list) else (made,)
        return replace(self, instruments=in_order(found))

    def without(self, *kinds: type[Any]) -> TermSheet:
        """The sheet without the instruments of some kinds."""
        return replace(self, instruments=tuple(item for item in self.instruments if not isinstance(item, kinds)))

    def flows(self) -> tuple[Flow, ...]:
        """What every party pays, gives or answers for under the sheet, clause by clause; see :class:`Flow`."""
        return _flows_of(SameSheet(self))

    def claimed_back(self, id: str) -> bool | None:
        """Whether a clause claims a part of an instrument back.

        None: not known, as what follows on a breach was not seen, or only in the words of a covenant.
        """
        if any(flow.recoverable for flow in self.flows() if flow.instrument == id):
            return True
        untold = any(isinstance(covenant.remedy, Unknown) for covenant in self.covenants)
        return None if untold or self.unseen(id, "clawback") else False

    def unseen(self, id: str, field: str) -> bool:
        """Whether a field of a clause exists and was not seen.

        ``unknown_clauses`` names it ``<id>_<field>``, or ``<field>`` for every clause; instead of the field it can name
        what the field belongs to, see :data:`BELONGS_TO`.
        """
        return self._unseen(id, field, *BELONGS_TO.get(field, ()))

    def _unseen(self, id: str, *asked: str) -> bool:
        names = {clause.id.replace("-", "_") for clause in self.unknown}
        return any(names & {name, f"{id}_{name}".replace("-", "_")} for name in asked)

    def awaits_unseen(self, one: Flow) -> bool:
        """Whether a payment waits for something that was not seen; one that is out already waits for nothing.

        That private partners come, which a playbook adds, says nothing of what the deal itself asks. What is called
        when the company fails comes in no instalments, and does not wait for what these wait for.
        """
        tree = None if one.condition is None else one.condition.tree
        seen = tree is not None and not (isinstance(tree, EventHappened) and tree.event == PARTNERS)
        asked = ("condition",) if one.failed else ("condition", *BELONGS_TO["condition"])
        return not seen and one.already is None and self._unseen(one.instrument, *asked)

    def parts_unseen(self, one: Flow) -> bool:
        """Whether in which parts a payment goes over was not seen."""
        return not one.failed and one.already is None and self._unseen(one.instrument, *BELONGS_TO["start"])

    def guessed(self, id: str) -> bool:
        """Whether the day from which an instrument or event counts is assumed."""
        return bool({"start", "drawn", "due"} & set(self.assumed.get(id, ())))

    @property
    def covenants_unseen(self) -> bool:
        """Whether a clause was not seen that may hold a covenant: then no covenant in the sheet is none in the deal."""
        ends = ("covenants", "clawback", *BELONGS_TO["covenants"])
        return any(clause.id.replace("-", "_").endswith(ends) for clause in self.unknown)

    @property
    def public_stakes(self) -> tuple[Equity, ...]:
        """Equity that a public party holds or pays for."""
        public = set(self.public)
        return tuple(e for e in self.of(Equity) if public & {*e.holders, *(p for t in e.tranches for p in t.amounts)})

    @property
    def public_puts(self) -> tuple[Put, ...]:
        """Rights by which a public party can sell its stake; a right of others is none of the public side's."""
        return tuple(put for put in self.of(Put) if set(put.holders) & set(self.public))

    @property
    def sells_back(self) -> bool | None:
        """Whether a public party can sell its stake back; None: a clause that was not seen may say so."""
        if self.public_puts:
            return True
        may = any(clause.of is None or "put" in clause.of for clause in self.unknown)
        return None if may else False

    @property
    def moves_money(self) -> bool:
        """Whether any clause pays, lends, gives or guarantees something, so that there is a deal to simulate."""
        return any(kind.moves_money and getattr(item, "tranches", True) for kind, item in self.items())

    @property
    def unseen_types(self) -> frozenset[str] | None:
        """Types of instrument of the clauses that were not seen; None: there is none, or one does not say."""
        types = [clause.of for clause in self.unknown]
        told = [of for of in types if of is not None]
        return frozenset(type for of in told for type in of) if types and len(told) == len(types) else None

    @property
    def buys_shares(self) -> bool | None:
        """Whether a public party holds or buys shares; None: a clause that was not seen may say so."""
        if self.public_stakes or self.moves_money:
            return bool(self.public_stakes)
        unseen = self.unseen_types
        return None if unseen is None or unseen & SHARES else False

    @property
    def only_gives(self) -> bool:
        """Whether the public side gives or answers for something, and neither buys shares nor lends."""
        if self.moves_money:
            return not any(True for _ in self.items("instruments"))
        given = {type for kind in kinds() if kind.section == "incentives" for type in kind.types}
        return bool(self.unseen_types) and (self.unseen_types or frozenset()) <= given

    def issuer_of(self, equity: str) -> str:
        """Who issues an equity instrument; empty where there is none of that id."""
        return next((found.issuer for found in self.of(Equity) if found.id == equity), "")

    def called(self, id: str) -> str:
        """What an id means: the name of what has it, else its kind, numbered where several of the kind have no name.

        Args:
            id: Of a part of the deal, or of a clause, e.g. ``i1``, ``tier.headquarters``, ``incentive.rent.2021``.
        """
        held = _names_of(SameSheet(self))
        if id not in held:
            held[id] = self._found(id)
        return held[id]

    def _found(self, id: str) -> str:
        first, _, rest = id.partition(".")
        if rest.isdigit():
            id, field = ("of_year", "year") if len(rest) == len("2020") else ("numbered", "n")
            return _both(Message.of(f"terms.called.{id}", kind=self.called(first), **{field: rest}))
        if rest and first not in _PARTS:
            return self.called(rest)
        for kind, items in self._kinds(first if rest else ""):
            part = next((item for item in items if item.id == (rest or id)), None)
            if part is not None:
                others = [item for item in items if not self._name(kind, item)]
                return self._name(kind, part) or self._of_payer(kind, part, others) or _unnamed(kind, part, others)
        return id.replace("_", " ")

    def _name(self, kind: str, item: Any) -> str:
        """The name of a part of a deal; empty where nobody named it."""
        own: str = getattr(item, _PARTS[kind][1] if kind in _PARTS else "name", "")
        return own or ("" if kind in _PARTS else self.names.get(item.id, ""))

    def _of_payer(self, kind: str, item: Any, others: Sequence[Any]) -> Bilingual | None:
        """An instrument without a name, by its kind and payer, where each of its kind has another payer."""
        if len(others) < 2 or item not in self.instruments:
            return None
        payers = {one.id: tuple(dict.fromkeys(f.payer for f in kind_of(one).flows(one, self))) for one in others}
        if len(payers[item.id]) != 1 or len(set(payers.values())) < len(others):
            return None
        party, words = self.called(f"party.{payers[item.id][0]}"), Message.of(f"terms.called.{kind}")
        return _both(Message.of("terms.called.of_payer", kind=words, party=party))

    def _kinds(self, prefix: str) -> Iterator[tuple[str, Sequence[Any]]]:
        """What has an id, by kind, in the order of the text within each: all of it, or what is named by a prefix."""
        if not prefix:
            by_type: dict[str, list[Any]] = {}
            for item in self.instruments:
                by_type.setdefault(_type(item), []).append(item)
            yield from by_type.items()
            yield "instalment", [tranche for equity in self.of(Equity) for tranche in equity.tranches]
        yield from ((kind, getattr(self, held)) for kind, (held, _) in _PARTS.items() if prefix in ("", kind))

    def called_clause(self, clause: str, group: str) -> str:
        """What a clause is called: by what it is of, else by the title of its group.

        Args:
            clause: Id of the clause, e.g. ``incentive.land_grant``.
            group: Group of the clause.
        """
        first, _, rest = clause.partition(".")
        held = {item.id for _, items in self._kinds(first if first in _PARTS else "") for item in items}
        of = next((part for part in (rest or first, *clause.split(".")) if part in held), "")
        return self.called(f"{first}.{of}" if first in _PARTS else of) if of else _both(group_title(group))

    def is_loan(self, id: str) -> bool:
        """Whether a loan has this id."""
        return any(loan.id == id for loan in self.of(Loan))

    @property
    def issuer(self) -> str:
        """Id of the company; empty where the sheet names none."""
        return next((party.id for party in self.parties if party.role == "issuer"), "")

    @property
    def public(self) -> tuple[str, ...]:
        """Ids of the public parties, in the order of the text."""
        return tuple(p.id for p in self.parties if p.role == "public")


_PARTS = {
    "party": ("parties", "name"),
    "covenant": ("covenants", "name"),
    "tier": ("tiers", "name"),
    "event": ("events", "name"),
    "promise": ("promises", "what"),
    "unknown": ("unknown", "text"),
}
"""Parts of a deal beside its instruments, by the prefix of their clauses: where they are held, and what names them."""


def _unnamed(kind: str, item: Any, others: Sequence[Any]) -> Bilingual:
    """A part without a name by its kind; one beside the instruments has an id that English can read."""
    at, id = others.index(item) + 1, f"terms.called.{kind}"
    if id not in catalogue("terms", "en"):  # of an extension that says nothing of it
        return Bilingual(kind.replace("_", " "), f"`{kind}`")
    words = Message.of(id, n=at)
    if len(others) > 1 and kind != "instalment":
        words = Message.of("terms.called.numbered", kind=words, n=at)
    return (
        Bilingual(item.id.replace("_", " ").replace("-", " "), render(words, "zh")) if kind in _PARTS else _both(words)
    )


def _type(item: Any) -> str:
    """The word of ``type`` by which a sheet names an instrument."""
    types = kind_of(item).types
    return str(item.kind) if len(types) > 1 else types[0]


def _both(words: Message) -> Bilingual:
    """Words of the catalogues as a name."""
    return Bilingual(*(render(words, lang) for lang in ("en", "zh")))


@dataclass(frozen=True, slots=True, eq=False)
class SameSheet:
    """A sheet that equals itself alone: two that say the same are compared clause by clause, which takes longer."""

    sheet: TermSheet

    def __hash__(self) -> int:
        return id(self.sheet)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SameSheet) and self.sheet is other.sheet


@lru_cache(maxsize=8)
def _names_of(one: SameSheet) -> dict[str, str]:
    """What ids of a sheet mean, as far as somebody asked: each day of a watch names the same clauses."""
    return {}


@lru_cache(maxsize=8)
def _flows_of(one: SameSheet) -> tuple[Flow, ...]:
    """The flows of a sheet, found once: a dozen sums ask one after another for those of the same sheet."""
    sheet = one.sheet
    back = {id for kind, item in sheet.items() for id in kind.takes_back(item)}
    found = (flow for kind, item in sheet.items() for flow in kind.flows(item, sheet))
    given = (
        replace(
            flow,
            recoverable=flow.recoverable or flow.instrument in back,
            agreed=not (
                sheet.guessed(flow.instrument) or (flow.nature in SUPPORT and sheet.unseen(flow.instrument, "start"))
            ),
        )
        for flow in found
    )
    return (*given, *(flow for promise in sheet.promises for flow in promise.flows(sheet)))
