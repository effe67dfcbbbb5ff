"""Sums kept away from the ends of the scale: a group where all gave the same extreme answer would reveal everybody.

**Theorem 4.** A piece of n ≥ 3 answers on a scale from 1 to K ≥ 3, whose sum is moved into [n + 2, Kn - 2], leaves each
person at least three possible answers; and so do all numbers that are summed from such pieces.

*Proof.* Let s be shown. A sheet with the true sum s is shown as s. In such sheets the others sum to anything from n - 1
to K(n - 1), so the person may have answered from max(1, s - K(n - 1)) to min(K, s - n + 1). The first is at most
K - 2 or is 1, as s ≤ Kn - 2; the second is at least 3 or is K, as s ≥ n + 2; where neither is an end of the scale they
are (K - 1)(n - 1) ≥ 4 apart. So they hold three answers. At a limit other sums are shown as s too, which only adds
possible answers. Pieces share nobody and each sum depends on its own piece only, so sheets of pieces combine freely. ∎

**Two channels.** In a piece of e ≥ 3 answers by e-mail and l ≥ 1 by open link, n = e + l, first the e-mail sum is moved
into [e + 2, Ke - 2], then it and the sum by link together into [n + 4, Kn - 4]. Those who answered by e-mail keep three
possible answers even if all answers by link are known; so do those who answered by link, if these are not known.

*Proof.* Let t be shown. *Known links* of sum L: inside the limits the moved e-mail sum t - L is as good as shown, and
the proof above holds for it. At t = n + 4 it is at most n + 4 - L, and it is at least e + 2; so e + 2 is possible, and
every sheet of true e-mail sum up to e + 2 is shown alike, where everybody may have answered 1, 2 or 3. At the other
limit the same holds for the other end. *By link*: the moved e-mail sum and the other links sum to anything from n + 1
to Kn - K - 2, so the answer may be from max(1, t - Kn + K + 2) to min(K, t - n - 1), which again hold three: n + 4 ≤ t
≤ Kn - 4, and where neither is an end of the scale they are (K - 1)n - K - 3 ≥ 2 apart. ∎ With [n + 2, Kn - 2] instead,
a piece at a limit would tell that everybody by link gave the same extreme answer.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.leftovers import EMAIL, LINK

MARGIN = 2  # leaves each person at least three possible answers


def blunt(answers: NDArray[np.int64], sums: NDArray[np.int64], scale_points: int) -> NDArray[np.int64]:
    """Sums of pieces kept within their `limits`. answers and sums[2, ...] per channel → [...]; 0 for no answers.

    Whoever spread an open link may have filled it in too and can take those answers away again, so the e-mail
    answers of a mixed piece are blunted by themselves before the whole is.
    """
    email = _within(sums[EMAIL], answers[EMAIL], _margin(answers[[EMAIL]]), scale_points)
    return _within(email + sums[LINK], answers.sum(axis=0), _margin(answers), scale_points)


def limits(answers: NDArray[np.int64], scale_points: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Least and greatest sum a piece of answers[2, ...] may stand at; two further in where channels are mixed."""
    return _ends(answers.sum(axis=0), _margin(answers), scale_points)


def _margin(answers: NDArray[np.int64]) -> NDArray[np.int64]:
    margin: NDArray[np.int64] = np.where(answers > 0, MARGIN, 0).sum(axis=0)
    return margin


def _within(
    sums: NDArray[np.int64], answers: NDArray[np.int64], margin: NDArray[np.int64], scale_points: int
) -> NDArray[np.int64]:
    lowest, highest = _ends(answers, margin, scale_points)
    return np.minimum(np.maximum(sums, lowest), highest)


def _ends(
    answers: NDArray[np.int64], margin: NDArray[np.int64], scale_points: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return answers + margin, scale_points * answers - margin
