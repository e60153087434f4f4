"""A language model reads what the person of its token sees, appraises, and can change nothing."""

import asyncio

import pytest

from guanzi.base.core import InvalidInput
from guanzi.office.actions import ACTIONS, perform
from guanzi.office.models import ActionRun

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")


@pytest.fixture
def tools(office, monkeypatch):
    from guanzi.office.serving import mcp as serving

    monkeypatch.setattr(serving, "close_old_connections", lambda: None)
    perform(office.lead, "case.open", {"builtin": "nio-hefei-2020"}, "open")
    made = perform(office.lead, "token.make", {"name": "m", "scopes": ["read"]}, "t")
    monkeypatch.setenv(serving.VARIABLE, made.answer["token"])
    return serving


def test_its_tools_are_reading_and_appraising_alone(tools):
    listed = asyncio.run(tools.model_server().list_tools())
    assert {tool.name for tool in listed} == {"list_cases", "read_case", "read_facts", "appraise"}
    assert not {tool.name for tool in listed} & {id.replace(".", "_") for id in ACTIONS}


def test_it_reads_and_leaves_nothing(tools):
    before = ActionRun.objects.count()
    assert [case["case"] for case in tools.list_cases()] == ["nio-hefei-2020"]
    assert tools.read_case("nio-hefei-2020")["streams"]["finance"] == "waiting"
    assert {fact["name"] for fact in tools.read_facts("nio-hefei-2020", "deliveries")} == {"deliveries"}
    assert ActionRun.objects.count() == before


def test_it_appraises(tools):
    found = tools.appraise("nio-hefei-2020", 200)
    assert found["advice"]


def test_it_sees_no_case_of_another_and_nothing_without_a_token(tools, office, monkeypatch):
    made = perform(office.analyst, "token.make", {"name": "m", "scopes": ["read"]}, "t")
    monkeypatch.setenv(tools.VARIABLE, made.answer["token"])
    assert tools.list_cases() == []
    with pytest.raises(InvalidInput):
        tools.read_case("nio-hefei-2020")
    monkeypatch.delenv(tools.VARIABLE)
    with pytest.raises(InvalidInput):
        tools.list_cases()
