"""From a few played cases to a thousand: every row that a case has left, and every entry of the log, once more a copy.

A copy has its own id, title and company in ``case.yaml``, and with it its own versions with their own hashes; facts,
term sheet, document and people are those of its original, and so is the day on which anything was done. The log is
written anew, from its first entry: the entries of all copies in the order of time, each with commitments of its own and
a signed checkpoint after it, by the functions of the ledger. Nothing here computes what a page shows.
"""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from benchmarks.office.filling import Busy, Repeated

STRIDE = 10**12
"""Between the numbers of rows of one copy and the next: those that grow with time come within eleven days."""
BATCH = 20_000
_STEP = timedelta(microseconds=10)
_NUMBERED = ("sitting", "appraisal", "interest")
"""Keys of entries and answers whose value is the number of a row, or one that counts within the case and is small."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a case: which, its id, and what takes the place of hashes and ids of the original."""

    k: int
    slug: str
    header: Mapping[str, Any]
    swapped: Mapping[str, str]

    def said(self, value: Any, key: str = "") -> Any:
        """Plain data of the original as the copy says it."""
        if isinstance(value, dict):
            return {name: self.said(one, name) for name, one in value.items()}
        if isinstance(value, list):
            return [self.said(one, key) for one in value]
        if isinstance(value, str):
            return self.swapped.get(value, value)
        of_row = key in _NUMBERED and isinstance(value, int) and value > STRIDE
        return value + self.k * STRIDE if of_row else value


class LogWriter:
    """The log of the new folder, by the functions of the ledger; statements are gathered."""

    def __init__(self, target: sqlite3.Connection) -> None:
        from guanzi.office.auditlog.log import signing_key
        from guanzi.record.ledger.sqlite import Log

        self.target, self.signer = target, signing_key()
        self.origin, self.size = Log(target).origin, 0
        self.last = datetime.min.replace(tzinfo=UTC)
        self.peaks: list[tuple[int, bytes]] = []
        self.rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)

    def enter(self, kind: str, at: datetime, actor: str, body: Callable[[Callable[[str], str]], Any]) -> int:
        """Enter something of somebody; ``body`` is asked with what makes a commitment of words."""
        from guanzi.record.ledger import Commitment, Entry, sign
        from guanzi.record.ledger.checkpoint import Checkpoint
        from guanzi.record.ledger.merkle import leaf_hash, node_hash

        def commit(words: str) -> str:
            made = Commitment.to(words)
            self.rows["ledger_words"].append((made.sha256, made.salt, made.words))
            return made.sha256

        self.last = max(self.last, at)
        content = Entry(kind, self.last, commit(actor), body(commit)).content()
        seq = self.size
        self.rows["ledger_entry"].append((seq, content))
        level, number, found = 0, seq, leaf_hash(content)
        self.rows["ledger_node"].append((level, number, found))
        while number & 1:
            found, level, number = node_hash(self.peaks.pop()[1], found), level + 1, number >> 1
            self.rows["ledger_node"].append((level, number, found))
        self.peaks.append((level, found))
        self.size += 1
        root = self.peaks[-1][1]
        for _, left in reversed(self.peaks[:-1]):
            root = node_hash(left, root)
        self.rows["ledger_note"].append(
            (self.size, sign(Checkpoint(self.origin, self.size, root).text(), [self.signer]))
        )
        return seq

    def flush(self, *, always: bool = False) -> None:
        """Write what is gathered."""
        for table, rows in self.rows.items():
            if rows and (always or len(rows) >= BATCH):
                insert(self.target, table, rows)
                rows.clear()


