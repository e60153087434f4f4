"""Whoever writes is killed, and what he left is looked at; run as a program on an office of its own.

Every round a process does an action of a stream of all kinds and is killed in the middle: at a statement of SQL, at a
change of a file, at any call of the office, counted from its beginning, or after some time by whoever started it. A
second process then looks: the action is in the database with its entry in the log, or neither is; files are whole; the
log verifies. Then it asks for the same under the same key, twice: it is done once in all.
"""

import json
import os
import random
import select
import signal
import sqlite3
import sys
import time
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from tests.office.forks import forked

WRITES = frozenset({"execute", "executemany", "executescript", "commit", "rename", "replace", "link", "fsync", "mkdir",
                    "unlink", "rmdir", "write", "open"})  # fmt: skip
"""Built-in functions that change something outside."""
WATCHED = ("guanzi/office/", "guanzi/record/ledger/", "core/scratch.py", "django/db/", "psycopg/", "shutil.py")


class Counter:
    """Counts what a process does, and kills it at a number.

    Args:
        at: Number of the event before which it ends; None: it does not.
        of: What is counted to it: ``writes`` or ``calls``.
    """

    def __init__(self, at=None, of="writes"):
        self.at, self.of = at, of
        self.told = {"writes": 0, "calls": 0}
        self.known = {}

    def __enter__(self):
        sys.setprofile(self.see)
        return self

    def __exit__(self, *error):
        sys.setprofile(None)

    def see(self, frame, event, what):
        """A call begins or ends."""
        if event in ("c_call", "c_return"):
            if what.__name__ in WRITES:
                self.count("writes")
            return
        code = frame.f_code
        watched = self.known.get(code)
        if watched is None:
            watched = self.known[code] = any(part in code.co_filename for part in WATCHED)
        if watched:
            self.count("calls")
            if code.co_name == "execute":  # of PostgreSQL, whose statements no built-in function runs
                self.count("writes")

    def count(self, of):
        """One more; perhaps the last."""
        self.told[of] += 1
        if of == self.of and self.told[of] == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def main(kills, seed):
    """Kill so many writers in the middle of an action."""
    from guanzi.office.serving.preparing import choose, prepare

    data = Path(os.environ["GUANZI_OFFICE_DATA"])
    choose(data)
    import django

    django.setup()
    from guanzi.office.actions import load_actions

    load_actions()
    must(in_child(lambda: begin(prepare)))
    dice, counts, killed, round = random.Random(seed), {}, 0, 0
    while killed < kills:
        round += 1
        killed += kill_one(data, dice, counts, round)
    sys.stdout.write(f"{killed} killed in the middle of {round} actions\n")


def begin(prepare):
    """Make the office with its people and cases."""
    prepare()
    from tests.office.conftest import Office
    from tests.office.stream import prepare_cases

    prepare_cases(Office.make("city"))


def kill_one(data, dice, counts, round):
    """Let an action be killed, and see what is left; whether it was in the middle."""
    for name in ("asked", "done", "counts"):
        (data / f"{name}.json").unlink(missing_ok=True)
    ready, told = os.pipe()
    way, seed = dice.choice(("writes", "writes", "calls", "time")), dice.getrandbits(60)
    writer = forked(lambda: write(data, random.Random(seed), counts, way, told))
    os.close(told)
    select.select([ready], [], [])
    if way == "time":
        time.sleep(dice.uniform(0.0, counts.get("seconds", 0.2)))
        os.kill(writer, signal.SIGKILL)
    status = os.waitpid(writer, 0)[1]
    os.close(ready)
    assert os.WIFSIGNALED(status), "the writer was not killed, it failed"
    assert os.WTERMSIG(status) == signal.SIGKILL
    middle = not (data / "done.json").exists()
    must(in_child(lambda: look(data, round)))
    counts |= json.loads((data / "counts.json").read_text())
    return middle


def write(data, dice, counts, way, told):
    """Do an action, to be killed on the way, or after it at the latest."""
    from tests.office.stream import Stream

    from guanzi.base.core import GuanziError
    from guanzi.office.actions import perform
    from guanzi.office.models import Person

    name, id, asked = Stream(dice).draw()
    key = f"key-{dice.getrandbits(60)}"
    state, log = digests()
    held = {"name": name, "id": id, "asked": asked, "key": key, "state": state, "log": log}
    (data / "asked.json").write_text(json.dumps(held))
    known = counts.get(id, {"writes": 120, "calls": 3_000})
    at = None if way == "time" else dice.randint(1, known[way])
    person = Person.objects.get(username=f"city-{name}")
    os.write(told, b"!")
    try:
        with Counter(at, way):
            done = perform(person, id, asked, key)
        (data / "done.json").write_text(json.dumps({"entry": done.entry}))
    except GuanziError as refused:
        (data / "done.json").write_text(json.dumps({"refused": str(refused)}))
    if way == "time":
        time.sleep(60)
    os.kill(os.getpid(), signal.SIGKILL)


