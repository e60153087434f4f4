"""What a comparison can give at most, without comparing, so that a search may leave out the rest of a long list safely.

Which words of the list agree with which words asked for is known from the vocabulary, for every word once. From that
follows for every name an upper bound of its score: exact but for rounding where each word has one partner at most, and
higher where several ways to pair the words are open, or where neighbours may be joined or be written as initials. Names
are compared in full in falling order of the bound until no bound left exceeds the worst score kept (as in Fagin, Lotem
& Naor 2003, "Optimal aggregation algorithms for middleware", Journal of Computer and System Sciences 66).

Shapes, for V words and E names of a list, beside those of :mod:`alignment`: ``asked`` (words asked for,), ``words``,
``cells`` and ``close`` (V,), ``places`` (words of all names,), ``at`` (E + 1,), ``bounds`` and ``out`` (E,). Of one
name: ``name`` and ``hits`` (N,); it has ``m`` words from ``begin`` on in ``places``, and ``n`` are asked for;
``used``: bits of the words asked for that have a partner; ``sure``: each has one at most; ``most``: how far they
agree where not sure.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from guanzi.base.core import compiled
from guanzi.study.screening.alignment import (
    COMPANY_CONTRADICTION,
    COMPANY_OMISSION,
    FORM,
    FORMS_DIFFER,
    INITIAL,
    INITIAL_AGREES,
    LEAST_OF_OMISSION,
    LIGHT,
    MOST_WORDS,
    NAME,
    NUMBER,
    NUMBERS_DIFFER,
    ONE_WORD,
    OTHER_ORDER,
    PERSON_CONTRADICTION,
    PERSON_OMISSION,
    WORST_UNPUNISHED,
    align,
)

_BINS = 2048
#: A word of the list has 64 bits: words asked for that it agrees with, begins, ends, and whose first letter it has.
_WORD, _BEGINS, _ENDS, _LETTER = 0xFFFF, 16, 32, 48
#: Letters of a word that stands for the first letters of others: least and most, for people and for companies.
_INITIALS = ((2, 3), (3, 6))
#: Sums of the same numbers in another order differ by less.
_ROUNDING = 1e-12
MADE_OF = (Path(__file__).with_name("alignment.py"),)
"""Files whose code is compiled into the functions of this one."""


@compiled(MADE_OF, nogil=True)
def _is_initials(word, company, length, kind):  # type: ignore[no-untyped-def]
    least, most = _INITIALS[1] if company else _INITIALS[0]
    return kind[word] == NAME and least <= length[word] <= most


@compiled(MADE_OF, nogil=True)
def _stand_for(word, others, at, letters, start, length, kind):  # type: ignore[no-untyped-def]
    """Whether a word is the first letters of its number of neighbours from a place on."""
    for k in range(length[word]):
        other = others[at + k]
        if kind[other] > LIGHT or length[other] < 2 or letters[start[other]] != letters[start[word] + k]:
            return False
    return True


@compiled(MADE_OF, nogil=True)
def mark(asked, company, words, cells, close, letters, start, length, kind):  # type: ignore[no-untyped-def]
    """Note in the cell of each word of the list what it may be a part of, or stand for, among the words asked for.

    A word that begins or ends a word asked for, but for its last or first letter, may with its neighbour be that word:
    where two words in one run differ from it by one letter at most, one of them is written as it is there, or their
    neighbouring letters are swapped.
    """
    n = min(len(asked), MOST_WORDS)
    for i in range(n):
        word, size = asked[i], length[asked[i]]
        if kind[word] > LIGHT or size == 0:
            continue
        begin, initials = start[word], _is_initials(word, company, length, kind)
        for p in range(len(words)):
            other = words[p]
            m, at = length[other], start[other]
            if kind[other] > LIGHT or m == 0:
                continue
            if initials and m >= 2 and letters[at] == letters[begin]:
                cells[p] |= 1 << (_LETTER + i)
            if size < 3 or m > size:
                continue
            if m == 1:
                begins = letters[at] == letters[begin] or letters[at] == letters[begin + 1]
                ends = letters[at] == letters[begin + size - 1] or letters[at] == letters[begin + size - 2]
            else:
                begins = ends = True
                for k in range(m - 1):
                    if letters[at + k] != letters[begin + k]:
                        begins = False
                        break
                for k in range(m - 1):
                    if letters[at + m - 1 - k] != letters[begin + size - 1 - k]:
                        ends = False
                        break
            if begins:
                cells[p] |= 1 << (_BEGINS + i)
            if ends:
                cells[p] |= 1 << (_ENDS + i)
    for p in range(len(words)):
        word = words[p]
        if not _is_initials(word, company, length, kind):
            continue
        for i in range(n - length[word] + 1):
            if _stand_for(word, asked, i, letters, start, length, kind):
                cells[p] |= ((1 << length[word]) - 1) << i
                close[p] = max(close[p], INITIAL_AGREES)


@compiled(MADE_OF, nogil=True)
def bound_all(  # type: ignore[no-untyped-def]
    asked, company, words, places, at, cells, close, letters, start, length, kind, weight, family, out
):
    """The most that :func:`alignment.align` can give for the words asked for and each name of a list.

    Args:
        asked: Numbers of words in the lexicon.
        company: Whether they are companies.
        words: Numbers of the words of the list.
        places: Places among ``words``, name after name.
        at: Where each name begins in ``places``; one more at the end.
        cells: What each word of the list agrees with (see :func:`mark`).
        close: How far it agrees at most.
        letters, start, length, kind, weight, family: Arrays of the lexicon.
        out: The bounds.
    """
    n = min(len(asked), MOST_WORDS)
    hits = np.zeros(MOST_WORDS, np.int64)
    name = np.zeros(MOST_WORDS, asked.dtype)
    for e in range(len(out)):
        m = min(at[e + 1] - at[e], MOST_WORDS)
        touched = np.int64(0)
        for j in range(m):
            hits[j] = cells[places[at[e] + j]]
            touched |= hits[j]
        out[e] = 0.0
        if touched == 0:
            continue
        sure, most = True, 0.0
        for j in range(m):
            name[j] = words[places[at[e] + j]]
        if touched & ~_WORD:
            sure = not _parts(asked, n, company, name, m, hits, letters, start, length, kind)
            most = 0.0 if sure else 1.0
        used = np.int64(0)
        for j in range(m):
            hits[j] &= _WORD
            if hits[j]:
                sure = sure and hits[j] & (hits[j] - 1) == 0 and hits[j] & used == 0
                used |= hits[j]
                most = max(most, close[places[at[e] + j]])
        if used:
            out[e] = _bound(
                asked, n, company, name, m, hits, used, sure, most, close, places, at[e], kind, weight, family
            )


@compiled(MADE_OF, nogil=True)
def _parts(asked, n, company, name, m, hits, letters, start, length, kind):  # type: ignore[no-untyped-def]
    """Add to the hits of a name its words that may be joined to, or be initials in, a word asked for; whether any."""
    found = False
    for i in range(n):
        size = length[asked[i]]
        for j in range(m - 1):
            part = ((hits[j] >> (_BEGINS + i)) | (hits[j + 1] >> (_ENDS + i))) & 1
            if part and abs(length[name[j]] + length[name[j + 1]] - size) <= 1:
                hits[j] |= 1 << i
                hits[j + 1] |= 1 << i
                found = True
        if not _is_initials(asked[i], company, length, kind):
            continue
        for j in range(m - size + 1):
            if (hits[j] >> (_LETTER + i)) & 1 and _stand_for(asked[i], name, j, letters, start, length, kind):
                for k in range(size):
                    hits[j + k] |= 1 << i
                found = True
    return found


@compiled(MADE_OF, nogil=True)
def _bound(  # type: ignore[no-untyped-def]
    asked, n, company, name, m, hits, used, sure, most, close, places, begin, kind, weight, family
):
    left = right = mine = theirs = my_sum = their_sum = 0.0
    numbers = clash = turned = False
    names = full = asked_names = 0
    worst, last = 1.0, -1
    for i in range(n):
        x = asked[i]
        if used >> i & 1:
            asked_names += 1
        else:
            left += 0.4 * weight[x] if kind[x] == INITIAL else weight[x]
            numbers = numbers or kind[x] == NUMBER
    for j in range(m):
        y = name[j]
        if not hits[j]:
            right += 0.4 * weight[y] if kind[y] == INITIAL else weight[y]
            numbers = numbers or kind[y] == NUMBER
            if kind[y] == FORM and family[y] > 0:
                for i in range(n):
                    clash = clash or (kind[asked[i]] == FORM and family[asked[i]] > 0 and family[asked[i]] != family[y])
            continue
        theirs += weight[y]
        if not sure:
            names += 1
            continue
        i = 0
        while not hits[j] >> i & 1:
            i += 1
        x, agreed = asked[i], close[places[begin + j]]
        mine += weight[x]
        my_sum += weight[x] * agreed
        their_sum += weight[y] * agreed
        if kind[x] == NAME and kind[y] == NAME:
            worst = min(worst, agreed)
        if (kind[x] != LIGHT and weight[x] > 0.0) or (kind[y] != LIGHT and weight[y] > 0.0):
            names += 1
            full += x == y or (kind[x] != INITIAL and kind[y] != INITIAL)
        if kind[x] != LIGHT and kind[y] != LIGHT:
            turned = turned or i < last
            last = i
    if sure:
        if mine <= 0.0 and theirs <= 0.0:
            return 0.0
        score = max(my_sum / mine if mine > 0.0 else 0.0, their_sum / theirs if theirs > 0.0 else 0.0)
        if worst < WORST_UNPUNISHED:
            score *= 0.5 + 0.5 * worst / WORST_UNPUNISHED
    else:
        score, full, names = most, 1, max(names, asked_names)
    against, missing = min(left, right), abs(left - right)
    if company:
        score *= np.exp(-COMPANY_CONTRADICTION * against - COMPANY_OMISSION * missing)
    else:
        score *= np.exp(-PERSON_CONTRADICTION * against) * max(np.exp(-PERSON_OMISSION * missing), LEAST_OF_OMISSION)
        if (names < 2 or full < 1) and missing + against > 0.5:
            score *= ONE_WORD
        if sure and turned:
            score *= OTHER_ORDER
    return score * (NUMBERS_DIFFER if numbers else 1.0) * (FORMS_DIFFER if clash else 1.0)


@compiled(MADE_OF, nogil=True)
def best_by_bound(  # type: ignore[no-untyped-def]
    bounds,
    most,
    compared_at_most,
    asked,
    before,
    company,
    words,
    places,
    at,
    letters,
    start,
    length,
    sounds,
    sound_start,
    sound_length,
    kind,
    groups,
    weight,
    family,
    table,
    joined,
    partner,
    way,
    close,
    grid,
    how,
    sets,
):
    """The best ``most`` names of a list by their score, and how many were compared to know it.

    The first ``before`` names of the list come before the name asked for in the order in which the matcher takes names.
    Among names of one score the choice is free. When ``compared_at_most`` are compared the rest is not looked at.
    """
    ends = np.zeros(_BINS + 1, np.int64)
    for e in range(len(bounds)):
        if bounds[e] > 0.0:
            ends[_BINS - 1 - min(int(bounds[e] * _BINS), _BINS - 1)] += 1
    total = 0
    for b in range(_BINS + 1):
        here = ends[b]
        ends[b] = total
        total += here
    order = np.empty(total, np.int32)
    for e in range(len(bounds)):
        if bounds[e] > 0.0:
            b = _BINS - 1 - min(int(bounds[e] * _BINS), _BINS - 1)
            order[ends[b]] = e
            ends[b] += 1
    kept = np.full(most, -1, np.int64)
    scores = np.zeros(most)
    name = np.empty(MOST_WORDS, asked.dtype)
    held = compared = 0
    for k in range(total):
        e = order[k]
        worst = scores[most - 1] if held == most else 0.0
        if min(int(bounds[e] * _BINS) + 1, _BINS) / _BINS <= worst or compared == compared_at_most:
            break
        if bounds[e] <= worst + _ROUNDING:
            continue
        m = min(at[e + 1] - at[e], MOST_WORDS)
        for j in range(m):
            name[j] = words[places[at[e] + j]]
        first, second = (name[:m], asked) if e < before else (asked, name[:m])
        score = align(
            first,
            second,
            company,
            letters,
            start,
            length,
            sounds,
            sound_start,
            sound_length,
            kind,
            groups,
            weight,
            family,
            table,
            joined,
            partner,
            way,
            close,
            grid,
            how,
            sets,
        )
        compared += 1
        if score <= worst:
            continue
        place = min(held, most - 1)
        while place > 0 and scores[place - 1] < score:
            scores[place], kept[place] = scores[place - 1], kept[place - 1]
            place -= 1
        scores[place], kept[place] = score, e
        held = min(held + 1, most)
    return kept[:held], compared
