"""A small ledger with decisions, and the bundle of one, made by hand in every part: no case is appraised for it."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from guanzi.record.ledger import (
    Appraised,
    Commitment,
    DecisionBody,
    Erased,
    ErasureBody,
    Signer,
    Store,
    Vote,
    enter,
    entries_of,
    make_bundle,
    service_entry,
)

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def content(data):
    return json.dumps(data, ensure_ascii=False).encode()


class Ledger:
    """A ledger in a folder, with its key, that enters decisions a minute apart."""

    def __init__(self, folder, signer=None, address=None):
        self.signer = signer or Signer.generate("city.example/committee")
        self.store = Store(address or str(folder / "ledger.sqlite"))
        self.store.create(self.signer)
        with self.store.reading() as log:
            self.minutes = log.size

    @property
    def path(self):
        return self.store.address

    def decide(self, case="example", decision="decline", dissent="我不同意。", view=""):
        evidence, dossier = content({"case": case, "as_of": "2024-03-01"}), b"<p>dossier</p>"
        view = view or sha256(evidence).hexdigest()
        told = {"case": {"id": case}, "as_of": "2024-03-01", "n": self.minutes, "versions": {"view_sha256": view}}
        appraisal = content(told)
        words = {"decided_by": "王工", "reasons": "Too early.\n", "dissent": dissent, "vote.1": "李明"}
        people = {name: Commitment.to(text) for name, text in words.items()}
        hashes = {name: sha256(c).hexdigest() for name, c in (("a", appraisal), ("e", evidence), ("d", dossier))}
        appraised = Appraised(
            sha256=hashes["a"],
            dossier=hashes["d"],
            evidence=hashes["e"],
            method="0" * 64,
            playbook="hefei",
            advice="back",
            paths=1,
            seed=1,
            guanzi="0",
        )
        body = DecisionBody(
            format=1,
            case=case,
            as_of="2024-03-01",
            decided_on="2024-04-29",
            decision=decision,
            appraisal=appraised,
            reasons=people["reasons"].sha256,
            dissent=people["dissent"].sha256,
            votes=(Vote(who=people["vote.1"].sha256, vote="against"),),
        )
        return self.enter(body, people["decided_by"].sha256, people.values(), (appraisal, evidence, dossier))

    def erase(self, seq, what, case="example", *, entered=True):
        by = Commitment.to("records office")
        with self.store.reading() as log:
            held = next(h for h in entries_of(log, case) if h.seq == seq)
        with self.store.writing() as log:
            assert log.erase(dict(held.entry.commitments())[what])
        if entered:
            body = ErasureBody(format=1, case=case, forgotten=(Erased(entry=seq, what=what),))
            self.enter(body, by.sha256, (by,), ())

    def enter(self, body, actor, people, files):
        self.minutes += 1
        at = START + timedelta(minutes=self.minutes)
        with self.store.writing() as log:
            return enter(log, service_entry(at, actor, body), tuple(people), files, self.signer)

    def note(self):
        with self.store.reading() as log:
            return log.notes()[-1][1]

    def bundle(self, case="example", seq=None):
        with self.store.reading() as log:
            held = [h for h in entries_of(log, case) if h.entry.kind == "decision" and seq in (None, h.seq)]
            return make_bundle(log, held[-1], "read me\n", self.signer)
