"""Statements in tables, Chinese or English: items down, periods across, a unit above, and whose accounts they are.

One adapter serves both languages, because the tables differ in their words alone. What a table must say somewhere is
its unit (``单位：万元``, ``in thousands``, ``RMB million``) and its periods; accounts of the parent alone
(``母公司``) are kept apart from consolidated ones (``合并``), under a subject of their own.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.intake.importers.drafts import DraftFact, ImportDraft, fact_id, in_millions
from guanzi.intake.importers.grids import GridCell, SheetGrid, read_grids
from guanzi.intake.importers.items import ImportItem, items_by_label, plain_label

#: Rows above a head in which its unit and its scope are looked for.
_ABOVE = 6
#: Subject of facts of the parent alone: what it owns and owes is not what the group does.
PARENT = "company-parent-only"
_SCALES = {"": 1.0, "千": 1e3, "万": 1e4, "百万": 1e6, "千万": 1e7, "亿": 1e8, "十亿": 1e9}
_WORDS = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "'000": 1e3, "m": 1e6, "mn": 1e6, "k": 1e3, "bn": 1e9}
_CURRENCY: dict[str, str] = {
    **dict.fromkeys(("人民币", "rmb", "cny", "¥"), "CNY"),
    **dict.fromkeys(("美元", "us$", "usd", "$"), "USD"),
    **dict.fromkeys(("欧元", "eur", "€"), "EUR"),
    **dict.fromkeys(("英镑", "gbp", "£"), "GBP"),
}
_UNIT_ZH = re.compile(
    r"(?:单位|金额单位|货币单位)?\s*[:(]?\s*(人民币|美元|欧元)?\s*(十亿|千万|百万|亿|万|千)?(元|美元|欧元)"
)
_UNIT_EN = re.compile(
    r"(rmb|cny|usd|us\$|eur|gbp|[$¥€£])?\s*(?:in\s+)?(thousand|million|billion|'000|mn|bn|m\b)s?(?:\s+of)?\s*"
    r"(rmb|cny|usd|us\$|u\.s\. dollars|eur|gbp|[$¥€£])?"
)
_DAY = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})日?")
_YEAR = re.compile(r"(?:fy\s*)?((?:19|20)\d\d)\s*(?:年度?|a)?(?:\((?:restated|audited|经审计|重述后?|追溯调整后)\))?")
_QUARTER = re.compile(r"(\d{4})\s*年?\s*(?:第?([一二三四1-4])季度?|q([1-4]))|q([1-4])\s*(\d{4})")
_VAGUE = re.compile(
    r"(?:期末|期初|年末|年初|本期|上期|本年|上年)(?:余额|金额|发生额|数)?|(?:current|prior|previous) (?:year|period)"
)
_NUMBER = re.compile(r"\(?[-+−]?[¥$€£]?\s*[\d,]+(?:\.\d+)?\)?")
_NONE = {"", "-", "--", "—", "——", "–", "/", "不适用", "n/a", "na"}
_NO_NAME = {"", "项目", "科目", "指标", "item", "items"}
_QUARTERS = {"一": "1", "二": "2", "三": "3", "四": "4"}


@dataclass(frozen=True, slots=True)
class Terms:
    """What the person who imports knows, and a table need not say.

    Attributes:
        prefix: Beginning of the ids of the facts.
        source: Id of the source.
        known_on: First day on which the team could hold the figures.
        currency: Currency, where the table names only a scale.
        document: Document of the room, if the file lies there.
    """

    prefix: str
    source: str
    known_on: date
    currency: str = "CNY"
    document: str | None = None


def read_statements(path: Path, name: str, terms: Terms) -> ImportDraft:
    """The facts of the statements in a file.

    Args:
        path: An XLSX or CSV file.
        name: How places should call it.
        terms: What the table need not say.

    Raises:
        InvalidInput: The file cannot be read, no table is found, a unit or a period is missing, or a figure is none.
    """
    draft = ImportDraft()
    problems: list[Problem] = []
    unknown: list[str] = []
    tables = 0
    for grid in read_grids(path, name):
        heads = list(_heads(grid))
        unit: tuple[str, float] | None = None
        for head, end in zip(heads, [*heads[1:], len(grid.rows)], strict=False):
            tables += 1
            unit = _read_table(grid, (head, end), unit, terms, draft, problems, unknown)
    if not tables:
        cause, fix = Message.of("importers.no_table"), Message.of("importers.no_table.mend")
        raise InvalidInput(Problem(cause, Place(name), fix))
    if problems:
        raise InvalidInput(problems)
    if unknown:
        shown = tuple(dict.fromkeys(unknown))
        draft.remarks.append(Message.of("importers.unknown_rows", n=len(shown), rows=shown[:8]))
    return draft


def _heads(grid: SheetGrid) -> Iterator[int]:
    """The rows that name periods: right of the first cell stand periods, or words for them, and no amounts.

    Below the first of them, amounts that look like years (2019, 2020) make no head where the row has a name.
    """
    found = False
    for number, row in enumerate(grid.rows):
        heads = [_plain(cell.text) for cell in row[1:] if cell.text]
        named = [head for head in heads if _period(head) or _VAGUE.search(head)]
        if not named or any(head not in named and _number(head) is not None for head in heads):
            continue
        bare = all(_number(head) is not None for head in named)
        if bare and (items_by_label().get(plain_label(_first(row))) or (found and _plain(_first(row)) not in _NO_NAME)):
            continue
        found = True
        yield number


def _read_table(
    grid: SheetGrid,
    rows: tuple[int, int],
    unit_before: tuple[str, float] | None,
    terms: Terms,
    draft: ImportDraft,
    problems: list[Problem],
    unknown: list[str],
) -> tuple[str, float] | None:
    """Read the table below one head; its unit stands above it, or is that of the table before."""
    head, end = rows
    words = (cell.text for row in grid.rows[max(head - _ABOVE, 0) : head + 1] for cell in row)
    above = " | ".join([grid.title, *words])
    unit = _unit(_plain(above), terms.currency) or unit_before
    if unit is None:
        cause, fix = Message.of("importers.no_unit"), Message.of("importers.no_unit.mend")
        problems.append(Problem(cause, grid.rows[head][0].place, fix))
        return None
    columns = list(_columns(grid.rows[head], above, problems))
    if any(scope is None for _, _, scope in columns):
        remark = Message.of("importers.scope", sheet=grid.title or terms.prefix)
        draft.remarks.extend(() if remark in draft.remarks else (remark,))
    for row, line in zip(grid.rows[head + 1 : end], grid.lines[head + 1 : end], strict=True):
        label = _first(row)
        item = items_by_label().get(plain_label(label))
        if item is None:
            if label and any(_number(row[at].text) is not None for at, _, _ in columns if at < len(row)):
                unknown.append(label)
            continue
        for at, period, scope in columns:
            if at < len(row) and (fact := _fact(item, row[at], period, scope, unit, terms, problems)):
                fact = _cited(fact, terms, grid, line)
                if all(other.id != fact.id for other in draft.facts):
                    draft.facts.append(fact)
    return unit


def _columns(row: Sequence[GridCell], above: str, problems: list[Problem]) -> Iterator[tuple[int, str, str | None]]:
    """Column, period and scope of each column with figures."""
    general = _scope(above)
    for at, cell in enumerate(row):
        head = _plain(cell.text)
        period = _period(head)
        if period:
            yield at, period, _scope(cell.text) or general
        elif at and _VAGUE.search(head):
            cause = Message.of("importers.vague_period", text=cell.text)
            problems.append(Problem(cause, cell.place, Message.of("importers.vague_period.mend"), excerpt=cell.text))


def _fact(
    item: ImportItem,
    cell: GridCell,
    period: str,
    scope: str | None,
    unit: tuple[str, float],
    terms: Terms,
    problems: list[Problem],
) -> DraftFact | None:
    if cell.is_formula:
        cause, fix = Message.of("importers.formula", text=cell.text), Message.of("importers.formula.mend")
        problems.append(Problem(cause, cell.place, fix, excerpt=cell.text))
        return None
    amount = _number(cell.text)
    if amount is None:
        if _plain(cell.text) not in _NONE:
            cause, fix = Message.of("importers.no_number", text=cell.text), Message.of("importers.no_number.mend")
            problems.append(Problem(cause, cell.place, fix, excerpt=cell.text))
        return None
    currency, scale = unit
    name, value = item.fact_of(in_millions(amount * scale))
    when = _fitting(item, period)
    parent = scope == "parent"
    prefix = f"{terms.prefix}-parent" if parent else terms.prefix
    return DraftFact(
        fact_id(prefix, name, when),
        name,
        value,
        f"{currency} m",
        when,
        terms.known_on,
        terms.source,
        subject=PARENT if parent else "company",
    )


def _cited(fact: DraftFact, terms: Terms, grid: SheetGrid, line: str) -> DraftFact:
    """The fact with the row in which it stands, where the file lies in the data room."""
    if terms.document is None or not line.strip():
        return fact
    return replace(fact, document=terms.document, page=grid.number, quote=line.strip())


def _fitting(item: ImportItem, period: str) -> str:
    """A balance is of a day, a flow of a period: a column of a year means its last day for a balance, and back."""
    if item.kind == "stock" and len(period) == 4:
        return f"{period}-12-31"
    if item.kind == "flow" and period.endswith("-12-31"):
        return period[:4]
    return period


def _period(head: str) -> str:
    """The period that a header names; empty for none."""
    text = head.strip()
    if match := _DAY.fullmatch(text):
        try:
            return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
        except ValueError:
            return ""
    if match := _QUARTER.fullmatch(text):
        number = match[2] or match[3] or match[4]
        return f"{match[1] or match[5]}Q{_QUARTERS.get(number, number)}"
    bare = re.sub(r"\s*\((?:合并|母公司|consolidated|parent)\)|^(?:合并|母公司)|(?:合并|母公司)$", "", text).strip()
    if match := _YEAR.fullmatch(bare):
        return match[1]
    return _period(bare) if bare != text else ""


def _scope(text: str) -> str | None:
    plain = _plain(text).replace("归属于母公司", "")
    if "合并" in plain or "consolidated" in plain:
        return "consolidated"
    return "parent" if "母公司" in plain or re.search(r"parent[- ]only|parent company", plain) else None


def _unit(text: str, currency: str) -> tuple[str, float] | None:
    """Currency and scale of the amounts of a table, from the words above it."""
    labelled = re.search(r"(?:单位|币种)[^|]{0,30}", text)
    for match in _UNIT_ZH.finditer(labelled.group() if labelled else text):
        money = {"美元": "USD", "欧元": "EUR"}.get(match[3]) or _CURRENCY.get(match[1] or "", currency)
        return money, _SCALES[match[2] or ""]
    for match in _UNIT_EN.finditer(text):
        named = match[1] or match[3]
        money = {"u.s. dollars": "USD"}.get(named or "") or _CURRENCY.get(named or "", currency)
        return money, _WORDS[match[2]]
    named = re.search(r"(?<![a-z])(rmb|cny|usd|eur|gbp)(?![a-z])", text)
    return (_CURRENCY[named[1]], 1.0) if named else None


def _number(text: str) -> float | None:
    """An amount as accountants write it; parentheses are a minus."""
    plain = _plain(text).replace(" ", "")
    if not _NUMBER.fullmatch(plain):
        return None
    bare = re.sub(r"[(),¥$€£]", "", plain).replace("−", "-")
    try:
        value = float(bare)
    except ValueError:
        return None
    return -abs(value) if plain.startswith("(") and plain.endswith(")") else value


def _first(row: Sequence[GridCell]) -> str:
    return row[0].text if row else ""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()
