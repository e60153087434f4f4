"""What somebody does in the database past the office, each as SQL: name -> function that does it, and hides it well."""

import json
from hashlib import sha256

from django.contrib.auth.hashers import make_password
from tests.office.forged import one, run

from guanzi.base.core import sha256_of

FORGERIES = {}
"""Name -> function."""


def forgery(do):
    """Take a function among those that are tried."""
    FORGERIES[do.__name__] = do
    return do


def plain(name, *statements):
    """A forgery that is statements alone, of which each changes something."""

    def do():
        for statement in statements:
            assert run(statement) > 0, statement

    FORGERIES[name] = do


def latest(table, where="1 = 1"):
    """The key of the newest row."""
    return one(f"SELECT id FROM {table} WHERE {where} ORDER BY id DESC LIMIT 1")[0]


def copied(table, key, **other):
    """A row copied under a new key, with other values in some columns."""
    names = [row for (row,) in _rows(f"SELECT name FROM pragma_table_info('{table}')")]
    values = {name: f'"{name}"' for name in names if name != "id"}
    values |= {name: json.dumps(value).replace('"', "'") for name, value in other.items()}
    columns = ", ".join(f'"{name}"' for name in values)
    assert run(f"INSERT INTO {table} ({columns}) SELECT {', '.join(values.values())} FROM {table} WHERE id = %s", key)


def _rows(statement):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


# votes
plain("a_vote_is_turned", "UPDATE office_ballot SET vote = 'back' WHERE vote = 'decline'")
plain("a_vote_weighs_more", "UPDATE office_ballot SET weight = 3 WHERE id = (SELECT max(id) FROM office_ballot)")
plain("a_sitting_has_another_result", "UPDATE office_sitting SET result = 'back' WHERE result = 'decline'")
plain("a_sitting_decides_on_more_money", "UPDATE office_sitting SET amount = 900 WHERE state = 'closed'")
plain(
    "a_void_sitting_is_open_again", "UPDATE office_sitting SET state = 'open', void_because = '[]' WHERE state = 'void'"
)
plain("dissent_is_wiped", "UPDATE office_sitting SET dissent = 'None.', reasons = 'All agreed.' WHERE state = 'closed'")
plain("a_judgement_is_raised", "UPDATE office_expertjudgement SET high = high * 2")
plain("a_panel_has_more_experts", "UPDATE office_closedpanel SET experts = 5")


@forgery
def a_ballot_is_put_in_and_the_tally_fits():
    sitting = one("SELECT id, tally FROM office_sitting WHERE result = 'decline'")
    ballot = latest("office_ballot", f"sitting_id = {sitting[0]}")
    absent = one("SELECT id FROM office_person WHERE username = 'gao'")[0]
    run(
        "INSERT INTO office_ballot (sitting_id, person_id, vote, reason, weight, at)"
        " SELECT sitting_id, %s, 'back', reason, 5, at FROM office_ballot WHERE id = %s",
        absent,
        ballot,
    )
    tally = json.loads(sitting[1]) | {"back": 6.0}
    run("UPDATE office_sitting SET tally = %s, result = 'back' WHERE id = %s", json.dumps(tally), sitting[0])


@forgery
def a_ballot_is_taken_out_and_the_tally_fits():
    run("DELETE FROM office_ballot WHERE id = %s", latest("office_ballot"))
    run("UPDATE office_sitting SET tally = '{}'")


