"""A chain as two cities have it, or one city on two days, side by side: each link and who makes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from guanzi import __version__
from guanzi.base.core import Bilingual, Message, render
from guanzi.intake.chains import ChainView
from guanzi.jobs.chains.documents.chain_map import grade_mark
from guanzi.jobs.chains.documents.chain_tables import grade_cell
from guanzi.jobs.shared.documents.cited import listed_sources
from guanzi.jobs.shared.documents.words import message, say
from guanzi.render import (
    LIGHT,
    Bullets,
    Canvas,
    Cell,
    Chart,
    Column,
    Document,
    Row,
    Section,
    Sentence,
    Table,
    drawn_picture,
    localise,
    wrapped,
)
from guanzi.study.chains import GRADES, Link

if TYPE_CHECKING:  # the library of charts is large
    from guanzi.render import Picture

FILE_WIDTH = {2: 900.0, 4: 1280.0}
"""Width in pixels of a drawing in a file of its own, by how many sides it has."""
_ROW, _LINE, _MARK, _INDENT, _NAMED = 19.0, 13.0, 12.0, 12.0, 500.0


@dataclass(frozen=True, slots=True)
class ChainSide:
    """One side: a place with the names that it goes by, what was known on a day, and its links."""

    places: tuple[str | Bilingual, ...]
    view: ChainView
    links: dict[str, Link]

    @property
    def day(self) -> date:
        """The day."""
        return self.view.as_of

    @property
    def present(self) -> int:
        """How many links a source names a plant at work for."""
        return sum(link.grade == "present" for link in self.links.values())

    @property
    def title(self) -> Message:
        """The place and the day."""
        return message("chain.compare.side", places=self.places, day=self.day.isoformat())


def shown_links(sides: Sequence[ChainSide]) -> tuple[str, ...]:
    """The links of which a source says something on any side, and the wholes that they belong to."""
    view = sides[0].view
    told = {id for id in view.components if any(side.links[id].grade != "no_evidence" for side in sides)}
    parents = {part: whole for whole, parts in view.children.items() for part in parts}
    for id in tuple(told):
        while (id := parents.get(id, "")) and id not in told:
            told.add(id)
    return tuple(id for id in view.components if id in told)


def compared(sides: Sequence[ChainSide]) -> Message:
    """How many links each side has a plant at work for: the title of the picture."""
    parts = tuple(
        message("chain.compare.part", count=side.present, places=side.places, day=side.day.isoformat())
        for side in sides
    )
    return message("chain.compare.finding", n=len(sides[0].links), parts=parts)


@dataclass(frozen=True, slots=True)
class BesideDrawing:
    """The tree of the links, and for each side a column with the state and who makes it there."""

    sides: tuple[ChainSide, ...]

    def picture(self, lang: str) -> Picture:
        """The drawing in a language."""
        return drawn_picture(lambda width: self.drawn(lang, width), localise(compared(self.sides), lang))

    def drawn(self, lang: str, width: float) -> str:
        """The drawing in a language, so many pixels wide; its finding stands at the top."""
        canvas, wide = Canvas(width), width > _NAMED
        name = 240.0 if wide else min(170.0, width - 58.0 * len(self.sides))
        room = (width - name) / len(self.sides)
        y = _LINE
        for line in wrapped(localise(compared(self.sides), lang), width):
            canvas.text(0, y, line, strong=True)
            y += _LINE + 2
        y = _key(canvas, lang, width, y)
        heads = [wrapped(localise(side.title, lang), room - 8) for side in self.sides]
        if wide:
            canvas.text(0, y + _LINE, say("chain.compare.axis", lang), LIGHT.muted, room=name)
        for n, lines in enumerate(heads):
            for i, line in enumerate(lines):
                canvas.text(name + n * room, y + _LINE * (i + 1), line, strong=True)
        y += _LINE * max(map(len, heads)) + 8
        for id in shown_links(self.sides):
            y = self._row(canvas, id, y, lang, (name, room, wide))
        return canvas.svg()

    def _row(self, canvas: Canvas, id: str, y: float, lang: str, across: tuple[float, float, bool]) -> float:
        """Draw a link; the height at which the next one begins comes out."""
        name, room, wide = across
        view = self.sides[0].view
        depth, lines = view.depth_of(id), [1]
        canvas.line(0, y, canvas.width, y, LIGHT.rule, 0.5)
        indent = depth * (_INDENT if wide else 8.0)
        title = view.components[id].name.localised(lang)
        canvas.text(indent, y + 14, title, room=name - indent - 6, strong=depth == 0)
        for n, side in enumerate(self.sides):
            x, link = name + n * room, side.links[id]
            grade_mark(canvas, link.grade, x, y + 4)
            names = makers(side.view, link)
            told = wrapped(localise(names, lang), room - _MARK - 12) if names is not None and wide else []
            for i, line in enumerate(told):
                canvas.text(x + _MARK + 5, y + 14 + i * _LINE, line, LIGHT.muted)
            lines.append(len(told))
        return y + max(_ROW, 7 + _LINE * max(lines))


def _key(canvas: Canvas, lang: str, width: float, y: float) -> float:
    """Draw what the marks mean; the height at which the rest begins comes out."""
    x = 0.0
    for grade in GRADES:
        grade_mark(canvas, grade, x, y)
        canvas.text(x + _MARK + 5, y + 10, render(Message.of(f"chains.grade.{grade}"), lang), LIGHT.muted)
        x += 130 if width > _NAMED else 84
    return y + 24


def makers(view: ChainView, link: Link) -> Message | None:
    """Who makes a link or has said that he will, and whether nobody has checked that; None where nobody is named."""
    names = tuple(view.firms[f].name for f in (*link.suppliers, *link.planned))
    if not names:
        return None
    return message("chain.compare.unchecked" if link.unchecked else "chain.names", names=names)


def beside_document(sides: tuple[ChainSide, ...]) -> Document:
    """The document of a comparison: the picture with its table, what to beware of, and the sources."""
    finding = compared(sides)
    kept = shown_links(sides)
    drawing = BesideDrawing(sides)
    chart = Chart("beside", message("chain.section.beside"), Sentence(finding), drawing)
    view = max((side.view for side in sides), key=lambda one: one.as_of)
    places = tuple(dict.fromkeys(place for side in sides for place in side.places))
    return Document(
        id="chain",
        kicker=message("chain.kicker"),
        title=message("chain.compare.title", chain=view.name, places=places),
        under=(message("page.as_of", day=view.as_of.isoformat()),),
        dated=view.as_of,
        sections=(
            Section("lead", message("chain.section.lead"), (chart, Bullets(tuple(_notes(sides, kept)))), True),
            Section("links", message("chain.section.beside"), (_table(sides, kept),), True),
            Section("sources", message("chain.section.sources"), (listed_sources(view.sources),)),
        ),
        footer=message("chain.footer", version=__version__),
        hash=view.sha256,
    )


def _notes(sides: tuple[ChainSide, ...], kept: tuple[str, ...]) -> Iterator[Sentence]:
    yield Sentence(message("chain.compare.unknown"), tone="unknown")
    left = len(sides[0].links) - len(kept)
    if left:
        yield Sentence(message("chain.compare.left_out", n=left), tone="quiet")


def _table(sides: tuple[ChainSide, ...], kept: tuple[str, ...]) -> Table:
    view = sides[0].view
    columns = (
        Column("link", message("chain.head.link")),
        *(Column(f"side-{n}", side.title) for n, side in enumerate(sides, 1)),
    )
    rows = tuple(
        Row(Cell(view.components[id].name), tuple(_cell(side, id) for side in sides), f"link:{id}", view.depth_of(id))
        for id in kept
    )
    return Table("beside", message("chain.section.beside"), columns, rows)


def _cell(side: ChainSide, id: str) -> Cell:
    link = side.links[id]
    state = grade_cell(link.grade, link.statements)
    names = makers(side.view, link)
    if names is None:
        return state
    grade = Message.of(f"chains.grade.{link.grade}")
    words = names if link.grade == "present" else message("chain.compare.cell", state=grade, makers=names)
    return Cell(words, rests=state.rests, tone=state.tone)
