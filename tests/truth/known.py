"""Faults that are known and not mended yet: a list that only shrinks.

By property and kind of fault (the message that is false, or what is wrong), with where the mend belongs. A fault that
is not in the list fails; one that no longer occurs is taken out.
"""

KNOWN: dict[tuple[str, str], str] = {}
