"""Rows are accounted for by the entry of what wrote them: in a transaction, and never anew where a hand was between."""

import itertools

import pytest
from django.contrib.auth import authenticate
from tests.office.conftest import PASSWORD
from tests.office.forged import run
from tests.office.once import played_once
from tests.office.tiedcase import SLUG, archive, files

from guanzi.office.actions import perform
from guanzi.office.auditlog.examining import wrong_rows
from guanzi.office.auditlog.log import Unaccounted, account_for_office, office_log, signing_key, write_transaction
from guanzi.office.faults import Unable
from guanzi.office.models import AppraisalRun, Declaration, Organisation, RoleHeld, RowDigest, Seat
from guanzi.record.ledger import check_log, read_entry

KEYS = map(str, itertools.count())


@played_once
def accounted(office):
    """An office all of whose rows were taken as they stood, as those of one of before are."""
    assert wrong() != []
    account_for_office()
    assert wrong() == []
    return office


def wrong():
    """Kind and table of every row that is not as the log says."""
    return [(row.kind, row.table) for row in wrong_rows(office_log(), signing_key())]


def do(who, action, **asked):
    return perform(who, action, {"case": SLUG, **asked}, next(KEYS)).answer


def seated(office):
    perform(office.lead, "case.open", {"archive": archive(files(()))}, next(KEYS))
    do(office.lead, "case.give_seat", person=office.expert.username, part="expert")


def test_a_forged_row_stays_forged_when_an_action_writes_it_again(accounted):
    seated(accounted)
    assert wrong() == []
    run("UPDATE office_seat SET weight = 5 WHERE part = 'expert'")
    do(accounted.lead, "case.give_seat", person=accounted.expert.username, part="reader")
    assert Seat.objects.get(person=accounted.expert).part == "reader"
    assert wrong() == [("altered", "office.seat")]


def test_a_row_that_was_put_in_stays_hidden_when_an_action_writes_it(accounted):
    seated(accounted)
    run("UPDATE office_seat SET person_id = %s WHERE part = 'expert'", accounted.member2.pk)
    columns = "part, weight, given_at"
    copy = f"INSERT INTO office_seat (case_id, person_id, {columns}) SELECT case_id, %s, {columns}"
    run(f"{copy} FROM office_seat WHERE part = 'expert'", accounted.expert.pk)
    do(accounted.lead, "case.give_seat", person=accounted.expert.username, part="reader")
    assert sorted(wrong()) == [("altered", "office.seat"), ("hidden", "office.seat")]


def test_a_new_column_is_accounted_for_without_taking_what_was_forged_before(office, monkeypatch):
    monkeypatch.setattr(RoleHeld, "FREE", frozenset({"role"}))
    account_for_office()
    run("UPDATE office_roleheld SET person_id = %s WHERE role = 'auditor'", office.finance.pk)
    run("INSERT INTO office_roleheld (person_id, role) VALUES (%s, 'chair')", office.finance.pk)
    monkeypatch.setattr(RoleHeld, "FREE", frozenset())
    before = RowDigest.objects.count()
    account_for_office()
    assert RowDigest.objects.count() - before == RoleHeld.objects.count() - 2
    assert sorted(wrong()) == [("altered", "office.roleheld"), ("hidden", "office.roleheld")]
    run("UPDATE office_roleheld SET role = 'chair' WHERE role = 'lead'")
    assert sorted(wrong())[0:2] == [("altered", "office.roleheld")] * 2


def test_an_office_is_accounted_for_once(accounted):
    size = office_log().size
    account_for_office()
    assert office_log().size == size


def test_what_is_written_in_a_turn_without_an_entry_does_not_stand(accounted):
    with pytest.raises(Unaccounted), write_transaction():
        Organisation.objects.create(slug="hidden", name="Hidden")
    assert not Organisation.objects.filter(slug="hidden").exists()


def test_a_password_that_is_hashed_anew_on_entering_is_accounted_for(accounted, settings):
    weak = "django.contrib.auth.hashers.MD5PasswordHasher"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher", weak]
    name = accounted.member.username
    assert authenticate(None, username=name, password=PASSWORD).password.startswith("scrypt")
    assert read_entry(list(office_log().contents())[-1][1]).body.action == "person.rehash"
    assert (wrong(), check_log(office_log())) == ([], ())


def test_a_worker_writes_how_far_it_is_and_an_appraisal_counts_when_it_is_done(accounted):
    seated(accounted)
    row = AppraisalRun.objects.get(pk=do(accounted.lead, "appraisal.ask", paths=100)["appraisal"])
    AppraisalRun.objects.filter(pk=row.pk).update(state="running", progress=0.3)
    assert wrong() == []
    AppraisalRun.objects.filter(pk=row.pk).update(state="done")
    assert wrong() == [("altered", "office.appraisalrun")]


def test_the_digest_of_rows_is_kept_by_the_log_and_told_by_no_page(accounted, client):
    seated(accounted)
    sealed = read_entry(list(office_log().contents())[-1][1]).body.data["rows"]
    assert len(sealed) == 64
    client.force_login(accounted.lead)
    assert sealed not in client.get("/log/").content.decode()


def test_nothing_is_written_while_the_database_turns_by_itself_what_is_written(accounted):
    seated(accounted)
    run("CREATE TRIGGER mine AFTER INSERT ON office_declaration BEGIN"
        " UPDATE office_declaration SET has_interest = 0 WHERE id = NEW.id; END")  # fmt: skip
    with pytest.raises(Unable) as caught:
        do(accounted.lead, "interest.declare", has_interest=True, words="A cousin")
    assert caught.value.kind == "strange"
    assert not Declaration.objects.exists()
    run("DROP TRIGGER mine")
    do(accounted.lead, "interest.declare", has_interest=False)
    assert wrong() == []


@pytest.mark.parametrize("page", [1, 2, 2_000])
def test_rows_read_in_pages_are_found_wrong_alike(accounted, monkeypatch, page):
    seated(accounted)
    do(accounted.lead, "case.give_seat", person=accounted.member.username, part="reader")
    do(accounted.lead, "case.give_seat", person=accounted.member2.username, part="reader")
    monkeypatch.setattr("guanzi.office.auditlog.examining.PAGE", page)
    monkeypatch.setattr("guanzi.record.ledger.log.PAGE", page)
    assert wrong() == []
    run("UPDATE office_seat SET weight = 5 WHERE part = 'expert'")
    run("DELETE FROM office_seat WHERE person_id = %s", accounted.member.pk)
    run("INSERT INTO office_roleheld (person_id, role) VALUES (%s, 'chair')", accounted.finance.pk)
    run("UPDATE office_seat SET given_at = replace(given_at, ' ', 'T') WHERE person_id = %s", accounted.member2.pk)
    assert sorted(wrong()) == sorted(
        [
            ("altered", "office.seat"),
            ("deleted", "office.seat"),
            ("hidden", "office.roleheld"),
            ("altered", "office.seat"),
        ]
    )
    last = RowDigest.objects.order_by("-entry", "-pk").first()
    run("UPDATE office_rowdigest SET digest = %s WHERE id = %s", "0" * 64, last.pk)
    assert ("digest", "") in wrong()
    run("DELETE FROM office_rowdigest WHERE entry = %s", last.entry)
    assert ("digest", "") in wrong()
    run(
        'INSERT INTO office_rowdigest (entry, "table", key, before, digest)'
        " VALUES (0, 'office.nothing', 'x', '', '0')"
    )
    assert ("digest", "office.nothing") in wrong()
