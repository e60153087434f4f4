"""Text files with positions: reading UTF-8, and problems that show the line they are about."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from guanzi.core import InvalidInput, Message, Place, Problem


@dataclass(frozen=True, slots=True)
class TextFile:
    """A text file as it was read.

    Attributes:
        name: Name by which places refer to it, e.g. relative to the case folder.
        text: Its content without byte order mark.
        lines: Its lines without line ends.
    """

    name: str
    text: str
    lines: tuple[str, ...]

    def problem(
        self,
        cause: Message,
        place: Place,
        mend: Message | None = None,
        *,
        severity: str = "error",
        excerpt: str = "",
    ) -> Problem:
        """A problem at a place of this file, with the line that stands there."""
        line = self.lines[place.line - 1] if 1 <= place.line <= len(self.lines) else ""
        return Problem(cause, place, mend, severity, excerpt, line)


def read_text(path: Path, name: str) -> TextFile:
    """Read a UTF-8 text file.

    Raises:
        InvalidInput: The file cannot be read, or is not UTF-8; the place is that of the first garbled byte.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InvalidInput(Problem(Message.of("evidence.file.unreadable", reason=reason), Place(name))) from error
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8-sig", errors="replace").split("\n")
        place = Place(name, len(before), len(before[-1]) + 1)
        cause = Message.of("evidence.file.not_utf8", byte=f"0x{content[error.start]:02X}")
        raise InvalidInput(Problem(cause, place, Message.of("evidence.file.not_utf8.mend"))) from error
    return TextFile(name, text, tuple(text.replace("\r\n", "\n").split("\n")))
