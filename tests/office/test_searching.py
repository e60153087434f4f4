"""The search finds precedents and the register of bets beside what a person sees, and nothing of what he does not."""

from tests.office.small import CASE, open_small

from guanzi.jobs.bets.finding import find_bets
from guanzi.office.pages.library import precedents_with


def found(client, person, words):
    client.force_login(person)
    return client.get("/search/", {"q": words}).content.decode()


def test_one_search_finds_case_precedent_and_bet(office, client):
    open_small(office)
    assert f'href="/cases/{CASE}/"' in found(client, office.lead, "riverton")
    page = found(client, office.lead, "solyndra")
    assert 'href="/library/precedents/solyndra-fremont-2009/"' in page
    bet = next(one for one in find_bets([]) if len(find_bets([one.id])) == 1)
    assert f"<code>{bet.id}</code>" in found(client, office.lead, bet.id)
    assert 'id="bets-heading"' not in found(client, office.lead, "riverton")


def test_every_word_must_stand_there_in_either_language(office):
    everything = precedents_with([])
    assert 1 < len(precedents_with(["合肥"])) < len(everything)
    assert [one.id for one in precedents_with(["蔚来", "hefei", "2020"])] == ["nio-hefei-2020"]
    assert precedents_with(["solyndra", "合肥"]) == []
    words = find_bets([])[0].name.split()
    assert find_bets(words)
    assert not find_bets([*words, "zzzz"])


def test_who_sees_no_case_finds_none(office, client):
    open_small(office)
    assert CASE not in found(client, office.member5, "riverton").replace('value="riverton"', "")
