"""Which term sheet is meant: a file, the newest of a case, or a version of a case by its day or name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from guanzi.advice.appraisal import prepare_sheet, uncomputed_problems
from guanzi.advice.structuring import DealSetting
from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.base.reading import YamlDocument, read_yaml
from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.jobs.shared.unsimulated import not_simulable
from guanzi.record.evidence import Case, SheetFile, View, open_case
from guanzi.record.playbooks import Playbook


@dataclass(frozen=True, slots=True)
class Version:
    """A term sheet with where it comes from; ``case`` is None for a file by itself."""

    label: str
    sheet: TermSheet
    document: YamlDocument
    case: Case | None

    @property
    def file(self) -> Path:
        """The file from which it was read."""
        place = Path(self.sheet.place.file)
        return place if self.case is None else self.case.folder / place

    def located(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Problems of the sheet where its case says that they stand."""
        return tuple(problems if self.case is None else self.case.located(list(problems)))


def find_version(text: str) -> Version:
    """A term sheet by file, ``CASE``, ``CASE@DAY`` or ``CASE@NAME``.

    Raises:
        InvalidInput: There is no such file, case or version, or the term sheet has errors.
    """
    path = Path(text)
    if path.is_file():
        document = read_yaml(path, text)
        return Version(text, parse_sheet(document), document, None)
    name, _, version = text.partition("@")
    case = open_case(name)
    file = _file(case, text, version)
    try:
        return Version(f"{case.view(file.known_on).id}@{file.name}", parse_sheet(file.document), file.document, case)
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error


def _file(case: Case, text: str, version: str) -> SheetFile:
    names = tuple(sheet.name for sheet in case.sheets)
    if version in names:
        return case.sheets[names.index(version)]
    try:
        day = datetime.strptime(version, "%Y-%m-%d").date() if version else case.decision_date
    except ValueError:
        cause = Message.of("desk.version.unknown", text=text, version=version)
        raise InvalidInput(Problem(cause, Place(str(case.folder / "terms")), _fix(names))) from None
    held = [sheet for sheet in case.sheets if sheet.known_on <= day]
    if not held:
        cause = Message.of("desk.explain.no_sheet", case=text, day=day.isoformat())
        raise InvalidInput(Problem(cause, Place(str(case.folder / "terms")), _fix(names)))
    return max(held, key=lambda sheet: sheet.known_on)


def _fix(names: tuple[str, ...]) -> Message:
    return Message.of("desk.version.mend", names=names) if names else Message.of("desk.simulate.no_sheet_at_all.mend")


def view_for(versions: tuple[Version, ...], case: str | None, as_of: date | None) -> View | None:
    """What the company model is calibrated on: the named case, or the first of the versions that has one.

    Args:
        versions: Term sheets that are examined.
        case: Name or folder of a case; None: the case of the versions.
        as_of: Knowledge date; None: the decision date of the case.
    """
    found = open_case(case) if case is not None else next((v.case for v in versions if v.case), None)
    return None if found is None else found.view(as_of or found.decision_date)


def setting_of(version: Version, view: View, playbook: Playbook) -> DealSetting:
    """The term sheet with the model of the view.

    Raises:
        InvalidInput: Nothing can be simulated: it moves no money, or a value is unknown and has no bracket.
    """
    prepared = prepare_sheet(view, playbook, version.sheet)
    if prepared.model is not None and prepared.policy is not None:
        return DealSetting(version.sheet, prepared.model, prepared.policy)
    raise InvalidInput(version.located(not_simulable(version.sheet, prepared)))


def warnings_of(version: Version, view: View) -> tuple[Problem, ...]:
    """What of a term sheet the company model of a view does not compute."""
    return version.located(uncomputed_problems(version.sheet, view.model))
