"""From term sheets to rows of a workbook.

Every clause is written to rows, read back, and compared: what does not come back exactly goes to the sheet Other
clauses, as the YAML that stands in its file.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from guanzi.base.core import InvalidInput, Place
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml, yaml_text
from guanzi.deal.rows.clauses import HEAD
from guanzi.deal.rows.documents import LISTS, SECTIONS, decode
from guanzi.intake.workbook import UNKNOWN, BookCell, SheetLayout, SheetRow, SheetRows, can_hold, layouts
from guanzi.record.evidence import SheetFile

type _Rows = dict[str, list[dict[str, Any]]]

_OF_SECTION = {section: sheet for section, sheet, _ in SECTIONS}


def sheet_rows(sheets: Sequence[SheetFile]) -> list[SheetRows]:
    """The sheets of a workbook that hold the clauses of some term sheets."""
    found: dict[str, list[dict[str, Any]]] = {layout.key: [] for layout in layouts("terms")}
    for sheet in sheets:
        for key, rows in _sheet(sheet).items():
            found[key] += [{"sheet": sheet.name, **row} for row in rows]
    return [SheetRows(layout, tuple(found[layout.key])) for layout in layouts("terms")]


def _sheet(sheet: SheetFile) -> _Rows:
    """The rows of one term sheet, which read back as exactly its content."""
    document = sheet.document
    head = {key: _words(key, document.data.get(key)) for key in HEAD}
    held = {key: parts for key, parts in head.items() if all(_holds("terms", k, part) for k, part in parts.items())}
    rows: _Rows = {"terms": [{key: part for parts in held.values() for key, part in parts.items()}]}
    whole: list[str] = [key for key in document.data if key not in held]
    for section in (*_OF_SECTION, "instruments"):
        entries = document.data.get(section)
        if entries and isinstance(entries, list if section in LISTS else dict):
            made = _section(document, section, entries)
            if _comes_back(rows["terms"][0], made, section, entries):
                whole.remove(section)
                for key, own in made.items():
                    rows.setdefault(key, []).extend(own)
    other = rows.setdefault("other", [])
    other += [{"section": key, "yaml": _text(document, (key,))} for key in whole]
    return rows


def _section(document: YamlDocument, section: str, entries: Any) -> _Rows:
    """Rows of the clauses of a section; those that do not come back, as YAML with their position."""
    rows: _Rows = {}
    items = enumerate(entries) if section in LISTS else entries.items()
    for position, (step, entry) in enumerate(items, start=1):
        made = _encode(section, step, entry) if isinstance(entry, dict) else {}
        id = entry.get("id") if section in LISTS and isinstance(entry, dict) else step
        expected = [entry] if section in LISTS else {step: entry}
        if not made or not all(_fits(key, row) for key, own in made.items() for row in own):
            made = {}
        if not made or not _comes_back({}, made, section, expected):
            row = {"section": section, "id": id, "position": position, "yaml": _text(document, (section, step))}
            made = {"other": [row if isinstance(id, str) else {**row, "id": None}]}
        for key, own in made.items():
            rows.setdefault(key, []).extend(own)
    return rows


def _comes_back(head: Mapping[str, Any], rows: _Rows, section: str, entries: Any) -> bool:
    as_rows = {key: [_row(key, row) for row in own] for key, own in rows.items() if key != "terms"}
    back, problems = decode("", _row("terms", head), as_rows)
    return (
        not problems
        and _trace(back.data.get(section)) == _trace(entries)
        and _order(back.data, section) == _order({section: entries}, section)
    )


def _row(sheet: str, values: Mapping[str, Any]) -> SheetRow:
    place = Place(sheet)
    return SheetRow({key: BookCell(value, place) for key, value in values.items() if value is not None}, {"": place})


def _trace(data: Any) -> Any:
    """Data in a form in which only the very same values of the same types are equal; keys in any order."""
    if isinstance(data, dict):
        return {key: _trace(value) for key, value in data.items()}
    return [_trace(value) for value in data] if isinstance(data, list) else (type(data), repr(data))


def _order(data: Mapping[str, Any], section: str) -> list[Any]:
    """The order of keys where it matters: of clauses (of one type), and of parties within them."""
    entries = data.get(section)
    if not isinstance(entries, dict):
        return []
    if section != "instruments":
        return list(entries)
    found: list[Any] = []
    for id, entry in sorted(entries.items(), key=lambda item: str(item[1].get("type")) if item[1] else ""):
        found.append(id)
        for part in ("holders", "split", "contribution"):
            found.append(list(entry.get(part) or ()) if isinstance(entry, dict) else ())
        tranches = entry.get("tranches") if isinstance(entry, dict) else None
        for tranche in tranches if isinstance(tranches, list) else ():
            found.append(list(a) if isinstance(tranche, dict) and isinstance(a := tranche.get("amount"), dict) else ())
    return found


def _layout(sheet: str) -> SheetLayout:
    return next(layout for layout in layouts("terms") if layout.key == sheet)


def _holds(sheet: str, key: str, value: Any) -> bool:
    return value is not None and can_hold(_layout(sheet).column(key), value)


def _fits(sheet: str, row: Mapping[str, Any]) -> bool:
    columns = {column.key: column for column in _layout(sheet).columns}
    return all(key in columns and can_hold(columns[key], value) for key, value in row.items())


# -- clauses to rows -------------------------------------------------------------------------------------------


def _encode(section: str, step: str | int, entry: Mapping[str, Any]) -> _Rows:
    """Rows of one clause, as far as they can hold it; comparing what comes back shows what is lost."""
    if section == "instruments":
        if entry.get("type") == "equity":
            return _stake(str(step), entry)
        return {"rights": [_right(str(step), entry)]} if entry.get("type") in {"put", "call"} else {}
    if section == "incentives":
        return {"support": [_support(str(step), entry)]} if entry.get("type") in {"grant", "rebate"} else {}
    row = {"id": step, **_plain(entry)}
    if section == "tiers":
        costs = entry.get("leaving_costs")
        row |= {"leaving_low": costs} if costs == UNKNOWN else _prefixed("leaving", costs)
        row |= {"id": entry.get("id")}
    elif section == "events":
        row |= _value("probability", entry.get("probability"))
    return {_OF_SECTION[section]: [row]}


def _plain(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        part: words
        for key, value in entry.items()
        if not isinstance(value, dict) or _in_both(value)
        for part, words in _words(key, value).items()
    }


def _in_both(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and set(value) <= {"en", "zh"}


def _words(key: str, value: Any) -> dict[str, Any]:
    """A plain value as one cell, words in two languages as two."""
    if not _in_both(value):
        return {key: value}
    return {f"{key}_zh" if lang == "zh" else key: words for lang, words in value.items()}


def _prefixed(prefix: str, part: Any) -> dict[str, Any]:
    if not isinstance(part, dict):
        return {}
    return {cell: words for key, value in part.items() for cell, words in _words(f"{prefix}_{key}", value).items()}


def _value(key: str, value: Any) -> dict[str, Any]:
    """A value that may be unknown, as one to four cells."""
    bracket = value.get(UNKNOWN) if isinstance(value, dict) else None
    if not isinstance(bracket, dict):
        return {key: value}
    names = {"low": f"{key}_low", "high": f"{key}_high", "note": f"{key}_why"}
    cells = (_words(names.get(str(part), str(part)), inner) for part, inner in bracket.items())
    return {key: UNKNOWN, **{cell: inner for held in cells for cell, inner in held.items()}}


def _right(id: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    row = {"id": id, **_plain(entry)}
    price = row.pop("price", entry.get("price"))
    if isinstance(price, dict):
        row |= {**_value("rate", price.get("rate")), "basis": price.get("basis")}
    else:
        row["rate"] = price
    if "holder" in row:
        row["holders"] = [row.pop("holder")]
    return row


def _support(id: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    row = {"id": id, **_plain(entry), **_value("amount", entry.get("amount"))}
    amounts = {key: _yearly(row[key]) for key in ("amount", "amount_low", "amount_high") if key in row}
    if any(amount is not None for amount in amounts.values()):
        row |= {key: amount for key, amount in amounts.items() if amount is not None} | {"per": "year"}
    back = entry.get("clawback")
    if isinstance(back, dict):
        parts = {**_value("back_part", back.get("recover")), **_value("back_chance", back.get("enforced"))}
        row |= {"back_when": back.get("when"), **parts}
    return row


def _yearly(value: Any) -> float | None:
    """The number of an amount per year, if it is one."""
    number = value.removesuffix(" per year") if isinstance(value, str) else value
    try:
        found = float(number) if isinstance(number, str) and number != value else None
    except ValueError:
        return None
    return int(found) if found is not None and found.is_integer() else found


def _stake(id: str, entry: Mapping[str, Any]) -> _Rows:
    parts = ("type", "holders", "split", "tranches", "contribution")
    row = {key: value for key, value in _plain(entry).items() if key not in parts}
    rows: _Rows = {"stakes": [{"id": id, **row, **_value("share", entry.get("share"))}]}
    holders, split = _mapping(entry.get("holders")), _mapping(entry.get("split"))
    for party in dict.fromkeys((*holders, *split)):
        shares = {**_value("share", holders.get(party)), **_value("split", split.get(party))}
        rows.setdefault("holders", []).append({"stake": id, "party": party, **shares})
    for tranche in entry.get("tranches") or ():
        rows.setdefault("instalments", []).extend(_instalments(id, tranche))
    for party, contribution in _mapping(entry.get("contribution")).items():
        if isinstance(contribution, dict):
            rows.setdefault("contributions", []).extend(_contribution(id, party, contribution))
    return rows


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _instalments(stake: str, tranche: Any) -> list[dict[str, Any]]:
    if not isinstance(tranche, dict):
        return []
    row = {"stake": stake, **_plain(tranche)}
    amount = tranche.get("amount")
    if not isinstance(amount, dict) or set(amount) == {UNKNOWN}:
        return [{**row, **_value("amount", amount)}]
    first = [{**row, "payer": payer, **_value("amount", value)} for payer, value in list(amount.items())[:1]]
    rest = [
        {"stake": stake, "id": tranche.get("id"), "payer": payer, **_value("amount", value)}
        for payer, value in list(amount.items())[1:]
    ]
    return first + rest


def _contribution(stake: str, party: str, entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    row = {"stake": stake, "party": party, "source": entry.get("source")}
    cash, assets = entry.get("cash"), entry.get("assets")
    rows = []
    for payment in cash if isinstance(cash, list) else [] if cash is None else [{"amount": cash}]:
        if isinstance(payment, dict):
            rows.append({**row, "kind": "cash", **_plain(payment), **_value("amount", payment.get("amount"))})
    if isinstance(assets, dict) and UNKNOWN not in assets:
        rows.append(
            {**row, "kind": "assets", **_words("basis", assets.get("basis")), **_value("amount", assets.get("value"))}
        )
    elif assets is not None:
        rows.append({**row, "kind": "assets", **_value("amount", assets)})
    return rows


# -- YAML as it stands -----------------------------------------------------------------------------------------


def _text(document: YamlDocument, path: tuple[str | int, ...]) -> str:
    """The YAML of a value as it stands in its file, comments included; made anew where it cannot be cut out."""
    place = document.place(path)
    lines = document.source.lines[place.line - 1 :]
    column = place.column - 1
    cut: list[str] = []
    if lines:
        key_column = document.key_place(path).column - 1 if path and isinstance(path[-1], str) else column - 1
        cut = [" " * column + lines[0][column:] if lines[0][:column].strip(" -") == "" else lines[0][column:]]
        for line in lines[1:]:
            if line.strip() and len(line) - len(line.lstrip(" ")) <= key_column:
                break
            cut.append(line)
    text = textwrap.dedent("\n".join(cut)).strip("\n") + "\n"
    value = document.get(path)
    try:
        same = _trace(parse_yaml(TextFile(document.file, text, tuple(text.split("\n")))).data) == _trace(value)
    except InvalidInput:
        same = False
    return text if same else yaml_text(value)
