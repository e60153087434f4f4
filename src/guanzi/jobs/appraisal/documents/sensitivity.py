"""Which assumption moves the result, and which fact turns the advice, as a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from guanzi import __version__
from guanzi.advice.appraisal import Appraisal, TurningFact
from guanzi.jobs.appraisal.documents.forecasts import sensitivity_blocks
from guanzi.jobs.shared.documents.words import case_words, code_words, message
from guanzi.render import Block, Bullets, Chart, Document, Section, Sentence, Table

SHOWN = 12
"""Assumptions that the first table lists; all stand behind the chart."""


def sensitivity_document(appraisal: Appraisal, turning: Sequence[TurningFact] | None) -> Document:
    """The document of what a result hangs on.

    Args:
        appraisal: The appraisal with the assumptions by their share.
        turning: Facts that turn the advice; None: they were not asked for.
    """
    heading = message("section.sensitivity")
    sections = [Section("sensitivity", heading, tuple(_blocks(appraisal)), first=True)]
    if turning is not None:
        facts = tuple(_reversing(fact, appraisal) for fact in turning)
        told = message("sensitivity.facts" if facts else "sensitivity.no_facts")
        blocks = (Sentence(told), Bullets(facts)) if facts else (Sentence(told),)
        sections.append(Section("facts", message("sensitivity.section.facts"), blocks, first=True))
    return Document(
        id="sensitivity",
        kicker=heading,
        title=case_words(appraisal.case),
        under=(message("page.as_of", day=appraisal.as_of.isoformat()),),
        dated=appraisal.as_of,
        sections=tuple(sections),
        footer=message("sensitivity.footer", version=__version__, seed=appraisal.versions.seed),
        hash=appraisal.versions.view_sha256,
    )


def _blocks(appraisal: Appraisal) -> Iterator[Block]:
    """What the dossier says, and the first rows of the data of its chart in full sight."""
    for block in sensitivity_blocks(appraisal.sensitivity):
        yield block
        if isinstance(block, Chart):
            yield from (_leading(table) for table in block.data)


def _leading(table: Table) -> Table:
    """The assumptions that move the result most, without what each does alone."""
    kept = [n for n, column in enumerate(table.columns) if column.id != "first"]
    rows = tuple(replace(row, cells=tuple(row.cells[n - 1] for n in kept if n)) for row in table.rows[:SHOWN])
    return replace(table, id="leading", columns=tuple(table.columns[n] for n in kept), rows=rows)


def _reversing(turning: TurningFact, appraisal: Appraisal) -> Sentence:
    fact = next(fact for fact in appraisal.facts if fact.id == turning.fact)
    words = {"change": turning.change, "advice": message(f"advice.{turning.becomes}")}
    told = message("sensitivity.fact", fact=code_words("fact", fact.name), period=fact.period, id=fact.id, **words)
    return Sentence(told, (f"fact:{fact.id}",))
