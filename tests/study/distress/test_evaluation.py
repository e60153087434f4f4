"""Evaluations are honest: nothing is found where nothing is, and nothing leaks from firm to firm."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.study.distress.firms import firms, panel, table

from guanzi.base.core import InvalidInput
from guanzi.study.distress.audit import shared_rows
from guanzi.study.distress.evaluation import Deals, evaluate_apart, evaluate_folds
from guanzi.study.distress.folds import groups_of, spread
from guanzi.study.distress.model import DistressModel
from guanzi.study.distress.table import read_labelled
from guanzi.study.scoring import roc_auc


def whole(seed):
    return DistressModel(seed=seed)


def light(seed):
    return DistressModel(pairs=False, inner_folds=2, seed=seed)


@pytest.mark.prove
def test_shuffled_labels_cannot_be_foreseen():
    values, _, failed = firms(900, seed=11)
    areas = []
    for seed in range(4):
        shuffled = np.random.default_rng(seed).permutation(failed)
        make = whole if seed == 0 else light  # pairs of columns once: they are what takes long
        result = evaluate_folds(table(values, shuffled), deals=Deals(4, seed=seed), threads=2, make=make)
        areas.append(result.pooled_auc)
        assert result.at_training.brier_skill.value < 0.02
    assert np.mean(areas) == pytest.approx(0.5, abs=0.05)


def test_the_area_comes_near_that_of_the_true_probabilities():
    values, truth, failed = firms(1500, seed=12)
    result = evaluate_folds(table(values, failed), deals=Deals(4, 2), base_rate=0.02, threads=2, make=light)
    best = roc_auc(failed, truth)
    assert best - 0.07 < result.auc.value < best + 0.01
    assert result.auc.interval[0] < result.auc.value < result.auc.interval[1]
    assert result.at_training.p > 0.001
    assert result.at_stated.mean < result.at_training.mean  # 2 % is below the share of failures
    assert result.odds.shape == (2, 1500)


def test_the_base_rate_is_not_taken_from_the_judged_labels():
    values, _, failed = firms(800, seed=13)
    learnt, judged = table(values[:500], failed[:500]), table(values[500:], failed[500:])
    turned = table(values[500:], ~failed[500:])
    one, other = (evaluate_apart(learnt, t, base_rate=0.05, make=light) for t in (judged, turned))
    assert np.array_equal(one.odds, other.odds)
    assert one.at_stated.mean == other.at_stated.mean


def test_columns_that_the_judged_table_lacks_are_missing_and_others_are_ignored():
    values, _, failed = firms(600, seed=14)
    learnt = table(values[:400], failed[:400], names=("a", "b", "c", "d"))
    judged = table(values[400:, [1, 0, 2]], failed[400:], names=("b", "a", "z"))
    result = evaluate_apart(learnt, judged, make=light)
    assert result.lacking == ("c", "d")
    assert result.auc.value > 0.7
    with pytest.raises(InvalidInput):
        evaluate_apart(learnt, table(values[400:], failed[400:], names=("w", "x", "y", "z")), make=light)


@pytest.mark.parametrize("failures", [0, 1])
def test_too_few_failures_are_refused(failures):
    values, _, _ = firms(50, seed=15)
    with pytest.raises(InvalidInput) as refused:
        evaluate_folds(table(values, np.arange(50) < failures))
    assert dict(refused.value.problems[0].cause.params)["failures"] == failures


def test_two_failures_and_rows_without_any_value_are_judged():
    values, _, _ = firms(50, seed=16)
    values[10:20] = np.nan
    result = evaluate_folds(table(values, np.arange(50) < 2), make=light)
    assert result.folds == 2
    assert 0 <= result.auc.value <= 1


def test_one_class_to_judge_gives_no_area_and_still_a_brier_score():
    values, _, failed = firms(500, seed=17)
    rest = ~failed[300:]
    result = evaluate_apart(
        table(values[:300], failed[:300]), table(values[300:][rest], failed[300:][rest]), make=light
    )
    assert np.isnan(result.auc.value)
    assert 0 < result.at_training.brier.value < 0.2


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 12)), min_size=1, max_size=80), st.integers(2, 10))
def test_folds_keep_groups_whole_and_spread_failures(rows, folds):
    failed = np.array([r[0] for r in rows])
    groups = np.unique([r[1] for r in rows], return_inverse=True)[1]
    fold = spread(failed, groups, folds, seed=1)
    assert all(len(np.unique(fold[groups == g])) == 1 for g in np.unique(groups))
    hit = np.array([failed[groups == g].any() for g in range(groups.max() + 1)])
    if len(np.unique(fold)) > 1:
        per_fold = [sum(hit[g] for g in np.unique(groups[fold == f])) for f in np.unique(fold)]
        assert max(per_fold) - min(per_fold) <= 1
        assert min(per_fold) >= 1


def test_copies_and_rows_of_one_firm_belong_together():
    values = np.array([[1.0, np.nan], [2.0, 3.0], [1.0, np.nan], [5.0, 5.0], [np.nan, np.nan], [np.nan, np.nan]])
    assert groups_of(values).tolist() == [0, 1, 0, 2, 3, 4]
    names = np.array(["A", "B", "C", "A", None, "B"], dtype=object)
    assert groups_of(values, names).tolist() == [0, 1, 0, 0, 2, 1]


def test_a_training_row_of_a_judged_firm_is_found():
    learnt = table(np.arange(8.0).reshape(4, 2), np.zeros(4, bool), firms=["A", "B", "C", None])
    judged = table(np.array([[6.0, 7.0], [9.0, 9.0]]), np.zeros(2, bool), firms=["Z", "B"])
    assert shared_rows(learnt, judged).tolist() == [1, 3]


LABELS = [([0, 1, 1], [0, 1, 1]), ([False, True, True], [0, 1, 1]), (["alive", "failed", "Failed"], [0, 1, 1])]


@pytest.mark.parametrize(("said", "failed"), LABELS)
def test_labels_are_numbers_flags_or_words(said, failed):
    read = read_labelled(panel(bankrupt=said, x=[3, 1, 2], year=[2015, 2016, 2017], status=[5, 6, 6]), "bankrupt")
    assert read.failed.tolist() == [bool(f) for f in failed]
    assert read.names == ("x",)
    assert set(read.left_out) == {"year", "status"}


def test_a_column_that_only_counts_the_rows_is_no_ratio():
    columns = {"index": np.arange(30.0), "x": np.random.default_rng(0).random(30)}
    assert read_labelled(panel(bankrupt=np.arange(30) < 9, **columns), "bankrupt").names == ("x",)


def test_a_label_that_is_none_is_refused_with_what_it_holds():
    with pytest.raises(InvalidInput) as refused:
        read_labelled(panel(bankrupt=[0, 1, 2], x=[1.0, 5.0, 2.0]), "bankrupt")
    assert "2" in dict(refused.value.problems[0].cause.params)["values"]
    with pytest.raises(InvalidInput) as refused:
        read_labelled(panel(bankrupt=[0, 1, 1], x=[1.0, 5.0, 2.0]), "bankrput")
    assert dict(refused.value.problems[0].fix.params)["near"] == "bankrupt"


def test_rows_without_a_label_are_left_out_and_counted():
    read = read_labelled(panel(bankrupt=[0, np.nan, 1], x=[1.0, 5.0, 2.0]), "bankrupt")
    assert (read.rows, read.unlabelled) == (2, 1)


def test_items_become_ratios_so_that_currency_does_not_matter():
    items = {"total_assets": [10.0, 20.0, 5.0], "total_liabilities": [5.0, 5.0, 6.0], "net_income": [1.0, -1.0, 0.5]}
    one = read_labelled(panel(bankrupt=[0, 0, 1], **items), "bankrupt")
    more = read_labelled(panel(bankrupt=[0, 0, 1], **{k: [7 * x for x in v] for k, v in items.items()}), "bankrupt")
    ratios = [i for i, name in enumerate(one.names) if not name.startswith("log_")]
    assert one.names[ratios[0]] == "liabilities_to_assets"
    assert np.allclose(one.values[:, ratios], more.values[:, ratios], equal_nan=True)


def test_where_all_learning_rows_are_judged_too_it_is_said_why_none_is_left():
    values, _, failed = firms(50, seed=17)
    rows = table(values, failed)
    with pytest.raises(InvalidInput) as refused:
        evaluate_apart(rows, rows, shared=np.arange(50), make=light)
    (problem,) = refused.value.problems
    assert dict(problem.cause.params) == {"failures": 0, "survivors": 0}
    assert problem.fix is not None
    assert dict(problem.fix.params) == {"rows": 50}