# money
plain("more_was_released", "UPDATE office_trancherelease SET amount = amount + 100 WHERE state = 'released'")
plain("a_release_was_another_persons", "UPDATE office_trancherelease SET answered_by_id = asked_by_id")
plain("the_test_of_release_said_yes", "UPDATE office_trancherelease SET test = '{}'")
plain("a_release_is_undone", "UPDATE office_trancherelease SET state = 'refused' WHERE state = 'released'")
plain("a_release_vanishes", "DELETE FROM office_trancherelease")
plain("somebody_else_verified", "UPDATE office_verification SET person_id = person_id + 1")
plain("a_quote_is_another", "UPDATE office_verification SET quote = 'Everything is met.'")
plain("a_milestone_was_earlier", "UPDATE office_milestonereport SET reported_on = '2026-01-02'")
plain("the_portfolio_has_paid_less", "UPDATE office_dealstanding SET data = json_set(data, '$.paid', 1.0)")
plain("no_figure_has_to_be_verified", "DELETE FROM office_figureowed")
plain("a_warning_is_gone", "UPDATE office_warningseen SET gone_at = found_at")
plain("a_warning_was_never_there", "DELETE FROM office_warningseen WHERE seen_by_id IS NULL")
plain("a_correction_is_confirmed", "UPDATE office_figurecorrection SET state = 'done', answered_by_id = 1")
plain("another_sheet_was_signed", "UPDATE office_signing SET path = 'terms/2027.yaml'")
plain("signed_a_day_earlier", "UPDATE office_signing SET signed_on = '2026-01-02'")
plain("an_approval_is_anothers", "UPDATE office_sheetapproval SET person_id = person_id + 3")


@forgery
def a_third_approves():
    person = one("SELECT id FROM office_person WHERE username = 'gao'")[0]
    copied("office_sheetapproval", latest("office_sheetapproval"), person_id=person)


@forgery
def a_release_rests_on_another_kept_document():
    other = one("SELECT sha256 FROM office_blob ORDER BY sha256 LIMIT 1")[0]
    assert run("UPDATE office_trancherelease SET proof = %s", other)


# people
plain("an_interest_is_taken_out", "DELETE FROM office_interest")
plain("an_interest_is_cleared", "UPDATE office_interest SET cleared_at = found_at, cleared_by_id = 1")
plain("nobody_declared_anything", "UPDATE office_declaration SET has_interest = 0 WHERE has_interest = 1")
plain("a_declaration_vanishes", "DELETE FROM office_declaration WHERE id = (SELECT min(id) FROM office_declaration)")
plain(
    "a_role_is_given",
    "INSERT INTO office_roleheld (person_id, role) SELECT id, 'chair' FROM office_person WHERE username = 'xu'",
)
plain("a_role_is_taken", "DELETE FROM office_roleheld WHERE role = 'auditor'")
plain("a_role_is_turned", "UPDATE office_roleheld SET role = 'chair' WHERE role = 'auditor'")
plain("a_seat_is_another_part", "UPDATE office_seat SET part = 'chair' WHERE part = 'manager'")
plain("a_seat_weighs_more", "UPDATE office_seat SET weight = 9 WHERE id = (SELECT max(id) FROM office_seat)")
plain(
    "a_person_goes_to_another_organisation",
    "UPDATE office_person SET organisation_id = "
    "(SELECT id FROM office_organisation WHERE slug = 'other') WHERE username = 'zhou'",
)
plain("a_person_is_shut_out", "UPDATE office_person SET is_active = 0 WHERE username = 'gao'")
plain("a_person_is_root", "UPDATE office_person SET is_superuser = 1, is_staff = 1 WHERE username = 'xu'")
plain(
    "two_people_swap_names",
    "UPDATE office_person SET username = 'x-' || username WHERE username IN ('xu', 'zhou')",
    "UPDATE office_person SET username = 'xu' WHERE username = 'x-zhou'",
    "UPDATE office_person SET username = 'zhou' WHERE username = 'x-xu'",
)
plain(
    "an_invitation_is_confirmed",
    "UPDATE office_personchange SET state = 'done', answered_by_id = 1",
    "UPDATE office_person SET is_active = 1 WHERE username = 'tang'",
)
plain("a_token_may_more", 'UPDATE office_apitoken SET scopes = \'["read", "write", "decide", "money"]\'')
plain("a_token_holds_longer", "UPDATE office_apitoken SET expires_at = '2099-01-01 00:00:00'")
plain(
    "a_token_is_anothers", "UPDATE office_apitoken SET person_id = (SELECT id FROM office_person WHERE username = 'xu')"
)
plain("a_device_is_confirmed", "UPDATE otp_totp_totpdevice SET confirmed = 1")
plain("a_device_has_another_seed", "UPDATE otp_totp_totpdevice SET key = '00'")
plain("a_device_is_taken_out", "DELETE FROM otp_totp_totpdevice")


