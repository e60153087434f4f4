"""What each form says of a document, piece by piece in the order of reading: a second path from the data to words.

Page, terminal and paper are told here as a list of words; whoever draws them knows nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from tests.truth.reading import Reading

from guanzi.base.core import Message, render
from guanzi.deal.terms import explain, group_title, unknowns
from guanzi.render import (
    Block,
    Bullets,
    Chart,
    Document,
    Fold,
    KeyFigures,
    Section,
    Sentence,
    Sources,
    Table,
    joint,
    localise,
    localise_key_figure,
    localise_sentence,
)
from guanzi.render.amounts import localise_error, localise_interval, localise_middle
from guanzi.render.html import source_line
from guanzi.render.localised import LocalisedCell, LocalisedTable, localise_noted, localise_table

SIGNS = {"risk": "!", "caution": "!", "unknown": "?", "good": "✓"}
"""What stands before an item on a terminal."""
SHOWN = 3
"""At most so many figures, reasons and gaps stand on the screen that sums an appraisal up."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a terminal: by columns, each from its head on; or row by row, where its words are long."""

    columns: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Clipped:
    """Words that may end with an ellipsis."""

    words: str


@dataclass(frozen=True, slots=True)
class Few:
    """The first items of a list after its name: at least one, and as many as the screen has room for."""

    name: str
    items: tuple[str, ...]

    @property
    def words(self) -> str:
        """The name, and the first item."""
        return self.name + "·" + self.items[0]


type Item = str | Grid | Clipped | Few


def words_of(item: Item) -> str:
    """All words of an item."""
    return item if isinstance(item, str) else item.words


@dataclass(frozen=True, slots=True)
class Script:
    """A document in a language, as one form says it; tables that were told are kept for other forms of it.

    Attributes:
        tables: Tables as they are told, each with the table itself.
    """

    document: Document
    lang: str
    tables: dict[tuple[int, str], tuple[Table, LocalisedTable]] = field(default_factory=dict)

    def whole(self) -> Iterator[Item]:
        """All that is said, in order."""
        raise NotImplementedError

    def block(self, block: Block, heading: str = "") -> Iterator[Item]:
        """What a block says, below a heading."""
        raise NotImplementedError

    def words(self, *told: Any) -> Iterator[str]:
        """Words in the language."""
        return (localise(words, self.lang) for words in told)

    def say(self, id: str, **params: Any) -> str:
        """What the reports say in words of their own."""
        return render(Message.of(f"reports.{id}", **params), self.lang)

    def told(self, table: Table) -> LocalisedTable:
        """A table without the columns of workbooks."""
        key = (id(table), self.lang)
        if key not in self.tables:
            self.tables[key] = (table, localise_table(table, self.lang))
        return self.tables[key][1]

    def under(self) -> str:
        """The line below the title."""
        return " · ".join(self.words(*self.document.under))

    def sections(self) -> Iterator[Item]:
        """All parts with their headings."""
        for section in self.document.sections:
            yield from self.words(section.heading)
            for block in section.blocks:
                yield from self.block(block, localise(section.heading, self.lang))


class Paper(Script):
    """A paper: what is folded or asked for on a page stands open."""

    def whole(self) -> Iterator[Item]:
        """Head, notice, parts, and the line at the foot of each page, before its number."""
        made = self.document
        yield from (*self.words(made.kicker, made.title), self.under(), *self.words(made.notice))
        yield from self.sections()
        yield joint("sentence", self.lang).join(self.words(*filter(None, (made.notice, made.footer))))
        yield "/"

    def block(self, block: Block, heading: str = "") -> Iterator[Item]:
        """What a block says."""
        match block:
            case Sentence():
                yield localise_sentence(block, self.lang)
            case Bullets():
                again = block.form == "steps" and self._steps_before(block)
                for n, item in enumerate(block.items):
                    mark = "☒☐"[n not in block.chosen] if block.form == "choices" else f"{n + 1}." if again else ""
                    yield mark + localise_sentence(item, self.lang)
            case KeyFigures():
                yield from (localise_key_figure(figure, self.lang) for figure in block.items)
            case Table() if not block.book_only:
                told = self.told(block)
                yield from (() if block.blank else (told.caption,))
                yield from told.heads
                yield from (localise_noted(cell, self.lang) for _, head, cells in told.rows for cell in (head, *cells))
            case Chart():
                yield from (localise(block.title, self.lang), localise_sentence(block.finding, self.lang))
                yield from self.words(block.legend)
                for table in block.data:
                    yield from self.block(table)
            case Fold():
                yield from self.words(block.summary)
                for within in block.blocks:
                    yield from self.block(within)
            case Sources():
                for entry in block.entries:
                    yield entry.grade + joint("colon", self.lang) + source_line(entry, self.lang)

    def _steps_before(self, block: Bullets) -> bool:
        """Whether a list counts its items itself: a word processor would go on with those of the list before."""
        steps = (one for one in self.document.blocks() if isinstance(one, Bullets) and one.form == "steps")
        return next(steps) is not block


