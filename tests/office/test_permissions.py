"""Who may do what: every cell of the matrix is tried on real people, and the page of the docs is that matrix."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sampling import taken

from guanzi.office.actions import ACTIONS, Forbidden, NotThere, authorise, load_actions
from guanzi.office.actions.matrix import (
    ACCOUNT,
    COMPANIES,
    COMPANY,
    ENDED_COMPANY,
    OTHER_COMPANY,
    RELATIONS,
    as_markdown,
    cells,
)
from guanzi.office.models import CompanySeat, Interest, OfficeCase, Organisation, Person, RoleHeld, Seat
from guanzi.office.roles import EVERY_CASE, Role

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "permissions.md"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def everybody(office):
    """A case in each state, and for every role and relation somebody who has it and nothing else."""
    own, other = office.organisation, Organisation.objects.create(slug="other", name="Other")
    case, another = (_case(office, own, slug) for slug in ("c", "another"))
    people = {}
    for role in (None, *Role):
        for relation in RELATIONS:
            people[role, relation] = _somebody(office, case, another, other, role, relation)
    return case, people


def _case(office, own, slug):
    return OfficeCase.objects.create(
        organisation=own,
        slug=slug,
        title="C",
        company="C",
        region="R",
        currency="CNY",
        stage="opened",
        playbook="hefei",
        playbook_sha256="0" * 64,
        decision_date=NOW.date(),
        due=NOW.date(),
        opened_at=NOW,
        opened_by=office.lead,
    )


def _somebody(office, case, another, other, role, relation):
    """Somebody who has a role and stands so to a case, and nothing else."""
    name = f"p-{role or 'no'}-{relation.replace(':', '-')}"
    of = {"other": other, **dict.fromkeys(COMPANIES)}.get(relation, case.organisation)
    person = Person.objects.create(username=name, name=name, organisation=of, is_active=relation != ENDED_COMPANY)
    if role is not None:
        RoleHeld.objects.create(person=person, role=role)
    if relation in COMPANIES:
        seat = {"case": another if relation == OTHER_COMPANY else case, "invited_by": office.lead, "invited_at": NOW}
        CompanySeat.objects.create(person=person, ended_at=NOW if relation == ENDED_COMPANY else None, **seat)
    if relation == ACCOUNT:
        first = Person.objects.create(username=f"{name}-2", name=name, organisation=case.organisation)
        Seat.objects.create(case=case, person=first, part="reader", given_at=NOW)
        Person.objects.filter(pk__in=(person.pk, first.pk)).update(human=first.pk)
        person.refresh_from_db()
    if relation.startswith("seat:"):
        Seat.objects.create(case=case, person=person, part=relation[5:], given_at=NOW)
    if relation == "recused":
        Seat.objects.create(case=case, person=person, part="chair", given_at=NOW)
        Interest.objects.create(case=case, person=person, kind="declared", reason={}, found_at=NOW)
    return person


def tried(person, what, case):
    try:
        authorise(person, what, {"case": case.slug})
    except NotThere:
        return "sees nothing"
    except Forbidden:
        return "may not"
    return "may"


def test_every_cell_of_the_matrix_is_as_it_says(everybody):
    case, people = everybody
    wrong, seen = [], set()
    for cell in taken(cells(), 4):
        what = ACTIONS[cell.action]
        state = next(iter(sorted(what.rule.states)), "open")
        if case.state != state:
            case.state = state
            case.save(update_fields=["state"])
        found = tried(people[cell.role, cell.relation], what, case)
        seen.add(found)
        if found != cell.verdict:
            wrong.append((cell, found))
    assert not wrong, wrong[:5]
    assert seen == {"may", "may not", "sees nothing"}


def test_nobody_recused_and_nobody_of_another_organisation_may_anything_of_a_case():
    load_actions()
    assert {cell.verdict for cell in cells() if cell.relation in ("recused", "other")} == {"sees nothing"}


def test_nobody_may_by_a_second_account_what_is_of_a_case_in_which_the_first_acts():
    load_actions()
    assert {cell.verdict for cell in cells() if cell.relation == ACCOUNT} == {"may not", "sees nothing"}


def test_the_company_may_what_nobody_else_may_and_nothing_that_others_may_of_a_case():
    load_actions()
    of_cases = [cell for cell in cells() if ACTIONS[cell.action].of_case and cell.verdict == "may"]
    own = {cell.action for cell in of_cases if cell.relation == COMPANY}
    assert own == {"company.report", "company.report_milestone", "company.hand_in"}
    assert not own & {cell.action for cell in of_cases if cell.relation != COMPANY}
    assert {cell.verdict for cell in cells() if cell.relation == ENDED_COMPANY} == {"sees nothing", "may not"}


def test_who_discusses_is_who_sees_the_case_and_nobody_else():
    load_actions()
    talk = [cell for cell in cells() if cell.action.startswith("discussion.")]
    assert {cell.action.partition(".")[2] for cell in talk} == {"open", "answer", "resolve", "reopen", "read"}
    for cell in talk:
        sees = cell.relation.startswith("seat:") or (cell.relation == "none" and cell.role in EVERY_CASE)
        kept_out = "may not" if cell.relation == ACCOUNT and cell.role in EVERY_CASE else "sees nothing"
        assert cell.verdict == ("may" if sees else kept_out), cell


def test_every_action_has_every_role_in_every_relation():
    load_actions()
    found = {(cell.action, cell.role, cell.relation) for cell in cells()}
    roles = (None, *Role)
    of_cases = {(id, role, r) for id, what in ACTIONS.items() if what.of_case for role in roles for r in RELATIONS}
    assert of_cases <= found
    assert {*COMPANIES, "seat:reader", "recused", "other", ACCOUNT} < {*RELATIONS}
    assert {id for id, _, _ in found} == ACTIONS.keys()


def test_money_is_moved_by_nobody_who_leads_or_examines_the_case():
    load_actions()
    release = [cell for cell in cells() if cell.action == "money.release" and cell.verdict == "may"]
    assert all(cell.role in (Role.FINANCE, Role.CHAIR) for cell in release)


def test_a_case_in_another_state_refuses_what_is_not_done_in_it(everybody):
    case, people = everybody
    may = {cell.action: (cell.role, cell.relation) for cell in cells() if cell.verdict == "may"}
    for what in ACTIONS.values():
        if not what.of_case or not what.rule.states:
            continue
        for state in sorted({"open", "signed", "declined", "closed"} - what.rule.states):
            OfficeCase.objects.filter(pk=case.pk).update(state=state)
            asked = {tried(people[who], what, case) for who in (may[what.id], *taken(people, 8))}
            assert "may" not in asked, (what.id, state)


def test_the_page_in_the_docs_is_the_matrix():
    load_actions()
    assert as_markdown() in PAGE.read_text("utf-8")