@forgery
def a_password_is_replaced():
    assert run("UPDATE office_person SET password = %s WHERE username = 'zhou'", make_password("a password of mine"))


@forgery
def a_token_has_another_secret():
    assert run("UPDATE office_apitoken SET sha256 = %s", sha256(b"mine").hexdigest())


@forgery
def a_token_is_put_in():
    run("INSERT INTO office_apitoken (id, person_id, name, sha256, scopes, made_at, expires_at)"
        " SELECT id + 1, person_id, name, %s, scopes, made_at, expires_at FROM office_apitoken", "0" * 64)  # fmt: skip


@forgery
def a_list_of_numbers_for_one_time_is_put_in():
    run("INSERT INTO otp_static_staticdevice (user_id, name, confirmed, throttling_failure_count)"
        " SELECT id, 'mine', 1, 0 FROM office_person WHERE username = 'zhou'")  # fmt: skip
    run("INSERT INTO otp_static_statictoken (device_id, token) SELECT id, '12345678' FROM otp_static_staticdevice")


@forgery
def a_person_is_made_again_with_his_roles():
    key = one("SELECT id FROM office_person WHERE username = 'gao'")[0]
    copied("office_person", key, username="gao2")
    new = one("SELECT id FROM office_person WHERE username = 'gao2'")[0]
    run("UPDATE office_roleheld SET person_id = %s WHERE person_id = %s", new, key)


# cases and their files
plain("a_case_is_open_again", "UPDATE office_officecase SET state = 'open' WHERE state = 'signed'")
plain("a_case_is_a_stage_further", "UPDATE office_officecase SET stage = 'deciding' WHERE slug = 'meadow'")
plain("a_case_is_due_later", "UPDATE office_officecase SET due = '2099-01-01' WHERE slug = 'meadow'")
plain("a_stream_was_signed_by_another", "UPDATE office_workstream SET signed_by_id = 1 WHERE state = 'signed'")
plain(
    "a_void_stream_is_signed", "UPDATE office_workstream SET state = 'signed', void_because = '[]' WHERE state = 'void'"
)
plain("an_appraisal_advises_otherwise", "UPDATE office_appraisalrun SET advice = 'decline'")
plain("a_headline_is_another", "UPDATE office_appraisalrun SET headline = json_set(headline, '$.seed', 2)")
plain("a_simulation_found_otherwise", "UPDATE office_sheetrun SET result = json_set(result, '$.as_of', '2020-01-01')")
plain(
    "a_fact_of_the_index_is_another",
    "UPDATE office_indexedfact SET value = '1' WHERE id = (SELECT min(id) FROM office_indexedfact)",
)
plain(
    "a_fact_is_taken_out_of_the_index",
    "DELETE FROM office_indexedfact WHERE id = (SELECT min(id) FROM office_indexedfact)",
)
plain("a_source_has_a_better_grade", "UPDATE office_indexedsource SET grade = 'A' WHERE grade <> 'A'")
plain("a_page_says_otherwise", "UPDATE office_indexedpage SET words = 'nothing'")
plain("a_pilot_went_well", "UPDATE office_pilotrun SET result = 'no incident at all' WHERE result <> ''")
plain("all_times_are_an_hour_later", "UPDATE office_caseversion SET made_at = datetime(made_at, '+1 hour')")
plain("a_version_is_another_persons", "UPDATE office_caseversion SET made_by_id = made_by_id + 1")


@forgery
def a_version_names_another_kept_file_and_its_hash_fits():
    key, tree = one("SELECT id, tree FROM office_caseversion ORDER BY id DESC LIMIT 1")
    held = json.loads(tree)
    names = sorted(held)
    held[names[-1]] = held[names[0]]
    run("UPDATE office_caseversion SET tree = %s, sha256 = %s WHERE id = %s", json.dumps(held), sha256_of(held), key)


@forgery
def a_case_goes_back_to_its_first_version():
    assert run("UPDATE office_officecase SET head_id = (SELECT min(id) FROM office_caseversion v"
               " WHERE v.case_id = office_officecase.id) WHERE slug = 'riverton'")  # fmt: skip


