"""Renderings: a page, a screen or a paper says what its document says and nothing else, in both languages.

What was drawn is read back as a reader would: the words of a page, the lines of a terminal, the paragraphs and cells of
a Word paper, the cells of a workbook. It is held to the document in both directions and in order: every piece of the
document stands in its place, and nothing stands between.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stdout
from datetime import date, datetime
from functools import partial
from io import BytesIO, StringIO
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.cells import cell_len
from tests.truth.arithmetic import near
from tests.truth.faults import Fault
from tests.truth.reading import Reading
from tests.truth.scripts import SCRIPTS, SHOWN, Clipped, Few, Grid, Item, clauses, summary, words_of

from guanzi.base.core import LANGUAGES, Message, render, unit_words, wrap
from guanzi.jobs.appraisal.commands.first_screen import MARGIN, ROWS, WIDE, summary_screen
from guanzi.jobs.terms import explanation
from guanzi.jobs.terms.commands.explain_screen import print_explanation
from guanzi.render import (
    Cell,
    Document,
    Measurement,
    document_docx,
    document_html,
    document_screen,
    localise,
    localise_sentence,
    write_document_book,
)
from guanzi.render.localised import LocalisedCell, LocalisedTable, localise_noted, localise_table

_TAG = re.compile(r"<(?:script|style|svg|head)\b.*?</(?:script|style|svg|head)>|<[^>]+>", re.DOTALL)
_SPACE = re.compile(r"[\s\u2060]+")
FORMS: Mapping[str, tuple[str, ...]] = {
    "page": ("dossier", "brief", "monitor", "release", "fund"),
    "terminal": ("dossier", "explain", "monitor", "release", "fund", "lint", "structure", "walkaway", "portfolio"),
    "word": ("dossier", "memorandum", "minutes"),
    "book": ("dossier", "money", "monitor", "fund"),
}
"""By form: how the names of the documents begin that are drawn in it."""


def draw_all(reading: Reading, forms: tuple[str, ...] = tuple(FORMS)) -> None:
    """Draw the documents of a reading in both languages, and keep the text of each; its folder must still be there."""
    for form in forms:
        for name, document in reading.documents.items():
            if name.startswith(FORMS[form]):
                for lang in LANGUAGES:
                    drawn = _said(reading, name, lang) if form == "terminal" else None
                    reading.shown[f"{form}:{name}:{lang}"] = drawn or _DRAWN[form](document, lang)


def _said(reading: Reading, name: str, lang: str) -> str | None:
    """What commands print in words of their own; None: they print the first screen of the document."""
    if name == "dossier":
        return summary_screen(reading.appraisal, Path("dossier.html"), lang, 100)
    if name == "explain":
        with redirect_stdout(StringIO()) as printed:
            asked = explanation.Request(str(reading.case.folder), reading.view.as_of)
            print_explanation(explanation.explain_deal(asked), lang)
        return printed.getvalue()
    return None


def plain_text(page: str) -> str:
    """The words of a page without marks and spaces."""
    return _SPACE.sub("", html.unescape(_TAG.sub("", page)))


def _page(document: Document, lang: str) -> str:
    return html.unescape(_TAG.sub("\n", document_html(document, lang)))


def _word(document: Document, lang: str) -> str:
    """Paragraphs and cells in the order of reading, and the line at the foot."""
    import docx
    from docx.text.paragraph import Paragraph

    paper = docx.Document(BytesIO(document_docx(document, lang)))
    lines: list[str] = []
    for part in paper.iter_inner_content():
        lines += [part.text] if isinstance(part, Paragraph) else [cell.text for row in part.rows for cell in row.cells]
    return "\n".join([*lines, *(paragraph.text for paragraph in paper.sections[0].footer.paragraphs)])


def _book(document: Document, lang: str) -> str:
    """A line a cell: sheet, row, column and value; of a formula the value that was kept with it."""
    import openpyxl

    with TemporaryDirectory() as folder:
        path = Path(folder) / "book.xlsx"
        write_document_book(document, path, lang)
        book = openpyxl.load_workbook(path, data_only=True)
    return "\n".join(
        f"{sheet.title}\t{cell.row}\t{cell.column}\t{_kept(cell.value)}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    )


def _kept(value: object) -> str:
    return value.date().isoformat() if isinstance(value, datetime) else str(value).replace("\n", " ")


_DRAWN = {"page": _page, "terminal": document_screen, "word": _word, "book": _book}


def lost(reading: Reading) -> Iterator[Fault]:
    """What was drawn says something else than its document, less, more, or in another order."""
    for key, text in reading.shown.items():
        form, _, rest = key.partition(":")
        name, _, lang = rest.rpartition(":")
        document, kept = reading.documents.get(name), f"lost {key}"
        if document is None:
            continue
        if reading.kept.get(kept, (None, None))[:2] != (document, text):
            if form == "book":
                found = [*_cells(document, lang, text)]
            else:
                found = [*_compared(Drawn(text), [*_script(reading, form, name, lang)])]
            place = f"{form} {lang}"
            faults = tuple(
                Fault("pages", name, place, said, against, f"{kind}:{form}") for kind, said, against in found
            )
            reading.kept[kept] = (document, text, faults)
        yield from reading.kept[kept][2]


def _script(reading: Reading, form: str, name: str, lang: str) -> Iterator[Item]:
    """What a form says of a document; some commands print words of their own."""
    if form == "terminal" and name == "dossier":
        return summary(reading, lang)
    if form == "terminal" and name == "explain":
        return clauses(reading, lang)
    tables = reading.kept.setdefault("tables", {})
    return SCRIPTS[form](reading.documents[name], lang, tables).whole()


type Found = Iterator[tuple[str, str, str]]
"""Kind of a fault, what is said, and what contradicts it."""
NEAR_BY, PROBE = 40, 30
"""After what is not as it should be: so many items on, so many characters are looked for."""


def _compared(drawn: Drawn, items: Sequence[Item]) -> Found:
    """Each item stands where it belongs, and nothing stands between."""
    asked = [item for item in items if not isinstance(item, str) or _SPACE.sub("", item)]
    at = n = 0
    while n < len(asked):
        end = drawn.taken(at, asked[n])
        if end is None:
            n_next, at_next = _found_again(drawn, at, asked, n)
            yield from (("lost", words_of(item), "what was drawn does not say it") for item in asked[n:n_next])
            if at_next > at:
                yield "unheard", drawn.raw(at, at_next), "the document does not say it"
            n, at = n_next, at_next
        else:
            n, at = n + 1, end
    if at < len(drawn.plain):
        yield "unheard", drawn.raw(at, len(drawn.plain)), "the document does not say it"


def _found_again(drawn: Drawn, at: int, asked: Sequence[Item], n: int) -> tuple[int, int]:
    """The item, and the place, from which on both say the same again: with the least that is lost or unheard."""
    best, left_out = (n + 1, at), 0
    least = len(drawn.plain)
    for k in range(n, min(n + NEAR_BY, len(asked))):
        probe = ""
        for item in asked[k:]:
            if not isinstance(item, str) or len(probe) >= PROBE:
                break
            probe += _SPACE.sub("", item)
        place = drawn.plain.find(probe, at, at + least + len(probe)) if probe else -1
        if place >= 0 and (k, place) != (n, at) and left_out + place - at < least:
            best, least = (k, place), left_out + place - at
        left_out += len(words_of(asked[k]))
    return best


class Drawn:
    """What was drawn, without spaces, and line by line."""

    def __init__(self, text: str) -> None:
        self.text, self.lines = text, text.split("\n")
        self.plain = _SPACE.sub("", text)

    def raw(self, start: int, end: int) -> str:
        """What stands between two places of the plain text, as it was drawn."""
        places = [n for n, letter in enumerate(self.text) if not _SPACE.match(letter)]
        return " ".join(self.text[places[start] : places[end - 1] + 1].split())

    def taken(self, at: int, item: Item) -> int | None:
        """Where an item ends that begins at a place of the plain text; None: it does not stand there."""
        if isinstance(item, Few):
            return self._few(at, item)
        words = _SPACE.sub("", words_of(item))
        if self.plain.startswith(words, at):
            return at + len(words)
        if isinstance(item, Clipped):
            return self._clipped(at, words)
        if isinstance(item, Grid):
            return self._by_columns(at, [_SPACE.sub("", column) for column in item.columns])
        return None

    def _clipped(self, at: int, words: str) -> int | None:
        same = 0
        while same < len(words) and self.plain[at + same : at + same + 1] == words[same]:
            same += 1
        if not same or self.plain[at + same : at + same + 1] != "…":
            return None
        end = at + same + 1
        value = next(
            (words[k:] for k in range(same, len(words)) if words[k] in ":：" and self.plain.startswith(words[k:], end)),
            "",
        )
        return end + len(value)

    def _few(self, at: int, few: Few) -> int | None:
        """As many items as there is room for, one at least: one more would not fit on the screen."""
        start = at
        for n, words in enumerate(few.items[:SHOWN]):
            end = self.taken(at + len(few.name) * (not n), Clipped("·" + words))
            if end is None or (n == 0 and not self.plain.startswith(few.name, at)):
                more = len(wrap(words, WIDE - MARGIN - 2))
                return at if at > start and len(self.lines) + more > ROWS else None
            at = end
        return at

    def _by_columns(self, start: int, columns: Sequence[str]) -> int | None:
        """A table that stands in columns, each between two strips without a letter; every column is read downwards."""
        ends = list(accumulate((len(_SPACE.sub("", line)) for line in self.lines), initial=0))
        end = start + sum(map(len, columns))
        if not {start, end} <= set(ends):
            return None
        rows = [_places(line) for line in self.lines[ends.index(start) : ends.index(end)]]
        width = max(map(len, rows))
        gaps = [x for x in range(width) if all(row[x : x + 1] in ([], [" "]) for row in rows)]
        left = 0
        for column in columns:
            read = ((x, _SPACE.sub("", "".join("".join(row[left:x]) for row in rows))) for x in (*gaps, width))
            left = next((x for x, told in read if x >= left and told == column), -1)
            if left < 0:
                return None
        return end


def _places(line: str) -> list[str]:
    """The letters of a line, each in its place; a wide one takes two."""
    return [part for letter in line for part in (letter, *[""] * (cell_len(letter) - 1))]


def _cells(document: Document, lang: str, text: str) -> Found:
    """The first sheet says what comes first; every table stands on a sheet of its own, each cell in its place."""
    sheets: dict[str, dict[tuple[int, int], str]] = {}
    for line in text.split("\n"):
        sheet, row, column, value = line.split("\t", 3)
        sheets.setdefault(sheet, {})[int(row), int(column)] = value
    tables = [one for one in document.tables() if one.rows and not one.blank]
    told = [localise_table(table, lang, book=True) for table in tables]
    names = [localise(words, lang) for words in (document.kicker, *(table.caption for table in tables))]
    if len(names) != len(sheets):
        yield "sheets", ", ".join(sheets), f"{len(tables)} tables"
    top = 2 if document.notice else 1
    for name, sheet in zip(names, sheets, strict=False):
        if not _is_name(sheet, name):
            yield "sheets", sheet, f"it is “{name}”"
    places = [_first_sheet(document, lang, top), *(_sheet(table, lang, top) for table in told)]
    for expected, (sheet, held) in zip(places, sheets.items(), strict=False):
        if document.notice:
            expected[1, 1] = _is_words(localise(document.notice, lang))
        for place in sorted(expected.keys() | held.keys()):
            if place not in expected:
                yield "cell", f"{sheet} {place}: {held[place]}", "no such cell"
            elif not expected[place](held.get(place)):
                yield "cell", f"{sheet} {place}: {held.get(place)}", "the document has something else there"


LONGEST = 31
"""So many characters the name of a sheet can have."""


def _is_name(sheet: str, words: str) -> bool:
    """Whether a sheet is called by words, as far as a name of a sheet can hold them; a second one has its number."""
    dashed = re.sub(r":\s*", " – ", words)
    plain = re.sub(r"[\[\]*?/\\']", " ", dashed).strip()
    cut = re.sub(r"(…| \d+)$", "", sheet)
    return sheet == (plain or "–") or (len(plain) > LONGEST and plain.startswith((sheet, cut))) or cut == plain


type Held = Callable[[str | None], bool]
"""Whether a cell holds what it should."""


def _is_words(words: str) -> Held:
    return lambda told: _SPACE.sub("", told or "") == _SPACE.sub("", words)


def _is_number(value: object) -> bool:
    held = value.value if isinstance(value, Measurement) else value
    return isinstance(held, int | float) and not isinstance(held, bool)


def _first_sheet(document: Document, lang: str, top: int) -> dict[tuple[int, int], Held]:
    """Title, what stands below it, and the sentences of the parts that come first."""
    lines = [document.title, *document.under]
    told = [localise(words, lang) for words in lines]
    for section in document.sections:
        if section.first:
            part = Document("", "", "", (), document.dated, (section,), "")
            said = (localise_sentence(sentence, lang) for sentence in part.sentences())
            told += ["", localise(section.heading, lang), *said]
    return {(row, 1): _is_words(words) for row, words in enumerate(told, top)}


def _sheet(told: LocalisedTable, lang: str, top: int) -> dict[tuple[int, int], Held]:
    """The heads of a table, each with the unit that its numbers share, and its cells."""
    places: dict[tuple[int, int], Held] = {}
    rows = [(head, *cells) for _, head, cells in told.rows]
    for n, column in enumerate(told.columns):
        numbers = [row[n].cell for row in rows if _is_number(row[n].cell.value)]
        units = {cell.unit or _own_unit(cell) or column.unit or told.table.unit for cell in numbers}
        unit = units.pop() if len(units) == 1 else ""
        words = "" if unit in ("ratio", "ratio points", "count") else unit_words(unit)
        unit = render(words, lang) if isinstance(words, Message) else words
        places[top, n + 1] = _is_words(localise(column.head, lang) + (f" ({unit})" if unit else ""))
        for at, row in enumerate(rows, top + 1):
            places[at, n + 1] = partial(_same, row[n], lang)
    return places


def _own_unit(cell: Cell) -> str:
    return cell.value.unit if isinstance(cell.value, Measurement) else ""


def _same(shown: LocalisedCell, lang: str, told: str | None) -> bool:
    """Whether a cell of a workbook holds what the document has: a number or a day as it is, all else in words."""
    cell, value = shown.cell, shown.cell.value
    if isinstance(value, Measurement):
        value = value.value
    if isinstance(value, date):
        return told == value.isoformat()
    if isinstance(value, bool):
        return told == str(value)
    if not isinstance(value, int | float):
        empty = value is None and (told is None or cell.formula != "")
        return empty or _SPACE.sub("", told or "") == _SPACE.sub("", localise_noted(shown, lang))
    try:
        return told is not None and near(float(told), float(value), 1e-9)
    except ValueError:
        return False
