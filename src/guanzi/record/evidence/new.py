"""New cases: a copy of another case under a new id, or a skeleton with comments."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem, check_slug, publish, reason_of, workshop
from guanzi.base.reading import YamlDocument, read_yaml
from guanzi.record.evidence.accounts.reporting import last_year_out
from guanzi.record.evidence.catalogue import builtin_cases
from guanzi.record.evidence.checking import validate
from guanzi.record.evidence.entityfile import ENTITIES
from guanzi.record.evidence.formats import CaseFormat
from guanzi.record.evidence.links import outside, stays_in

#: What a copy takes along; never ``outcome/``.
_PARTS = ("facts", "terms", "documents", "judgements")

_CASE = """\
# One company, one region, one question.
format: 1
case: {name}
title: {name}
company: {{id: company, name: Name of the company}}
region: {{id: region, name: Name of the city}}
industry: battery-electric-vehicles
model: scale-up-manufacturer
currency: CNY
decision_date: {today}          # the default as-of date: nothing that was known later is used
question: Shall the city invest, how much, and on which conditions?
"""

_FACTS = """\
# What is known, since when, and from whom. Grades: A filing, law or official statistics; B company release or
# quality press; C aggregator; D copy or machine translation.
sources:
  annual-report:
    publisher: Name of the publisher
    title: Title of the document
    date: {today}
    grade: A

facts:
  # An example; replace it. period: 2019, 2019H1, 2019Q4, 2019-06, 2019-12-31 or 2019-01/2019-09.
  # Ratios, not percentages: 12 % is 0.12.
  # known_on is the first day on which your team could hold the fact.
  - id: deliveries-last-year
    name: deliveries
    period: {last_year}
    value: 0
    unit: vehicles
    known_on: {today}
    source: annual-report
"""


def new_case(folder: Path, name: str, template: Path | None = None) -> Path:
    """Make the folder of a new case; nothing is left behind when it fails.

    Args:
        folder: Where to make it; its parent folders are made too.
        name: Id of the case and name of its folder.
        template: Case folder to copy (facts, terms, documents, entities; not the outcome); without one, a skeleton.

    Returns:
        The folder of the new case.

    Raises:
        InvalidInput: The name cannot be an id or is that of a shipped case, the folder is there already or cannot be
            written, or the template is not a case.
    """
    check_slug(name)
    if name in builtin_cases():
        cause = Message.of("evidence.new.shipped", name=name)
        raise InvalidInput(Problem(cause, Place(""), Message.of("evidence.new.shipped.mend", proposal=f"{name}-2")))
    header = None if template is None else read_yaml(template / "case.yaml")
    if header is not None:
        validate(CaseFormat, header)
    target = folder / name
    if target.exists():
        cause = Message.of("evidence.new.exists", folder=str(target))
        raise InvalidInput(Problem(cause, Place(""), Message.of("evidence.new.exists.mend")))
    with making_case(target) as draft:
        if template is None or header is None:
            _write_skeleton(draft, name)
        else:
            _copy(template, header, draft, name)
    return target


@contextmanager
def making_case(target: Path, files: Mapping[str, str] | None = None) -> Iterator[Path]:
    """A draft of a case folder, to be filled further: it appears whole, or nothing is left behind.

    Args:
        target: Where it is to stand; its parent folders are made too.
        files: What stands in it from the beginning: path within it to text.

    Raises:
        InvalidInput: It cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with workshop(target.parent, ".new-case-") as work:
            draft = work / target.name
            draft.mkdir()
            for name, text in (files or {}).items():
                (draft / name).parent.mkdir(parents=True, exist_ok=True)
                (draft / name).write_text(text, encoding="utf-8", newline="\n")
            yield draft
            publish(draft, target)
    except OSError as error:
        raise InvalidInput(
            Problem(Message.of("evidence.new.failed", reason=reason_of(error)), Place(str(target)))
        ) from error


def _write_skeleton(draft: Path, name: str) -> None:
    today = date.today()
    (draft / "facts").mkdir()
    (draft / "terms").mkdir()
    (draft / "case.yaml").write_text(_CASE.format(name=name, today=today), encoding="utf-8")
    facts = _FACTS.format(today=today, last_year=last_year_out(today))
    (draft / "facts" / "facts.yaml").write_text(facts, encoding="utf-8")


def _copy(template: Path, document: YamlDocument, draft: Path, name: str) -> None:
    lines = document.source.text.splitlines(keepends=True)
    place = document.place(("case",))
    old = re.escape(str(document.get(("case",))))
    line = lines[place.line - 1]
    start = place.column - 1
    lines[place.line - 1] = line[:start] + re.sub(rf"(['\"]?){old}\1", name, line[start:], count=1)
    (draft / "case.yaml").write_text("".join(lines), encoding="utf-8")
    for part in _PARTS:
        if (template / part).is_dir():
            _refuse_links(template, part)
            shutil.copytree(template / part, draft / part)
    if (template / ENTITIES).is_file():
        shutil.copyfile(template / ENTITIES, draft / ENTITIES)


def _refuse_links(template: Path, part: str) -> None:
    """What a link brings in from elsewhere, from ``outcome/`` above all, is no part of a copy."""
    for path in (template / part, *sorted((template / part).rglob("*"))):
        if not stays_in(path, template, part):
            raise InvalidInput(outside(str(path), part))
