"""Several people at once report, verify, ask, release, refuse and amend, some are killed; run as a program.

It makes an office in ``GUANZI_OFFICE_DATA`` (or in the database of ``DATABASE_URL``), signs a deal of many instalments,
each behind a milestone of its own, and lets a state machine draw what two to four processes do at the same moment, and
which of them is killed, and when. Whatever is drawn: nothing is paid before its milestone was verified by somebody else
than who reported it; an instalment is released at most once, by somebody else than who asked, in an amount of the deal
that was signed; what was confirmed stays; and the log verifies and tells the same as the database.
"""

import json
import os
import secrets
import signal
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from tests.office.forks import forked

ACTORS = ("manager", "lead", "finance", "chair")
WHAT = ("milestone.report", "milestone.verify", "milestone.verify", "milestone.return", "money.ask", "money.ask",
        "money.release", "money.release", "money.release", "money.refuse", "deal.amend")  # fmt: skip
DOINGS = st.lists(st.tuples(st.sampled_from(ACTORS), st.sampled_from(WHAT)), min_size=2, max_size=4)
KILLED = st.none() | st.tuples(st.integers(0, 3), st.floats(0.0, 0.4))
"""Which of them is killed, and after how many seconds."""
WAY = (("manager", "milestone.report"), ("lead", "milestone.verify"), ("manager", "money.ask"))
AMOUNT = 2.0


