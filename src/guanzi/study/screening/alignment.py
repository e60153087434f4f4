"""Alignment of two names in Latin letters, compiled: which word stands for which, and what is left over.

Both names are lists of word numbers of one lexicon. Words are compared by the optimal string alignment distance of
their letters and of their sounds; names by what agrees, what contradicts and what one of them leaves out.

Shapes, for W words in a lexicon, N words of a name at most and a table of side T:

* Names: ``first``, ``second``, ``a``, ``b`` are (words,), of which ``n`` and ``m`` are looked at; ``x`` and ``y`` are
  words. Many pairs: ``firsts``, ``seconds`` (all their words,), ``first_at``, ``second_at`` (pairs + 1,), ``out``
  (pairs,); ``company``, ``companies``: whether they are companies.
* Lexicon: ``letters`` and ``sounds`` are the letters and the sounds of all words; ``start``, ``length``,
  ``sound_start``, ``sound_length``, ``kind``, ``weight`` and ``family`` are (W,); ``groups`` is (W, groups), -1: none.
* Room, overwritten: ``table`` (T, T), ``joined`` (T,), ``partner`` (2, N), ``way`` and ``close`` (N,), ``grid`` and
  ``how`` (N, N), ``sets`` (4, N). ``turned``: ``a`` is the second name.
"""

from __future__ import annotations

import numpy as np

from guanzi.base.core import compiled

#: Most words of a name, and most letters of a word, that are looked at.
MOST_WORDS, MOST_LETTERS = 16, 40
NAME, INITIAL, LIGHT, NUMBER, FORM = 0, 1, 2, 3, 4
#: How two words were found to agree.
NOTHING, SAME, SPELLING, SOUND, VARIANT, SHORTENED, JOINED = 0, 1, 2, 3, 4, 5, 6
PERSON_CONTRADICTION, COMPANY_CONTRADICTION = 1.1, 1.0
PERSON_OMISSION, COMPANY_OMISSION, LEAST_OF_OMISSION = 0.07, 0.7, 0.74
_MOST_DIFFERENT, _MOST_UNLIKE = 0.34, 0.25
_VARIANT, INITIAL_AGREES, NUMBERS_DIFFER, WORST_UNPUNISHED = 0.88, 0.8, 0.8, 0.75
FORMS_DIFFER, ONE_WORD, OTHER_ORDER, _OTHER_FATHER = 0.72, 0.62, 0.97, 0.6


@compiled(nogil=True)
def distance(a: np.ndarray, a0: int, n: int, b: np.ndarray, b0: int, m: int, table: np.ndarray) -> int:
    """Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours."""
    for j in range(m + 1):
        table[0, j] = j
    for i in range(1, n + 1):
        table[i, 0] = i
        for j in range(1, m + 1):
            same = a[a0 + i - 1] == b[b0 + j - 1]
            best = table[i - 1, j - 1] + (0 if same else 1)
            if table[i - 1, j] + 1 < best:
                best = table[i - 1, j] + 1
            if table[i, j - 1] + 1 < best:
                best = table[i, j - 1] + 1
            if (
                i > 1
                and j > 1
                and a[a0 + i - 1] == b[b0 + j - 2]
                and a[a0 + i - 2] == b[b0 + j - 1]
                and table[i - 2, j - 2] + 1 < best
            ):
                best = table[i - 2, j - 2] + 1
            table[i, j] = best
    return int(table[n, m])


@compiled(nogil=True)
def members(mask):  # type: ignore[no-untyped-def]
    """How many members a set of letters has, given as 32 bits."""
    mask = mask - ((mask >> np.uint32(1)) & np.uint32(0x55555555))
    mask = (mask & np.uint32(0x33333333)) + ((mask >> np.uint32(2)) & np.uint32(0x33333333))
    mask = (mask + (mask >> np.uint32(4))) & np.uint32(0x0F0F0F0F)
    return np.int64(((mask * np.uint32(0x01010101)) & np.uint32(0xFFFFFFFF)) >> np.uint32(24))


@compiled(nogil=True)
def letter_set(letters, begin, size):  # type: ignore[no-untyped-def]
    """The letters of a word as a set of 32 bits: a changed letter changes at most two members of it, a swap none."""
    found = np.uint32(0)
    for k in range(size):
        found |= np.uint32(1) << np.uint32(letters[begin + k] & np.uint32(31))
    return found


