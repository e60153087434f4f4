"""Docstrings for the documentation: doctests become code blocks, and Sphinx roles become code."""

from __future__ import annotations

import re
from typing import Any

from griffe import Extension, Object

ROLE = re.compile(r":\w+:`~?\.?([^`]+)`")


class PlainMarkdown(Extension):
    """Turns what Markdown would misread in a docstring into what it shows as meant."""

    def on_object(self, *, obj: Object, **kwargs: Any) -> None:
        """Rewrite the docstring of every object as it is loaded."""
        if obj.docstring is not None:
            obj.docstring.value = fence_examples(
                ROLE.sub(lambda m: f"`{m[1].removeprefix('guanzi.')}`", obj.docstring.value)
            )


def fence_examples(text: str) -> str:
    """Put each run of lines from ``>>>`` to the next empty line into a fenced block."""
    lines: list[str] = []
    inside = ""
    for line in text.splitlines():
        if not inside and line.lstrip().startswith(">>>"):
            inside = line[: len(line) - len(line.lstrip())] + "```"
            lines.append(f"{inside}pycon")
        elif inside and not line.strip():
            lines.append(inside)
            inside = ""
        lines.append(line)
    return "\n".join([*lines, inside] if inside else lines)
