"""The first screen of a fund: what is paid before any new commitment, what came back, and which payment comes next."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.base.core import Message
from guanzi.jobs.following.documents.fund_tables import FundStudy
from guanzi.jobs.shared.documents.words import message
from guanzi.render import Chart, FirstScreen, KeyFigure, Measurement, NextStep, Sentence, Tone, Words


def fund_opening(study: FundStudy, picture: Chart | Sentence) -> FirstScreen:
    """The first screen of many signed deals on a day; the picture is that of payments against commitments."""
    sums = study.found.sums
    verdict, tone = _verdict(sums["planned"], sums["before"], sums["untold"])
    return FirstScreen(
        verdict,
        tone,
        (),
        picture,
        tuple(_figures(study)),
        tuple(_change(study)) or (Sentence(message("fund.change.none")),),
        _step(study),
    )


def _verdict(planned: float, before: float, untold: float) -> tuple[Message, Tone]:
    """Whether most of the planned money waits for a new commitment; what nobody has seen may turn that."""
    if planned <= 0.0 or before < planned / 2.0 <= before + untold:
        return message("fund.verdict.unknown"), "unknown"
    if before >= planned / 2.0:
        return message("fund.verdict.exposed"), "caution"
    return message("fund.verdict.bound"), "good"


def _figures(study: FundStudy) -> Iterator[KeyFigure]:
    """Planned, paid, come back, and planned in the quarters ahead; each over the deals of which it is known."""
    rows, sums, unit = study.found.rows, study.found.sums, study.unit
    of: Words = message("deal.definitive" if all(row.binding for row in rows) else "deal.some_frameworks")
    if sums["planned"] > 0.0:
        planned = Measurement(sums["planned"], unit, sums["least"], sums["most"], bounds=True)
        yield KeyFigure(message("fund.figure.planned"), planned, of)
    for name in ("paid", "returned"):
        known = [value for row in rows if (value := getattr(row, name)) is not None]
        label = message(f"fund.figure.{name}", n=len(known), of=len(rows))
        yield KeyFigure(label, Measurement(sum(known) if known else None, unit), of)
    yield KeyFigure(message("fund.figure.ahead"), Measurement(study.planned_ahead()[0], unit), of)


def _change(study: FundStudy) -> Iterator[Sentence]:
    """What would move money from one side of the picture to the other."""
    for name in ("before", "untold"):
        if (amount := study.found.sums[name]) > 0.0:
            yield Sentence(message(f"fund.change.{name}", amount=Measurement(amount, study.unit)))


def _step(study: FundStudy) -> NextStep:
    """The next planned payment, to be tested before its day."""
    coming = sorted(
        ((one.due, row.title, one) for row in study.found.rows for one in row.payments if one.due > study.as_of),
        key=lambda found: found[:2],
    )
    if not coming:
        return NextStep(message("fund.step.ask"), message("owner.watch"), None)
    day, title, one = coming[0]
    return NextStep(message("fund.step.test", payment=one.called, deal=title), message("owner.watch"), day)
