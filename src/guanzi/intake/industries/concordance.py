"""Classifications change: codes are split and merged, and neither may look like an industry that came or went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import read_table
from guanzi.intake.industries.panel import IndustryPanel

_WHOLE = 1e-6
_NAMED = 8


@dataclass(frozen=True, slots=True)
class CodeLink:
    """A code of the old revision and a code of the new that have something in common.

    Attributes:
        old, new: The codes.
        share: Part of the old code that goes to the new one, where the publisher says it.
    """

    old: str
    new: str
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Concordance:
    """Which codes of two revisions of a classification belong together.

    Attributes:
        name: Where it was read.
        links: Pairs of codes.
    """

    name: str
    links: tuple[CodeLink, ...]

    def families(self) -> tuple[dict[str, str], dict[str, str]]:
        """Smallest groups of codes that no link crosses: old code to group, and new code to group.

        A group is called by its first new code, with ``+`` where it holds more than one. Values of a group mean the
        same in
        both revisions, whatever was split or merged within it: nothing has to be apportioned.

        References:
            J. R. Pierce and P. K. Schott, *Concording U.S. Harmonized System Codes over Time*, Journal of Official
            Statistics 28 (2012).
        """
        root: dict[tuple[bool, str], tuple[bool, str]] = {}

        def find(node: tuple[bool, str]) -> tuple[bool, str]:
            root.setdefault(node, node)
            while root[node] != node:
                root[node] = root[root[node]]
                node = root[node]
            return node

        for link in self.links:
            root[find((False, link.old))] = find((True, link.new))
        members: dict[tuple[bool, str], list[str]] = defaultdict(list)
        for is_new, code in sorted(root):
            if is_new:
                members[find((is_new, code))].append(code)
        called = {at: codes[0] + ("+" if len(codes) > 1 else "") for at, codes in members.items()}
        old = {link.old: called[find((False, link.old))] for link in self.links}
        new = {link.new: called[find((True, link.new))] for link in self.links}
        return old, new


def read_concordance(path: Path, old: str, new: str, share: str | None = None) -> Concordance:
    """Read a concordance from a CSV file with a header.

    Args:
        path: The file.
        old: Column of the codes that were.
        new: Column of those that are.
        share: Column of the part of the old code that goes to the new one.

    Raises:
        InvalidInput: A column or a code is missing, or a share is none; all problems at once.
    """
    table = read_table(path)
    columns = tuple(cell.text for cell in table.columns)
    absent = [column for column in (old, new, *([share] if share else [])) if column not in columns]
    if absent:
        fix = Message.of("panels.columns", columns=columns)
        raise InvalidInput(
            [Problem(Message.of("panels.no_column", column=c), Place(str(path), 1, field=c), fix) for c in absent]
        )
    links: list[CodeLink] = []
    problems: list[Problem] = []
    for number, row in enumerate(table.rows, start=2):
        place = Place(str(path), next(iter(row.values())).place.line if row else number)
        codes = [row[column].text if column in row else "" for column in (old, new)]
        said = row[share].text if share in row else ""
        part = _share(said) if share else None
        if not all(codes):
            problems.append(Problem(Message.of("panels.link.empty"), place, Message.of("panels.link.empty.mend")))
        elif share and part is None:
            cause = Message.of("panels.link.share", text=said)
            problems.append(Problem(cause, place, Message.of("panels.link.share.mend"), excerpt=said))
        else:
            links.append(CodeLink(codes[0], codes[1], part))
    if problems:
        raise InvalidInput(problems)
    return Concordance(str(path), tuple(links))


def _share(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def in_families(panel: IndustryPanel, concordance: Concordance, old_years: Collection[int]) -> IndustryPanel:
    """The panel in groups of codes that mean the same in both revisions.

    Args:
        panel: Some years in the old revision, the others in the new.
        concordance: Which codes belong together.
        old_years: Years in the old revision.

    Raises:
        InvalidInput: A code of the panel is in no link: it can be placed in no group.
    """
    old, new = concordance.families()
    return _recoded(panel, concordance, old_years, old, new)


def in_new_codes(panel: IndustryPanel, concordance: Concordance, old_years: Collection[int]) -> IndustryPanel:
    """The panel in codes of the new revision: old values are apportioned by the shares of the links.

    An apportioned cell is an estimate: an industry that stands in a region only by its share of a split code is no
    entry that was seen. Where entries matter, use :func:`in_families`.

    Raises:
        InvalidInput: A code is in no link, or its shares do not add up to one.
    """
    by_code: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for link in concordance.links:
        by_code[link.old].append((link.new, 1.0 if link.share is None else link.share))
    wrong = [code for code, parts in by_code.items() if abs(sum(part for _, part in parts) - 1) > _WHOLE]
    if wrong:
        cause = Message.of("panels.shares", codes=tuple(sorted(wrong)[:_NAMED]), number=len(wrong))
        raise InvalidInput(Problem(cause, Place(concordance.name), Message.of("panels.shares.mend")))
    new = {code: code for code in panel.industries}
    return _recoded(panel, concordance, old_years, by_code, new)


def at_level(panel: IndustryPanel, level: int | Mapping[str, str]) -> IndustryPanel:
    """The panel at an upper level of its classification.

    Args:
        panel: At a lower level.
        level: Number of leading characters of a code, or each code's parent.

    Raises:
        InvalidInput: A code is shorter than the level, or has no parent.
    """
    if isinstance(level, int):
        parents = {code: code[:level] for code in panel.industries if len(code) >= level}
    else:
        parents = dict(level)
    homeless = [code for code in panel.industries if code not in parents]
    if homeless:
        cause = Message.of("panels.no_parent", codes=tuple(homeless[:_NAMED]), number=len(homeless))
        raise InvalidInput(Problem(cause, Place(panel.name), Message.of("panels.no_parent.mend")))
    return _moved(panel, {year: {c: ((p, 1.0),) for c, p in parents.items()} for year in panel.years})


def _recoded(
    panel: IndustryPanel,
    concordance: Concordance,
    old_years: Collection[int],
    old: Mapping[str, str] | Mapping[str, list[tuple[str, float]]],
    new: Mapping[str, str],
) -> IndustryPanel:
    targets: dict[int, dict[str, tuple[tuple[str, float], ...]]] = {}
    problems = []
    for at, year in enumerate(panel.years):
        table = old if year in old_years else new
        held = {panel.industries[i] for i in np.unique(panel.industry[panel.starts[at] : panel.starts[at + 1]])}
        lacking = sorted(held - set(table))
        if lacking:
            cause = Message.of(
                "panels.unlinked",
                year=str(year),
                codes=tuple(lacking[:_NAMED]),
                number=len(lacking),
                file=concordance.name,
            )
            problems.append(Problem(cause, Place(panel.name), Message.of("panels.unlinked.mend")))
        targets[year] = {code: _parts(table[code]) for code in held & set(table)}
    if problems:
        raise InvalidInput(problems)
    return _moved(panel, targets)


def _parts(target: str | Iterable[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    return ((target, 1.0),) if isinstance(target, str) else tuple(target)


def _moved(panel: IndustryPanel, targets: Mapping[int, Mapping[str, tuple[tuple[str, float], ...]]]) -> IndustryPanel:
    """Cells carried to other codes, year by year, and added up; a sum with an unknown in it is unknown."""
    codes = sorted({code for table in targets.values() for parts in table.values() for code, _ in parts})
    place = {code: i for i, code in enumerate(codes)}
    regions, industries, counts = [], [], [0]
    values: dict[str, list[np.ndarray]] = {name: [] for name in panel.measures}
    for at, year in enumerate(panel.years):
        rows = np.arange(panel.starts[at], panel.starts[at + 1])
        links = [
            (i, place[code], share)
            for i, industry in enumerate(panel.industries)
            for code, share in targets[year].get(industry, ())
            if share > 0
        ]
        source = np.array([link[0] for link in links], dtype=np.int64)
        first = np.searchsorted(source, panel.industry[rows], "left")
        often = np.searchsorted(source, panel.industry[rows], "right") - first
        cell = np.repeat(rows, often)
        within = np.arange(len(cell)) - np.repeat(np.cumsum(often) - often, often)
        link = np.repeat(first, often) + within
        target = np.array([one[1] for one in links], dtype=np.int64)[link]
        share = np.array([one[2] for one in links])[link]
        key = panel.region[cell].astype(np.int64) * len(codes) + target
        order = np.argsort(key, kind="stable")
        key = key[order]
        begins = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.empty(0, np.int64)
        regions.append((key[begins] // len(codes)).astype(np.int32))
        industries.append((key[begins] % len(codes)).astype(np.int32))
        counts.append(len(begins))
        for name, column in panel.measures.items():
            moved = (column[cell] * share)[order]
            values[name].append(np.add.reduceat(moved, begins) if len(begins) else moved)
    return replace(
        panel,
        industries=tuple(codes),
        region=np.concatenate(regions),
        industry=np.concatenate(industries),
        starts=np.cumsum(counts).astype(np.int64),
        measures={name: np.concatenate(parts) for name, parts in values.items()},
    )
