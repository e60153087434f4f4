"""The dossier: an appraisal as a document, with all that it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guanzi.advice.appraisal import Appraisal, Party
from guanzi.base.core import Bilingual
from guanzi.jobs.appraisal.documents.annex import annex
from guanzi.jobs.appraisal.documents.decided import decided, register_sections
from guanzi.jobs.appraisal.documents.forecasts import accounts, exposure, fans, fiscal, sensitivity, trends
from guanzi.jobs.appraisal.documents.found import clauses, findings, questions
from guanzi.jobs.appraisal.documents.front import first_sections
from guanzi.jobs.appraisal.documents.hindsight import Happened, happened, look_back
from guanzi.jobs.appraisal.documents.track_part import market_sections, track_sections
from guanzi.jobs.appraisal.documents.workstreams import workstreams
from guanzi.jobs.shared.documents.evidence import evidence, later_sources, sources_of
from guanzi.jobs.shared.documents.parents import Parents, parents_of
from guanzi.jobs.shared.documents.words import case_words, message
from guanzi.render import Document, Section, Words, document_html

if TYPE_CHECKING:
    from guanzi.advice.backtest import Hindsight


@dataclass(frozen=True, slots=True)
class DossierStudy:
    """What the parts of a dossier are written from.

    Attributes:
        appraisal: The only source of what the dossier says.
        parents: The places to which its figures and findings refer.
        hindsight: What happened; None: nothing is revealed.
        seen: What happened, by quantity.
    """

    appraisal: Appraisal
    parents: Parents
    hindsight: Hindsight | None
    seen: Happened

    @property
    def revealed(self) -> bool:
        """Whether anything that happened is shown: an outcome may have been asked for where the case holds none."""
        return self.hindsight is not None and bool(self.hindsight.facts or self.hindsight.series)


def _hindsight(study: DossierStudy) -> Iterator[Section]:
    if study.hindsight is not None:
        yield from look_back(study.appraisal, study.hindsight)


PARTS: tuple[Callable[[DossierStudy], Iterator[Section]], ...] = (
    lambda study: first_sections(study.appraisal, revealed=study.revealed),
    lambda study: register_sections(study.appraisal),
    lambda study: findings(study.appraisal),
    lambda study: workstreams(study.appraisal),
    lambda study: clauses(study.appraisal),
    lambda study: decided(study.appraisal, study.parents),
    lambda study: iter((exposure(study.appraisal),)),
    lambda study: accounts(study.appraisal, study.seen),
    lambda study: fiscal(study.appraisal, study.parents),
    lambda study: fans(study.appraisal, study.seen),
    lambda study: iter((sensitivity(study.appraisal),)),
    lambda study: questions(study.appraisal),
    lambda study: market_sections(study.appraisal),
    lambda study: iter(()) if study.appraisal.track is None else track_sections(study.appraisal.track),
    _hindsight,
    lambda study: iter((evidence(study.appraisal),)),
    lambda study: trends(study.appraisal),
    lambda study: annex(study.appraisal, study.parents),
    lambda study: iter((sources_of(study.appraisal),)),
    lambda study: later_sources(study.appraisal),
)
"""The parts of the dossier in reading order: verdict, outside view, findings, terms, tests, and the folded annex."""


def appraisal_document(appraisal: Appraisal, hindsight: Hindsight | None = None) -> Document:
    """The document of an appraisal.

    Args:
        appraisal: What it is of; nothing is added to it.
        hindsight: What happened; drawn over what was predicted, in a colour of its own. None: nothing is revealed.
    """
    parents = parents_of(appraisal)
    study = DossierStudy(appraisal, parents, hindsight, happened(hindsight))
    versions = appraisal.versions
    return Document(
        id="appraisal",
        kicker=message("page.kicker"),
        title=case_words(appraisal.case),
        under=under_title(appraisal),
        dated=appraisal.as_of,
        sections=tuple(section for part in PARTS for section in part(study)),
        footer=message("page.footer", version=versions.guanzi, seed=versions.seed),
        places=parents.places,
        contents=True,
    )


def under_title(appraisal: Appraisal) -> tuple[Words, ...]:
    """What stands below the title of a case: company and region in the reader's language, and days."""
    return (
        _name(appraisal.case.company),
        _name(appraisal.case.region),
        message("page.as_of", day=appraisal.as_of.isoformat()),
        message("page.decision", day=appraisal.case.decision_date.isoformat()),
    )


def _name(party: Party) -> Words:
    return Bilingual(party.name, party.name_zh) if party.name_zh else party.name


def dossier_html(appraisal: Appraisal, lang: str = "en", hindsight: Hindsight | None = None) -> str:
    """The dossier as a page: the same bytes for the same input."""
    return document_html(appraisal_document(appraisal, hindsight), lang)
