"""What a scan and the section of tracks of a dossier show alike: candidates, answers, and how good a forecast was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from guanzi.advice.appraisal import TrackCandidate
from guanzi.base.core import Message
from guanzi.jobs.shared.documents.words import message
from guanzi.jobs.tracks.documents.scan_charts import CalibrationDrawing, MapDrawing
from guanzi.render import Bullets, Cell, Chart, Column, Row, Sentence, Table, Words

_PLAIN = dict.fromkeys(("gain", "size", "quotient"), "count")


def scan_columns(*names: str) -> tuple[Column, ...]:
    """Columns by their names."""
    return tuple(Column(name, Message.of(f"scan.head.{name}"), _PLAIN.get(name, "")) for name in names)


def points(sentences: Sequence[Words]) -> Bullets:
    """Sentences as a list."""
    return Bullets(tuple(Sentence(words) for words in sentences))


def share(value: float | None) -> Cell:
    """A chance or a share."""
    return Cell(value, "ratio")


def answer_pairs(answers: Mapping[str, Sequence[Message]]) -> Bullets:
    """Why this, why us, why now, how sure, what would change it: a paragraph each."""
    told = (
        Sentence(message("parts_said", parts=tuple(said)), name=Message.of(f"scan.question.{question}"))
        for question, said in answers.items()
    )
    return Bullets(tuple(told), "pairs")


def candidate_table(
    id: str, candidates: Sequence[TrackCandidate], first: int, *, whole: bool = False, caption: Message | None = None
) -> Table:
    """Candidates: chance, what each would open and bring, and what is left of its place under other weights.

    Args:
        id: Of the table.
        candidates: In the order of the list.
        first: Length of the short list.
        whole: With growth, whether another beats it in every respect, and its rank over all weights.
        caption: None: that of the short list, or of all candidates.
    """
    rows = []
    for c in candidates:
        low, middle, high = c.rank
        grown = (share(c.growth), Cell(c.front)) if whole else ()
        chance = (share(c.probability), share(c.low), share(c.high), Cell(c.gain), Cell(c.size))
        placed = (Cell(middle), Cell(low), Cell(high)) if whole else ()
        rows.append(Row(Cell(c.industry), (*chance, *grown, *placed, share(c.top))))
    further = ("growth", "front", "rank", "rank_low", "rank_high") if whole else ()
    top = Column("top", Message.of("scan.head.top", first=first))
    columns = (*scan_columns("industry", "probability", "low", "high", "gain", "size", *further), top)
    usual = Message.of(f"scan.caption.{'candidates' if whole else 'list'}")
    return Table(id, caption or usual, columns, tuple(rows))


def candidate_chart(id: str, candidates: tuple[TrackCandidate, ...], first: int) -> Chart:
    """Feasible and worthwhile."""
    see = Message.of("scan.see.map", n=len(candidates), front=sum(c.front for c in candidates))
    table = candidate_table("candidates", candidates, first, whole=True)
    return Chart(id, Message.of("scan.section.map"), Sentence(see), MapDrawing(see, candidates, first), (table,))


def calibration_chart(id: str, bins: tuple[tuple[float, float, int], ...], window: tuple[int, int]) -> Chart:
    """What was forecast of a window against what came."""
    see = Message.of("scan.see.calibration", window="–".join(map(str, window)))
    heading = Message.of("scan.section.came")
    rows = tuple(Row(share(p), (share(entered), Cell(cells))) for p, entered, cells in bins)
    table = Table("calibration", heading, scan_columns("forecast", "entered", "cells"), rows)
    return Chart(id, heading, Sentence(see), CalibrationDrawing(see, bins), (table,))
