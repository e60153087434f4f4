"""What verifying a milestone and verifying a figure have in common: a place in a document, and what is kept of it."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from guanzi.office.actions.framework import ActionContext, CaseInput
from guanzi.office.actions.texts import LongText
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.models import Verification
from guanzi.office.paying.afterwards import add_watched, proof_document, source_row
from guanzi.office.paying.verifying import ProofGiven, give, log_entry
from guanzi.record.evidence import WATCHED


class ProofInput(CaseInput):
    """Where a proof stands: document of the data room, page, quote."""

    document: str
    page: int = Field(ge=1, le=100_000)
    quote: LongText = Field(min_length=1, max_length=2_000)


def keep_proof(
    context: ActionContext, asked: ProofInput, title: str, row: dict[str, Any], fact: str, digest: str
) -> Verification:
    """Keep that a fact was verified: as a watched fact that cites the page, as a verification, and in the log.

    Args:
        title: Of the source that says so.
        row: The fact that says so, without its place in the document; its id names source and file.
        fact: Id of what was verified.
        digest: Of what it said.
    """
    entry, name = proof_document(context.of, asked.document), row["id"]
    row = row | {"document": entry.id, "page": asked.page, "quote": asked.quote}
    source = source_row(context.of.organisation.name, title, context.today)
    made = add_watched(context.of, name, {name: source}, [row], context.person, "quote")
    proof = ProofGiven(entry.id, entry.sha256, asked.page, asked.quote, f"{WATCHED}/{name}.yaml")
    given = give(context.of, fact, digest, proof, context.person, context.at)
    context.record.data |= {"fact": name, "new_version": made.version.sha256, **log_entry(given)}
    context.record.words["quote"] = asked.quote
    context.record.files.append(content_of(entry.sha256))
    return given
