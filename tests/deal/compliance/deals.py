"""Small invented deals for the rules: a frame with nothing in it, and clauses to put in."""

from guanzi.base.reading import TextFile, YamlDocument, parse_yaml
from guanzi.deal.terms import TermSheet, parse_sheet

FRAME = """\
deal: example-riverton
title: Example Motors and Riverton
status: definitive
currency: {currency}
unit: 1e6
known_on: {signed}
signed: {signed}
horizon: 10 years
step: quarter

parties:
  company: {{role: issuer, name: Example Motors}}
  city: {{role: public, name: Riverton}}
  province: {{role: public, name: the province}}
  founder: {{role: holder, name: the founder}}
"""

STAKE = """\
  stake:
    type: equity
    issuer: company
    share: 20%
    holders: {city: 20%}
    tranches:
"""
EARLY = "      - {id: t1, amount: {city: 400}, due: 2030-03-31, if: \"tier('plant')\"}\n"
LATE = "      - {id: t2, amount: {city: 600}, due: 2030-12-31, if: \"tier('plant')\"}\n"
PLANT = 'tiers:\n  - {id: plant, when: "capacity_local >= 100_000", proof: acceptance certificate}\n'


def text_of(
    instruments: str = "", incentives: str = "", rest: str = "", currency: str = "CNY", signed: str = "2030-01-15"
) -> str:
    """A term sheet from its parts."""
    made = FRAME.format(currency=currency, signed=signed)
    made += f"\ninstruments:\n{instruments}" if instruments else "\ninstruments: {}\n"
    made += f"\nincentives:\n{incentives}" if incentives else ""
    return made + ("\n" + rest if rest else "")


def document(text: str) -> YamlDocument:
    return parse_yaml(TextFile("deal.yaml", text, tuple(text.split("\n"))))


def sheet(instruments: str = "", incentives: str = "", rest: str = "", **frame: str) -> TermSheet:
    return parse_sheet(document(text_of(instruments, incentives, rest, **frame)))


def put(when: str = "not listed", rate: str = "8%", obligors: str = "[company]", holders: str = "[city]") -> str:
    return (
        f"  put: {{type: put, on: stake, holders: {holders}, obligors: {obligors}, "
        f'price: {{rate: {rate}, basis: simple}}, when: "{when}"}}\n'
    )
