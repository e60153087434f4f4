"""What the office keeps only to be quick, made anew from files and compared: indexes, and where deals stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils import timezone

from guanzi.base.core import GuanziError, sha256_of
from guanzi.office.cases.contents import read_tree
from guanzi.office.cases.folders import lay_out
from guanzi.office.cases.indexing import index_rows, page_rows, watched_rows
from guanzi.office.models import (
    AppraisalRun,
    Blob,
    CaseVersion,
    ClosedPanel,
    DealStanding,
    FigureOwed,
    IndexedFact,
    IndexedPage,
    IndexedSource,
    OfficeCase,
    SheetApproval,
    SheetRun,
    Signing,
    TrancheRelease,
    Verification,
    WatchedFact,
)
from guanzi.office.paying.looking import standing_row
from guanzi.office.paying.verifying import unverified_rows

MADE: tuple[Any, ...] = (IndexedFact, IndexedSource, IndexedPage, WatchedFact, DealStanding, FigureOwed)
"""What is made from the files of a case."""
SEARCHED = frozenset({"words"})
"""What only a search reads, and a newer library may word otherwise."""


def other_rows(gone: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Table and case of every index that is not as it is made from the files.

    Args:
        gone: Contents that are gone or altered: a case that needs them cannot be made anew.
    """
    for model in MADE:
        if model.objects.exclude(case__in=OfficeCase.objects.all()).exists():
            yield model._meta.label_lower, "–"
    for case in OfficeCase.objects.select_related("head").order_by("pk").iterator():
        tree = _tree(case.tree)
        if gone.intersection(tree.values()):
            continue
        try:
            yield from _others_of(case, tree)
        except Exception:  # what a hand wrote there cannot be read
            yield "office.officecase", case.slug


def remake_indexes() -> None:
    """Make every index anew that is not as this version makes it from the files; what cannot be read stays."""
    for case in OfficeCase.objects.select_related("head").order_by("pk").iterator():
        try:
            due = _rows_due(case, _tree(case.tree))
        except Exception:  # what a hand wrote there cannot be read; the check of the office tells it
            continue
        for model in _others(case, due):
            model.objects.filter(case=case).delete()
            model.objects.bulk_create(model(case=case, **row) for row in due[model])


def _others_of(case: OfficeCase, tree: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for model in _others(case, _rows_due(case, tree)):
        yield model._meta.label_lower, case.slug


def _rows_due(case: OfficeCase, tree: Mapping[str, str]) -> dict[Any, list[dict[str, Any]]]:
    """What every index of a case holds as it is made from the files."""
    read = read_tree(case.slug, tree)
    facts, sources = index_rows(read)
    due: dict[Any, Any] = {
        IndexedFact: facts,
        IndexedSource: sources,
        IndexedPage: page_rows(lay_out(case.slug, tree)),
        WatchedFact: watched_rows(read),
    } | _of_standing(case)
    return {model: list(rows) for model, rows in due.items()}


def _others(case: OfficeCase, due: Mapping[Any, list[dict[str, Any]]]) -> Iterator[Any]:
    """The indexes of a case that are not as they are due."""
    for model, rows in due.items():
        if _plain(rows, model) != _plain(model.objects.filter(case=case).values(), model):
            yield model


def _tree(held: Any) -> Mapping[str, str]:
    """Names and hashes that a column holds; nothing where it holds something else."""
    return {name: hash for name, hash in held.items() if isinstance(hash, str)} if isinstance(held, dict) else {}


def _of_standing(case: OfficeCase) -> dict[Any, Any]:
    """Where a signed deal stands on the day on which it was looked at last; nothing where it cannot be tested."""
    held = DealStanding.objects.filter(case=case).first()
    if held is None and case.state != "signed":
        return {FigureOwed: []}
    day = timezone.localdate() if held is None else held.as_of
    try:
        return {DealStanding: [standing_row(case, day)], FigureOwed: unverified_rows(case, day)}
    except GuanziError:
        return {}


def _plain(rows: Any, model: Any) -> list[str]:
    """Rows as hashes of what they hold, without keys of their own, in one order."""
    own = {"id", "case_id", "case"} | (SEARCHED if model is not IndexedPage else frozenset())
    return sorted(sha256_of({name: _iso(value) for name, value in row.items() if name not in own}) for row in rows)


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def named_contents() -> Mapping[str, str]:
    """Every content that the office names -> where it is named first."""
    found: dict[str, str] = {}
    for version in CaseVersion.objects.select_related("case").order_by("pk").iterator():
        for name, content in _tree(version.tree).items():
            found.setdefault(content, f"{version.case.slug} {version.number}: {name}")
    for run in AppraisalRun.objects.select_related("case").iterator():
        for name, content in _tree(run.files).items():
            found.setdefault(content, f"{run.case.slug}: {name}")
    for sheet in SheetRun.objects.select_related("case").iterator():
        files = sheet.result.get("files", {}) if isinstance(sheet.result, dict) else {}
        for name, content in {**_tree(sheet.tree), **_tree(files)}.items():
            found.setdefault(content, f"{sheet.case.slug}: {name}")
    for model, column in _NAMING:
        for row in model.objects.select_related("case").iterator():
            if content := getattr(row, column):
                found.setdefault(content, f"{row.case.slug}: {model._meta.model_name}.{column}")
    return found


_NAMING: tuple[tuple[Any, str], ...] = (
    (Signing, "sha256"),
    (SheetApproval, "sha256"),
    (ClosedPanel, "sha256"),
    (Verification, "proof"),
    (TrancheRelease, "proof"),
)
"""Columns that name a content."""


def wrong_contents() -> tuple[list[str], list[str]]:
    """Contents that are not what their hash or size says, and those that are named and gone."""
    altered, held = [], set()
    for blob in Blob.objects.iterator():
        held.add(blob.sha256)
        content = bytes(blob.content)
        if sha256(content).hexdigest() != blob.sha256 or len(content) != blob.size:
            altered.append(blob.sha256)
    return altered, sorted(named_contents().keys() - held)


def wrong_trees() -> list[str]:
    """Versions whose hash is not that of their files, whose number or list of changes is not that of their order."""
    found: list[str] = []
    before: dict[int, Mapping[str, str]] = {}
    for version in CaseVersion.objects.select_related("case").order_by("case_id", "number").iterator():
        old = before.get(version.case_id, {})
        tree = _tree(version.tree)
        changed = sorted(name for name in {*tree, *old} if tree.get(name) != old.get(name))
        if sha256_of(version.tree) != version.sha256 or version.changed != changed:
            found.append(f"{version.case.slug} {version.number}")
        before[version.case_id] = tree
    return found
