"""The window of a track: how far adoption is, and what else says that it opens or closes; from dated figures alone.

The rules are conventions of the literature, stated here and tuned on nothing. Adoption: below 16 % of new sales the
buyers are innovators and early adopters, above 50 % the late majority (Rogers 1962). Makers: as long as more come than
go the shake-out has not begun (Klepper 1996). A kind of evidence with no figure, or with one figure where only a change
would tell, says nothing: that is never counted either way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Literal

from guanzi.base.core import Message
from guanzi.record.evidence import Fact, Track
from guanzi.study.technology.substitution import Substitution, substitution

type Tendency = Literal["opens", "neutral", "closes", "unknown"]
type Verdict = Literal["blue", "mixed", "red", "undecided"]

EARLY, LATE = 0.16, 0.5
FAST = 0.15
"""Growth a year at which a market doubles within five years."""
IDLE = 0.7
FEWEST = 3
"""Kinds of evidence below which nothing is concluded."""
AHEAD = 30
_PROBES = (-1.0, 0.0, 1.0)
"""Figures among which every rule shows all that it can say."""


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of evidence.

    Attributes:
        kind: ``adoption``, ``growth``, ``makers``, …
        tendency: What it says.
        facts: On what: the newest last.
    """

    kind: str
    tendency: Tendency
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """The window of a track on a day.

    Attributes:
        track: Which.
        as_of: The day; later figures are not looked at.
        signals: Every kind of evidence, known or not.
        verdict: ``blue`` when more than half of the kinds that are known say that the window opens, ``red`` when more
            than half say that it closes, ``mixed`` otherwise, ``undecided`` when fewer than three are known.
        curve: Logistic diffusion fitted to the shares; None with fewer than four years.
        half: First years in which half of sales is reached: the year of the figures that reached it, or else, after the
            last of them, by the upper, middle and lower course of the curve (5, 50 and 95 % of years); None where that
            lies more than thirty years ahead.
        points: Year and share.
    """

    track: Track
    as_of: date
    signals: tuple[Signal, ...]
    verdict: Verdict
    curve: Substitution | None
    half: tuple[int | None, int | None, int | None]
    points: tuple[tuple[int, float], ...]

    def count(self, tendency: Tendency) -> int:
        """How many kinds of evidence say so."""
        return sum(signal.tendency == tendency for signal in self.signals)

    @property
    def known(self) -> int:
        """How many kinds of evidence say anything."""
        return len(self.signals) - self.count("unknown")

    @property
    def figures(self) -> int:
        """How many dated figures the kinds of evidence that say anything rest on."""
        return sum(len(signal.facts) for signal in self.signals if signal.tendency != "unknown")

    @property
    def decided(self) -> bool:
        """Whether it is blue or red."""
        return self.verdict in ("blue", "red")

    @property
    def wanted(self) -> tuple[tuple[str, int], ...]:
        """The fewest kinds of evidence that could decide it, and how many figures each lacks; none once it is decided.

        Kinds that lack one figure come first. More than half of the kinds must then say the same.
        """
        leads: Tendency = "opens" if self.count("opens") >= self.count("closes") else "closes"
        more = max(FEWEST - self.known, self.known - 2 * self.count(leads) + 1)
        return () if self.decided else self._fewest(more, {leads})

    @property
    def undone_by(self) -> tuple[tuple[str, int], ...]:
        """The fewest kinds of evidence, not judged yet, that could undo a verdict, as in :attr:`wanted`."""
        leads: Tendency = "opens" if self.verdict == "blue" else "closes"
        others = {"opens", "neutral", "closes"} - {leads}
        return self._fewest(2 * self.count(leads) - self.known, others) if self.decided else ()

    def _fewest(self, more: int, of_use: AbstractSet[str]) -> tuple[tuple[str, int], ...]:
        """So many kinds that are not judged yet and could say what is of use; none where there are too few of them."""
        useful = [(s.kind, _lacking(s)) for s in self.signals if s.tendency == "unknown" and of_use & _sayings(s.kind)]
        useful.sort(key=lambda one: one[1])
        return () if len(useful) < more else tuple(useful[:more])


def judge_window(track: Track, as_of: date) -> Opening:
    """What could be said of a track's window on a day; what came later is not in what it returns."""
    track = track.known_by(as_of)
    signals = tuple(_signal(kind, name, rule, track, as_of) for kind, (name, rule) in KINDS.items())
    shares = {f.period.start.year: _number(f) for f in track.named("penetration", as_of) if f.period.kind == "year"}
    curve = substitution(shares)
    return Opening(track, as_of, signals, _verdict(signals), curve, _half(curve, shares), tuple(sorted(shares.items())))


