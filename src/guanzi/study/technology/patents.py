"""A portfolio of patents from an export: families, citations, claims by class, inventors, encumbrance, questions.

A family is what one priority protects in several countries (simple family: the same priorities). It is read from the
export where it has families; else documents with the same priorities, or that name one another, belong together.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guanzi.base.core import InvalidInput, Problem
from guanzi.intake.inputs import Record, Records

type Status = Literal["in force", "pending", "ended", "unknown"]

_SPLIT = re.compile(r"\s*(?:;;|;|；|\||\n)\s*")
_NUMBER = re.compile(r"\b([A-Z]{2})[\s-]?\d")
_CLASS = re.compile(r"\b([A-HY]\d{2}[A-Z])\b|\b([A-HY]\d{2}[A-Z])(?=\s?\d)")
#: Read in this order: a patent that ended was once granted, and one in force was once pending.
_STATUSES: tuple[tuple[Status, tuple[str, ...]], ...] = (
    ("ended", ("expired", "lapsed", "ceased", "withdrawn", "abandon", "revoked", "inactive", "discontinued")),
    ("ended", ("rejected", "失效", "终止", "撤回", "放弃", "驳回", "届满", "无效")),
    ("in force", ("active", "granted", "in force", "patented", "有效", "授权", "维持")),
    ("pending", ("pending", "application", "examination", "审中", "实质审查", "公开", "申请")),
)
_PLEDGE = ("pledge", "security interest", "lien", "mortgage", "质押", "质权")
_LICENCE = ("licen", "许可")
TERM = 20
SOON = 5


@dataclass(frozen=True, slots=True)
class Patent:
    """One document of the export; fields that it lacks are empty or None."""

    number: str
    title: str
    holders: tuple[str, ...]
    inventors: tuple[str, ...]
    priorities: frozenset[str]
    family: str
    members: tuple[str, ...]
    country: str
    filed: date | None
    published: date | None
    classes: tuple[str, ...]
    cited_by: float | None
    claims: float | None
    status: Status
    pledged: bool
    licensed: bool
    expires: date | None


@dataclass(frozen=True, slots=True)
class Family:
    """Documents that protect one invention.

    Attributes:
        patents: In the order of the export.
        classes: Subclasses of the first document that names any, main one first.
        countries: Where it is published, ``WO`` and ``EP`` included.
        cited_by: Highest count of its documents; None when the export does not say. Counts of several documents of one
            family overlap, so they are not added.
        in_force: Whether any document is in force; None when the export does not say.
    """

    patents: tuple[Patent, ...]
    classes: tuple[str, ...]
    countries: tuple[str, ...]
    cited_by: float | None
    in_force: bool | None

    @property
    def first(self) -> Patent:
        """The document that was filed first."""
        return min(self.patents, key=lambda p: (p.filed or p.published or date.max, p.number))


def patents_of(records: Records) -> tuple[Patent, ...]:
    """The documents of an export.

    Raises:
        InvalidInput: A day or a number cannot be read.
    """
    problems: list[Problem] = []
    found = tuple(_patent(records, row, problems) for row in records.rows if row.get("number"))
    if problems:
        raise InvalidInput(problems)
    return found


def families_of(patents: Sequence[Patent]) -> tuple[Family, ...]:
    """Documents put together to families, in the order of their first documents."""
    root = list(range(len(patents)))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    seen: dict[str, int] = {}
    for index, patent in enumerate(patents):
        for key in _keys(patent):
            other = seen.setdefault(key, index)
            root[find(index)] = find(other)
    groups: dict[int, list[Patent]] = {}
    for index, patent in enumerate(patents):
        groups.setdefault(find(index), []).append(patent)
    return tuple(_family(tuple(group)) for group in groups.values())


def _keys(patent: Patent) -> Iterable[str]:
    yield f"number {bare_number(patent.number)}"
    if patent.family:
        yield f"family {patent.family}"
    elif patent.priorities:
        yield "priorities " + " ".join(sorted(patent.priorities))
    for member in patent.members:
        yield f"number {bare_number(member)}"


def bare_number(number: str) -> str:
    """A publication number without blanks and without its kind code, as family lists write it either way.

    >>> bare_number("CN 109149018 B"), bare_number("US-2019-0123456-A1")
    ('CN109149018', 'US20190123456')
    """
    bare = re.sub(r"[\s\-_.,/]", "", number.upper())
    return re.sub(r"(?<=\d)[A-Z]\d?$", "", bare)


def _family(patents: tuple[Patent, ...]) -> Family:
    classes = next((p.classes for p in patents if p.classes), ())
    counts = [p.cited_by for p in patents if p.cited_by is not None]
    known = [p.status for p in patents if p.status != "unknown"]
    return Family(
        patents,
        classes,
        tuple(sorted({p.country for p in patents if p.country})),
        max(counts, default=None),
        any(s == "in force" for s in known) if known else None,
    )


def _patent(records: Records, row: Record, problems: list[Problem]) -> Patent:
    number = row.get("number")
    status = row.get("status").casefold()
    country = row.get("jurisdiction") or (m.group(1) if (m := _NUMBER.match(number.upper())) else "")
    filed = records.day(row, "filed", problems)
    return Patent(
        number=number,
        title=row.get("title"),
        holders=names_in(row.get("owner") or row.get("applicant")),
        inventors=people_in(row.get("inventors")),
        priorities=frozenset(bare_number(p) for p in _SPLIT.split(row.get("priority")) if p),
        family=row.get("family"),
        members=tuple(m for m in _SPLIT.split(row.get("members")) if m),
        country=country.upper() if country.isascii() else country,
        filed=filed,
        published=records.day(row, "published", problems),
        classes=classes_in(row.get("classes")),
        cited_by=_count(records, row, "cited_by", problems),
        claims=_count(records, row, "claims", problems),
        status=status_of(status),
        pledged=bool(row.get("pledge")) or any(word in status for word in _PLEDGE),
        licensed=bool(row.get("licence")) or any(word in status for word in _LICENCE),
        expires=records.day(row, "expires", problems) or (_after(filed) if filed is not None else None),
    )


def _count(records: Records, row: Record, column: str, problems: list[Problem]) -> float | None:
    """A count; claims may stand there in words, and are then counted by their numbers."""
    text = row.get(column)
    if column == "claims" and len(text) > 12:
        return float(len(re.findall(r"(?m)(?:^|\s)\d{1,3}\s?[.．、]", text))) or None
    return records.number(row, column, problems)


def _after(filed: date) -> date:
    return date(filed.year + TERM, filed.month, min(filed.day, 28))


def names_in(text: str) -> tuple[str, ...]:
    """Names of a cell, each once. Where bars stand between them, a semicolon is part of a name.

    >>> names_in("SWAP LTD;;RIVAL AG"), names_in("Li; Wei | Wang; Fang")
    (('SWAP LTD', 'RIVAL AG'), ('Li, Wei', 'Wang, Fang'))
    """
    parts = text.replace(";", ",").split("|") if "|" in text else _SPLIT.split(text)
    return tuple(dict.fromkeys(name for part in parts if (name := " ".join(part.split()))))


def people_in(text: str) -> tuple[str, ...]:
    """Names of people; commas set them apart only where every part is a whole name.

    >>> people_in("Li Wei, Wang Fang"), people_in("Wang, Fang"), people_in("李伟,王芳")
    (('Li Wei', 'Wang Fang'), ('Wang, Fang',), ('李伟', '王芳'))
    """
    names = names_in(text)
    parts = [part.strip() for part in re.split(r"[,，、]", names[0])] if len(names) == 1 else []
    whole = len(parts) > 1 and all(" " in part or (part and not part.isascii()) for part in parts)
    return tuple(dict.fromkeys(parts)) if whole else names


def classes_in(text: str) -> tuple[str, ...]:
    """Subclasses (four characters) of a cell, in their order, each once.

    >>> classes_in("B60L53/80; H01M 10/42;;B60L50/60")
    ('B60L', 'H01M')
    """
    return tuple(dict.fromkeys(a or b for a, b in _CLASS.findall(text.upper())))


def status_of(text: str) -> Status:
    """What a legal status means.

    >>> status_of("active"), status_of("inactive"), status_of("实质审查"), status_of("")
    ('in force', 'ended', 'pending', 'unknown')
    """
    for status, words in _STATUSES:
        if any(word in text for word in words):
            return status
    return "unknown"


def counted(items: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Items by how often they occur, most first, then by name."""
    return tuple(sorted(Counter(items).items(), key=lambda pair: (-pair[1], pair[0])))
