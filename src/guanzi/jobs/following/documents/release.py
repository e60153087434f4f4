"""Whether a payment may be released on a day, as a document: the verdict, what is asked, and what is at stake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from guanzi import __version__
from guanzi.base.core import Message, Parameter, Problem
from guanzi.deal.terms import TermSheet, money_unit
from guanzi.jobs.following.documents.monitor_tables import TRUTHS, late_words
from guanzi.jobs.shared.documents.cited import rests
from guanzi.jobs.shared.documents.words import code_words, message
from guanzi.record.evidence import View
from guanzi.render import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Measurement,
    Row,
    Section,
    Sentence,
    Table,
    Tone,
    Words,
)
from guanzi.study.monitoring import ConditionTest, DemandTest, Release, Span

_TONES: dict[str, Tone] = {
    "paid": "quiet",
    "clear": "good",
    "breached": "risk",
    "no": "risk",
    "unknown": "unknown",
    "demands": "caution",
}
_MET: dict[bool | None, Tone] = {True: "good", False: "risk", None: "unknown"}


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss of the public side on a day, over the paths on which the company lives: in the unit of the sheet.

    Attributes:
        form: ``signed``: as the deal was signed; ``bound``: with its money bound to commitments of the company.
        curve: ``loss_on_failure`` or ``loss_on_departure``.
        median, p95: Quantiles; None: no path is left.
    """

    form: str
    curve: str
    day: date
    median: float | None
    p95: float | None


@dataclass(frozen=True, slots=True)
class ReleaseStudy:
    """What the document tells.

    Attributes:
        view: What was known on the day.
        playbook: Its name; ``gates`` are what it asks before money moves.
        losses: By the forecast of the day of signing; empty where the deal cannot be simulated.
        unsimulated: What is in the way of a simulation of the deal, where losses are asked for and cannot be told.
        received: Public money that reached the company by facts or the sheet, for any instalment; None: not known.
    """

    view: View
    sheet: TermSheet
    release: Release
    playbook: str
    gates: tuple[Words, ...]
    losses: tuple[Loss, ...]
    received: float | None
    unsimulated: tuple[Problem, ...] = ()

    @property
    def unit(self) -> str:
        """Of all amounts."""
        return money_unit(self.sheet.currency, self.sheet.unit)


def release_document(study: ReleaseStudy) -> Document:
    """The document of a payment on a day."""
    view, sheet, release = study.view, study.sheet, study.release
    amount: Words | Measurement = message("release.amount_unknown")
    form = _form(release)
    if release.amount is not None:
        amount = _measured(release.amount, study.unit)
        drawn = "drawn" in sheet.assumed.get(release.payout.instrument, ())
        open_ = "release.amount_assumed" if release.assumed else "release.amount_drawn" if drawn else ""
        amount = message(open_, amount=amount) if open_ else amount
    return Document(
        id="release",
        kicker=message(f"release.kicker{form}"),
        title=message(f"release.title{form}", tranche=sheet.called(release.payout.id), amount=amount),
        under=(view.title, sheet.title or sheet.deal, message("page.as_of", day=view.as_of.isoformat())),
        dated=view.as_of,
        sections=tuple(_sections(study)),
        footer=message("monitor.footer", version=__version__),
        hash=view.sha256,
    )


def _form(release: Release) -> str:
    """How what is said of a payment is told apart from what is said of a tax that is let off."""
    return "" if release.payout.cash else ".forgone"


def _measured(span: Span, unit: str) -> Measurement:
    """An amount at least and at most."""
    return Measurement(sum(span) / 2, unit, *span, bounds=True)


def _sections(study: ReleaseStudy) -> Iterator[Section]:
    release = study.release
    yield _section("verdict", Sentence(_verdict(release), tone=_TONES[release.verdict]))
    if release.verdict != "paid":
        heading = message(f"release.section.conditions{_form(release)}")
        asked = Bullets(tuple(_condition(test, study) for test in release.conditions))
        yield Section("conditions", heading, (asked,), first=True)
    demands = tuple(
        Sentence(message("release.demand", told=(test.demand.text, *test.open)), rests(test.facts), *_truth(test))
        for test in release.demands
    )
    if demands:
        yield _section("demands", Bullets(demands))
    if study.gates:
        heading = message("release.section.gates", playbook=study.playbook)
        yield Section("gates", heading, (Bullets(tuple(Sentence(gate) for gate in study.gates)),), first=True)
    yield _section("stakes", *_losses_given_failure(study))


