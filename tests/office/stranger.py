"""What a stranger answers from the record of a case alone: pure functions over the lines of the record."""


def version_of_the_playbook(lines):
    """Id, version and hash of the playbook by which the case was run; and whether every entry was done by it."""
    (opening,) = [line for line in lines if line.action == "case.open"]
    told = opening.entry.body.data
    used = {line.entry.body.playbook for line in lines if line.entry.kind == "action" and line.entry.body.playbook}
    return told["playbook"], told["playbook_version"], told["playbook_sha256"], used == {told["playbook_sha256"]}


def known_before(lines, seq):
    """What was in the case before an entry: what -> who brought it in, and when."""
    found = {}
    for line in lines:
        if line.seq >= seq:
            break
        data = {} if line.entry.kind != "action" else line.entry.body.data
        if line.action in ("evidence.add_fact", "evidence.correct_fact"):
            found[data["fact"]] = (line.actor, line.at, line.opened["said.value"])
        if line.action == "evidence.upload":
            for document, content in {data["document"]: data["sha256"], **data.get("further", {})}.items():
                found[document] = (line.actor, line.at, content)
        if line.action in ("watch.report", "watch.confirm_correction"):
            found[data["report"]] = (line.actor, line.at, data["figures"])
    return found


def who_could_see(lines, seq):
    """Who had a seat before an entry, with the part; whoever was recused had lost it."""
    seats = {}
    for line in lines:
        if line.seq >= seq:
            break
        if line.action == "case.open":
            seats[line.actor] = "lead"
        if line.action == "case.give_seat":
            seats[line.opened["who.seated"]] = line.entry.body.data["part"]
        for person in _recused(line):
            seats.pop(person, None)
    return seats


def votes(lines):
    """Sitting -> voter -> (vote, reason, weight): the newest ballot of each counts; with the result."""
    found, results = {}, {}
    for line in lines:
        if line.action == "vote.cast":
            told = line.entry.body.data
            ballot = (line.opened["said.vote"], line.opened["said.reason"], told["weight"])
            found.setdefault(told["sitting"], {})[line.actor] = ballot
        if line.action == "vote.close":
            results[line.entry.body.data["sitting"]] = line.entry.body.data["result"]
    return found, results


def version_of_a_vote(lines, sitting):
    """Hashes of the version of the case and of the appraisal on which a sitting was held."""
    (opened,) = [x for x in lines if x.action == "vote.open" and x.entry.body.data["sitting"] == sitting]
    return opened.entry.body.version, opened.entry.body.data["appraisal_sha256"]


def recused(lines):
    """Who was recused -> why, in words."""
    found = {}
    for line in lines:
        for n, person in enumerate(_recused(line), 1):
            found[person] = line.opened.get("said.declared") or line.opened[f"said.interest.{n}"]
    return found


def made_void(lines):
    """Entry -> what its new evidence made void."""
    acts = [line for line in lines if line.entry.kind == "action"]
    return {line.action: line.entry.body.data["voided"] for line in acts if line.entry.body.data.get("voided")}


def money_out(lines, files):
    """Every payment: amount, who asked, who released, and all that was verified for it, with the bytes of the proof."""
    asked, verified, found = {}, {}, []
    for line in lines:
        data = {} if line.entry.kind != "action" else line.entry.body.data
        if line.action == "money.ask":
            asked[data["tranche"]] = line.actor
        if line.action in ("milestone.verify", "figure.verify"):
            where = (data["page"], line.opened["said.quote"], line.actor, files[data["proof"]])
            verified[data["verified"]] = (data["digest"], *where)
        if line.action == "money.release":
            proofs = {fact: verified[fact] for fact in data["rests_on"]}
            found.append((data["tranche"], data["amount"], asked[data["tranche"]], line.actor, proofs))
    return found


def _recused(line):
    if line.entry.kind != "action" or not line.entry.body.data.get("recused"):
        return ()
    return [words for name, words in sorted(line.opened.items()) if name.startswith("who.recused.")]
