"""What `make test` takes of a long sweep, by rule; `make prove` takes all of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Protocol

import pytest
from _pytest.mark import ParameterSet
from hypothesis import settings

PROVE = "prove"
"""The marker, and the profile of hypothesis, of `make prove`."""
BY_FILE: Mapping[str, Mapping[str, int]] = {
    "advice/appraisal/test_other_currencies.py": {
        "test_an_amount_that_an_account_or_a_check_reads_is_refused_without_a_rate": 4,
    },
    "advice/appraisal/test_without_equity.py": {
        "test_no_page_speaks_of_a_stake_or_of_nothing_paid": 4,
    },
    "advice/backtest/test_odd_libraries.py": {
        "test_an_error_of_ours_names_its_case_and_spares_the_others": 4,
    },
    "advice/structuring/test_counterexamples.py": {
        "test_a_mended_deal_can_be_explained": 4,
        "test_the_mended_example_is_no_longer_found_fault_with": 4,
    },
    "base/core/test_compiled.py": {
        "test_code_that_others_could_have_written_is_not_read": 2,
        "test_damaged_code_is_compiled_anew_which_is_said_once": 2,
    },
    "cli/test_bets.py": {
        "test_the_register_is_told_in_both_languages": 4,
    },
    "cli/test_chaos.py": {
        "test_the_product_holds": 4,
    },
    "cli/test_four_cases.py": {
        "test_the_appraisal_is_the_same_without_an_outcome_and_with_a_spoilt_one": 4,
    },
    "cli/test_lint.py": {
        "test_a_rule_is_explained": 4,
    },
    "cli/test_screen.py": {
        "test_pairs_as_spreadsheets_save_them": 4,
    },
    "cli/test_screens.py": {
        "test_the_way_to_a_figure_fits_one_screen": 4,
    },
    "cli/test_statuses.py": {
        "test_a_sheet_of_any_status_goes_through_every_command": 4,
    },
    "cli/test_workbook.py": {
        "test_the_unit_of_a_term_sheet_may_be_told_in_words": 4,
    },
    "cli/test_workstreams.py": {
        "test_each_speaks_both_languages": 4,
    },
    "cli/test_wrong_inputs.py": {
        "test_a_fault_is_refused_at_its_place": 4,
        "test_a_file_that_cannot_be_read_is_refused": 4,
        "test_a_wrong_cell_is_refused_by_sheet_and_cell": 4,
        "test_a_wrong_name_or_option_is_refused": 4,
        "test_a_wrong_workbook_is_refused": 4,
    },
    "deal/lint/test_rules.py": {
        "test_the_bad_sheet_is_found_fault_with": 4,
        "test_the_clean_sheet_passes": 4,
    },
    "deal/terms/test_workbook.py": {
        "test_a_shipped_case_comes_back_whole": 4,
        "test_a_wrong_clause_is_named_by_its_cell": 4,
    },
    "docs/test_docs_run.py": {
        "test_a_page_does_what_it_says": 16,
    },
    "engine/company/test_models.py": {
        "test_a_company_fails_only_when_it_cannot_pay_or_by_its_hazards": 3,
        "test_a_company_that_failed_moves_no_money_of_its_own_afterwards": 3,
        "test_the_funding_window_of_a_hot_market_keeps_more_companies_alive": 3,
        "test_the_shared_market_makes_companies_of_a_track_fail_together": 3,
    },
    "engine/simulation/test_months.py": {
        "test_a_year_of_deliveries_is_four_quarters_on_either_grid": 4,
        "test_months_change_the_days_of_money_and_nothing_of_the_company": 4,
    },
    "golden/test_bad.py": {
        "test_a_bad_document_is_the_same_every_time_and_small": 4,
    },
    "golden/test_bad_read.py": {
        "test_a_bad_document_is_handled_as_its_line_says": 4,
    },
    "intake/reading/test_further.py": {
        "test_a_further_form_of_table_gives_its_facts_and_no_other": 4,
        "test_a_further_form_of_text_gives_its_facts_and_no_other": 4,
    },
    "intake/workbook/test_workbook.py": {
        "test_a_wrong_cell_is_named": 4,
    },
    "jobs/test_contracts.py": {
        "test_every_figure_of_a_drafted_clause_stands_in_its_quote_on_its_page": 4,
    },
    "jobs/test_monitoring.py": {
        "test_a_failure_is_a_breach_once_it_has_lasted_for_its_period_of_cure": 4,
    },
    "office/test_ballots_hidden.py": {
        "test_whatever_ends_a_sitting_before_the_count_tells_nobody_a_vote": 4,
    },
    "office/test_faults.py": {
        "test_a_key_that_is_not_that_of_the_log_is_told_and_nothing_is_done_until_it_is_back": 4,
    },
    "office/test_forgeries.py": {
        "test_every_column_of_the_schema_is_noticed_or_has_a_reason": 8,
        "test_what_is_done_cleverly_in_the_database_is_noticed": 8,
    },
    "office/test_hidden_text.py": {
        "test_every_field_of_every_action_refuses_what_is_hidden": 8,
    },
    "office/test_identities.py": {
        "test_a_token_that_is_false_opens_nothing": 4,
    },
    "office/test_interface.py": {
        "test_a_place_that_no_answer_told_is_refused_in_words": 4,
        "test_no_list_is_counted_and_none_is_skipped_through": 4,
        "test_page_by_page_a_program_reads_a_list_whole_and_nothing_twice": 4,
    },
    "office/test_notices.py": {
        "test_whatever_waits_its_words_its_case_and_its_address_stay_in_the_office": 4,
    },
    "office/test_odd_addresses.py": {
        "test_a_body_in_any_writing_but_utf_8_is_no_error_of_the_server": 4,
        "test_json_of_many_levels_is_no_error_of_the_server": 8,
    },
    "office/test_serving.py": {
        "test_a_key_of_sessions_that_can_be_guessed_is_refused_in_both_languages": 4,
        "test_other_machines_reach_no_office_without_a_server_in_front": 4,
    },
    "office/test_stranger.py": {
        "test_whatever_is_changed_in_a_record_is_found": 6,
    },
    "office/test_verified.py": {
        "test_a_figure_is_verified_only_by_a_page_that_holds_it": 4,
    },
    "office/test_watch.py": {
        "test_what_cannot_be_is_refused_at_its_field": 4,
    },
    "study/diligence/test_absence.py": {
        "test_no_asset_rests_on_a_text_that_says_that_the_thing_is_not_there": 4,
        "test_no_asset_rests_on_nought": 4,
    },
    "study/distress/test_model.py": {
        "test_the_estimator_keeps_the_rules_of_scikit_learn": 4,
    },
    "study/tracks/test_forecast.py": {
        "test_real_panels_keep_what_the_protocol_promised": 4,
    },
    "truth/test_ended.py": {
        "test_the_gate_says_of_a_day_what_the_test_before_a_payment_says": 4,
        "test_whoever_has_ended_is_declined_and_nothing_is_forecast_of_it": 4,
    },
    "truth/test_forms.py": {
        "test_no_reason_of_a_parameter_denies_what_is_held": 3,
    },
    "truth/test_lies.py": {
        "test_planted_faults_are_noticed": 4,
    },
    "truth/test_metamorphic.py": {
        "test_what_must_not_matter_changes_nothing": 6,
    },
    "truth/test_monitoring.py": {
        "test_a_reason_that_no_fact_could_answer_is_unknown_on_every_day": 8,
        "test_what_is_told_of_a_case_of_the_library_agrees_with_its_facts_on_many_days": 8,
    },
    "truth/test_nothing_later.py": {
        "test_what_came_later_changes_no_byte": 5,
    },
    "truth/test_reversals.py": {
        "test_what_turns_the_advice_on_a_case_of_the_library_does": 8,
    },
    "truth/test_signs.py": {
        "test_a_bad_fact_improves_nothing_and_a_good_one_worsens_nothing": 16,
        "test_a_bad_fact_moves_no_parameter_of_the_model_for_the_better": 8,
        "test_what_is_used_of_a_case_has_a_sign_or_a_reason": 4,
    },
}
"""Tests with many parameters of which `make test` takes one of so many, by their file."""
SWEEPS: Mapping[str, int] = {
    f"tests/{file}::{name}": one_in for file, tests in BY_FILE.items() for name, one_in in tests.items()
}
"""The same by the whole name of each."""


class Collected(Protocol):
    """A test as it was collected."""

    @property
    def nodeid(self) -> str:
        """Its file, name and parameters."""

    def add_marker(self, marker: str) -> None:
        """Mark it."""


def rank(id: str) -> bytes:
    """Where the member of a sweep stands in the order in which members are taken: a hash, the same in every run."""
    return sha256(id.encode()).digest()


def sampled[T](members: Iterable[T], one_in: int) -> set[T]:
    """The members of a sweep that `make test` takes: one of so many, and at least one."""
    order = sorted(members, key=lambda one: rank(str(one)))
    return set(order[: -(-len(order) // one_in)])


PARTS = ("part", pytest.param("rest", marks=getattr(pytest.mark, PROVE)))
"""Parameters of a fixture that is made for a part of a sweep, and for its rest in the proofs."""


def taken[T](members: Iterable[T], one_in: int) -> list[T]:
    """What a single test looks at of many: all in `make prove`, else one of so many."""
    members = list(members)
    chosen = set(members) if settings.get_current_profile_name() == PROVE else sampled(members, one_in)
    return [one for one in members if one in chosen]


def swept[T](members: Iterable[T], one_in: int) -> list[T | ParameterSet]:
    """Parameters of a test or a fixture: one of so many for `make test`, the rest marked for the proofs."""
    members = list(members)
    taken = sampled(members, one_in)
    return [one if one in taken else pytest.param(one, marks=getattr(pytest.mark, PROVE)) for one in members]


def members_of[T](part: str, members: Iterable[T], one_in: int) -> list[T]:
    """The members of a sweep that are in a part of it, see :data:`PARTS`, in their order."""
    members = list(members)
    taken = sampled(members, one_in)
    return [one for one in members if (one in taken) == (part == "part")]


def leave_to_the_proofs(items: Iterable[Collected], sweeps: Mapping[str, int] = SWEEPS) -> None:
    """Mark for `make prove` what `make test` does not take of the sweeps."""
    found = defaultdict[str, dict[str, Collected]](dict)
    for item in items:
        found[item.nodeid.partition("[")[0]][item.nodeid] = item
    for name, one_in in sweeps.items():
        for id in found[name].keys() - sampled(found[name], one_in):
            found[name][id].add_marker(PROVE)


def examples(whole: int, one_in: int = 5) -> int:
    """How many random examples a test looks at: all in `make prove`, else one of so many, and at least two."""
    return whole if settings.get_current_profile_name() == PROVE else max(2, whole // one_in)