class Page(Script):
    """A page: what is folded stands there too, and each table can be filtered."""

    def whole(self) -> Iterator[Item]:
        """Notice, head, parts, the list of parts before the first that is not read first, and the foot."""
        made = self.document
        yield from self.words(made.notice)
        yield self.say("page.skip") if made.contents else ""
        yield from (*self.words(made.kicker, made.title), self.under())
        listed = not made.contents
        for n, section in enumerate(made.sections):
            if not listed and section.level == 2 and not section.first:
                yield from self.words(*(one.heading for one in made.sections[n:] if one.level == 2))
                listed = True
            yield from self._section(section)
        yield from (*self.words(made.footer), made.hash)

    def _section(self, section: Section) -> Iterator[Item]:
        yield from self.words(section.heading)
        for block in section.blocks:
            yield from self.block(block, localise(section.heading, self.lang))

    def block(self, block: Block, heading: str = "") -> Iterator[Item]:
        """What a block says."""
        match block:
            case Sentence():
                yield from self._sentence(block)
            case Bullets():
                for n, item in enumerate(block.items):
                    yield "☒☐"[n not in block.chosen] if block.form == "choices" else ""
                    yield from (self.words(item.name, item.words) if block.form == "pairs" else self._sentence(item))
            case KeyFigures():
                for figure in block.items:
                    value = figure.value
                    sample = value.sample if value.value is not None and value.sample is not None else ""
                    yield from self.words(figure.label, figure.of)
                    yield from (localise_middle(value, self.lang), localise_error(value, self.lang))
                    yield from (*self.words(sample), localise_interval(value, self.lang))
            case Table() if not block.book_only:
                yield from self._table(block, heading)
            case Chart():
                yield from self._sentence(block.finding)
                yield from self.words(block.legend)
                yield self.say("chart.data") if block.data else ""
                for table in block.data:
                    yield from self._table(table, "")
            case Fold():
                yield from self.words(block.summary)
                for within in block.blocks:
                    yield from self.block(within)
            case Sources():
                for entry in block.entries:
                    yield from (entry.grade, source_line(entry, self.lang) + joint("stop", self.lang))
                    for note in entry.notes:
                        yield from self._sentence(note)

    def _table(self, table: Table, heading: str) -> Iterator[Item]:
        told = self.told(table)
        for one in table.filters:
            yield from (
                *self.words(one.label),
                self.say("filter.all"),
                *self.words(*(label for _, label in one.options)),
            )
        yield told.caption if not heading or told.caption != heading else ""
        yield from told.heads
        for _, head, cells in told.rows:
            for cell in (head, *cells):
                yield cell.text
                for note in cell.cell.notes:
                    yield from self._sentence(note)

    def _sentence(self, sentence: Sentence) -> Iterator[str]:
        """A sentence after its name, with the names of what it cites."""
        if sentence.name:
            yield localise(sentence.name, self.lang) + joint("colon", self.lang)
        yield from self.words(sentence.words)
        if sentence.cited:
            yield from self.words(sentence.cited)
            names = list(self._names(sentence.rests))
            yield joint("item", self.lang).join(names)
            yield joint("stop", self.lang) if names and not names[-1].endswith(".") else ""

    def _names(self, ids: Sequence[str]) -> Iterator[str]:
        """What each id is called; one that stands on the page and is called as the one before is numbered."""
        places = self.document.places
        named = [(localise(places[id].words, self.lang), places[id].at) if id in places else (id, id) for id in ids]
        for name, same in groupby(named, key=lambda one: one[0]):
            for n, (_, at) in enumerate(same, 1):
                again = n > 1 and at in self.document.anchors
                yield self.say("parent.again", name=name, n=n) if again else name


