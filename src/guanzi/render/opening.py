"""What every page says first: the verdict, one picture, a few figures, what would change it, and who does what next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from guanzi.base.core import Message
from guanzi.render.document import Block, Bullets, Chart, KeyFigure, KeyFigures, Section, Sentence, Tone, Words

MOST_FIGURES = 4
"""Figures that a page shows before its annexes."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """The next action.

    Attributes:
        owner: Who takes it.
        day: By when; None: no day is set.
        rests: Ids of what it rests on.
    """

    words: Words
    owner: Words
    day: date | None
    rests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """The first screen of a page: its parts are the same, whatever the page is about.

    Attributes:
        verdict: In few words; ``tone`` is its status mark.
        said: The question and the answer, in sentences.
        picture: Its title is the finding; where there is none, a sentence that says why.
        figures: At most four, each with the deal that it is of.
        change: What would change the verdict.
        step: The next action.
        parts: What stands between the figures and what would change the verdict.
        after: What stands below the next action.
        id: Of the first part.

    Raises:
        ValueError: There are more than four figures, a figure names no deal, or nothing is said to change the verdict.
    """

    verdict: Words
    tone: Tone
    said: tuple[Sentence, ...]
    picture: Chart | Sentence
    figures: tuple[KeyFigure, ...]
    change: tuple[Sentence, ...]
    step: NextStep
    parts: tuple[Section, ...] = ()
    after: tuple[Block, ...] = ()
    id: str = "summary"

    def __post_init__(self) -> None:
        """Refuse a first screen that lacks a part."""
        if len(self.figures) > MOST_FIGURES:
            raise ValueError(f"{len(self.figures)} figures on a first screen")
        if any(not figure.of for figure in self.figures):
            raise ValueError("a figure of no deal on a first screen")
        if not self.change:
            raise ValueError("a first screen that says nothing of what would change it")

    def sections(self) -> Iterator[Section]:
        """Its parts in reading order."""
        shown = (KeyFigures(_label("figures"), self.figures),) if self.figures else ()
        blocks = (*self.said, self.picture, *shown)
        yield Section(self.id, self.verdict, blocks, first=True, tone=self.tone)
        yield from self.parts
        yield _part("change", Bullets(self.change))
        yield _part("next", self._next(), *self.after)

    def _next(self) -> Sentence:
        day = {} if self.step.day is None else {"day": self.step.day.isoformat()}
        said = _label("step" if day else "step_undated", what=self.step.words, owner=self.step.owner, **day)
        return Sentence(said, self.step.rests, "strong")


def _part(id: str, *blocks: Block) -> Section:
    return Section(id, _label(id), blocks, first=True, level=3)


def _label(id: str, **params: Words) -> Message:
    return Message.of(f"reports.summary.{id}", **params)
