"""A document as a page: one file without script and without outside requests, the same bytes for the same input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from guanzi import __version__
from guanzi.base.core import Message, Period, problem_excerpt, problem_head, render
from guanzi.render.amounts import Measurement, exact, localise_error, localise_interval, localise_middle
from guanzi.render.document import Block, Cell, Document, KeyFigure, NamedPlace, Section, Sentence, SourceLine, Words
from guanzi.render.foreign import entered, mark_foreign
from guanzi.render.localised import LocalisedCell, LocalisedTable, localise, localise_table
from guanzi.render.theme import stylesheet
from guanzi.render.typography import closed_up, joint

_SHORT = 6
"""Characters of a cell of words that is never broken into lines on a wide page, as days are not."""


def document_html(document: Document, lang: str = "en") -> str:
    """The page of a document in a language."""
    templates, (front, parts) = _environment(lang), _parted(document.sections)
    page = templates.get_template("document.html.j2").render(
        document=document, anchors=document.anchors, places=document.places, front=front, parts=parts
    )
    return mark_foreign(closed_up(page.lstrip(), lang), lang)


def blocks_html(blocks: Sequence[Block], lang: str = "en") -> Markup:
    """Blocks within another page that has the style sheet."""
    template = _environment(lang).get_template("fragment.html.j2")
    return Markup(closed_up(template.render(blocks=blocks, anchors=frozenset(), places={}), lang))


def sections_html(sections: Sequence[Section], lang: str = "en") -> Markup:
    """Parts within another page that has the style sheet; what they rest on is on no such page."""
    front, parts = _parted(sections)
    template = _environment(lang).get_template("sections.html.j2")
    return Markup(closed_up(template.render(parts=[*front, *parts], anchors=frozenset(), places={}), lang))


@cache
def _environment(lang: str) -> Environment:
    """Templates that tell words, cells and charts in a language."""
    templates = Environment(
        loader=PackageLoader("guanzi.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "tell": lambda words: _shown(words, lang),
        "within": lambda cell: _shown(cell.cell.value, lang) if isinstance(cell.cell.value, str) else cell.text,
        "plainly": lambda words: localise(words, lang),
        "told": lambda table: localise_table(table, lang),
        "drawn": lambda chart: chart.drawing.picture(lang),
        "day": lambda value: render(Message.of("reports.date.day", day=value.isoformat()), lang),
        "markup": Markup,
        "anchor": _anchor,
        "headed": lambda problem: problem_head(problem, lang),
        "excerpt": lambda problem: "\n".join(problem_excerpt(problem)),
        "fix": lambda problem: render(Message.of("core.problem.mend", mend=problem.fix), lang),
        "kind": lambda block: type(block).__name__.lower(),
        "middle": lambda value: localise_middle(value, lang),
        "interval": lambda value: localise_interval(value, lang),
        "error": lambda value: localise_error(value, lang),
        "ends": lambda value: exact((value.low, value.high), value.unit, lang),
        "sample": lambda value: "" if value.sample is None or value.value is None else render(value.sample, lang),
        "full": lambda value: exact(value.value, value.unit, lang),
    }
    templates.globals |= {
        "lang": lang,
        "version": __version__,
        "css": Markup(stylesheet(lang)),
        "t": lambda id, /, **params: render(Message.of(f"reports.{id}", **params), lang),
        "joint": lambda kind: joint(kind, lang),
        "target": _target,
        "cell_class": _cell_class,
        "is_words": _is_words,
        "named": lambda ids, places, anchors: list(_named(ids, places, anchors, lang)),
        "linked": lambda source: source.address.startswith(("https://", "http://")),
    }
    return templates


def _shown(words: Words, lang: str) -> str:
    """Words on the page; what was entered in another language alone is marked with it."""
    return localise(words, lang) if isinstance(words, Message) else entered(words, lang)


def _anchor(id: str) -> str:
    """An id of what a document rests on as the id of an element."""
    return id.replace(":", "-", 1)


def _target(item: Cell | KeyFigure | Sentence, anchors: frozenset[str]) -> str:
    """Where what something rests on stands on the page; empty where it does not."""
    return next((_anchor(id) for id in item.rests if id in anchors), "")


def _named(
    ids: Sequence[str], places: Mapping[str, NamedPlace], anchors: frozenset[str], lang: str
) -> Iterator[tuple[str, str]]:
    """What each id is called, and the element at which it stands; one that is called as the one before is numbered."""
    before, n = "", 1
    for id in ids:
        place = places.get(id, NamedPlace(id, id))
        name = _shown(place.words, lang)
        n = n + 1 if name == before else 1
        before = name
        again = n > 1 and place.at in anchors
        shown = render(Message.of("reports.parent.again", name=name, n=n), lang) if again else name
        yield shown, _anchor(place.at) if place.at in anchors else ""


type _Part = tuple[Section, tuple[Section, ...]]


def _parted(sections: Sequence[Section]) -> tuple[list[_Part], list[_Part]]:
    """The parts that come first, and the others, each with the parts of it."""
    parts: list[_Part] = []
    for section in sections:
        if section.level > 2 and parts:
            parts[-1] = (parts[-1][0], (*parts[-1][1], section))
        else:
            parts.append((section, ()))
    front = next((n for n, (section, _) in enumerate(parts) if not section.first), len(parts))
    return parts[:front], parts[front:]


def _left(cell: LocalisedCell) -> bool:
    return cell.words or bool(cell.cell.notes)


def _cell_class(cell: LocalisedCell) -> str:
    tone, value = cell.cell.tone, cell.cell.value
    if value is None or tone == "unknown" or (isinstance(value, Measurement) and value.value is None):
        return "none"
    held = isinstance(value, date | Period) or (_left(cell) and len(cell.text) <= _SHORT)
    short = "short" if held else ""
    return " ".join(name for name in ("words" if _left(cell) else "", short, "" if tone == "plain" else tone) if name)


def _is_words(cell: LocalisedTable, n: int) -> bool:
    """Whether a column of a table holds words, by its first cell that is not empty."""
    return next((_left(cells[n]) for _, _, cells in cell.rows if cells[n].text or cells[n].cell.notes), False)


def source_line(source: SourceLine, lang: str) -> str:
    """A source in one line: who published what, and when."""
    if source.withheld:
        return localise(source.withheld, lang)
    when = Message.of("reports.source.undated")
    if source.day is not None:
        when = Message.of("reports.date.day", day=source.day.isoformat())
    named = localise(source.publisher, lang) + joint("colon", lang) + localise(source.title, lang)
    return named + joint("part", lang) + localise(when, lang)