@compiled(nogil=True)
def agreement(
    x: int,
    y: int,
    letters: np.ndarray,
    start: np.ndarray,
    length: np.ndarray,
    sounds: np.ndarray,
    sound_start: np.ndarray,
    sound_length: np.ndarray,
    kind: np.ndarray,
    groups: np.ndarray,
    family: np.ndarray,
    table: np.ndarray,
) -> tuple[float, int]:
    """How far two words agree, 0 to 1, and in what way."""
    if x == y:
        return 1.0, SAME
    if kind[x] == FORM or kind[y] == FORM:
        return 0.0, NOTHING
    if kind[x] == NUMBER or kind[y] == NUMBER:
        if kind[x] == kind[y]:
            if groups[x, 0] == groups[y, 0]:
                return 1.0, SAME
            return 0.0, NOTHING
        return 0.0, NOTHING
    n, m = length[x], length[y]
    if kind[x] == INITIAL or kind[y] == INITIAL:
        if letters[start[x]] == letters[start[y]]:
            return INITIAL_AGREES, SHORTENED
        return 0.0, NOTHING
    for g in range(groups.shape[1]):
        if groups[x, g] < 0:
            break
        for h in range(groups.shape[1]):
            if groups[y, h] < 0:
                break
            if groups[x, g] == groups[y, h]:
                return _VARIANT, VARIANT
    if family[x] == -3 and family[y] == -3:  # two words that are both well known are two words
        return 0.0, NOTHING
    longest = max(n, m)
    if abs(n - m) > _MOST_DIFFERENT * longest + 1:
        return 0.0, NOTHING
    best, way = 0.0, NOTHING
    if longest > 2:
        apart = distance(letters, start[x], n, letters, start[y], m, table)
        if apart <= _MOST_DIFFERENT * longest:
            best, way = 1.0 - apart / longest, SPELLING
    n, m = sound_length[x], sound_length[y]
    longest = max(n, m)
    if longest > 2:
        apart = distance(sounds, sound_start[x], n, sounds, sound_start[y], m, table)
        close = 0.97 - apart / longest
        if apart <= _MOST_UNLIKE * longest and close > best:
            best, way = close, SOUND
    return best, way


@compiled(nogil=True)
def align(
    first: np.ndarray,
    second: np.ndarray,
    company: bool,
    letters: np.ndarray,
    start: np.ndarray,
    length: np.ndarray,
    sounds: np.ndarray,
    sound_start: np.ndarray,
    sound_length: np.ndarray,
    kind: np.ndarray,
    groups: np.ndarray,
    weight: np.ndarray,
    family: np.ndarray,
    table: np.ndarray,
    joined: np.ndarray,
    partner: np.ndarray,
    way: np.ndarray,
    close: np.ndarray,
    grid: np.ndarray,
    how: np.ndarray,
    sets: np.ndarray,
) -> float:
    """The raw score of two names, 0 to 1; ``partner``, ``way`` and ``close`` say how each word was matched.

    ``partner[0]`` is for the words of the first name, ``partner[1]`` for those of the second; -1 is none.
    """
    n, m = min(len(first), MOST_WORDS), min(len(second), MOST_WORDS)
    for i in range(MOST_WORDS):
        partner[0, i] = partner[1, i] = -1
        way[i] = NOTHING
        close[i] = 0.0
    for side in range(2):
        for i in range(m if side else n):
            word = second[i] if side else first[i]
            sets[side, i] = letter_set(letters, start[word], length[word])
            sets[2 + side, i] = letter_set(sounds, sound_start[word], sound_length[word])
    for i in range(n):
        x = first[i]
        for j in range(m):
            y = second[j]
            if x != y and kind[x] == NAME and kind[y] == NAME and (groups[x, 0] < 0 or groups[y, 0] < 0):
                written, heard = members(sets[0, i] ^ sets[1, j]), members(sets[2, i] ^ sets[3, j])
                longest, loudest = max(length[x], length[y]), max(sound_length[x], sound_length[y])
                if written > 2 * _MOST_DIFFERENT * longest and heard > 2 * _MOST_UNLIKE * loudest:
                    grid[i, j] = 0.0
                    continue
            grid[i, j], how[i, j] = agreement(
                x,
                y,
                letters,
                start,
                length,
                sounds,
                sound_start,
                sound_length,
                kind,
                groups,
                family,
                table,
            )
    for turned in range(2):
        a, p, b, q = (second, m, first, n) if turned else (first, n, second, m)
        if _may_join(a, p, b, q, length):
            _join(a, p, b, q, letters, start, length, kind, table, joined, partner, way, close, grid, turned)
        if _may_be_initials(a, p, q, company, length):
            _initials(a, p, b, q, company, letters, start, length, kind, weight, partner, way, close, turned)
    while True:
        best, at, to = 0.0, -1, -1
        for i in range(n):
            if partner[0, i] >= 0:
                continue
            for j in range(m):
                if partner[1, j] < 0:
                    # among equals, the one at the same place
                    value = grid[i, j] - 1e-4 * abs(i - j) if grid[i, j] > 0.0 else 0.0
                    if value > best:
                        best, at, to = value, i, j
        if at < 0:
            break
        partner[0, at], partner[1, to] = to, at
        way[at], close[at] = how[at, to], grid[at, to]
    return float(_weigh(first, n, second, m, company, kind, weight, family, groups, partner, way, close))


