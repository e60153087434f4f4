"""Problems as text, the way a good compiler prints them: place, excerpt with caret, cause, fix."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from guanzi.base.core.errors import Problem
from guanzi.base.core.messages import Message
from guanzi.base.core.text import render
from guanzi.base.core.wrapping import width

#: Characters of a source line that are shown; of a longer one, the part around the mark.
_WIDTH = 110
MOST_SHOWN = 20
"""Problems of one file that are printed: a person fixes the first, and sees what is left of the others."""


def format_problem(problem: Problem, lang: str = "en", source_lines: Sequence[str] | None = None) -> str:
    """One problem as a few lines of text.

    Args:
        problem: What is wrong.
        lang: Language of the sentences.
        source_lines: The lines of the input; without them the line that the problem carries is shown, or its excerpt.

    Returns:
        Lines such as::

            case/facts/finance.yaml:7:58: error: “vehicels” is not a known unit
               7 |   - {id: deliveries-2019, value: 20565, unit: vehicels}
                 |                                               ^^^^^^^^
                 = to fix it: did you mean vehicles?
    """
    said = Message.of("core.problem.said", head=problem_head(problem, lang), cause=problem.cause)
    lines = [render(said, lang), *problem_excerpt(problem, source_lines)]
    if problem.fix is not None:
        lines.append("     = " + render(Message.of("core.problem.mend", mend=problem.fix), lang))
    return "\n".join(lines)


def format_problems(problems: Iterable[Problem], lang: str = "en") -> str:
    """Several problems, one below the other: of each file the first, errors before warnings, and how many more."""
    given = list(problems)
    files: dict[str, list[Problem]] = {}
    for problem in given:
        files.setdefault(problem.place.file, []).append(problem)
    shown: set[int] = set()
    lines: list[str] = []
    for found in files.values():
        first = sorted(found, key=lambda problem: problem.severity != "error")[:MOST_SHOWN]
        shown.update(id(problem) for problem in first)
    for problem in given:
        of_file = files[problem.place.file]
        if id(problem) in shown:
            lines.append(format_problem(problem, lang))
        if problem is of_file[-1] and len(of_file) > MOST_SHOWN:
            more = Message.of(
                "core.problem.more", file=problem.place.file, more=len(of_file) - MOST_SHOWN, shown=MOST_SHOWN
            )
            lines.append(render(more, lang))
    return "\n".join(lines)


def problem_head(problem: Problem, lang: str = "en") -> str:
    """Where a problem is, how much it weighs, and the code of its rule, e.g. ``deal.yaml:7:58: error[GZ201]``."""
    severity = render(Message.of(f"core.problem.{problem.severity}"), lang)
    severity += f"[{problem.code}]" if problem.code else ""
    return f"{problem.place}: {severity}" if problem.place.file else severity


def problem_excerpt(problem: Problem, source_lines: Sequence[str] | None = None) -> list[str]:
    """The line that a problem is about, with a mark under what is wrong; none where it is about no line."""
    number, column = problem.place.line, problem.place.column
    text = problem.line
    if source_lines is not None and 1 <= number <= len(source_lines):
        text = source_lines[number - 1].rstrip("\r\n")
    if not text:
        text = problem.excerpt.partition("\n")[0]
        column = 1 if column and text else 0
    if not text or not number:
        return []
    text = text.replace("\t", " ")
    if not 1 <= column <= len(text) + 1:
        return [f"{number:4d} | {_clip(text, 0)}"]
    marked = len(problem.excerpt) if text.startswith(problem.excerpt, column - 1) else 1
    # an ellipsis at either end must not cover what is marked
    start = max(0, column + min(marked, _WIDTH - 2) - _WIDTH) if len(text) > _WIDTH else 0
    shown = _clip(text, start)
    before = width(shown[: column - 1 - start])
    under = max(1, width(shown[column - 1 - start : column - 1 - start + marked]))
    return [f"{number:4d} | {shown}", "     | " + " " * before + "^" * under]


def _clip(text: str, start: int) -> str:
    clipped = text[start : start + _WIDTH]
    head = "…" if start else ""
    tail = "…" if start + _WIDTH < len(text) else ""
    return head + clipped[len(head) : len(clipped) - len(tail)] + tail
