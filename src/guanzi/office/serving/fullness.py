"""Whether organisations come near to what they may keep."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.base.core import Message

NEAR = 0.8
"""Share of a quota from which on it is told."""


def nearly_full() -> Iterator[tuple[Message, bool]]:
    """Organisations near their quota, in words, and whether it is used up."""
    from guanzi.office.cases.storage import storage_of
    from guanzi.office.models import Organisation

    for organisation in Organisation.objects.order_by("slug"):
        use = storage_of(organisation)
        if use.share >= NEAR:
            yield Message.of("office.check.quota", organisation=organisation.slug, **use.words), use.share >= 1
