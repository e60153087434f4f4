"""Contents of files, kept by their hash."""

from __future__ import annotations

from hashlib import sha256

from guanzi.office.auditlog.prefetching import remember
from guanzi.office.models import Blob


def keep_blob(content: bytes) -> str:
    """Keep a content by its hash; one that is kept already is kept once."""
    found = sha256(content).hexdigest()
    remember(found, content)
    Blob.objects.get_or_create(sha256=found, defaults={"content": content, "size": len(content)})
    return found


def content_of(sha256: str) -> bytes:
    """A kept content.

    Raises:
        Blob.DoesNotExist: There is none.
    """
    return bytes(Blob.objects.get(sha256=sha256).content)
