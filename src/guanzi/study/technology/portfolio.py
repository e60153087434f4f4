"""What a portfolio of patents says to a team of due diligence, and which questions it leaves to counsel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import DAYS_OF_YEAR, Message
from guanzi.study.technology.patents import SOON, Family, Patent, counted, families_of

SHOWN = 10


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A subclass: families of the company, claims of their documents (None: no document states them), and others'."""

    name: str
    families: int
    claims: float | None
    others: int


@dataclass(frozen=True, slots=True)
class Inventor:
    """An inventor of the company's families.

    Attributes:
        name: As the export writes it.
        families: How many of them.
        last: Year of the last filing for the company.
        left: Not in the list of staff, or filing for somebody else later; None: cannot be told.
        towards: For whom the later filing was.
    """

    name: str
    families: int
    last: int | None
    left: bool | None
    towards: str


@dataclass(frozen=True, slots=True)
class PatentPortfolio:
    """A portfolio.

    Attributes:
        own, others: Families of the company, and of everybody else in the export.
        documents: Documents of the company.
        abroad: Own families that are published in more than one country.
        ended: Own families of which nothing is in force any more.
        expiring: Own families whose first document ends within five years.
        classes: Subclasses, largest first.
        inventors: Most prolific first.
        left_share: Share of inventors that left, of those of whom it can be told; None: of none.
        pledged, licensed: Own families of which a document is pledged or licensed.
        shared: Own families that have another holder, too.
        cited: Own families by citations a year since publication, most first.
        blocking: Families of others, not ended, in a subclass of the company and a country in which it files.
        questions: What counsel must answer.
    """

    own: tuple[Family, ...]
    others: tuple[Family, ...]
    documents: int
    abroad: int
    ended: int
    expiring: int
    classes: tuple[ClassCount, ...]
    inventors: tuple[Inventor, ...]
    left_share: float | None
    pledged: tuple[Family, ...]
    licensed: tuple[Family, ...]
    shared: tuple[Family, ...]
    cited: tuple[tuple[Family, float], ...]
    blocking: tuple[Family, ...]
    questions: tuple[Message, ...]


def portfolio(patents: Sequence[Patent], company: str, day: date, staff: Sequence[str] = ()) -> PatentPortfolio:
    """Read a portfolio.

    Args:
        patents: Documents of the export, the company's and possibly others'.
        company: Part of the company's name as holder; empty: all families are its own.
        day: Day on which terms and ages are counted.
        staff: Names of those who still work there; none: it can only be told of inventors who file elsewhere.
    """
    families = families_of([p for p in patents if (p.published or p.filed or day) <= day])
    own = tuple(f for f in families if not company or _held_by(f, company))
    others = tuple(f for f in families if f not in own)
    inventors = _inventors(own, others, staff)
    told = [i.left for i in inventors if i.left is not None]
    blocking = _blocking(own, others)
    pledged = tuple(f for f in own if any(p.pledged for p in f.patents))
    licensed = tuple(f for f in own if any(p.licensed for p in f.patents))
    shared = tuple(f for f in own if company and any(not _named(h, company) for p in f.patents for h in p.holders))
    return PatentPortfolio(
        own=own,
        others=others,
        documents=sum(len(f.patents) for f in own),
        abroad=sum(len(f.countries) > 1 for f in own),
        ended=sum(f.in_force is False and not any(p.status == "pending" for p in f.patents) for f in own),
        expiring=sum(_ends_soon(f, day) for f in own),
        classes=_classes(own, others),
        inventors=inventors,
        left_share=sum(told) / len(told) if told and staff else None,
        pledged=pledged,
        licensed=licensed,
        shared=shared,
        cited=_cited(own, day),
        blocking=blocking,
        questions=tuple(_questions(own, others, pledged, licensed, shared, blocking, inventors)),
    )


def _named(holder: str, company: str) -> bool:
    return company.casefold().replace(" ", "") in holder.casefold().replace(" ", "")


def _held_by(family: Family, company: str) -> bool:
    return any(_named(holder, company) for patent in family.patents for holder in patent.holders)


def _ends_soon(family: Family, day: date) -> bool:
    ends = family.first.expires
    return ends is not None and day <= ends < date(day.year + SOON, day.month, min(day.day, 28))


