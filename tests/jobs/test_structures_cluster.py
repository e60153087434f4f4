"""Deals that are searched on workers have the bytes of each searched alone, also where a worker is killed."""

import os
import signal
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from guanzi.advice.structuring import search
from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json
from guanzi.engine.simulation import Cluster
from guanzi.jobs.shared.run import Run
from guanzi.jobs.structuring.draft import DraftRequest
from guanzi.jobs.structuring.structuring import Request, data, find_structure, find_structures

pytest.importorskip("distributed")

CASES = ("boe-hefei-2008", "solyndra-fremont-2009", "britishvolt-blyth-2022")
ALONE = ("survival>=0%", "company.survival_5y>=0%", "holders>=-1e9")
"""Nobody's leave is asked, so that there is something to suggest."""


def asked(case: str, out: Path | None = None) -> Request:
    return Request(DraftRequest(case), ALONE, evaluations=24, out=out, run=Run(paths=128, threads=1))


def written(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def test_workers_write_the_bytes_of_each_alone_and_a_killed_one_costs_only_repetition(tmp_path):
    alone, together = tmp_path / "alone", tmp_path / "together"
    alone.mkdir()
    together.mkdir()
    told = [dump_json(data(find_structure(asked(case, alone / case)))) for case in CASES]
    assert written(alone)
    with Cluster(workers=2) as two:
        two.client.wait_for_workers(2)
        pids = set(two.client.run(os.getpid).values())
        killed: list[int] = []

        def kill_one(steps: int) -> None:
            assert steps == 1
            if not killed:
                os.kill(min(pids), signal.SIGKILL)
            killed.append(steps)

        address = f"dask:{two.client.scheduler.address}"
        run = Run(paths=128, engine=address, watch=lambda what, total: nullcontext(kill_one))
        found = find_structures(replace(asked(CASES[0]), run=run), [(case, together / case) for case in CASES])
        two.client.wait_for_workers(2)
        assert min(pids) not in set(two.client.run(os.getpid).values())
    assert len(killed) == len(CASES)
    assert [dump_json(data(one)) for one in found] == told
    assert written(together) == written(alone)


def test_what_is_wrong_with_any_draft_is_said_before_the_first_search(tmp_path):
    drafts = [(case, tmp_path / case) for case in ("byd-hefei-2021", CASES[0], "cxmt-hefei-2017")]
    with pytest.raises(InvalidInput) as refused:
        find_structures(asked(""), drafts)
    assert [problem.cause.id for problem in refused.value.problems] == ["desk.structure.nothing_free"] * 2
    assert not written(tmp_path)


def test_where_one_search_fails_nothing_is_written(tmp_path, monkeypatch):
    searched = []

    def fail_second(*draft, **how):
        if searched:
            raise InvalidInput(Problem(Message.of("desk.structure.nothing_free"), Place("")))
        searched.append(search(*draft, **how))
        return searched[0]

    monkeypatch.setattr("guanzi.jobs.structuring.structuring.search", fail_second)
    with pytest.raises(InvalidInput):
        find_structures(asked(""), [(case, tmp_path / case) for case in CASES[:2]])
    assert searched[0].suggestion is not None
    assert not written(tmp_path)