class Screen(Script):
    """The first screen of a terminal: parts that come first, without what is folded away."""

    def whole(self) -> Iterator[Item]:
        """Notice, head, and the parts that come first, with headings where there are several."""
        made = self.document
        yield from (*self.words(made.notice, made.title), self.under())
        parts = [section for section in made.sections if section.first]
        for section in parts:
            heading = localise(section.heading, self.lang) if len(parts) > 1 else ""
            yield heading
            for block in section.blocks:
                yield from self.block(block, heading)

    def block(self, block: Block, heading: str = "") -> Iterator[Item]:
        """What a block says."""
        match block:
            case Sentence():
                yield localise_sentence(block, self.lang)
            case Bullets():
                for n, item in enumerate(block.items):
                    marks = {"choices": "☒☐"[n not in block.chosen], "steps": f"{n + 1}."}
                    yield marks.get(block.form, SIGNS.get(item.tone, "·")) + localise_sentence(item, self.lang)
            case KeyFigures():
                yield from ("·" + localise_key_figure(figure, self.lang) for figure in block.items)
            case Table() if not block.book_only:
                told = self.told(block)
                yield told.caption if told.caption != heading else ""
                yield Grid(tuple(self._columns(told)), "".join(self._below(told)))
            case Chart():
                yield from self.words(block.finding.words)

    def _columns(self, told: LocalisedTable) -> Iterator[str]:
        for n, head in enumerate(told.heads):
            cells: Iterator[LocalisedCell] = ((first, *rest)[n] for _, first, rest in told.rows)
            yield head + "".join(localise_noted(cell, self.lang) for cell in cells)

    def _below(self, told: LocalisedTable) -> Iterator[str]:
        for _, head, cells in told.rows:
            yield head.text
            for name, cell in zip(told.heads[1:], cells, strict=True):
                yield name + joint("colon", self.lang) + localise_noted(cell, self.lang) if cell.text else ""


SCRIPTS: Mapping[str, type[Script]] = {"page": Page, "terminal": Screen, "word": Paper}
"""By form: what says it."""


def summary(reading: Reading, lang: str) -> Iterator[Item]:
    """The screen that sums an appraisal up: what the first parts of its dossier say."""
    document = reading.documents["dossier"]
    parts = {section.id: section.blocks for section in document.sections if section.first}

    def said(id: str, **params: Any) -> str:
        return render(Message.of(f"cli.{id}", **params), lang)

    def points(id: str) -> tuple[str, ...]:
        first = next((block.items for block in parts[id] if isinstance(block, Bullets)), ())
        return tuple(localise_sentence(item, lang) for item in first)

    yield Clipped(said("summary.title", title=localise(document.title, lang), as_of=document.dated.isoformat()))
    yield said(f"advice.{reading.appraisal.advice}")
    for block in parts["summary"]:
        if isinstance(block, Sentence) and block.tone in ("strong", "plain"):
            yield Clipped(localise_sentence(block, lang))
    figures = [one for block in parts["summary"] if isinstance(block, KeyFigures) for one in block.items]
    yield Few(said("summary.figures"), tuple(localise_key_figure(one, lang) for one in figures))
    yield Few(said("summary.why"), points("why"))
    yield Few(said("summary.gaps"), points("sure"))
    yield said("summary.dossier", page="dossier.html")


def clauses(reading: Reading, lang: str) -> Iterator[Item]:
    """Every clause of the newest term sheet in words, by groups, and what is assumed where a value is unknown."""
    assert reading.sheet is not None

    def said(id: str, **params: Any) -> str:
        return render(Message.of(f"cli.explain.{id}", **params), lang)

    for group, held in groupby(explain(reading.sheet), key=lambda clause: clause.group):
        yield render(group_title(group), lang)
        for clause in held:
            yield f"{clause.id}{joint('colon', lang)}{render(clause.message, lang)}"
            yield "" if clause.state == "known" else said(clause.state)
    gaps = unknowns(reading.sheet)
    yield said("assumptions", n=len(gaps)) if gaps else ""
    for gap in gaps:
        yield f"{gap.clause}{joint('colon', lang)}{said('assumption', what=gap.what, assumption=gap.assumption)}"
