"""New cases: an empty one with what is to be found out, or a copy of another case under a new id."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from guanzi.base.core import (
    LANGUAGES,
    Bilingual,
    InvalidInput,
    Message,
    Place,
    Problem,
    check_slug,
    publish,
    reason_of,
    render,
    scratch_directory,
)
from guanzi.base.reading import YamlDocument, read_yaml, yaml_text
from guanzi.record.evidence.accounts.reporting import last_year_out
from guanzi.record.evidence.catalogue import builtin_cases
from guanzi.record.evidence.checking import validate
from guanzi.record.evidence.entityfile import ENTITIES
from guanzi.record.evidence.formats import CaseFormat
from guanzi.record.evidence.links import outside, stays_in

#: What a copy takes along; never ``outcome/``.
_PARTS = ("facts", "terms", "documents", "judgements")


@dataclass(frozen=True, slots=True)
class CaseHead:
    """What a case begins with; what is left open stands in it under a name that says so.

    Attributes:
        company: Name of the company, in English or in both languages; empty: "the company".
        region: Name of the city or region whose money it is; empty: "the city".
        country: ISO 3166 code of the region.
        industry: Id of the industry.
        model: Id of the company model.
        currency: ISO 4217 code in which the case counts.
        decided: Day of the decision.
        industry_name: What the industry is called; empty: as the library calls it.
        company_id, region_id: By which facts, chains and cities know them.
        facts: Further files of facts, by their name below ``facts/``.
        guide: Lines that stand as comments above the facts, such as what is to be found out.
    """

    company: Bilingual = field(default_factory=Bilingual)
    region: Bilingual = field(default_factory=Bilingual)
    country: str = "CN"
    industry: str = "battery-electric-vehicles"
    model: str = "scale-up-manufacturer"
    currency: str = "CNY"
    decided: date | None = None
    industry_name: Bilingual = field(default_factory=Bilingual)
    company_id: str = "company"
    region_id: str = "region"
    facts: Mapping[str, str] = field(default_factory=dict)
    guide: tuple[str, ...] = ()

    def data(self, name: str) -> dict[str, Any]:
        """``case.yaml`` of a case with this id."""
        company = self.company or _in_both("company")
        region = self.region or _in_both("region")
        named = {"industry_name": self.industry_name.plain()} if self.industry_name else {}
        title, question = (_in_both(id, company=company, region=region) for id in ("title", "question"))
        return {
            "format": 1,
            "case": name,
            "title": title.plain(),
            "company": {"id": self.company_id, "name": str(company), "name_zh": company.localised("zh")},
            "region": {
                "id": self.region_id,
                "name": str(region),
                "name_zh": region.localised("zh"),
                "country": self.country,
            },
            "industry": self.industry,
            **named,
            "model": self.model,
            "currency": self.currency,
            "decision_date": self.decided or date.today(),
            "question": question.plain(),
        }


_FACTS = """\
# What is known, since when, and from whom. Grades: A filing, law or official statistics; B company release or
# quality press; C aggregator; D copy or machine translation. Ratios, not percentages: 12 % is 0.12.
# period: 2019, 2019H1, 2019Q4, 2019-06, 2019-12-31 or 2019-01/2019-09.
# known_on is the first day on which your team could hold the fact. For example:
#
# sources:
#   annual-report: {{publisher: Name of the publisher, title: Title of the document, date: {day}, grade: A}}
# facts:
#   - {{id: revenue-{year}, name: revenue, period: {year}, value: 120, unit: {currency} m, known_on: {day},
#      source: annual-report}}
{guide}
sources: {{}}
facts: []
"""


_OPEN = CaseHead()


def new_case(folder: Path, name: str, template: Path | None = None, head: CaseHead = _OPEN) -> Path:
    """Make the folder of a new case; nothing is left behind when it fails.

    Args:
        folder: Where to make it; its parent folders are made too.
        name: Id of the case and name of its folder.
        template: Case folder to copy (facts, terms, documents, entities; not the outcome); without one, the
            case is empty.
        head: What an empty case begins with.

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
    refuse_existing(target)
    with making_case(target) as draft:
        if template is None or header is None:
            _write_empty(draft, name, head)
        else:
            _copy(template, header, draft, name)
    return target


def refuse_existing(target: Path) -> None:
    """Refuse to write where something is already.

    Raises:
        InvalidInput: There is a file or folder of this name.
    """
    if target.exists() or target.is_symlink():
        cause = Message.of("evidence.new.exists", folder=str(target))
        raise InvalidInput(Problem(cause, Place(""), Message.of("evidence.new.exists.mend")))


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A draft of a file to be written: it takes its name when whole, and overwrites nothing.

    Args:
        target: Where it is to stand; its parent folders are made too.

    Raises:
        InvalidInput: The file is there already or cannot be written.
    """
    refuse_existing(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with scratch_directory(target.parent, ".new-file-") as work:
            yield work / target.name
            publish(work / target.name, target)
    except OSError as error:
        raise InvalidInput(
            Problem(Message.of("evidence.new.unwritten", reason=reason_of(error)), Place(str(target)))
        ) from error


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
        with scratch_directory(target.parent, ".new-case-") as work:
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


def _write_empty(draft: Path, name: str, head: CaseHead) -> None:
    day = head.decided or date.today()
    (draft / "facts").mkdir()
    (draft / "terms").mkdir()
    (draft / "case.yaml").write_text(yaml_text(head.data(name)), encoding="utf-8")
    guide = "".join(f"# {line}".rstrip() + "\n" for line in head.guide)
    facts = _FACTS.format(day=day, year=last_year_out(day), currency=head.currency, guide=guide)
    for file, text in {"facts.yaml": facts, **head.facts}.items():
        (draft / "facts" / file).write_text(text, encoding="utf-8")
    validate(CaseFormat, read_yaml(draft / "case.yaml", "case.yaml"))


def _in_both(id: str, **params: Any) -> Bilingual:
    """Words of an empty case in English and Chinese."""
    english, chinese = (render(Message.of(f"evidence.new.{id}", **params), lang) for lang in LANGUAGES)
    return Bilingual(english, chinese)


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