@forgery
def a_version_is_put_in_and_is_the_newest():
    copied("office_caseversion", latest("office_caseversion"), number=99)
    new = latest("office_caseversion")
    assert run("UPDATE office_officecase SET head_id = %s WHERE id = "
               "(SELECT case_id FROM office_caseversion WHERE id = %s)", new, new)  # fmt: skip


@forgery
def an_appraisal_is_another_one_with_hash_and_files():
    content = b'{"advice": "back"}'
    hash = sha256(content).hexdigest()
    run("INSERT INTO office_blob VALUES (%s, %s, %s)", hash, content, len(content))
    assert run(
        "UPDATE office_appraisalrun SET sha256 = %s, files = json_set(files, '$.\"appraisal.json\"', %s)", hash, hash
    )


@forgery
def a_file_is_another_one_with_its_hash_wherever_it_is_named():
    old = one("SELECT sha256 FROM office_signing")[0]
    content = bytes(one("SELECT content FROM office_blob WHERE sha256 = %s", old)[0]) + b"\n"
    new = sha256(content).hexdigest()
    run(
        "UPDATE office_blob SET sha256 = %s, content = %s, size = %s WHERE sha256 = %s", new, content, len(content), old
    )
    for table, column in (("signing", "sha256"), ("sheetapproval", "sha256"), ("caseversion", "tree")):
        run(f"UPDATE office_{table} SET {column} = replace({column}, %s, %s)", old, new)
    for key, tree in _rows("SELECT id, tree FROM office_caseversion"):
        run("UPDATE office_caseversion SET sha256 = %s WHERE id = %s", sha256_of(json.loads(tree)), key)


def _without(named):
    def do():
        assert run("DELETE FROM office_blob WHERE sha256 = %s", named()) == 1

    return do


FORGERIES |= {
    "the_signed_sheet_is_gone": _without(lambda: one("SELECT sha256 FROM office_signing")[0]),
    "a_proof_is_gone": _without(lambda: one("SELECT proof FROM office_verification")[0]),
    "the_answers_of_a_panel_are_gone": _without(lambda: one("SELECT sha256 FROM office_closedpanel")[0]),
    "an_appraisal_is_gone": _without(lambda: one("SELECT sha256 FROM office_appraisalrun")[0]),
    "its_evidence_is_gone": _without(
        lambda: one("SELECT json_extract(files, '$.\"evidence.json\"') FROM office_appraisalrun")[0]
    ),
    "a_report_is_gone": _without(
        lambda: next(
            hash
            for (tree,) in _rows("SELECT tree FROM office_caseversion ORDER BY id DESC")
            for name, hash in json.loads(tree).items()
            if name.startswith("monitoring/")
        )
    ),
    "a_file_of_an_old_version_is_gone": _without(
        lambda: json.loads(one("SELECT tree FROM office_caseversion ORDER BY id LIMIT 1")[0])["case.yaml"]
    ),
}
# actions
plain("an_action_answered_otherwise", "UPDATE office_actionrun SET answer = '{}' WHERE action = 'vote.close'")
plain("an_action_was_anothers", "UPDATE office_actionrun SET person_id = person_id + 1 WHERE action = 'money.release'")
plain("an_action_was_not_done", "DELETE FROM office_actionrun WHERE action = 'money.release'")
plain(
    "two_actions_swap_entries",
    "UPDATE office_actionrun SET entry = -entry WHERE entry IN (30, 31)",
    "UPDATE office_actionrun SET entry = 61 + entry WHERE entry IN (-30, -31)",
)


# what the database does by itself, and what it holds in other words
plain("a_token_holds_until_the_end_of_the_day", "UPDATE office_apitoken SET expires_at = replace(expires_at, ' ', 'T')")
plain(
    "a_vote_is_found_in_another_sitting",
    """UPDATE office_actionrun SET answer = '{"sitting": 1, ' || substr(answer, 2) WHERE action = 'vote.cast'""",
)


@forgery
def an_instalment_may_be_released_twice():
    run("DROP INDEX released_once")


