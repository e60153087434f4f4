"""The numbers that a word processor counts and does not write: those of numbered paragraphs of a DOCX."""

from __future__ import annotations

from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "零一二三四五六七八九"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class ParagraphNumbers:
    """Counts the numbered paragraphs of a document; ask for each paragraph once, in the order of the document."""

    def __init__(self, document: Any) -> None:
        self._styles = {style.style_id: style.element for style in document.styles}
        self._counts: dict[str, list[int]] = {}
        self._levels: dict[str, dict[int, tuple[str, str, int, bool]]] = {}
        part = next((p for p in document.part.package.iter_parts() if p.partname == "/word/numbering.xml"), None)
        if part is None:
            return
        abstract = {e.get(f"{_W}abstractNumId"): e for e in part.element.iter(f"{_W}abstractNum")}
        for number in part.element.iter(f"{_W}num"):
            link = number.find(f"{_W}abstractNumId")
            held = abstract.get(link.get(f"{_W}val")) if link is not None else None
            if held is not None:
                self._levels[str(number.get(f"{_W}numId"))] = dict(_level(level) for level in held.iter(f"{_W}lvl"))

    def of(self, paragraph: Any) -> str:
        """The number that is shown before a paragraph, e.g. ``2.1`` or ``(a)``; empty where none is."""
        found = self._counted(paragraph)
        if found is None:
            return ""
        number, depth = found
        levels = self._levels.get(number)
        if levels is None or depth not in levels:
            return ""
        counts = self._counts.setdefault(number, [0] * 9)
        form, shown, start, arabic = levels[depth]
        counts[depth] = counts[depth] + 1 if counts[depth] else start
        counts[depth + 1 :] = [0] * (8 - depth)
        if form == "bullet":
            return ""
        for n in range(9):
            if f"%{n + 1}" in shown:
                of = "decimal" if arabic or n not in levels else levels[n][0]
                shown = shown.replace(f"%{n + 1}", _written(of, counts[n] or 1))
        return shown.strip()

    def _counted(self, paragraph: Any) -> tuple[str, int] | None:
        """The list to which a paragraph belongs, and how deep it lies in it: by itself, else by its style."""
        number, depth = _list_of(paragraph)
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        name = style.get(f"{_W}val") if style is not None else None
        for _ in range(10):
            element = self._styles.get(name) if name else None
            if element is None or (number is not None and depth is not None):
                break
            styled, deep = _list_of(element)
            number, depth = (styled if number is None else number), (deep if depth is None else depth)
            above = element.find(f"{_W}basedOn")
            name = above.get(f"{_W}val") if above is not None else None
        return (number, min(depth or 0, 8)) if number not in (None, "0") else None


def _list_of(element: Any) -> tuple[str | None, int | None]:
    held = element.find(f"{_W}pPr/{_W}numPr")
    if held is None:
        return None, None
    number, depth = held.find(f"{_W}numId"), held.find(f"{_W}ilvl")
    deep = depth.get(f"{_W}val") if depth is not None else None
    return (number.get(f"{_W}val") if number is not None else None), (int(deep) if deep and deep.isdecimal() else None)


def _level(level: Any) -> tuple[int, tuple[str, str, int, bool]]:
    def value(name: str, default: str) -> str:
        found = level.find(f"{_W}{name}")
        return str(found.get(f"{_W}val") or default) if found is not None else default

    start = value("start", "1")
    depth = str(level.get(f"{_W}ilvl") or "0")
    return int(depth) if depth.isdecimal() else 0, (
        value("numFmt", "decimal"),
        value("lvlText", ""),
        int(start) if start.isdecimal() else 1,
        level.find(f"{_W}isLgl") is not None,
    )


def _written(form: str, n: int) -> str:
    """A number as a list writes it.

    >>> [_written(form, 14) for form in ("decimal", "lowerLetter", "upperRoman", "chineseCounting")]
    ['14', 'n', 'XIV', '十四']
    """
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (n - 1) % 26)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        roman, left = "", n
        for value, sign in _ROMAN:
            while left >= value:
                roman, left = roman + sign, left - value
        return roman if form == "lowerRoman" else roman.upper()
    if form.startswith(("chinese", "japaneseCounting", "ideograph")):
        tens, ones = divmod(n, 10)
        return (("" if tens == 1 else _HAN[tens % 10]) + "十" if tens else "") + (
            _HAN[ones] if ones or not tens else ""
        )
    return str(n)
