"""Ended cases of an organisation as precedents of its next one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from guanzi.base.core import InvalidInput, canonical_json
from guanzi.jobs.evidence import precedents
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.models import CaseOutcome, OfficeCase, Organisation
from guanzi.record.evidence import PRECEDENTS, Precedent, precedents_in


def ended_bets(organisation: Organisation, slug: str = "") -> tuple[Precedent, ...]:
    """The ended cases of an organisation that are judged, but for one case, in the order of their ids."""
    rows = CaseOutcome.objects.filter(case__organisation=organisation).exclude(case__slug=slug).exclude(precedent={})
    return tuple(Precedent.model_validate_json(canonical_json(row.precedent)) for row in rows.order_by("case__slug"))


def with_ended_bets(organisation: Organisation, slug: str, files: Mapping[str, bytes], day: date) -> dict[str, bytes]:
    """The files of a new case with the ended cases of its organisation among its precedents.

    A file of precedents that came with the case keeps what it says of other bets.
    """
    own = ended_bets(organisation, slug)
    if not own:
        return dict(files)
    return {**files, PRECEDENTS: precedents.file_of((*_others(files.get(PRECEDENTS, b""), own), *own), day).encode()}


def taken_over(case: OfficeCase, day: date) -> bytes | None:
    """The file of precedents of a case with all ended cases of its organisation; None: it holds them already."""
    held = _held(case)
    own = ended_bets(case.organisation, case.slug)
    if {one.case: one for one in own}.items() <= {one.case: one for one in _read(held)}.items():
        return None
    return precedents.file_of((*_others(held, own), *own), day).encode()


def counted(case: OfficeCase) -> tuple[int, int]:
    """How many ended cases of the organisation stand beside the outside view of a case, and how many do not yet."""
    own = ended_bets(case.organisation, case.slug)
    held = {one.case: one for one in _read(_held(case))}
    here = sum(held.get(one.case) == one for one in own)
    return here, len(own) - here


def _held(case: OfficeCase) -> bytes:
    sha256 = case.tree.get(PRECEDENTS)
    return b"" if sha256 is None else content_of(sha256)


def _others(content: bytes, own: tuple[Precedent, ...]) -> tuple[Precedent, ...]:
    ids = {one.case for one in own}
    return tuple(one for one in _read(content) if one.case not in ids)


def _read(content: bytes) -> tuple[Precedent, ...]:
    """The precedents of a file; none of one that cannot be read, which is told where the case is read."""
    try:
        return precedents_in(content.decode("utf-8")) if content else ()
    except (UnicodeDecodeError, InvalidInput):
        return ()
