"""The record of a case as the auditor takes it along: its entries of the log, disclosed as far as he may read them."""

from __future__ import annotations

import io
import zipfile

from guanzi.office.auditlog.log import office_log
from guanzi.office.models import OfficeCase, Person
from guanzi.office.people.disclosure import ANSWER, BALLOT, disclosure
from guanzi.record.ledger import ActionEntry, HeldEntry, make_record

_EPOCH = (1980, 1, 1, 0, 0, 0)


def record_of(case: OfficeCase, reader: Person) -> dict[str, bytes]:
    """The files of the record of a case, for somebody who sees it; who takes it along opens none of his own ballots."""
    kinds = [
        {"action": action, "organisation": case.organisation.slug, "case": case.slug} for action in (BALLOT, ANSWER)
    ]
    told = disclosure(kinds, reader)

    def disclosed(held: HeldEntry, name: str | None) -> bool:
        if not isinstance(held.entry, ActionEntry):
            return True
        body = held.entry.body.model_dump(mode="json")
        if name is None:
            return told.tells(held.seq, body)
        return name.removeprefix("who.").removeprefix("said.") not in told.hidden(held.seq, body)

    return make_record(office_log(), case.organisation.slug, case.slug, disclosed)


def packed_record(case: OfficeCase, reader: Person) -> bytes:
    """The same as a ZIP file with one folder; the same record gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in sorted(record_of(case, reader).items()):
            entry = zipfile.ZipInfo(f"{case.slug}-record/{name}", _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            box.writestr(entry, content)
    return out.getvalue()