def insert(target: sqlite3.Connection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Rows into a table."""
    if rows:
        target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def multiply(seed: Path, target: Path, copies: Mapping[str, int], busy: Sequence[Busy], entries: int) -> int:
    """Write the folder's database anew out of the played one.

    Args:
        seed: The played database.
        target: A prepared, empty one.
        copies: How many there are to be of each case of an organisation, itself included.
        busy: When people did things again.
        entries: That the log is to have.

    Returns:
        Entries of the log.
    """
    with closing(sqlite3.connect(seed)) as old, closing(sqlite3.connect(target)) as new:
        old.row_factory = sqlite3.Row
        new.execute("PRAGMA synchronous=OFF")
        made = _copies(old, copies)
        _copy_rows(old, new, made)
        written = _copy_log(old, new, made, busy, entries)
        new.commit()
        wrong = new.execute("PRAGMA foreign_key_check").fetchall()
        if wrong:
            raise ValueError(f"rows without what they name: {wrong[:3]}")
    return written


def _copies(old: sqlite3.Connection, copies: Mapping[str, int]) -> dict[int, list[Copy]]:
    """The copies of every case, by its number."""
    from guanzi.base.core import sha256_of

    found: dict[int, list[Copy]] = {}
    blobs = {row["sha256"]: row["content"] for row in old.execute("SELECT sha256, content FROM office_blob")}
    owners = dict(old.execute("SELECT id, slug FROM office_organisation").fetchall())
    count = old.execute("SELECT count(*) FROM office_officecase WHERE organisation_id = 1").fetchone()[0]
    for case in old.execute("SELECT * FROM office_officecase ORDER BY id").fetchall():
        trees = {
            row["sha256"]: json.loads(row["tree"])
            for row in old.execute("SELECT sha256, tree FROM office_caseversion WHERE case_id = ?", (case["id"],))
        }
        header_sha = next(iter(trees.values()))["case.yaml"]
        header = yaml.safe_load(blobs[header_sha])
        found[case["id"]] = []
        for k in range(copies[owners[case["organisation_id"]]]):
            number = int(case["slug"].rpartition("-")[2]) + k * count
            own, swapped = _renamed(header, number), {}
            if k:
                text = yaml.safe_dump(own, allow_unicode=True, sort_keys=False, width=1_000).encode()
                swapped = {case["slug"]: own["case"], header["company"]["id"]: own["company"]["id"]}
                swapped[header_sha] = _blob(old, text)
                for sha256, tree in trees.items():
                    moved = {path: swapped.get(one, one) for path, one in tree.items()}
                    swapped[sha256] = sha256_of(moved)
            found[case["id"]].append(Copy(k, own["case"] if k else case["slug"], own, swapped))
    return found


def _renamed(header: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The header of a case of another number: its own id, title and company."""
    old = header["case"].rpartition("-")[2].lstrip("0") or "0"

    def renamed(text: str) -> str:
        return re.sub(rf"(?<= ){old}(?=[ ?])|(?<!\d){old}(?=与)", str(number), text)

    company = header["company"]
    return dict(header) | {
        "case": f"case-{number:04}",
        "title": {lang: renamed(text) for lang, text in header["title"].items()},
        "company": {
            "id": f"company-{number}",
            "name": f"{company['name'].rpartition(' ')[0]} {number}",
            "name_zh": company["name_zh"].removesuffix(old) + str(number),
        },
        "question": renamed(header["question"]),
    }


def _blob(old: sqlite3.Connection, text: bytes) -> str:
    from hashlib import sha256

    found = sha256(text).hexdigest()
    old.execute("INSERT OR IGNORE INTO office_blob (sha256, content, size) VALUES (?, ?, ?)", (found, text, len(text)))
    return found


def _models() -> list[Any]:
    """Models whose rows belong to a case, without the runs of actions, which go with the log."""
    from django.apps import apps

    from guanzi.office.models import ActionRun, Ballot, OfficeCase

    of_case = [
        model
        for model in apps.get_app_config("office").get_models()
        if any(field.remote_field and field.remote_field.model is OfficeCase for field in model._meta.concrete_fields)
    ]
    return [OfficeCase, Ballot, *(model for model in of_case if model not in (ActionRun,))]


def _copy_rows(old: sqlite3.Connection, new: sqlite3.Connection, made: Mapping[int, list[Copy]]) -> None:
    from guanzi.office.models import Ballot

    for table in ("office_organisation", "office_person", "office_roleheld", "office_blob"):
        insert(new, table, [tuple(row) for row in old.execute(f"SELECT * FROM {table}")])
    new.execute("DELETE FROM ledger_file")
    insert(new, "ledger_file", [tuple(row) for row in old.execute("SELECT * FROM ledger_file")])
    models = _models()
    sittings = dict(old.execute("SELECT id, case_id FROM office_sitting").fetchall())
    for model in models:
        shifted = {
            field.column
            for field in model._meta.concrete_fields
            if field.primary_key or (field.remote_field and field.remote_field.model in models)
        }
        plain = {field.column for field in model._meta.concrete_fields if field.get_internal_type() == "JSONField"}
        rows = old.execute(f"SELECT * FROM {model._meta.db_table}").fetchall()
        out = []
        for row in rows:
            held = dict(row)
            case = sittings[row["sitting_id"]] if model is Ballot else held.get("case_id", row["id"])
            out += [_row(model, held, copy, shifted, plain) for copy in made[case]]
        insert(new, model._meta.db_table, out)
    _copy_tasks(old, new, made)


def _row(model: Any, row: Mapping[str, Any], copy: Copy, shifted: set[str], plain: set[str]) -> tuple[Any, ...]:
    """A row of the original as the copy has it."""
    from guanzi.office.models import OfficeCase

    values = {}
    for name, value in row.items():
        if value is None:
            pass
        elif name in shifted:
            value = value + copy.k * STRIDE
        elif name in plain:
            value = json.dumps(copy.said(json.loads(value)), ensure_ascii=False)
        elif isinstance(value, str):
            value = copy.swapped.get(value, value)
        values[name] = value
    if model is OfficeCase and copy.k:
        title, company = copy.header["title"], copy.header["company"]
        values |= {"title": title["en"], "title_zh": title["zh"]}
        values |= {"company": company["name"], "company_zh": company["name_zh"]}
    return tuple(values.values())


def _copy_tasks(old: sqlite3.Connection, new: sqlite3.Connection, made: Mapping[int, list[Copy]]) -> None:
    """What was in the queue, and is done."""
    from django_tasks_db.models import DBTaskResult

    table = DBTaskResult._meta.db_table
    runs = dict(old.execute("SELECT id, case_id FROM office_appraisalrun").fetchall())
    out = []
    for row in old.execute(f"SELECT * FROM {table}").fetchall():
        asked = json.loads(row["args_kwargs"])
        for copy in made[runs[asked["args"][0]]]:
            args = {**asked, "args": [asked["args"][0] + copy.k * STRIDE]}
            values = dict(row) | {
                "id": uuid.uuid4().hex,
                "args_kwargs": json.dumps(args),
            }
            out.append(tuple(values.values()))
    insert(new, table, out)


def _copy_log(
    old: sqlite3.Connection, new: sqlite3.Connection, made: Mapping[int, list[Copy]], busy: Sequence[Busy], entries: int
) -> int:
    """The log anew, in the order of time, with the runs of actions; then what was done again."""
    log = LogWriter(new)
    words = dict(old.execute("SELECT sha256, words FROM ledger_words").fetchall())
    runs = {row["entry"]: dict(row) for row in old.execute("SELECT * FROM office_actionrun")}
    slugs = {
        (row["slug"], row["name"]): row["id"]
        for row in old.execute(
            "SELECT c.id, c.slug, o.slug AS name FROM office_officecase c"
            " JOIN office_organisation o ON o.id = c.organisation_id"
        )
    }
    people = {row["username"]: row for row in old.execute("SELECT id, username, organisation_id FROM office_person")}
    played = _entries(old, slugs)
    real = sum(len(made[case]) for _, case, _, _ in played)
    times = sum(len(made[one.case]) for one in busy)
    each, rest = divmod(max(0, entries - real), max(1, times))
    out = _Runs(new, people)
    events: list[tuple[datetime, int, Any]] = [(at, case, (seq, entry)) for at, case, seq, entry in played]
    events += [(one.at, one.case, one) for one in busy]
    for at, case, what in sorted(events, key=lambda event: event[0]):
        for copy in made[case]:
            moment = at + copy.k * _STEP
            if isinstance(what, Busy):
                count, rest = each + (1 if rest > 0 else 0), rest - 1
                out.repeat(log, what, copy, moment, count)
            else:
                number = _enter_again(log, what[1], copy, moment, words)
                if what[0] in runs:
                    out.again(runs[what[0]], copy, number)
        log.flush()
        out.flush()
    log.flush(always=True)
    out.flush(always=True)
    return log.size


def _entries(old: sqlite3.Connection, slugs: Mapping[tuple[str, str], int]) -> list[tuple[datetime, int, int, Any]]:
    """Time, case, number and content of every played entry; a decision names no organisation: that before it does."""
    found, organisation = [], ""
    for seq, content in old.execute("SELECT seq, content FROM ledger_entry ORDER BY seq"):
        entry = json.loads(content)
        body = entry["body"]
        organisation = body.get("organisation", organisation)
        case = slugs[body["case"] or body["data"]["case"], organisation]
        found.append((datetime.fromisoformat(entry["at"]), case, seq, entry))
    return found


def _enter_again(log: LogWriter, entry: Any, copy: Copy, at: datetime, words: Mapping[str, str]) -> int:
    def body(commit: Callable[[str], str]) -> Any:
        def said(value: Any, key: str = "") -> Any:
            if isinstance(value, dict):
                return {name: said(one, name) for name, one in value.items()}
            if isinstance(value, list):
                return [said(one, key) for one in value]
            return commit(words[value]) if value in words else copy.said(value, key)

        return said(entry["body"])

    return log.enter(entry["kind"], at, words[entry["actor"]], body)


class _Runs:
    """Rows of actions, and of what the repeated ones write."""

    def __init__(self, new: sqlite3.Connection, people: Mapping[str, sqlite3.Row]) -> None:
        self.new, self.people, self.pk = new, people, 0
        self.rows: list[tuple[Any, ...]] = []
        self.declared: list[tuple[Any, ...]] = []
        self.given: dict[tuple[int, int], str] = {}
        self.names = [row[1] for row in new.execute("PRAGMA table_info(office_actionrun)")]
        self.columns = [row[1] for row in new.execute("PRAGMA table_info(office_declaration)")]
        self.declaration = new.execute("SELECT max(id) FROM office_declaration").fetchone()[0]

    def again(self, run: Mapping[str, Any], copy: Copy, entry: int) -> None:
        """A played action, as the copy has it."""
        answer = json.dumps(copy.said(json.loads(run["answer"])), ensure_ascii=False)
        key = f"{run['key']}-{copy.k}"
        self._put(run | {"case_id": run["case_id"] + copy.k * STRIDE, "answer": answer, "key": key, "entry": entry})

    def repeat(self, log: LogWriter, busy: Busy, copy: Copy, at: datetime, count: int) -> None:
        """Actions done again at a copy."""
        from guanzi.office.actions.framework import _hash

        case, organisation = busy.case + copy.k * STRIDE, self.people[busy.lead]["organisation_id"]
        head = {"organisation": "", "version": copy.swapped.get(busy.version, busy.version)}
        row = self.new.execute("SELECT playbook_sha256 FROM office_officecase WHERE id = ?", (case,)).fetchone()
        slug = self.new.execute("SELECT slug FROM office_organisation WHERE id = ?", (organisation,)).fetchone()[0]
        head |= {"organisation": slug, "playbook": row[0]}
        text = ""
        for one in busy.actions(copy.slug, count):
            entry = log.enter("action", at, one.person, _body_of(one, copy.slug, head))
            text, person = at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"), self.people[one.person]["id"]
            values = {"person_id": person, "key": secrets.token_urlsafe(16), "action": one.action, "entry": entry}
            values |= {"asked": _hash(one.action, one.asked), "answer": json.dumps(one.answer)}
            self._put(values | {"organisation_id": organisation, "case_id": case, "at": text})
            if one.action == "interest.declare":
                self.declaration += 1
                told = {"id": self.declaration, "has_interest": 0, "words": "", "at": text, "case_id": case}
                self.declared.append(tuple((told | {"person_id": person})[name] for name in self.columns))
            elif one.action == "case.give_seat":
                self.given[case, self.people[one.who["seated"]]["id"]] = text

    def _put(self, values: Mapping[str, Any]) -> None:
        self.pk += 1
        self.rows.append(tuple((dict(values) | {"id": self.pk})[name] for name in self.names))

    def flush(self, *, always: bool = False) -> None:
        """Write what is gathered."""
        if always or len(self.rows) >= BATCH:
            insert(self.new, "office_actionrun", self.rows)
            insert(self.new, "office_declaration", self.declared)
            seats = [(at, case, person) for (case, person), at in self.given.items()]
            self.new.executemany("UPDATE office_seat SET given_at = ? WHERE case_id = ? AND person_id = ?", seats)
            self.rows, self.declared, self.given = [], [], {}


def _body_of(one: Repeated, slug: str, head: Mapping[str, str]) -> Callable[[Callable[[str], str]], Any]:
    from guanzi.record.ledger import ActionBody

    def body(commit: Callable[[str], str]) -> Any:
        made = ActionBody(
            format=1,
            action=one.action,
            organisation=head["organisation"],
            case=slug,
            version=head["version"],
            playbook=head["playbook"],
            who={label: commit(name) for label, name in one.who.items()},
            said={},
            data=one.data,
            files=(),
        )
        return made.model_dump(mode="json")

    return body


def sample(cases: Sequence[Any], count: int) -> Iterator[Any]:
    """Some of many, evenly."""
    yield from cases[:: max(1, len(cases) // count)]