@compiled(nogil=True)
def _may_join(a, n, b, m, length):  # type: ignore[no-untyped-def]
    """Whether two neighbours of ``a`` are about as long as a word of ``b``; asked first, because it costs little."""
    for i in range(n - 1):
        size = length[a[i]] + length[a[i + 1]]
        for j in range(m):
            if abs(length[b[j]] - size) <= 1:
                return True
    return False


@compiled(nogil=True)
def _may_be_initials(a, n, m, company, length):  # type: ignore[no-untyped-def]
    """Whether a word of ``a`` is as long as first letters of so many words may be; asked first as well."""
    least, most = (3, min(m, 6)) if company else (2, min(m, 3))
    found = False
    for i in range(n):
        found = found or least <= length[a[i]] <= most
    return found


@compiled(nogil=True)
def _join(a, n, b, m, letters, start, length, kind, table, joined, partner, way, close, grid, turned):  # type: ignore[no-untyped-def]
    """Two neighbours of ``a`` that are one word of ``b``: Jong un and Jongun."""
    own, other = (1, 0) if turned else (0, 1)
    for i in range(n - 1):
        if kind[a[i]] > LIGHT or kind[a[i + 1]] > LIGHT or partner[own, i] >= 0 or partner[own, i + 1] >= 0:
            continue
        size = length[a[i]] + length[a[i + 1]]
        if size > MOST_LETTERS:
            continue
        for k in range(length[a[i]]):
            joined[k] = letters[start[a[i]] + k]
        for k in range(length[a[i + 1]]):
            joined[length[a[i]] + k] = letters[start[a[i + 1]] + k]
        for j in range(m):
            if partner[other, j] >= 0 or kind[b[j]] > LIGHT or abs(length[b[j]] - size) > 1 or length[b[j]] < 3:
                continue
            apart = distance(joined, 0, size, letters, start[b[j]], length[b[j]], table)
            value = 1.0 - apart / max(size, length[b[j]])
            alone = max(grid[j, i], grid[j, i + 1]) if turned else max(grid[i, j], grid[i + 1, j])
            if apart > 1 or (apart == 1 and size < 6) or alone >= value:
                continue
            partner[own, i] = partner[own, i + 1] = j
            partner[other, j] = i
            if turned:
                way[j], close[j] = JOINED, value
            else:
                way[i] = way[i + 1] = JOINED
                close[i] = close[i + 1] = value
            break


@compiled(nogil=True)
def _initials(a, n, b, m, company, letters, start, length, kind, weight, partner, way, close, turned):  # type: ignore[no-untyped-def]
    """A word of ``a`` that is the first letters of neighbours in ``b``: JC for Jean-Claude, IBM for its three words."""
    own, other = (1, 0) if turned else (0, 1)
    for i in range(n):
        size = length[a[i]]
        if partner[own, i] >= 0 or kind[a[i]] != NAME or size < (3 if company else 2) or size > (6 if company else 3):
            continue
        for j in range(m - size + 1):
            fits = True
            for k in range(size):
                word = b[j + k]
                same = letters[start[word]] == letters[start[a[i]] + k]
                if not same or partner[other, j + k] >= 0 or kind[word] > LIGHT or length[word] < 2:
                    fits = False
                    break
            if not fits:
                continue
            partner[own, i] = j
            for k in range(size):
                partner[other, j + k] = i
                if turned:
                    way[j + k], close[j + k] = SHORTENED, INITIAL_AGREES
            if not turned:
                way[i], close[i] = SHORTENED, INITIAL_AGREES
            break


