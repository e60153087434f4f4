"""What a scan says to people: five answers to each place on the list, where the region stands, what the test says.

Sentences are messages; pages, workbooks and the appraisal render the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from guanzi.base.core import Message
from guanzi.study.technology import window_verdict
from guanzi.study.tracks.forecast import Evaluation
from guanzi.study.tracks.scan import FIRST, Recommendation, RegionScan

QUESTIONS = ("this", "us", "now", "sure", "change")
"""Why this, why us, why now, how sure, what would change it."""

_SIMPLE = ("density", "rca", "baseline")
"""Methods that a forecast should beat before it is used."""


def answers(scan: RegionScan, chosen: Recommendation) -> dict[str, tuple[Message, ...]]:
    """The answer to each of :data:`QUESTIONS`, in sentences."""
    said_by = {"this": _this, "us": _us, "now": _now, "sure": _sure, "change": _change}
    return {name: tuple(said_by[name](scan, chosen)) for name in QUESTIONS}


def standing_sentences(scan: RegionScan) -> tuple[Message, ...]:
    """What is first on the list, how much is within reach, and where the region stands."""
    return tuple(_standing(scan))


def simpler_sentences(scan: RegionScan) -> tuple[Message, ...]:
    """That a simple order ranked no worse than the forecast in the window before; nothing where none did."""
    test = scan.forecast.backtest
    if test is None:
        return ()
    areas = {name: test.methods[name].region_auc for name in ("model", *_SIMPLE)}
    best = max(_SIMPLE, key=lambda name: areas[name])
    if not areas[best] >= areas["model"]:
        return ()
    window, method = f"{test.window.origin}–{test.window.target}", Message.of(f"scan.test.method.{best}")
    told = {"window": window, "area": f"{areas[best]:.2f}", "model": f"{areas['model']:.2f}"}
    return (Message.of("scan.lead.simpler", method=method, **told),)


def tested_sentences(scan: RegionScan) -> tuple[Message, ...]:
    """What the backtest on the window before says, of all regions and of this one."""
    return tuple(_tested(scan))


def verdicts(found: Evaluation) -> tuple[Message, ...]:
    """Whether each method adds anything to what it is compared with, within regions."""
    said = []
    for gain in found.gains:
        (low, high), kind = gain.region_auc_interval, gain.verdict
        shown = {"gain": f"{gain.region_auc:+.3f}", "low": f"{low:+.3f}", "high": f"{high:+.3f}"}
        said.append(Message.of(f"scan.verdict.{gain.better}.{gain.other}.{kind}", **shown))
    return tuple(said)


def supposed_sentences(scan: RegionScan) -> Message:
    """What is changed where the region is supposed to hold one more industry; or that it holds it already."""
    held = scan.found.presence[scan.panel.region_at(scan.region), scan.panel.industry_at(scan.supposed)]
    return Message.of("scan.see.held" if held else "scan.see.changes", industry=scan.supposed)


def _this(scan: RegionScan, chosen: Recommendation) -> Iterator[Message]:
    c = chosen.ranked.candidate
    gains = sorted((r.candidate.gain for r in scan.ranked), reverse=True)
    yield Message.of("scan.this.gain", place=gains.index(c.gain) + 1, of=len(gains), gain=signed(c.gain))
    yield Message.of("scan.this.size", size=c.size, measure=scan.panel.measure)
    yield Message.of("scan.this.holders", holders=c.holders, regions=len(scan.panel.regions))
    if c.strategic:
        yield Message.of("scan.this.strategic", weight=f"{c.strategic:g}")


def _us(scan: RegionScan, chosen: Recommendation) -> Iterator[Message]:
    c, why = chosen.ranked.candidate, chosen.explanation
    carriers = tuple(n.industry for n in why.carriers)
    if carriers:
        yield Message.of("scan.us.carried", carriers=carriers, density=c.density)
    else:
        yield Message.of("scan.us.nothing")
    if why.missing:
        yield Message.of("scan.us.missing", missing=tuple(n.industry for n in why.missing))
    if why.looked is None:
        yield Message.of("scan.us.no_past")
        return
    since, until = (str(year) for year in why.looked)
    if not why.entrants:
        yield Message.of("scan.us.nobody", since=since, until=until)
    for entrant in why.entrants[:2]:
        told = {"region": entrant.region, "likeness": f"{entrant.likeness:.2f}", "since": since}
        if entrant.held:
            yield Message.of("scan.us.entrant", held=entrant.held, **told)
        else:
            yield Message.of("scan.us.entrant_alone", **told)


def _now(scan: RegionScan, chosen: Recommendation) -> Iterator[Message]:
    c = chosen.ranked.candidate
    if c.growth is None or chosen.explanation.looked is None:
        yield Message.of("scan.now.no_past")
    else:
        since = str(chosen.explanation.looked[0])
        course = "faster" if c.growth >= 0 else "slower"
        yield Message.of(f"scan.now.{course}", growth=abs(c.growth), since=since)
        yield Message.of("scan.now.moves", entered=c.entered or 0, left=c.left or 0)
    if chosen.opening is None:
        yield Message.of("scan.now.no_figures")
    else:
        yield window_verdict(chosen.opening)


def _sure(scan: RegionScan, chosen: Recommendation) -> Iterator[Message]:
    c, row = chosen.ranked.candidate, chosen.ranked
    years = scan.forecast.horizon
    yield Message.of("scan.sure.chance", p=c.probability, low=c.low, high=c.high, years=years, base=c.baseline)
    test = scan.forecast.backtest
    if test is None:
        yield Message.of("scan.sure.untested")
    else:
        p, share, cells = min(test.calibration, key=lambda b: abs(b[0] - c.probability))
        yield Message.of("scan.sure.class", near=p, share=share, cells=cells, since=str(test.window.origin))
    low, _, high = row.rank
    yield Message.of("scan.sure.rank", first=FIRST, top=row.top, low=low, high=high, of=len(scan.ranked))


def _change(scan: RegionScan, chosen: Recommendation) -> Iterator[Message]:
    stone, row = chosen.stone, chosen.ranked
    if stone is None:
        yield Message.of("scan.change.no_stone")
    else:
        at = {"p": stone.probability, "now": stone.now, "then": stone.then}
        yield Message.of("scan.change.stone", stone=stone.industry, **at)
    yield Message.of("scan.change.needs", criterion=Message.of(f"scan.criterion.{row.needs}"))
    own = scan.own
    if own is not None and own.aucs["model"] <= own.aucs["density"]:
        yield Message.of("scan.change.no_better")


def _standing(scan: RegionScan) -> Iterator[Message]:
    names = tuple(r.ranked.candidate.industry for r in scan.recommendations)
    if not names:
        yield Message.of("scan.lead.none")
        return
    yield Message.of("scan.lead.first", names=names, n=len(scan.ranked), years=scan.forecast.horizon)
    near, whole, reach = sum(row.reachable for row in scan.ranked), len(scan.ranked), scan.reach
    if near:
        yield Message.of("scan.lead.reach", n=near, of=whole, reach=reach)
    else:
        yield Message.of("scan.lead.no_reach", of=whole, reach=reach)
    stand = scan.stands[-1]
    yield Message.of("scan.lead.stand", held=stand.diversity, year=str(stand.year))
    if stand.place is not None:
        yield Message.of("scan.lead.place", place=stand.place, of=stand.of)
    if not scan.whole:
        yield Message.of("scan.lead.parts")
    peers = tuple(p.region for p in scan.peers[:3])
    if peers:
        yield Message.of("scan.lead.peers", peers=peers)
    yield from islice(_tested(scan), 2)


def _tested(scan: RegionScan) -> Iterator[Message]:
    test = scan.forecast.backtest
    if test is None:
        yield Message.of("scan.test.none")
        return
    methods, window = test.methods, f"{test.window.origin}–{test.window.target}"
    areas = {name: f"{methods[name].region_auc:.2f}" for name in ("model", "rca", "density", "baseline", "null")}
    yield Message.of("scan.test.all", window=window, cells=test.cells, entries=test.entries, **areas)
    even = [g.other for g in test.gains if g.better == "model" and g.other in _SIMPLE and g.verdict != "adds"]
    names = tuple(Message.of(f"scan.test.method.{name}") for name in even)
    yield Message.of("scan.test.no_better", methods=names) if even else Message.of("scan.test.beats")
    yield Message.of("scan.test.calibrated", ece=methods["model"].ece)
    own = scan.own
    if own is None or own.aucs["model"] != own.aucs["model"]:
        yield Message.of("scan.test.own_none")
    else:
        better = "own_better" if own.aucs["model"] > own.aucs["density"] else "own_no_better"
        mine, other = f"{own.aucs['model']:.2f}", f"{own.aucs['density']:.2f}"
        yield Message.of(f"scan.test.{better}", entries=own.entries, cells=own.cells, model=mine, density=other)


def signed(value: float) -> str:
    """A gain with its sign.

    >>> signed(0.5), signed(-0.25)
    ('+0.50', '−0.25')
    """
    return f"{value:+.2f}".replace("-", "−")
