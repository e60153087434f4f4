"""One budget over open cases: the page says what the command line finds, and nobody sees a case that is not his."""

import pytest

from guanzi.jobs.shared import run
from guanzi.jobs.structuring import budgeting
from guanzi.office.actions import perform
from guanzi.office.models import OfficeCase
from guanzi.office.paying import budgeting as choosing
from guanzi.record.evidence import open_case

CASES = ("boe-hefei-2008", "nio-hefei-2020")
ASKED = "/portfolio/budget/?budget=8000" + "".join(f"&case={name}" for name in CASES)


@pytest.fixture
def opened(office, monkeypatch):
    """Two cases of the library that are open, and simulated on few paths."""
    monkeypatch.setattr(choosing, "PATHS", 200)
    choosing.ANSWERS.kept.clear()
    for name in CASES:
        perform(office.lead, "case.open", {"builtin": name}, f"open {name}")
    return office


def settled(client, address):
    """The page once the answer is there."""
    page = client.get(address)
    for found in tuple(choosing.ANSWERS.kept.values()):
        if not found.done() or 'role="status"' in page.content.decode():
            found.exception(300)
            page = client.get(address)
    return page


def test_the_page_says_what_the_command_line_finds(opened, client):
    client.force_login(opened.lead)
    assert 'value="nio-hefei-2020"' in client.get("/portfolio/budget/").content.decode()
    page = settled(client, ASKED)
    assert page.status_code == 200
    (held,) = choosing.ANSWERS.kept.values()
    how = run.Run(paths=200, threads=1)
    alone = budgeting.choose_within(budgeting.Request(CASES, 8000.0, playbook="hefei", run=how))
    assert held.result().found == alone.found
    for name in CASES:
        assert open_case(name).view(open_case(name).decision_date).id in page.content.decode()
    token = perform(opened.lead, "token.make", {"name": "t", "scopes": ["read"]}, "t").answer["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    told = client.get(f"/api/budget?budget=8000&cases={','.join(CASES)}", headers=bearer).json()
    assert told["state"] == "done"
    assert told["choice"]["choices"][0]["names"] == list(alone.found.choices[0].names)


def test_nobody_asks_of_a_case_that_he_cannot_see(opened, client):
    client.force_login(opened.expert)
    assert 'value="nio-hefei-2020"' not in client.get("/portfolio/budget/").content.decode()
    assert client.get(ASKED).status_code == 422
    token = perform(opened.expert, "token.make", {"name": "t", "scopes": ["read"]}, "t").answer["token"]
    answer = client.get("/api/budget?budget=1&cases=nio-hefei-2020", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 404
    assert not choosing.ANSWERS.kept


def test_what_is_no_budget_is_refused_in_words(opened, client):
    client.force_login(opened.lead)
    for wrong in ("much", "-1", "nan", "1e99"):
        page = client.get("/portfolio/budget/", {"budget": wrong, "case": CASES[0]})
        assert page.status_code == 422
        assert "an amount in millions" in page.content.decode()
    assert client.get("/portfolio/budget/?budget=1").status_code == 422
    OfficeCase.objects.filter(slug=CASES[0]).update(state="declined")
    assert client.get("/portfolio/budget/", {"budget": "1", "case": CASES[0]}).status_code == 422


def test_a_case_that_cannot_be_simulated_is_named_with_a_link_and_without_a_path(opened, client):
    perform(opened.lead, "case.open", {"builtin": "borgward-beijing-2019"}, "borgward")
    client.force_login(opened.lead)
    page = settled(client, "/portfolio/budget/?budget=5000&case=borgward-beijing-2019")
    assert page.status_code == 422
    refusal = page.content.decode().partition('<ul class="refusal"')[2].partition("</ul>")[0]
    assert '<a href="/cases/borgward-beijing-2019/terms/">' in refusal
    assert ".yaml" not in refusal
