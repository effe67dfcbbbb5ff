"""How far the sum of a role-type group may go without telling any person's answer.

Sums of unit pieces are shown already. A further sum T, of the answers of type 1 where those of type 3 are known (or
loose), is kept where **everybody in the pieces still has three possible answers**, whatever the others answered.

**Theorem 4 for splits.** Persons are edges between their piece and their type (see `splitting`), so the answer sheets
that fit the sums are the whole-numbered points of a transport polytope with bounds 1 and K, which has whole corners.
A person's possible answers are therefore an interval, and by max-flow min-cut its ends come from the cuts through the
person. For a cut that counts the person's answer x upwards, with T at least `a` when all others in the cut answer as
low as they can: x ≤ 1 + T - a; and with T at most `b` when they answer as high as they can: x ≥ K - (b - T). For a
cut that counts x downwards: x ≤ 1 + b - T and x ≥ K - (T - a). Together with the interval [low, high] that was left
before T, "three possible answers" is a set of linear conditions on T. They hold between two limits, or nowhere. The
limits depend on shown sums and counts only, T is moved to the nearer one, and every sheet whose T lies between them
is shown unmoved; so whatever is shown, everybody has three possible answers. Where the conditions hold nowhere (the
pieces stand too near an end of the scale) T is replaced by what the shown sums alone suggest and tells nothing. ∎
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

POSSIBLE_ANSWERS = 3  # each person keeps

Whole = NDArray[np.int64]

_FAR = 1 << 40  # no cut of this kind


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """P unit pieces in Y groups (where type 3 is summed) in X groups (where types 1 and 2 are).

    Two groups instead of three are the same with nobody of type 3 and every Y its own X.
    """

    types: Whole  # [3, P] answers per role type
    sums: Whole  # [P] shown
    y: NDArray[np.intp]  # [P]
    x: NDArray[np.intp]  # [Y]
    third: Whole  # [Y] shown sum of type 3
    loose: NDArray[np.bool_]  # [Y] the shown sum of type 3 tells nothing
    low: Whole  # [3, P] least and greatest answer a person of the piece and type may have given
    high: Whole  # [3, P]
    groups: int  # how many X there are

    @property
    def x_of_piece(self) -> NDArray[np.intp]:
        return self.x[self.y]


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """Where the sum of type 1 may stand in each X, and what is left of each person's answers when it does."""

    free: NDArray[np.bool_]  # [X] the sum does not follow from the others
    least: Whole  # [X] lower and upper limit; least > most where there is no room
    most: Whole  # [X]
    lowest: Whole  # [X] what the others leave possible
    highest: Whole  # [X]
    up: tuple[Whole, Whole]  # a and b [3, P] of cuts that count upwards
    down: tuple[Whole, Whole]  # of cuts that count downwards


def people_left(answers: Whole, sums: Whole, scale_points: int) -> tuple[Whole, Whole]:
    """Least and greatest possible answer of anybody in pieces of so many answers [P] and such sums, [P] each."""
    low = np.maximum(1, scale_points - (scale_points * answers - sums))
    return low, np.minimum(scale_points, 1 + sums - answers)


def room(crossing: Crossing, margin: Whole, scale_points: int) -> Room:
    """The room of each X, `margin`[X] narrower at both ends."""
    ends = scale_points + 1
    lowest, up_a, down_a = _from_below(crossing, scale_points)
    mirrored, up_b, down_b = _from_below(_mirrored(crossing, ends), scale_points)
    whole = ends * sum_in(crossing.types[0], crossing.x_of_piece, crossing.groups)
    top = whole[crossing.x_of_piece]
    up, down = (up_a, top - up_b), (down_a, top - down_b)
    least, most = _limits(crossing, up, down, scale_points)
    return Room(
        free=whole - mirrored > lowest,
        least=least + margin,
        most=most - margin,
        lowest=lowest,
        highest=whole - mirrored,
        up=up,
        down=down,
    )