def _section(id: str, *blocks: Block) -> Section:
    return Section(id, message(f"release.section.{id}"), blocks, first=True)


def _verdict(release: Release) -> Message:
    told: dict[str, Parameter] = {"names": release.breached} if release.verdict == "breached" else {}
    if release.settled.completed is not None:
        told = {"day": release.settled.completed.isoformat()}
    kind = release.verdict if release.payout.cash else f"forgone.{release.verdict}"
    if release.verdict == "unknown" and (n := sum(demand.met is False for demand in release.demands)):
        return message(f"release.verdict.{kind}.unmet", n=n)
    return message(f"release.verdict.{kind}", **told)


def _truth(test: ConditionTest | DemandTest) -> tuple[Tone, Message]:
    """How whether something holds is shown, and said; a demand that finds nothing to test is not called met."""
    if isinstance(test, DemandTest) and not test.applies:
        return "quiet", message("release.truth.none")
    met = test.met if isinstance(test, DemandTest) else test.holds
    return _MET[met], message(f"release.truth.{TRUTHS[met]}")


def _named(facts: Sequence[str], view: View) -> tuple[Message, ...]:
    """Facts by what they are of, and of which time."""
    held = map(view.fact, facts)
    return tuple(message("monitor.fact", name=code_words("fact", f.name), period=str(f.period)) for f in held)


def _condition(test: ConditionTest, study: ReleaseStudy) -> Sentence:
    """What must hold, whether it does, on which facts, and what would decide it where that is not known."""
    day, view = test.tested.isoformat(), study.view
    told = [message("release.facts", facts=_named(test.facts, view), day=day)] if test.facts else []
    if test.first is not None and test.holds is None:
        asked = "release.asked_on" if study.release.payout.agreed else "release.asked_on.assumed"
        told += [message(asked, day=test.first.isoformat())]
    elif test.holds is None:
        told += [message("release.reported", facts=_named(test.reported, view))] if test.reported else []
        told += [late_words(late) for late in test.late]
    words = (
        message("release.condition", words=test.words, told=tuple(told)) if told else message("begin", words=test.words)
    )
    return Sentence(words, rests(test.facts), *_truth(test))


def _losses_given_failure(study: ReleaseStudy) -> Iterator[Block]:
    """What was paid already, and what the public side may lose on the day and a year on."""
    release, unit = study.release, study.unit
    whole = _measured(release.whole, unit)
    if release.paid is not None and any(release.paid):
        yield Sentence(message("release.paid", paid=_measured(release.paid, unit), whole=whole))
    elif release.paid is not None and any(release.whole):
        yield Sentence(message("release.paid_none", whole=whole), tone="unknown")
    if any(release.forgone):
        yield Sentence(message("release.forgone", forgone=_measured(release.forgone, unit)))
    if release.unseen:
        yield Sentence(message("release.unseen", n=len(release.unseen), names=release.unseen), tone="unknown")
    if study.received is not None:
        yield Sentence(message("release.received", received=Measurement(study.received, unit)))
    if not study.losses and not study.unsimulated:
        yield Sentence(message("release.no_losses.unasked"), tone="quiet")
        return
    if not study.losses:
        yield Sentence(message("release.no_losses"), tone="unknown")
        yield Bullets(tuple(Sentence(problem.cause) for problem in study.unsimulated))
        return
    yield _losses(study)


def _losses(study: ReleaseStudy) -> Table:
    """Median and 95 % loss on failure and on departure, by day, as signed and bound to commitments."""
    found = {(x.day, x.form, x.curve): (x.median, x.p95) for x in study.losses}
    curves = tuple(dict.fromkeys(x.curve for x in study.losses))
    rows = tuple(
        Row(
            Cell(message(f"release.{form}")),
            (Cell(day), *(Cell(value) for curve in curves for value in found[day, form, curve])),
        )
        for day, form in dict.fromkeys((x.day, x.form) for x in sorted(study.losses, key=lambda x: x.day))
    )
    heads = [Column("deal", message("release.head.deal")), Column("day", message("monitor.head.day"))]
    for curve in curves:
        heads += [Column(f"{curve}_{end}", message(f"release.{curve}.{end}")) for end in ("median", "p95")]
    return Table("losses", message("release.losses"), tuple(heads), rows, study.unit)
