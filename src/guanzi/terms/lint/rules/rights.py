"""Rules about rights against the company: a right is worth what its obligor can pay on the day it is needed."""

from __future__ import annotations

from collections.abc import Iterator

from guanzi.terms.lint.context import LintContext
from guanzi.terms.lint.diagnostic import Level
from guanzi.terms.lint.money import company, is_issuer
from guanzi.terms.lint.registry import Found, found, rule
from guanzi.terms.sheet import TermSheet


@rule("GZ201", Level.ERROR)
def put_on_company_only(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A put that only the company itself would have to pay."""
    for put in sheet.puts:
        if put.obligors and all(is_issuer(sheet, obligor) for obligor in put.obligors):
            yield found(put.id, put.place, "obligors", id=put.id, company=company(sheet))


@rule("GZ202", Level.WARNING)
def put_obligor_unknown(sheet: TermSheet, context: LintContext) -> Iterator[Found]:
    """A put for which it was not seen who must pay."""
    for put in sheet.puts:
        if put.obligors is None:
            yield found(put.id, put.place, "obligors", id=put.id, company=company(sheet))
