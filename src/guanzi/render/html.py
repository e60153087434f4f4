"""A document as a page: one file without script and without outside requests, the same bytes for the same input."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from guanzi import __version__
from guanzi.base.core import Message, render
from guanzi.render.document import Cell, Document, Section, Sentence, SourceLine, Words
from guanzi.render.foreign import entered, mark_foreign
from guanzi.render.telling import ToldCell, ToldTable, tell, tell_table
from guanzi.render.theme import stylesheet
from guanzi.render.typography import closed_up, joint


def document_html(document: Document, lang: str = "en") -> str:
    """The page of a document in a language."""
    page = (
        _environment(lang)
        .get_template("document.html.j2")
        .render(document=document, parts=document.sections, anchors=document.anchors)
    )
    return mark_foreign(closed_up(page, lang), lang)


def sections_html(sections: tuple[Section, ...], lang: str = "en") -> str:
    """Sections as a part of another page; what they rest on stands elsewhere and is not linked."""
    return (
        _environment(lang).get_template("document.html.j2").render(document=None, parts=sections, anchors=frozenset())
    )


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
        "within": lambda told: _shown(told.cell.value, lang) if isinstance(told.cell.value, str) else told.text,
        "plainly": lambda words: tell(words, lang),
        "told": lambda table: tell_table(table, lang),
        "drawn": lambda chart: chart.drawing.picture(lang),
        "day": lambda value: render(Message.of("reports.date.day", day=value.isoformat()), lang),
        "markup": Markup,
        "anchor": _anchor,
        "kind": lambda block: type(block).__name__.lower(),
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
        "linked": lambda source: source.address.startswith(("https://", "http://")),
    }
    return templates


def _shown(words: Words, lang: str) -> str:
    """Words on the page; what was entered in another language alone is marked with it."""
    return tell(words, lang) if isinstance(words, Message) else entered(words, lang)


def _anchor(id: str) -> str:
    """An id of what a document rests on as the id of an element."""
    return id.replace(":", "-", 1)


def _target(item: Cell | Sentence, anchors: frozenset[str]) -> str:
    """Where what something rests on stands on the page; empty where it does not."""
    return next((_anchor(id) for id in item.rests if id in anchors), "")


def _cell_class(told: ToldCell) -> str:
    tone = told.cell.tone
    if told.cell.value is None or tone == "unknown":
        return "none"
    return " ".join(name for name in ("words" if told.words else "", "" if tone == "plain" else tone) if name)


def _is_words(told: ToldTable, n: int) -> bool:
    """Whether a column of a table holds words, by its first cell that is not empty."""
    return next((cells[n].words for _, _, cells in told.rows if cells[n].text), False)


def source_line(source: SourceLine, lang: str) -> str:
    """A source in one line: who published what, and when."""
    if source.withheld:
        return tell(source.withheld, lang)
    when = Message.of("reports.source.undated")
    if source.day is not None:
        when = Message.of("reports.date.day", day=source.day.isoformat())
    named = tell(source.publisher, lang) + joint("colon", lang) + tell(source.title, lang)
    return named + joint("part", lang) + tell(when, lang)
