"""The chain of an industry is found without reading the others."""

from guanzi.intake.chains import chain_names, chain_of, load_chain, reading


def test_every_industry_of_a_shipped_chain_leads_to_the_first_that_names_it():
    chains = [load_chain(name) for name in chain_names()]
    industries = {industry for chain in chains for industry in chain.industries}
    assert len(industries) >= 4
    for industry in industries:
        assert chain_of(industry) == next(chain for chain in chains if industry in chain.industries)


def test_an_industry_of_no_chain_has_none_and_no_chain_is_read_for_it(monkeypatch):
    read = []

    def counted(name):
        read.append(name)
        return load_chain(name)

    monkeypatch.setattr(reading, "load_chain", counted)
    assert chain_of("shipbuilding-of-the-moon") is None
    assert not read
    assert chain_of("battery-electric-vehicles") is not None
    assert read == ["nev"]