@forgery
def an_instalment_may_be_released_twice_by_a_rule_that_never_holds():
    run("DROP INDEX released_once")
    run("CREATE UNIQUE INDEX released_once ON office_trancherelease (case_id, tranche) WHERE state = 'never'")


@forgery
def every_interest_that_is_declared_is_none():
    run("CREATE TRIGGER mine AFTER INSERT ON office_declaration BEGIN"
        " UPDATE office_declaration SET has_interest = 0 WHERE id = NEW.id; END")  # fmt: skip


@forgery
def a_guard_of_the_log_does_something_else():
    run("DROP TRIGGER ledger_entry_stays")
    run("CREATE TRIGGER ledger_entry_stays AFTER INSERT ON office_ballot BEGIN"
        " UPDATE office_ballot SET vote = 'back' WHERE id = NEW.id; END")  # fmt: skip


@forgery
def people_are_read_from_a_view():
    run("ALTER TABLE office_watchrun RENAME TO mine")
    run("CREATE VIEW office_watchrun AS SELECT * FROM mine")


# the log, and what accounts for rows
def _without_guards():
    run("DROP TRIGGER ledger_entry_stays")
    run("DROP TRIGGER ledger_entry_remains")


@forgery
def an_entry_is_taken_out_of_the_middle():
    _without_guards()
    assert run("DELETE FROM ledger_entry WHERE seq = 40")


@forgery
def an_entry_says_otherwise():
    _without_guards()
    assert run("UPDATE ledger_entry SET content = CAST(replace(content, 'vote.cast', 'vote.open') AS BLOB)")


@forgery
def entries_from_the_end_on_are_cut_off_with_all_that_they_account_for():
    _without_guards()
    size = one("SELECT max(seq) FROM ledger_entry")[0]
    run("DELETE FROM ledger_entry WHERE seq = %s", size)
    run("DELETE FROM ledger_note WHERE size = %s", size + 1)
    run("DELETE FROM office_actionrun WHERE entry = %s", size)
    run("DELETE FROM office_rowdigest WHERE entry = %s", size)


plain("a_checkpoint_is_taken_out", "DELETE FROM ledger_note WHERE size = 20")
plain("the_log_has_another_name", "UPDATE ledger_origin SET origin = 'another'")
plain(
    "words_are_others",
    "UPDATE ledger_words SET words = 'nothing' WHERE sha256 = (SELECT min(sha256) FROM ledger_words)",
)
plain("words_are_taken_out", "DELETE FROM ledger_words WHERE sha256 = (SELECT min(sha256) FROM ledger_words)")
plain("a_file_of_the_log_is_gone", "DELETE FROM ledger_file WHERE sha256 = (SELECT min(sha256) FROM ledger_file)")
plain("a_hash_of_the_tree_is_another", "UPDATE ledger_node SET hash = x'00' WHERE level = 1 AND number = 3")
plain("nothing_accounts_for_anything", "DELETE FROM office_rowdigest")
plain("nothing_accounts_for_one_row", "DELETE FROM office_rowdigest WHERE id = (SELECT max(id) FROM office_rowdigest)")
plain("digests_are_another_entrys", "UPDATE office_rowdigest SET entry = entry + 1000 WHERE entry = 40")


@forgery
def a_row_is_put_in_with_the_digest_of_another():
    run("INSERT INTO office_roleheld (person_id, role) SELECT id, 'chair' FROM office_person WHERE username = 'xu'")
    new = latest("office_roleheld")
    run('INSERT INTO office_rowdigest (entry, "table", key, before, digest)'
        ' SELECT entry, "table", %s, before, digest'
        " FROM office_rowdigest WHERE \"table\" = 'office.roleheld' LIMIT 1", str(new))  # fmt: skip


@forgery
def a_row_is_as_it_was_and_so_is_its_digest():
    key = one("SELECT id FROM office_trancherelease WHERE state = 'released'")[0]
    run("UPDATE office_trancherelease SET state = 'asked', answered_by_id = NULL, answered_at = NULL, words = ''")
    assert run("DELETE FROM office_rowdigest WHERE id = (SELECT max(id) FROM office_rowdigest"
               " WHERE \"table\" = 'office.trancherelease' AND key = %s)", str(key))  # fmt: skip
