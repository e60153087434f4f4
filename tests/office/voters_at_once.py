"""A committee that votes, votes otherwise and is closed all at once; run as a program on an office of its own."""

import os
import threading
from pathlib import Path


def main(rounds: int) -> None:
    """Sit so many times; each time everybody acts at once."""
    from guanzi.office.serving.preparing import choose, prepare

    choose(Path(os.environ["GUANZI_OFFICE_DATA"]))
    prepare()
    from django.db import connection
    from tests.office.committee import MEMBERS, declare, do, prepared, quick, sit
    from tests.office.conftest import Office

    from guanzi.base.core import GuanziError
    from guanzi.office.actions import load_actions
    from guanzi.office.auditlog.log import office_log
    from guanzi.office.models import OfficeCase, Sitting
    from guanzi.record.ledger import check_log

    class Patch:
        setattr = staticmethod(setattr)

    load_actions()
    office = Office.make("city")
    quick(Patch)
    prepared(office)
    declare(office)

    def act(what: str, name: str, **asked: object) -> None:
        start.wait()
        try:
            do(office.people[name], what, **asked)
        except GuanziError:
            pass  # the sitting was closed before, or closed already
        except Exception as error:
            broken.append(error)
        finally:
            connection.close()

    for _ in range(rounds):
        OfficeCase.objects.update(state="open", stage="deciding")
        sitting = sit(office)
        for name in (*MEMBERS, "chair"):
            do(office.people[name], "vote.cast", sitting=sitting, vote="back", reason="at first")
        broken: list[Exception] = []
        doings = [
            *(("vote.cast", name, {"vote": "decline", "reason": "now"}) for name in (*MEMBERS, MEMBERS[0])),
            ("vote.close", "chair", {"reasons": "enough"}),
            ("vote.close", "chair", {"reasons": "enough again"}),
        ]
        start = threading.Barrier(len(doings))
        threads = [
            threading.Thread(target=act, args=(what, name), kwargs={"sitting": sitting, **asked})
            for what, name, asked in doings
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not broken, broken
        held = Sitting.objects.get(pk=sitting)
        assert held.state == "closed"
        weights = dict.fromkeys(held.tally["weights"], 0.0)
        for ballot in held.ballots.all():
            weights[ballot.vote] += ballot.weight
        assert weights == held.tally["weights"], (weights, held.tally)
        assert held.ballots.count() == len(MEMBERS) + 1
    assert check_log(office_log()) == ()
    print("counted")


if __name__ == "__main__":
    main(4)