def window_verdict(found: Opening) -> Message:
    """Blue ocean, red ocean, between, or undecided, with how many kinds of evidence say so."""
    counts = {"opens": found.count("opens"), "closes": found.count("closes"), "known": found.known}
    day = found.as_of.isoformat()
    return Message.of(f"scan.window.{found.verdict}", track=found.track.name, day=day, of=len(found.signals), **counts)


def window_open_to(found: Opening) -> Message | None:
    """Which further figures could decide a window, or undo what is decided; None where none could."""
    kinds = found.undone_by if found.decided else found.wanted
    if not kinds:
        return None
    named = tuple(Message.of(f"scan.kind.{kind}") for kind, _ in kinds)
    n = sum(lacking for _, lacking in kinds)
    if found.decided:
        return Message.of("scan.window.undone_by", figures=found.figures, n=n, kinds=named)
    return Message.of("scan.window.wanted", n=n, kinds=named)


def window_half(found: Opening, last: int) -> Message:
    """When half of sales is reached, by the curve through the shares up to a year."""
    early, _, late = found.half
    id = "half" if late is not None else "half_open" if early is not None else "far"
    if early is not None and early == late:
        id = "half_reached" if early <= last else "half_alone"
    return Message.of(f"scan.window.{id}", early=str(early), late=str(late), last=str(last))


def signal_words(signal: Signal) -> Message:
    """What a kind of evidence says; one figure, where only a change would tell, is a figure that says nothing."""
    silent = signal.tendency == "unknown" and signal.facts
    return Message.of("scan.tendency.unknown.alone" if silent else f"scan.tendency.{signal.tendency}")


def _verdict(signals: Sequence[Signal]) -> Verdict:
    known = [s.tendency for s in signals if s.tendency != "unknown"]
    if len(known) < FEWEST:
        return "undecided"
    if 2 * known.count("opens") > len(known):
        return "blue"
    return "red" if 2 * known.count("closes") > len(known) else "mixed"


def _half(curve: Substitution | None, shares: Mapping[int, float]) -> tuple[int | None, int | None, int | None]:
    if curve is None:
        return None, None, None
    reached = min((year for year, share in shares.items() if share >= LATE), default=None)
    if reached is not None:
        return reached, reached, reached
    years = range(curve.last_year + 1, curve.last_year + AHEAD + 1)
    first = [next((y for y in years if curve.share(y)[k] >= LATE), None) for k in (2, 1, 0)]
    return first[0], first[1], first[2]


def _signal(kind: str, name: str, rule: Callable[[Sequence[float]], Tendency], track: Track, as_of: date) -> Signal:
    facts = track.named(name, as_of)
    return Signal(kind, rule([_number(f) for f in facts]) if facts else "unknown", facts)


def _number(fact: Fact) -> float:
    return float(fact.number)


def _lacking(signal: Signal) -> int:
    """How many figures a kind of evidence lacks before it says something."""
    return 1 if signal.facts or KINDS[signal.kind][1]([1.0]) != "unknown" else 2


def _sayings(kind: str) -> set[Tendency]:
    """What a kind of evidence can say at all."""
    return {KINDS[kind][1]([before, now]) for before in _PROBES for now in _PROBES}


def _by_share(values: Sequence[float]) -> Tendency:
    return "opens" if values[-1] < EARLY else "closes" if values[-1] >= LATE else "neutral"


def _by_growth(values: Sequence[float]) -> Tendency:
    return "opens" if values[-1] >= FAST else "closes" if values[-1] < 0 else "neutral"


def _rising(says: Tendency, otherwise: Tendency) -> Callable[[Sequence[float]], Tendency]:
    def judge(values: Sequence[float]) -> Tendency:
        if len(values) < 2:
            return "unknown"
        return says if values[-1] > values[-2] else otherwise if values[-1] < values[-2] else "neutral"

    return judge


def _at_least(bound: float, says: Tendency, otherwise: Tendency) -> Callable[[Sequence[float]], Tendency]:
    return lambda values: says if values[-1] >= bound else otherwise


KINDS: dict[str, tuple[str, Callable[[Sequence[float]], Tendency]]] = {
    "adoption": ("penetration", _by_share),
    "growth": ("market_growth", _by_growth),
    "makers": ("makers", _rising("opens", "closes")),
    "newcomers": ("newcomers_share", _at_least(0.5, "opens", "neutral")),
    "concentration": ("top_share", _rising("closes", "opens")),
    "margin": ("sector_margin", _rising("opens", "closes")),
    "prices": ("price_change_market", lambda values: "closes" if values[-1] < 0 else "neutral"),
    "capacity": ("capacity_use", _at_least(IDLE, "neutral", "closes")),
    "survival": ("viable_share", _at_least(0.5, "neutral", "closes")),
    "capital": ("capital_to_enter", _rising("closes", "opens")),
    "subsidy": ("subsidised_share", _at_least(0.5, "closes", "neutral")),
}
"""Kind of evidence to the fact that states it and the rule by which it is read."""
