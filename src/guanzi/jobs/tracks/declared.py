"""What can be asked of the past of a region, and of which shape the answer is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypedDict

from guanzi.console import Ask
from guanzi.jobs.shared.question import WITH_PAGE, JobQuestion

_NO_FILE = r"^[^/\\\u0000]*$"


@dataclass(frozen=True, slots=True)
class EffectRequest:
    """What is asked: the effect of an event on an industry of a province, against other provinces.

    Attributes:
        region: A province of China.
        industry: As the panel names it, in English or Chinese.
        panel: A shipped panel by provinces.
        since: First year after the event.
        until: Last year that is looked at; None: the newest.
        added: A workbook of a yearbook with further years for the panel.
    """

    region: Annotated[str, Ask("argument.effect_region", metavar="PROVINCE")] = "Anhui"
    industry: Annotated[str, Ask("option.effect_industry", "--industry", "NAME")] = "Motor vehicles"
    panel: Annotated[str, Ask("option.effect_panel", "--panel", "PANEL", pattern=_NO_FILE)] = "cn-products"
    since: Annotated[int, Ask("option.effect_since", "--since", "YEAR", 1980, 2100)] = 2020
    until: Annotated[int | None, Ask("option.effect_until", "--until", "YEAR", 1980, 2100)] = None
    added: Annotated[Path | None, Ask("option.added_years", "--add", "FILE", local=True)] = None


class YearEffectData(TypedDict):
    """A year after the event; shares of the sum of all provinces."""

    year: int
    came: float
    without: float
    effect: float
    low: float
    high: float


class EffectData(TypedDict):
    """An effect, or the obstacle to one; ``chance``: of such a gap without an event, null where none is identified."""

    region: str
    industry: str
    panel: str
    since: int
    identified: bool
    obstacle: str
    donors: int
    years_before: list[int]
    mixture: dict[str, float]
    miss_before: float
    placebos: int
    chance: float | None
    years: list[YearEffectData]


EFFECT = JobQuestion("scan effect", EffectRequest, EffectData, "guanzi.jobs.tracks.effects:judge", last=WITH_PAGE)
QUESTIONS = (EFFECT,)
