"""Cases out of the office as folders, and folders into it, from the command line."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Performed
from guanzi.office.cases.exchange import pack_folder, write_new, write_out
from guanzi.office.faults import faults_as_refusals
from guanzi.office.models import CaseVersion
from guanzi.office.pages.records import record_of
from guanzi.office.people.visibility import Viewer
from guanzi.office.refusing import no_case
from guanzi.office.serving.acting import do_as, person_of


@faults_as_refusals()
def export_as(username: str, slug: str, folder: Path) -> CaseVersion:
    """Write the newest version of a case that a person sees onto a disk.

    Raises:
        InvalidInput: There is no such person or case, or the folder is there already.
        OSError: It cannot be written.
    """
    case = Viewer(person_of(username)).case(slug)
    if case is None or case.head is None:
        raise InvalidInput(no_case(slug))
    write_out(case.head, folder)
    return case.head


@faults_as_refusals()
def record_as(username: str, slug: str, folder: Path) -> int:
    """Write the record of a case that a person sees into a new folder.

    Returns:
        Number of files.

    Raises:
        InvalidInput: There is no such person or case, or the folder is there already.
        OSError: It cannot be written.
    """
    reader = person_of(username)
    case = Viewer(reader).case(slug)
    if case is None:
        raise InvalidInput(no_case(slug))
    files = record_of(case, reader)
    write_new(folder, files)
    return len(files)


def import_as(username: str, folder: Path) -> Performed:
    """Open a case from a folder, as a person.

    Raises:
        InvalidInput: There is no such person, the folder is no case, or there is a case of this id already.
        Forbidden: The person may not.
    """
    return do_as(username, "case.open", {"archive": b64encode(pack_folder(folder)).decode("ascii")})