def main(examples, steps):
    """Make the office, and let the machine run."""
    from guanzi.office.serving.preparing import choose, prepare

    choose(Path(os.environ["GUANZI_OFFICE_DATA"]))
    prepare()
    from tests.office import small
    from tests.office.conftest import Office

    from guanzi.base.core import GuanziError
    from guanzi.office.actions import load_actions
    from guanzi.office.auditlog.log import office_log
    from guanzi.office.cases.termsheets import text_of
    from guanzi.office.models import MilestoneReport, OfficeCase, RoleHeld, TrancheRelease
    from guanzi.record.ledger import check_log

    load_actions()
    office = Office.make("city")
    for name in ("manager", "lead"):  # roles never make up for being the one who asked
        RoleHeld.objects.create(person=office.people[name], role="chair")
    count = 2 * examples + 20
    small.sign_small(office, {**small.FILES, small.SHEET: deal_of(count)})
    counter = iter(range(count))

    class Actors(RuleBasedStateMachine):
        """One instalment behind one milestone, at which several people act at once."""

        @initialize(asked_for=st.sampled_from((True, True, False)))
        def begin(self, asked_for):
            self.number, self.day, self.amounts, self.out = next(counter), 0, {AMOUNT}, None
            if asked_for:
                self.go_on()

        @rule(doings=DOINGS, killed=KILLED)
        def at_once(self, doings, killed):
            self.day += 1
            for seq in at_the_same_moment(office, [self.asked(*context) for context in doings], killed):
                office_log().content(seq)  # what was confirmed is in the log

        @rule()
        def go_on(self):
            """The way to the money, so that it is reached at all."""
            self.day += 1
            for context in WAY:
                at_the_same_moment(office, [self.asked(*context)], None)

        @rule()
        def propose(self):
            """A text with more money for it, approved and decided on: somebody may now put it in place."""
            case = OfficeCase.objects.select_related("head").get()
            new = max(self.amounts) + 1
            line = f"id: q{self.number}, amount: {max(self.amounts):g},"
            text = text_of(case.head.tree[small.SHEET])
            if line not in text:
                return
            try:
                small.act(office.lead, "sheet.save", path=small.SHEET, text=text.replace(line, line.replace(
                    f"{max(self.amounts):g},", f"{new:g},")))  # fmt: skip
                small.approve(office)
            except GuanziError:
                return
            small.decided(office, case, purpose="add_money", amount=1.0)
            self.amounts.add(new)

        def asked(self, name, what):
            """What somebody asks for, as things stand."""
            proof = {"document": "certificate", "page": 1, "quote": small.QUOTES["closing"]}
            row = TrancheRelease.objects.filter(tranche=f"q{self.number}", state="asked").first()
            milestone = {"milestone": f"e{self.number}"}
            every: dict[str, dict[str, Any]] = {
                "milestone.report": milestone | {"reached_on": f"2026-07-{self.day % 28 + 1:02d}"},
                "milestone.verify": milestone | proof,
                "milestone.return": milestone | {"words": "not yet"},
                "money.ask": {"tranche": f"q{self.number}", "words": "because"},
                "money.release": {"release": row.pk if row else 0},
                "money.refuse": {"release": row.pk if row else 0, "words": "because"},
                "deal.amend": {"path": small.SHEET},
            }
            return name, what, {"case": small.CASE, **every[what]}

        @invariant()
        def released_once_after_its_milestone_by_two_people(self):
            if not hasattr(self, "number"):
                return
            rows = list(TrancheRelease.objects.filter(tranche=f"q{self.number}"))
            assert len([row for row in rows if row.state != "refused"]) <= 1, rows
            for row in rows:
                assert row.amount in self.amounts
                assert row.asked_by_id != row.answered_by_id
            out = next(((row.pk, row.amount, row.answered_by_id) for row in rows if row.state == "released"), None)
            assert self.out in (None, out), "money that was released changed"
            self.out = out
            report = MilestoneReport.objects.filter(milestone=f"e{self.number}").first()
            if report is not None:
                assert report.verified_by is None or report.verified_by != report.reported_by
            if any(row.state != "refused" for row in rows):
                assert report.verified_by is not None, "money without a verified milestone"

    run_state_machine_as_test(
        Actors,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    last = Actors()
    last.begin(asked_for=True)
    last.at_once([("finance", "money.release"), ("chair", "money.release"), ("lead", "money.release")], None)
    last.released_once_after_its_milestone_by_two_people()
    assert last.out is not None
    assert check_log(office_log()) == ()
    held = {row.tranche: row.amount for row in TrancheRelease.objects.filter(state="released")}
    assert replayed(office_log()) == held, "the log tells of other money than the database"
    sys.stdout.write(f"{len(held)} released\n")


def deal_of(count):
    """The small deal with so many more instalments, each behind an event of its own."""
    from tests.office import small

    lines = "".join(
        f"      - {{id: q{n}, amount: {AMOUNT:g}, due: 2026-07-31, if: \"event('e{n}')\"}}\n" for n in range(count)
    )
    events = "".join(
        f"  e{n}: {{name: step {n} is done, due: 2026-07-31, by: company, probability: 0.9}}\n" for n in range(count)
    )
    text = small.TERMS.replace("    tranches:\n", f"    tranches:\n{lines}")
    return text.replace("events:\n", f"events:\n{events}")


def replayed(log):
    """Tranche -> amount, by the entries of the log alone, each tested against those before it."""
    verified, asked, out = set(), {}, {}
    for _, content in log.contents():
        entry = json.loads(content)
        body, actor = entry["body"], log.opened(entry["actor"])[1]
        data = body["data"]
        if body["action"] == "milestone.verify":
            verified.add(data["milestone"])
        elif body["action"] == "money.ask":
            assert f"e{data['tranche'].removeprefix('q')}" in verified
            assert data["tranche"] not in asked
            asked[data["tranche"]] = (actor, data["amount"])
        elif body["action"] in ("money.release", "money.refuse"):
            by, amount = asked.pop(data["tranche"])
            assert by != actor
            assert data["tranche"] not in out
            if body["action"] == "money.release":
                assert data["amount"] == amount
                out[data["tranche"]] = amount
    return out


def at_the_same_moment(office, asked, killed):
    """Do all of them at once, each in a process of its own, one of which is killed; then the killed one asks again.

    Returns:
        Numbers of the entries of what was confirmed.
    """
    from django.db import connection

    from guanzi.base.core import GuanziError
    from guanzi.office.actions import perform
    from guanzi.office.faults import Unable

    connection.close()
    start, go = os.pipe()
    heard, tell = os.pipe()
    keys = [secrets.token_hex(8) for _ in asked]

    def act(name, what, given, key):
        os.close(go)
        os.read(start, 1)
        try:
            entry = perform(office.people[name], what, given, key).entry
        except Unable:
            raise  # nobody waits so long for his turn
        except GuanziError:
            return  # others were before
        os.write(tell, f"{entry}\n".encode())

    children = [
        forked(partial(act, name, what, given, key)) for (name, what, given), key in zip(asked, keys, strict=True)
    ]
    os.close(tell)
    os.close(go)  # they begin
    os.close(start)
    victim = None if killed is None else killed[0] % len(asked)
    if victim is not None:
        time.sleep(killed[1])
        os.kill(children[victim], signal.SIGKILL)
    for place, child in enumerate(children):
        status = os.waitpid(child, 0)[1]
        assert status == 0 or place == victim, "an action broke"
    with os.fdopen(heard) as lines:
        entries = [int(line) for line in lines]
    if victim is not None:
        name, what, given = asked[victim]
        try:
            first = perform(office.people[name], what, given, keys[victim])
            again = perform(office.people[name], what, given, keys[victim])
            assert (again.repeated, again.entry) == (True, first.entry)
            entries.append(first.entry)
        except GuanziError:  # it had not been done, and others were before
            pass
    return entries


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