def _classes(own: Sequence[Family], others: Sequence[Family]) -> tuple[ClassCount, ...]:
    """Each family counts in the subclass that it names first."""
    theirs = dict(counted(f.classes[0] for f in others if f.classes))
    found = []
    for name, n in counted(f.classes[0] for f in own if f.classes):
        documents = [p for f in own if f.classes and f.classes[0] == name for p in f.patents]
        claims = [p.claims for p in documents if p.claims is not None]
        found.append(ClassCount(name, n, sum(claims) if claims else None, theirs.get(name, 0)))
    return tuple(found)


def _inventors(own: Sequence[Family], others: Sequence[Family], staff: Sequence[str]) -> tuple[Inventor, ...]:
    here = {_plain(name) for name in staff}
    mine: dict[str, list[Family]] = {}
    spelt: dict[str, str] = {}
    for family in own:
        for name in dict.fromkeys(i for p in family.patents for i in p.inventors):
            mine.setdefault(_plain(name), []).append(family)
            spelt.setdefault(_plain(name), name)
    found = []
    for key, families in mine.items():
        last = max((y for f in families if (y := _year(f)) is not None), default=None)
        towards = _later(key, last, others)
        left = True if towards else (key not in here if staff else None)
        found.append(Inventor(spelt[key], len(families), last, left, towards))
    return tuple(sorted(found, key=lambda i: (-i.families, i.name)))


def _later(key: str, last: int | None, others: Sequence[Family]) -> str:
    """Holder of a later filing of somebody else's with this inventor. Two people may share a name: a question."""
    for family in others:
        year = _year(family)
        names = {_plain(i) for p in family.patents for i in p.inventors}
        if key in names and last is not None and year is not None and year > last:
            return next((h for p in family.patents for h in p.holders), "")
    return ""


def _plain(name: str) -> str:
    return " ".join(sorted(name.casefold().replace(",", " ").split()))


def _year(family: Family) -> int | None:
    day = family.first.filed or family.first.published
    return day.year if day is not None else None


def _cited(own: Sequence[Family], day: date) -> tuple[tuple[Family, float], ...]:
    """Citations a year: an old patent has had more time to be cited."""
    rated = []
    for family in own:
        published = min((p.published for p in family.patents if p.published is not None), default=None)
        if family.cited_by is not None and published is not None:
            rated.append((family, family.cited_by / max((day - published).days / DAYS_OF_YEAR, 1.0)))
    return tuple(sorted(rated, key=lambda pair: -pair[1])[:SHOWN])


def _blocking(own: Sequence[Family], others: Sequence[Family]) -> tuple[Family, ...]:
    classes = {name for f in own for name in f.classes}
    countries = {c for f in own for c in f.countries} - {"WO"}
    found = [
        f
        for f in others
        if f.in_force is not False and classes & set(f.classes) and (countries & set(f.countries) or not f.countries)
    ]
    return tuple(sorted(found, key=lambda f: (-(f.cited_by or 0.0), f.first.number)))


def _questions(
    own: Sequence[Family],
    others: Sequence[Family],
    pledged: Sequence[Family],
    licensed: Sequence[Family],
    shared: Sequence[Family],
    blocking: Sequence[Family],
    inventors: Sequence[Inventor],
) -> list[Message]:
    def numbers(families: Sequence[Family]) -> tuple[str, ...]:
        return tuple(f.first.number for f in families[:SHOWN])

    asked = []
    if not others:
        asked.append(Message.of("diligence.patents.question.others"))
    for holder, _ in counted(h for f in blocking for h in f.first.holders)[:SHOWN]:
        theirs = [f for f in blocking if holder in f.first.holders]
        where = tuple(sorted({c for f in theirs for c in f.countries}))
        id, n = "diligence.patents.question.blocking", len(theirs)
        asked.append(Message.of(id, holder=holder, n=n, numbers=numbers(theirs), where=where))
    for name, families in (("pledged", pledged), ("licensed", licensed), ("shared", shared)):
        if families:
            id = f"diligence.patents.question.{name}"
            asked.append(Message.of(id, n=len(families), numbers=numbers(families)))
    gone = [i for i in inventors if i.towards]
    if gone:
        asked.append(Message.of("diligence.patents.question.inventors", names=tuple(i.name for i in gone[:SHOWN])))
    unknown = [f for f in own if f.in_force is None]
    if unknown:
        asked.append(Message.of("diligence.patents.question.status", n=len(unknown)))
    return asked
