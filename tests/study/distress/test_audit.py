"""The audit finds each leak that was planted, and accuses nobody where there is none."""

import numpy as np
from tests.study.distress.firms import firms, table

from guanzi.base.core import render
from guanzi.study.distress.audit import audit

VALUES, _, FAILED = firms(800, seed=21)


def kinds(leaks):
    assert all(render(leak.message, lang) for leak in leaks for lang in ("en", "zh"))
    return {leak.kind for leak in leaks}


def test_a_clean_table_is_not_accused():
    assert kinds(audit(table(VALUES, FAILED))) == set()
    assert kinds(audit(table(VALUES[:400], FAILED[:400]), table(VALUES[400:], FAILED[400:]))) == set()


def test_a_firm_in_both_tables_is_found():
    names = [f"F{i}" for i in range(800)]
    learnt, judged = (
        table(VALUES[part], FAILED[part], firms=names[part], years=years)
        for part, years in ((slice(0, 500), [2016] * 500), (slice(490, 800), [2017] * 310))
    )
    assert kinds(audit(judged, learnt)) == {"shared"}


def test_copies_are_found_and_contradictions_counted():
    values, failed = np.vstack([VALUES, VALUES[:5]]), np.append(FAILED, ~FAILED[:5])
    (leak,) = audit(table(values, failed))
    assert leak.kind == "copies"
    assert dict(leak.message.params) == {"rows": 5, "contradictory": 5}


def test_near_copies_are_found():
    values, failed = np.vstack([VALUES, VALUES[:5] * (1 + 1e-9)]), np.append(FAILED, FAILED[:5])
    assert "near_copies" in kinds(audit(table(values, failed)))


def test_a_column_written_after_the_event_is_found():
    after = FAILED * 10.0 + np.random.default_rng(1).random(800)
    leaks = audit(table(np.column_stack([VALUES, after]), FAILED, names=("a", "b", "c", "d", "months_to_filing")))
    assert [(leak.kind, leak.columns) for leak in leaks] == [("separating", ("months_to_filing",))]


def test_a_column_whose_absence_tells_the_label_is_found():
    values = VALUES.copy()
    values[FAILED & (np.arange(800) % 2 == 0), 2] = np.nan
    (leak,) = audit(table(values, FAILED))
    assert (leak.kind, leak.columns) == ("absent", ("c2",))


def test_columns_whose_equality_tells_the_label_are_found():
    values = VALUES.copy()
    values[~FAILED, 3] = values[~FAILED, 2]
    (leak,) = audit(table(values, FAILED))
    assert (leak.kind, leak.columns) == ("equal", ("c2", "c3"))


def test_years_that_lie_after_those_to_judge_are_found():
    learnt = table(VALUES[:400], FAILED[:400], years=[2018] * 400)
    judged = table(VALUES[400:], FAILED[400:], years=[2017] * 400)
    assert kinds(audit(judged, learnt)) == {"years"}


def test_a_label_that_holds_for_all_years_of_a_firm_is_found():
    names = np.repeat([f"F{i}" for i in range(200)], 4)
    failed = np.repeat(np.arange(200) < 40, 4)
    assert "label_per_firm" in kinds(audit(table(VALUES, failed, firms=names.tolist())))
