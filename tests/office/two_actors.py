"""Two people at once ask for, release and refuse an instalment, on an office of its own; run as a program.

It makes an office in ``GUANZI_OFFICE_DATA`` (or in the database of ``DATABASE_URL``), signs a deal of many
instalments, and lets a state machine draw pairs of actions that two threads do at the same moment. Whatever is drawn:
an instalment is released at most once, by somebody else than who asked, in the amount of the deal, and the log holds.
"""

import os
import secrets
import sys
import threading
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

ACTORS = ("manager", "lead", "finance", "chair")
DOINGS = st.tuples(st.sampled_from(ACTORS), st.sampled_from(("ask", "release", "release", "refuse")))


def main(examples: int, steps: int) -> None:
    """Make the office, and let the machine run."""
    from guanzi.office.serving.preparing import choose, prepare

    choose(Path(os.environ["GUANZI_OFFICE_DATA"]))
    prepare()
    from tests.office.conftest import Office
    from tests.office.small import FILES, SHEET, TERMS, sign_small, verified

    from guanzi.office.actions import load_actions
    from guanzi.office.log import office_log
    from guanzi.office.models import RoleHeld, TrancheRelease
    from guanzi.record.ledger import check_log

    load_actions()
    office = Office.make("city")
    for name in ("manager", "lead"):  # roles never make up for being the one who asked
        RoleHeld.objects.create(person=office.people[name], role="chair")
    count = 2 * examples + 20
    lines = "".join(
        f"      - {{id: q{n}, amount: 2, due: 2026-07-31, if: \"event('closing')\"}}\n" for n in range(count)
    )
    text = TERMS.replace("    tranches:\n", f"    tranches:\n{lines}")
    sign_small(office, {**FILES, SHEET: text})
    verified(office)

    counter = iter(range(count))

    class TwoActors(RuleBasedStateMachine):
        """One instalment, at which two people act at once."""

        @initialize()
        def begin(self) -> None:
            self.tranche = f"q{next(counter)}"
            self.released = 0

        @rule(first=DOINGS, second=DOINGS)
        def at_once(self, first: tuple[str, str], second: tuple[str, str]) -> None:
            done = at_the_same_moment(office, self.tranche, (first, second))
            self.released += sum(done)

        @invariant()
        def released_once_by_two_people(self) -> None:
            if not hasattr(self, "tranche"):
                return
            rows = list(TrancheRelease.objects.filter(tranche=self.tranche))
            assert len([row for row in rows if row.state != "refused"]) <= 1, rows
            out = [row for row in rows if row.state == "released"]
            assert len(out) == self.released <= 1
            for row in rows:
                assert row.amount == 2.0
                assert row.asked_by_id != row.answered_by_id

    run_state_machine_as_test(
        TwoActors,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert check_log(office_log()) == ()
    out = TrancheRelease.objects.filter(state="released").count()
    assert out > 0
    sys.stdout.write(f"{out} released\n")


def at_the_same_moment(office, tranche: str, doings: tuple[tuple[str, str], ...]) -> list[bool]:
    """Do all of them at once; for each whether it released money. Anything but a refusal is raised."""
    from django.db import connection
    from tests.office.small import CASE

    from guanzi.base.core import GuanziError
    from guanzi.office.actions import perform
    from guanzi.office.models import TrancheRelease

    row = TrancheRelease.objects.filter(tranche=tranche, state="asked").first()
    start = threading.Barrier(len(doings))
    done, broken = [False] * len(doings), []

    def act(place: int, name: str, what: str) -> None:
        asked = {"case": CASE} | ({"tranche": tranche} if what == "ask" else {"release": row.pk if row else 0})
        words = {} if what == "release" else {"words": "because"}
        start.wait()
        try:
            perform(office.people[name], f"money.{what}", asked | words, secrets.token_hex(8))
            done[place] = what == "release"
        except GuanziError:
            pass
        except BaseException as error:  # told by the thread that waits
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=act, args=(place, *doing)) for place, doing in enumerate(doings)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if broken:
        raise broken[0]
    return done


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