@compiled(nogil=True)
def _weigh(first, n, second, m, company, kind, weight, family, groups, partner, way, close):  # type: ignore[no-untyped-def]
    agreed = total = left = right = 0.0
    names = turns = 0
    last = -1
    full = 0
    for i in range(n):
        x = first[i]
        if kind[x] == FORM:
            continue
        if partner[0, i] >= 0:
            w = weight[x]
            total += w
            agreed += w * close[i]
            if kind[x] != LIGHT and w > 0.0:
                names += 1
                if way[i] != SHORTENED:
                    full += 1
            if kind[x] != LIGHT:
                if partner[0, i] < last:
                    turns += 1
                last = partner[0, i]
        elif kind[x] == INITIAL or weight[x] == 0.0:
            left += 0.4 * weight[x]
        else:
            left += weight[x]
    for j in range(m):
        y = second[j]
        if kind[y] == FORM or partner[1, j] >= 0:
            continue
        right += 0.4 * weight[y] if kind[y] == INITIAL else weight[y]
    if total <= 0.0:
        return 0.0
    score = agreed / total
    worst = 1.0
    for i in range(n):
        if partner[0, i] >= 0 and kind[first[i]] == NAME and close[i] < worst:
            worst = close[i]
    score *= 0.5 + 0.5 * worst / WORST_UNPUNISHED if worst < WORST_UNPUNISHED else 1.0
    against, missing = min(left, right), abs(left - right)
    if company:
        score *= np.exp(-COMPANY_CONTRADICTION * against - COMPANY_OMISSION * missing)
    else:
        score *= np.exp(-PERSON_CONTRADICTION * against) * max(np.exp(-PERSON_OMISSION * missing), LEAST_OF_OMISSION)
        if (names < 2 or full < 1) and missing + against > 0.5:
            score *= ONE_WORD
        if turns > 0:
            score *= OTHER_ORDER if turns == 1 else OTHER_ORDER**2
            if _has_father(first, n, family) and _has_father(second, m, family):
                score *= _OTHER_FATHER
    return score * _numbers(first, n, second, m, kind, partner) * _forms(first, n, second, m, kind, family, groups)


@compiled(nogil=True)
def align_many(  # type: ignore[no-untyped-def]
    firsts,
    first_at,
    seconds,
    second_at,
    companies,
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
    out,
):
    """Raw scores of many pairs; the words of pair ``k`` stand from ``at[k]`` to ``at[k + 1]``."""
    for k in range(len(out)):
        out[k] = align(
            firsts[first_at[k] : first_at[k + 1]],
            seconds[second_at[k] : second_at[k + 1]],
            companies,
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


@compiled(nogil=True)
def _has_father(name, n, family):  # type: ignore[no-untyped-def]
    found = False
    for i in range(n):
        found = found or family[name[i]] == -2
    return found


@compiled(nogil=True)
def _numbers(first, n, second, m, kind, partner):  # type: ignore[no-untyped-def]
    """Members of a numbered series are told apart by their number, and often one hand is behind them."""
    for i in range(n):
        if kind[first[i]] == NUMBER and partner[0, i] < 0:
            return NUMBERS_DIFFER
    for j in range(m):
        if kind[second[j]] == NUMBER and partner[1, j] < 0:
            return NUMBERS_DIFFER
    return 1.0


@compiled(nogil=True)
def _forms(first, n, second, m, kind, family, groups):  # type: ignore[no-untyped-def]
    """Two legal forms of different families are two companies; an open word such as company fits all."""
    for i in range(n):
        if kind[first[i]] != FORM or family[first[i]] <= 0:
            continue
        for j in range(m):
            if kind[second[j]] == FORM and family[second[j]] > 0 and family[second[j]] != family[first[i]]:
                return FORMS_DIFFER
    return 1.0