def people_left_after(
    crossing: Crossing, found: Room, total: Whole, silent: NDArray[np.bool_], scale_points: int
) -> tuple[Whole, Whole]:
    """Least and greatest possible answers [3, P] once the total[X] of type 1 is shown; as before where it is silent."""
    shown = total[crossing.x_of_piece]
    (up_a, up_b), (down_a, down_b) = found.up, found.down
    high = np.minimum(crossing.high, np.minimum(1 + shown - up_a, 1 + down_b - shown))
    low = np.maximum(crossing.low, scale_points - np.minimum(up_b - shown, shown - down_a))
    kept = silent[crossing.x_of_piece]
    return np.where(kept, crossing.low, low), np.where(kept, crossing.high, high)


def _from_below(crossing: Crossing, scale_points: int) -> tuple[Whole, Whole, Whole]:
    """Least sum of type 1 in each X [X], and `a` of the cuts through each person, upwards and downwards [3, P].

    Type 3 of a Y stands beside type 2 or beside type 1, and each piece on either side: four ways to be cut.
    """
    n1, n2, n3 = crossing.types
    y, x = crossing.y, crossing.x
    high2, low2 = n1, crossing.sums - scale_points * (n2 + n3)  # type 3 beside type 2: people upwards, downwards
    high1, low1 = n1 + n3, crossing.sums - scale_points * n2  # type 3 beside type 1
    beside2, beside1 = np.maximum(high2, low2), np.maximum(high1, low1)
    of_y2 = sum_in(beside2, y, x.size)
    of_y1 = np.where(crossing.loose, -_FAR, sum_in(beside1, y, x.size) - crossing.third)
    of_y = np.maximum(of_y2, of_y1)
    of_x = sum_in(of_y, x, crossing.groups)
    others = of_x[x] - of_y
    rest2, rest1 = (others + of_y2)[y] - beside2, (others + of_y1)[y] - beside1
    none = np.full_like(n1, -_FAR)
    up = np.stack([np.maximum(rest2 + high2, rest1 + high1), none, rest1 + high1])
    down = np.stack([none, np.maximum(rest2 + low2, rest1 + low1), rest2 + low2])
    return of_x, up, down


def _mirrored(crossing: Crossing, ends: int) -> Crossing:
    """The same crossing with the scale turned round."""
    third = sum_in(crossing.types[2], crossing.y, crossing.x.size)
    return replace(
        crossing,
        sums=ends * crossing.types.sum(axis=0) - crossing.sums,
        third=ends * third - crossing.third,
        low=ends - crossing.high,
        high=ends - crossing.low,
    )


def _limits(
    crossing: Crossing, up: tuple[Whole, Whole], down: tuple[Whole, Whole], scale_points: int
) -> tuple[Whole, Whole]:
    """Where everybody keeps POSSIBLE_ANSWERS: every upper end of an interval against every lower end, [X] each."""
    (up_a, up_b), (down_a, down_b) = up, down
    wide = POSSIBLE_ANSWERS - 1
    least = np.maximum(up_a + crossing.low - 1 + wide, down_a + scale_points - crossing.high + wide)
    least = np.maximum(least, -((1 - up_a - down_a - scale_points - wide) // 2))
    most = np.minimum(up_b + crossing.high - scale_points - wide, down_b - crossing.low + 1 - wide)
    most = np.minimum(most, (1 + up_b + down_b - scale_points - wide) // 2)
    narrow = np.minimum(up_b - up_a, down_b - down_a) < scale_points - 1 + wide
    least = np.where(narrow, _FAR, least)
    inhabited = crossing.types > 0
    return (
        -_least_in(np.where(inhabited, -least, _FAR).min(axis=0), crossing.x_of_piece, crossing.groups),
        _least_in(np.where(inhabited, most, _FAR).min(axis=0), crossing.x_of_piece, crossing.groups),
    )


def sum_in(values: Whole, group: NDArray[np.intp], groups: int) -> Whole:
    """values[..., members] summed in each group, [..., groups]."""
    if values.ndim > 1:
        return np.stack([sum_in(each, group, groups) for each in values])
    return np.bincount(group, weights=values, minlength=groups).astype(np.int64)


def _least_in(values: Whole, group: NDArray[np.intp], groups: int) -> Whole:
    """The least of the values in each group, [groups]."""
    least = np.full(groups, _FAR)
    np.minimum.at(least, group, values)
    return least
