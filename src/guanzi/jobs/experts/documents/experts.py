"""Answers of experts as a document: how they are weighed, what is pooled of each question, how far they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from guanzi import __version__
from guanzi.base.core import Bilingual, Parameter
from guanzi.jobs.shared.documents.words import message
from guanzi.record.evidence import Elicitation
from guanzi.render import Block, Cell, Column, Document, Row, Section, Sentence, Table
from guanzi.study.experts import Assessed, Elicited, Performance


def experts_document(panel: Elicitation, result: Elicited) -> Document:
    """The document of a panel of experts.

    Args:
        panel: What was asked and answered.
        result: What comes of it.
    """
    form = panel.form
    day = form.rounds[-1].known_on
    options = message("experts.extent", experts=len(result.experts), rounds=result.rounds, day=day.isoformat())
    asked = (assessed for assessed in result.questions if assessed.question.seed is None)
    questions = tuple(_question(n, assessed, form.quantiles) for n, assessed in enumerate(asked, 1))
    weighed = Section("weights", message("experts.weights"), tuple(_weights(result)), first=True)
    return Document(
        id="experts",
        kicker=message("experts.kicker"),
        title=Bilingual(form.title, form.title_zh or ""),
        under=(options,),
        dated=day,
        sections=(weighed, *questions),
        footer=message("page.made", version=__version__),
    )


def _weights(result: Elicited) -> Iterator[Block]:
    """How the experts are weighed, and how well the pools do on the seeds."""
    yield Sentence(message(f"experts.weighting.{result.weighting}", seeds=result.seeds))
    rows = []
    for expert in result.experts:
        found = expert.performance
        scores = (None, None) if found is None else (_digits(found.calibration, 3), round(found.information, 2))
        cells = (round(expert.weight, 2), *scores, expert.answered)
        rows.append(Row(Cell(expert.name or expert.id), tuple(Cell(value) for value in cells)))
    names = ("expert", "weight", "calibration", "information", "answered")
    columns = tuple(Column(name, message(f"experts.column.{name}")) for name in names)
    yield Table("experts", message("experts.caption"), columns, tuple(rows))
    if result.left:
        yield Sentence(message("experts.left", experts=result.left))
    for number, alike in enumerate(result.equal, start=1):
        yield Sentence(message("experts.equal", round=number, **_scores(alike)))
    if result.weighted is not None:
        yield Sentence(message("experts.weighted", **_scores(result.weighted)))


def _scores(found: Performance) -> dict[str, Parameter]:
    return {"calibration": f"{found.calibration:.3g}", "information": f"{found.information:.2f}"}


def _question(n: int, assessed: Assessed, quantiles: Sequence[float]) -> Section:
    question = assessed.question
    text = Bilingual(question.text, question.text_zh or "")
    heading = message("experts.question", text=text, unit=question.unit, experts=len(assessed.experts))
    return Section(f"question-{n}", heading, tuple(_answers(n, assessed, quantiles)), first=True, level=3)


def _answers(n: int, assessed: Assessed, quantiles: Sequence[float]) -> Iterator[Block]:
    """What is pooled of a question, and how far the experts differ."""
    pools = {"pool": assessed.weighted, "alike": assessed.equal, "averaged": assessed.averaged}
    rows = tuple(
        Row(Cell(message(f"experts.{name}")), tuple(Cell(_digits(v, 4)) for v in pooled.quantile(np.array(quantiles))))
        for name, pooled in pools.items()
    )
    levels = (Column(f"level_{i}", message("experts.level", level=q)) for i, q in enumerate(quantiles, 1))
    columns = (Column("way", message("experts.way")), *levels)
    yield Table(f"question-{n}", message("experts.answers"), columns, rows)
    if assessed.unweighted:
        yield Sentence(message("experts.unweighted"))
    if (found := assessed.dispersion) is not None:
        yield Sentence(message("experts.dispersion", between=found.between, overlap=found.overlap))
        if found.apart:
            yield Sentence(message("experts.apart", apart=found.apart, pairs=found.pairs), tone="caution")
    for number, change in enumerate(assessed.changes, start=2):
        said: dict[str, Parameter] = {"shift": change.shift, "width": f"{change.width:.2f}"}
        yield Sentence(message("experts.change", round=number, moved=change.moved, experts=change.experts, **said))
    if assessed.question.parameter is not None:
        yield Sentence(message("experts.parameter", parameter=assessed.question.parameter))


def _digits(value: float, digits: int) -> float:
    """A number to so many significant digits."""
    return float(f"{value:.{digits}g}")
