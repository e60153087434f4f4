"""Views: everything that was known on a day, and nothing else. Analyses see views, never the case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from guanzi.base.core import Bilingual, Period, PeriodKind, plain_words, sha256_of
from guanzi.base.reading import YamlDocument
from guanzi.record.evidence.effectsfile import EffectsFormat
from guanzi.record.evidence.elicitation.reading import Elicitation
from guanzi.record.evidence.entities import Entity
from guanzi.record.evidence.entityfile import DatedEntity
from guanzi.record.evidence.facts import Fact
from guanzi.record.evidence.noting import charge, noting
from guanzi.record.evidence.precedents import Precedent
from guanzi.record.evidence.resolution import Resolution, resolve_facts
from guanzi.record.evidence.sources import Source


@dataclass(frozen=True, slots=True)
class Named:
    """A company or region.

    Attributes:
        id: Its id.
        name: Its name.
        name_zh: Its name in Chinese; may be empty.
        country: The country of a region (ISO 3166); may be empty.
        state: The state of a region in a federation (ISO 3166-2); may be empty.
        year_ends: Month in which the fiscal year of a company ends, 1 to 12; None: not stated.
    """

    id: str
    name: str
    name_zh: str = ""
    country: str = ""
    state: str = ""
    year_ends: int | None = None


@dataclass(frozen=True, slots=True)
class SheetFile:
    """A version of the term sheet as YAML; ``terms`` reads its meaning.

    Attributes:
        name: File name without its ending.
        known_on: First day on which the deal team held this version.
        document: The text with its positions.
    """

    name: str
    known_on: date
    document: YamlDocument


@dataclass(frozen=True, slots=True)
class Document:
    """A file in ``documents/``: its path there, title, first day it was held, source, and hash of its bytes."""

    file: str
    title: str
    known_on: date
    source: str | None
    sha256: str


@dataclass(frozen=True)
class View:
    """What a case knew on a day.

    Attributes:
        id: Id of the case.
        title: Its title.
        company: The company.
        region: The city or region.
        industry: Industry, e.g. ``battery-electric-vehicles``.
        model: Company model of the simulation.
        currency: Currency of the case (ISO 4217).
        decision_date: Day on which the decision was due.
        question: The question to the committee.
        as_of: The day; everything here has ``known_on`` on or before it.
        facts: Facts in the order of their ids, superseded ones included.
        sources: The sources that these facts, sheets and documents cite, in the order of their ids.
        sheets: Versions of the term sheet in the order of their days.
        documents: Documents in the order of their paths.
        judgements: What panels of experts had answered, in the order of their ids.
        dated: Companies, people and their ties, in the order of their ids; each tie is among the facts, too.
        effects: What input-output multipliers say of the plant; None where they were not held.
        precedents: Ended bets of the house of the case whose outcome was known.
        industry_name: What the case calls its industry; empty: as the catalogue does.
    """

    id: str
    title: Bilingual
    company: Named
    region: Named
    industry: str
    model: str
    currency: str
    decision_date: date
    question: Bilingual
    as_of: date
    facts: tuple[Fact, ...]
    sources: tuple[Source, ...]
    sheets: tuple[SheetFile, ...]
    documents: tuple[Document, ...]
    judgements: tuple[Elicitation, ...] = ()
    dated: tuple[DatedEntity, ...] = ()
    effects: EffectsFormat | None = None
    industry_name: Bilingual = field(default_factory=Bilingual)
    precedents: tuple[Precedent, ...] = ()

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Companies, people and their ties as they were known on the day."""
        return tuple(dated.entity for dated in self.dated)

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str], tuple[Fact, ...]]:
        groups: dict[tuple[str, str], list[Fact]] = {}
        for fact in sorted(self.facts, key=lambda f: (f.period, f.known_on, f.id)):
            groups.setdefault((fact.subject, fact.name), []).append(fact)
        return {key: tuple(group) for key, group in groups.items()}

    @cached_property
    def _readings(self) -> dict[tuple[Any, ...], tuple[Any, frozenset[str]]]:
        """What :meth:`once` keeps, by the function that computed it and what of, and the facts that it read."""
        return {}

    @cached_property
    def _facts_by_id(self) -> Mapping[str, Fact]:
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def _sources_by_id(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}

    def fact(self, id: str) -> Fact:
        """The fact with an id; KeyError when this view does not hold it."""
        return self._facts_by_id[id]

    def source(self, id: str) -> Source:
        """The source with an id; KeyError when nothing in this view cites it."""
        return self._sources_by_id[id]

    def named(self, name: str, subject: str = "company") -> tuple[Fact, ...]:
        """All facts of a name, in the order of period, ``known_on`` and id; superseded and conflicting ones too."""
        return self._by_name.get((subject, name), ())

    def resolve(self, name: str, subject: str = "company", period: str | Period | None = None) -> Resolution | None:
        """The fact that counts for a name and period, with the rule by which it was chosen.

        Args:
            name: Name of the fact.
            subject: Whom it is about.
            period: Period or day; without one, the latest that this view holds for the name.

        Returns:
            None when the view holds no such fact: no evidence, which never counts as "no".
        """
        facts = self.named(name, subject)
        if not facts:
            return None
        wanted = facts[-1].period if period is None else Period.parse(period) if isinstance(period, str) else period
        return resolve_facts([fact for fact in facts if fact.period == wanted], self._sources_by_id)

    def resolution_of(self, fact: Fact) -> Resolution | None:
        """What counts for the name and period of a fact of this view; ties of other ends do not compete with it."""
        facts = self.named(fact.name, fact.subject)
        rivals = [f for f in facts if f.period == fact.period and f.other == fact.other]
        return resolve_facts(rivals, self._sources_by_id)

    def series(self, name: str, subject: str = "company", kind: PeriodKind = "year") -> tuple[Resolution, ...]:
        """What counts for a name in every period of a kind that this view holds, in the order of the periods."""
        return self.once(_series, name, subject, kind)  # conditions of a deal ask for the same few in every quarter

    def content(self) -> dict[str, Any]:
        """Everything this view holds, as plain data; it is what the hash is made of."""
        judged = {"judgements": [panel.content() for panel in self.judgements]} if self.judgements else {}
        tied = {"entities": [dated.content() for dated in self.dated]} if self.dated else {}
        called = {"industry_name": plain_words(self.industry_name)} if self.industry_name else {}
        brought = {} if self.effects is None else {"effects": self.effects.model_dump(mode="json")}
        ended = {"precedents": [one.model_dump(mode="json") for one in self.precedents]} if self.precedents else {}
        return {
            **ended,
            **judged,
            **tied,
            **brought,
            **called,
            "case": self.id,
            "title": plain_words(self.title),
            "company": _named_content(self.company),
            "region": _named_content(self.region),
            "industry": self.industry,
            "model": self.model,
            "currency": self.currency,
            "decision_date": self.decision_date,
            "question": plain_words(self.question),
            "as_of": self.as_of,
            "facts": [fact.content() for fact in self.facts],
            "sources": [source.content() for source in self.sources],
            "sheets": [
                {"name": sheet.name, "known_on": sheet.known_on, "data": sheet.document.data} for sheet in self.sheets
            ],
            "documents": [
                {
                    "file": document.file,
                    "title": plain_words(document.title),
                    "known_on": document.known_on,
                    "source": document.source,
                    "sha256": document.sha256,
                }
                for document in self.documents
            ],
        }

    @property
    def sha256(self) -> str:
        """Hash of the content: the same for any folder, file layout or later knowledge around it."""
        return self.once(_sha256)

    def once[*Ts, T](self, read: Callable[[View, *Ts], T], *of: *Ts) -> T:
        """What a function says of this view, computed the first time that it is asked for: the checks ask the same."""
        asked = (f"{read.__module__}.{read.__qualname__}", *of)
        if asked not in self._readings:
            with noting() as reads:
                answer = read(self, *of)
            self._readings[asked] = (answer, frozenset(reads))
        found, held = self._readings[asked]
        charge(held)
        return found  # type: ignore[no-any-return]

    @property
    def sheet(self) -> SheetFile | None:
        """The newest version of the term sheet, None when there was none yet."""
        return self.sheets[-1] if self.sheets else None


def _sha256(view: View) -> str:
    return sha256_of(view.content())


def _series(view: View, name: str, subject: str, kind: PeriodKind) -> tuple[Resolution, ...]:
    periods = sorted({fact.period for fact in view.named(name, subject) if fact.period.kind == kind})
    resolutions = (view.resolve(name, subject, period) for period in periods)
    return tuple(resolution for resolution in resolutions if resolution is not None)


def _named_content(named: Named) -> dict[str, Any]:
    stated: dict[str, Any] = {} if named.year_ends is None else {"year_ends": named.year_ends}
    stated |= {"state": named.state} if named.state else {}
    return {"id": named.id, "name": named.name, "name_zh": named.name_zh, **stated}
