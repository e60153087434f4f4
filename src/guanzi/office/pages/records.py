"""The record of a case as the auditor takes it along: its entries of the log, disclosed as far as he may read them."""

from __future__ import annotations

import io
import zipfile

from guanzi.office.keeping.log import office_log
from guanzi.office.models import OfficeCase, Person
from guanzi.office.pages.log_lines import withheld
from guanzi.record.ledger import ActionEntry, HeldEntry, make_record

_EPOCH = (1980, 1, 1, 0, 0, 0)


def record_of(case: OfficeCase, reader: Person) -> dict[str, bytes]:
    """The files of the record of a case, for somebody who sees it."""
    log = office_log()

    def disclosed(held: HeldEntry, name: str) -> bool:
        if not isinstance(held.entry, ActionEntry):
            return True
        actor = log.opened(held.entry.actor)
        body = held.entry.body.model_dump(mode="json")
        return name.partition(".")[2] not in withheld(body, None if actor is None else actor[1], reader)

    return make_record(log, case.organisation.slug, case.slug, disclosed)


def packed_record(case: OfficeCase, reader: Person) -> bytes:
    """The same as a ZIP file with one folder; the same record gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in sorted(record_of(case, reader).items()):
            entry = zipfile.ZipInfo(f"{case.slug}-record/{name}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            box.writestr(entry, content)
    return out.getvalue()
