"""What an organisation keeps in the office, held to its quota: distinct contents of its cases, cases and versions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Sum

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.models import CaseVersion, HeldContent, OfficeCase, Organisation
from guanzi.office.quotas import Quota

SMALL = 100_000
RESERVE = 10
"""So many bytes are taken though the quota is used up, until it is passed by a tenth: a full office still reports."""


@dataclass(frozen=True, slots=True)
class StorageUse:
    """What an organisation keeps, of what it may."""

    bytes: int
    cases: int
    versions: int
    quota: Quota

    @property
    def share(self) -> float:
        """The largest of the three shares that are used."""
        most = self.quota
        return max(self.bytes / most.bytes, self.cases / most.cases, self.versions / most.versions)

    @property
    def words(self) -> dict[str, str | int]:
        """The bytes in words, and the numbers, as sentences tell them."""
        return {
            "used": _gigabytes(self.bytes),
            "most": _gigabytes(self.quota.bytes),
            "cases": self.cases,
            "most_cases": self.quota.cases,
            "versions": self.versions,
            "most_versions": self.quota.versions,
        }


def storage_of(organisation: Organisation) -> StorageUse:
    """What an organisation keeps."""
    return StorageUse(
        _bytes(organisation),
        OfficeCase.objects.filter(organisation=organisation).count(),
        CaseVersion.objects.filter(case__organisation=organisation).count(),
        settings.QUOTA,
    )


def require_storage(organisation: Organisation, size: int) -> None:
    """See that an organisation may keep so many bytes more.

    Raises:
        InvalidInput: It would be beyond its quota.
    """
    most = settings.QUOTA.bytes
    if size <= SMALL:
        most += most // RESERVE
    used = _bytes(organisation)
    if used + size > most:
        told = {"used": _gigabytes(used), "most": _gigabytes(settings.QUOTA.bytes), "more": _gigabytes(size)}
        raise _full("bytes", **told)


def require_number(case: OfficeCase) -> None:
    """See that the organisation of a case may have another version, and the case, if it has none yet.

    Raises:
        InvalidInput: It has as many as it may.
    """
    mine = OfficeCase.objects.filter(organisation=case.organisation)
    if case.head is None and (found := mine.count()) > settings.QUOTA.cases:
        raise _full("cases", used=found - 1, most=settings.QUOTA.cases)
    found = CaseVersion.objects.filter(case__organisation=case.organisation).count()
    if found >= settings.QUOTA.versions:
        raise _full("versions", used=found, most=settings.QUOTA.versions)


def keep_within(organisation: Organisation, contents: Mapping[str, int]) -> None:
    """Count contents for an organisation, each once, within the transaction that keeps them.

    Args:
        organisation: Whose cases refer to them.
        contents: Hash -> bytes.

    Raises:
        InvalidInput: It would be beyond its quota.
    """
    held = HeldContent.objects.filter(organisation=organisation, sha256__in=contents)
    counted = set(held.values_list("sha256", flat=True))
    new = {hash: size for hash, size in contents.items() if hash not in counted}
    require_storage(organisation, sum(new.values()))
    HeldContent.objects.bulk_create(
        (HeldContent(organisation=organisation, sha256=hash, size=size) for hash, size in new.items()), batch_size=500
    )


def _bytes(organisation: Organisation) -> int:
    return HeldContent.objects.filter(organisation=organisation).aggregate(n=Sum("size"))["n"] or 0


def _full(what: str, **params: str | int) -> InvalidInput:
    cause = Message.of(f"office.refused.quota_{what}", **params)
    return InvalidInput(Problem(cause, Place("case"), Message.of("office.refused.quota.mend")))


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.2f} GB" if size >= 10_000_000 else f"{size / 1e6:.2f} MB"
