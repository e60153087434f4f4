"""What differs between two versions of a case: files, facts, and lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.folders import lay_out
from guanzi.office.models import CaseVersion
from guanzi.record.evidence import Fact, facts_of

MOST_TEXT = 200_000
"""Characters of a file whose lines are compared; beyond it only that it changed is said."""
MOST_LINES = 2_000
AROUND = 2


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that is new (no ``before``), gone (no ``after``) or other."""

    id: str
    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line in both versions: ``same``, ``gone``, ``new`` or ``skipped``; numbers from 1, None where it is not."""

    kind: str
    before: int | None
    after: int | None
    text: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file that is new, gone or other, with the lines that differ; None for documents and what is no short text."""

    path: str
    kind: str
    lines: tuple[TextLine, ...] | None


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """Everything that differs between two versions."""

    files: tuple[FileChange, ...]
    facts: tuple[FactChange, ...]


def compare(before: CaseVersion, after: CaseVersion, slug: str) -> VersionDifference:
    """What differs between two versions of a case."""
    names = sorted(name for name in {*before.tree, *after.tree} if before.tree.get(name) != after.tree.get(name))
    files = tuple(_file(name, before.tree.get(name), after.tree.get(name)) for name in names)
    if not any(name.startswith("facts/") for name in names):
        return VersionDifference(files, ())
    return VersionDifference(files, tuple(compare_facts(facts_held(slug, before.tree), facts_held(slug, after.tree))))


def facts_held(slug: str, tree: Mapping[str, str]) -> Mapping[str, Fact]:
    """The facts of a version by id; only its files of facts are read."""
    kept = {name: found for name, found in tree.items() if name.startswith("facts/")}
    facts, _ = facts_of(lay_out(slug, kept), [])
    return {fact.id: fact for fact in facts}


def compare_facts(before: Mapping[str, Fact], after: Mapping[str, Fact]) -> Iterator[FactChange]:
    """Facts that are new, gone or other, by their ids."""
    for id in sorted({*before, *after}):
        old, new = before.get(id), after.get(id)
        if old is None or new is None or old.content() != new.content():
            yield FactChange(id, old, new)


def _file(path: str, old: str | None, new: str | None) -> FileChange:
    kind = "new" if old is None else "gone" if new is None else "changed"
    before, after = (None, None) if path.startswith("documents/") else (_text(old), _text(new))
    lines = None if before is None or after is None else tuple(_lines(before, after))[:MOST_LINES]
    return FileChange(path, kind, lines)


def _text(sha256: str | None) -> list[str] | None:
    """Lines of a file; None where it is no text that is compared."""
    if sha256 is None:
        return []
    content = content_of(sha256)
    if len(content) > MOST_TEXT or b"\0" in content:
        return None
    try:
        return content.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return None


def _lines(before: list[str], after: list[str]) -> Iterator[TextLine]:
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(AROUND):
        yield TextLine("skipped", group[0][1] + 1, group[0][3] + 1, "")
        for what, a, b, c, d in group:
            if what == "equal":
                yield from (TextLine("same", a + n + 1, c + n + 1, before[a + n]) for n in range(b - a))
                continue
            yield from (TextLine("gone", n + 1, None, before[n]) for n in range(a, b))
            yield from (TextLine("new", None, n + 1, after[n]) for n in range(c, d))
