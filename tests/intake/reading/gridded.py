"""Pages of one table without a printer: on a sheet, where heads wrap within columns, or as cells of a document."""

import re
from itertools import pairwise

from guanzi.record.evidence import PlacedPage
from guanzi.record.evidence.dataroom.placed import PlacedLine, PlacedWord

LEFT, FIRST, RIGHT, STEP, HEIGHT = 60.0, 230.0, 545.0, 110.0, 9.0


def wide(text):
    return sum(8.0 if ord(letter) > 0x2E80 else 4.5 for letter in text)


def words_at(text, left, top):
    words = []
    for part in text.split(" "):
        if part:
            box = (left, top, left + wide(part), top + HEIGHT)
            words.append(PlacedWord(part, box, box))
        left += wide(part) + 2.5
    return words


def wrapped(text, width):
    """The lines of a cell: between words, or between Chinese letters."""
    between = "" if any(ord(letter) > 0x2E80 for letter in text) else " "
    lines = [""]
    for part in text.split(" ") if between else text:
        longer = f"{lines[-1]}{between}{part}" if lines[-1] else part
        if lines[-1] and wide(longer) > width:
            lines.append(part)
        else:
            lines[-1] = longer
    return lines


def placed(text, column, span, step, top):
    """The words of a cell by its lines: names to the left, heads over several columns in their middle."""
    width = FIRST - LEFT - 5 if column == 0 else step * span - 8
    for number, line in enumerate(wrapped(text, width)):
        left = LEFT if column == 0 else FIRST + step * (column - 1 + span) - 5 - wide(line)
        if column and span > 1:
            left = FIRST + step * (column - 1 + span / 2) - wide(line) / 2
        yield top + 11 * number, words_at(line, left, top + 11 * number)


def sheet(above, rows, number=1):
    """A page of a PDF."""
    lines, top = [], 50.0
    for line in above:
        lines.append((top, words_at(line, LEFT, top)))
        top += 14
    spans = [[cell if isinstance(cell, tuple) else (cell, 1) for cell in row] for row in rows]
    step = min(STEP, (RIGHT - FIRST) / max(sum(span for _, span in row) - 1 for row in spans))
    for row in spans:
        column, deepest = 0, top
        for text, span in row:
            for at, words in placed(text, column, span, step, top) if text else ():
                lines.append((at, words))
                deepest = max(deepest, at)
            column += span
        top = deepest + 14
    tops = sorted({at for at, _ in lines})
    found = (tuple(word for at, words in lines if at == one for word in words) for one in tops)
    return PlacedPage(number, tuple(map(PlacedLine, found)), width=595.0)


def cells(above, rows, number=1):
    """A page of a document without a fixed sheet."""
    lines = [PlacedLine((PlacedWord(line, (0.0, 0.0, 0.0, 0.0)),)) for line in above]
    for at, row in enumerate(rows):
        spans = [cell if isinstance(cell, tuple) else (cell, 1) for cell in row]
        ends = [sum(span for _, span in spans[:n]) for n in range(len(spans) + 1)]
        words = tuple(
            PlacedWord(text, (left * 100.0, at * 10.0, right * 100.0 - 50, at * 10.0 + 9))
            for (text, _), (left, right) in zip(spans, pairwise(ends), strict=True)
            if text
        )
        lines.append(PlacedLine(words, 1))
    return PlacedPage(number, tuple(lines))


def prose(paragraphs, number=1):
    """A page of running text."""
    lines, top = [], 50.0
    for text in paragraphs:
        parts = wrapped(text, RIGHT - LEFT)
        for at in range(len(parts) - 1):  # no printer parts a number
            if (cut := re.search(r"[\d.,]+$", parts[at])) and re.match(r"[\d.,]", parts[at + 1]):
                parts[at], parts[at + 1] = parts[at][: cut.start()], cut[0] + parts[at + 1]
        for part in parts:
            lines.append(PlacedLine(tuple(words_at(part, LEFT, top))))
            top += 12
        top += 20
    return PlacedPage(number, tuple(lines), width=595.0)


def recognised(page):
    """A page as the recognition of pictures gives it: every third space within a cell or a line is lost."""
    count, lines = 0, []
    for line in page.lines:
        words = []
        for word in line.words:
            if words and word.place[0] - words[-1].place[2] < 3:
                count += 1
                if count % 3 == 0:
                    last = words[-1]
                    box = (last.place[0], last.place[1], word.place[2], word.place[3])
                    words[-1] = PlacedWord(last.text + word.text, box, box)
                    continue
            words.append(word)
        lines.append(PlacedLine(tuple(words)))
    return PlacedPage(page.number, tuple(lines), width=page.width, recognised=True)
