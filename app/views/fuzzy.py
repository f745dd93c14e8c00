"""Finding a name by a few of its letters: ``pf`` finds "Propagate forward"."""

from __future__ import annotations

_FAR = float("-inf")
_WORD_START = 8.0
_NEIGHBOUR = 5.0
_ANYWHERE = 1.0
_SKIPPED = 0.1
"""Taken off for every letter that is passed over: shorter names win."""


def fuzzy_score(query: str, text: str) -> float | None:
    """How well ``text`` answers ``query``; higher is better, None where it does not.

    Every word of the query must be found, in any order, its letters in their order but not necessarily side by side.
    Letters at the start of words and beside each other count more. Case does not count.
    """
    total = 0.0
    folded = text.casefold()
    for word in query.casefold().split():
        score = _word_score(word, folded)
        if score is None:
            return None
        total += score
    return total


def _word_score(word: str, text: str) -> float | None:
    """Best way to lay the letters of one word on the text, by dynamic programming over (letter, place)."""
    # best score with the letters so far laid anywhere before each place, and with the last one directly before it
    before = [0.0] * (len(text) + 1)
    touching = [_FAR] * (len(text) + 1)
    for count, letter in enumerate(word):
        best = [_FAR] * (len(text) + 1)
        laid = [_FAR] * (len(text) + 1)
        for place, character in enumerate(text):
            if character == letter:
                bonus = _WORD_START if place == 0 or not text[place - 1].isalnum() else _ANYWHERE
                reached = before[place] + bonus
                if count:
                    reached = max(reached, touching[place] + max(_NEIGHBOUR, bonus))
                laid[place + 1] = reached
            best[place + 1] = max(best[place], laid[place + 1])
        before, touching = best, laid
    score = before[-1]
    return score - _SKIPPED * len(text) if score > _FAR else None
