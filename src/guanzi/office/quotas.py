"""How much an organisation may keep in the office, from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quota:
    """What each organisation may keep: bytes of distinct contents, cases, and versions of all of them together."""

    bytes: int = 20_000_000_000
    cases: int = 5_000
    versions: int = 500_000


def quota_from(environment: Mapping[str, str]) -> Quota:
    """The quota that ``GUANZI_QUOTA_GB``, ``GUANZI_QUOTA_CASES`` and ``GUANZI_QUOTA_VERSIONS`` name.

    Raises:
        ValueError: One of them is no whole number above zero.
    """
    usual = Quota()
    return Quota(
        bytes=_number(environment, "GUANZI_QUOTA_GB", usual.bytes // 1_000_000_000) * 1_000_000_000,
        cases=_number(environment, "GUANZI_QUOTA_CASES", usual.cases),
        versions=_number(environment, "GUANZI_QUOTA_VERSIONS", usual.versions),
    )


def _number(environment: Mapping[str, str], name: str, usual: int) -> int:
    text = environment.get(name) or str(usual)
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 10 and int(text) > 0):
        raise ValueError(name)
    return int(text)