def look(data, round):
    """What the killed writer left; then the same is asked again, and again."""
    from guanzi.base.core import GuanziError
    from guanzi.office.actions import perform
    from guanzi.office.models import ActionRun, Person

    held = json.loads((data / "asked.json").read_text())
    done = json.loads((data / "done.json").read_text()) if (data / "done.json").exists() else {}
    what = (round, held["name"], held["id"])
    check_all(what)
    run = ActionRun.objects.filter(key=held["key"]).first()
    state, log = digests()
    if run is None:
        assert "entry" not in done, (what, "was confirmed, and is not there")
        assert (state, log) == (held["state"], held["log"]), (what, "is half done")
    else:
        assert state != held["state"], (what, "stands in the log, and changed nothing")
        assert log != held["log"], (what, "is not in the log")
        assert done.get("entry", run.entry) == run.entry
    person, counter, begun = Person.objects.get(username=f"city-{held['name']}"), Counter(), time.monotonic()
    try:
        with counter:
            first = perform(person, held["id"], held["asked"], held["key"])
    except GuanziError as refused:
        first, why = None, str(refused)
    if first is None:
        assert run is None, (what, why)
        assert why == done.get("refused", why), what
        assert (state, log) == digests(), (what, "was refused, and changed something")
        (data / "counts.json").write_text("{}")
        return
    assert first.repeated == (run is not None), what
    if run is None:
        taken = {held["id"]: counter.told, "seconds": time.monotonic() - begun}
        (data / "counts.json").write_text(json.dumps(taken))
    else:
        (data / "counts.json").write_text("{}")
        assert (state, log) == digests(), (what, "was done a second time")
    after = digests()
    again = perform(person, held["id"], held["asked"], held["key"])
    assert (again.repeated, again.entry) == (True, first.entry), what
    assert after == digests(), (what, "was done a second time")
    check_all(what)
    left = [path.name for folder in (data, data / "laid") for path in folder.glob(".*") if path.is_dir()]
    if run is None and held["id"].startswith("evidence."):
        assert not left, (what, "drafts stay on the disk", left)


def check_all(what):
    """Log, database, files: everything is whole, and no money went out twice."""
    from django.conf import settings
    from django.db import connection

    from guanzi.base.core import sha256_of
    from guanzi.office.auditlog.lastnote import last_kept
    from guanzi.office.auditlog.log import office_log
    from guanzi.office.cases.dataroomindexes import DERIVED
    from guanzi.office.models import ActionRun, Blob, CaseVersion, TrancheRelease
    from guanzi.office.serving.rebuilding import wrong_contents
    from guanzi.record.ledger import check_log

    note = last_kept(office_log())
    flaws = check_log(office_log(), [] if note is None else [note])
    assert flaws == (), (what, flaws)
    assert wrong_contents()[0] == [], what
    entered = {}
    for seq, content in office_log().contents():
        entry = json.loads(content)
        if entry["kind"] == "action" and entry["body"]["action"] not in ("appraisal.done", "rows.account"):
            entered[seq] = entry["body"]["action"]
    assert entered == dict(ActionRun.objects.values_list("entry", "action")), (what, "log and actions differ")
    kept = set(Blob.objects.values_list("sha256", flat=True))
    for version in CaseVersion.objects.all():
        assert set(version.tree.values()) <= kept, (what, "a version lacks a file")
        assert version.sha256 == sha256_of(version.tree), what
    out = list(TrancheRelease.objects.filter(state="released").values_list("tranche", flat=True))
    assert len(out) == len(set(out)), (what, "an instalment was released twice")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)], what
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == [], what
    for place in (settings.DATA / "laid").iterdir():
        if place.name.startswith("."):
            continue
        (folder,) = place.iterdir()
        files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
        index = files.pop(DERIVED, None)
        held = {
            name: sha256(path.read_bytes()).hexdigest()
            for name, path in sorted(files.items())
            if "/.guanzi" not in name
        }
        assert sha256_of(held) == place.name, (what, "a folder is laid out in part", sorted(files))
        if index is not None:
            with closing(sqlite3.connect(f"file:{index}?mode=ro", uri=True)) as room:
                assert room.execute("PRAGMA integrity_check").fetchone() == ("ok",), (what, "an index is torn")


def digests():
    """Hashes of all that is in the database: of the log with the actions, and of the rest."""
    from django.db import connection

    parts = {"log": sha256(), "state": sha256()}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table.startswith(("django_session", "django_migrations")):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            part = parts["log" if table.startswith(("ledger_", "office_actionrun")) else "state"]
            part.update(f"{table} {sorted(map(_plain, cursor.fetchall()))}".encode())
    return parts["state"].hexdigest(), parts["log"].hexdigest()


def _plain(row):
    return repr(tuple(bytes(value) if isinstance(value, memoryview) else value for value in row))


def in_child(work):
    """Do something in a process of its own, which shares no connection; its status."""
    return os.waitpid(forked(work), 0)[1]


def must(status):
    """See that a process ended well."""
    if status != 0:
        sys.exit(1)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
