"""Sums of role-type groups, kept where nobody's answer can be told from them.

The sums of unit pieces stay as they are: the groups of a piece add up to the piece's shown sum, and a group that is
moved moves the other the opposite way. So a split changes no unit mean, and the difference tells nothing. For each
piece of a two-way split the sum of type 3 is moved into its room (see `split_room`); for each piece of a three-way
split then the sum of type 1, knowing the former; the others follow. Where there is no room, since all answers lie
near one end, every group is given its share of the sum and says so (`Bound.NOT_TOLD`). That happens for shown sums,
not for answers: what is shown where is decided by counts alone.

Whoever spread an open link may know its answers, so first the e-mail answers are blunted by themselves, as if there
were no others: then those invited keep three possible answers whatever is added. The whole is then kept a further
MARGIN inside its room in groups that mix channels.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from dimios_dash.domain.gate.blunting import MARGIN, blunt
from dimios_dash.domain.gate.leftovers import EMAIL, LINK
from dimios_dash.domain.gate.split_pieces import SplitPieces, split_pieces
from dimios_dash.domain.gate.split_room import Crossing, Room, Whole, people_left, people_left_after, room
from dimios_dash.domain.gate.splitting import Splits
from dimios_dash.domain.tree import Tree

TYPE_1, TYPE_2, TYPE_3, TYPES_1_2 = range(4)  # places on the axis of shown groups


class Bound(IntEnum):
    """What a shown group says about its own value."""

    LOWER = -1  # "eller lägre"
    INSIDE = 0
    UPPER = 1  # "eller högre"
    NOT_TOLD = 2  # too near an end of the scale to tell the groups apart: each is given its share of the whole


@dataclass(frozen=True, slots=True, eq=False)
class GroupSums:
    """What the groups of pieces come to: [N, Q, 4], in the unit where each piece is counted first, else 0."""

    sums: Whole
    bound: NDArray[np.int8]  # Bound


@dataclass(frozen=True, slots=True, eq=False)
class _Moved:
    """A sum in each group of pieces, and what it says."""

    total: Whole
    bound: NDArray[np.int8]  # of the type summed
    opposite: NDArray[np.int8]  # of the types that make up the rest


def blunt_splits(
    tree: Tree, splits: Splits, types: Whole, type_sums: Whole, shown_sums: Whole, *, scale_points: int
) -> GroupSums:
    """Group sums from types and type_sums[2, N, Q, 3], answers and true sums in unit pieces, and shown_sums[N, Q]."""
    pieces = split_pieces(tree, splits, types, type_sums, shown_sums, scale_points=scale_points)
    third, first = _sums_of_types(pieces, scale_points)
    return _laid_out(pieces, third, first, shown_sums.shape, scale_points)


def _sums_of_types(pieces: SplitPieces, scale_points: int) -> tuple[_Moved, _Moved]:
    """Type 3 in each Y and type 1 in each X: of the e-mail answers, then with those by open link added."""
    true = _true_sums(pieces, EMAIL)
    if not pieces.types[LINK].any():
        return _move(pieces, pieces.types[EMAIL], pieces.sums, true, _no_margin(pieces), scale_points=scale_points)
    email = np.array([[1], [0]])
    by_email = blunt(pieces.types.sum(axis=1) * email, pieces.type_sums.sum(axis=1) * email, scale_points)
    third, first = _move(pieces, pieces.types[EMAIL], by_email, true, _no_margin(pieces), scale_points=scale_points)
    third_by_link, first_by_link = _true_sums(pieces, LINK)
    whole = (third.total + third_by_link, first.total + first_by_link)
    return _move(pieces, pieces.types.sum(axis=0), pieces.sums, whole, _margin(pieces), scale_points=scale_points)


def _true_sums(pieces: SplitPieces, channel: int) -> tuple[Whole, Whole]:
    """Of type 3 in each Y and of type 1 in each X."""
    of_y = pieces.in_y(pieces.type_sums[channel])
    return of_y[TYPE_3], pieces.in_x(of_y[TYPE_1])


def _no_margin(pieces: SplitPieces) -> tuple[Whole, Whole]:
    return np.zeros_like(pieces.y_cell), np.zeros_like(pieces.x_cell)


def _margin(pieces: SplitPieces) -> tuple[Whole, Whole]:
    """MARGIN in each Y and each X that mixes channels."""
    by_channel = pieces.in_y(pieces.types.sum(axis=1))
    of_y, of_x = (np.where(each.all(axis=0), MARGIN, 0) for each in (by_channel, pieces.in_x(by_channel)))
    return of_y, of_x


def _move(
    pieces: SplitPieces,
    types: Whole,
    sums: Whole,
    true: tuple[Whole, Whole],
    margins: tuple[Whole, Whole],
    *,
    scale_points: int,
) -> tuple[_Moved, _Moved]:
    """True sums of type 3 [Y] and of type 1 [X], moved into their room in pieces of types[3, P] and sums[P]."""
    two = _two_groups(pieces, types, sums, scale_points)
    found = room(two, margins[0], scale_points)
    whole, sizes = pieces.in_y(sums), pieces.in_y(two.types)
    moved_third = _into(found, true[0], whole * sizes[0], sizes.sum(axis=0), _standing(pieces, two))
    low, high = people_left_after(two, found, moved_third.total, moved_third.bound == Bound.NOT_TOLD, scale_points)
    three = Crossing(
        types=types,
        sums=sums,
        y=pieces.y,
        x=pieces.x,
        third=moved_third.total,
        loose=moved_third.bound == Bound.NOT_TOLD,
        low=low[[1, 1, 0]],
        high=high[[1, 1, 0]],
        groups=pieces.x_cell.size,
    )
    found = room(three, margins[1], scale_points)
    rest, sizes = pieces.in_x(whole - moved_third.total), pieces.in_x(pieces.in_y(types))
    share = (rest * sizes[TYPE_1], sizes[TYPE_1] + sizes[TYPE_2])
    return moved_third, _into(found, true[1], *share, _standing(pieces, three))


def _two_groups(pieces: SplitPieces, types: Whole, sums: Whole, scale_points: int) -> Crossing:
    """Type 3 against the others: every Y by itself."""
    third, groups = types[TYPE_3], len(pieces.y_cell)
    grouped = np.stack([third, types[TYPE_1] + types[TYPE_2], np.zeros_like(third)])
    low, high = (np.broadcast_to(each, types.shape) for each in people_left(types.sum(axis=0), sums, scale_points))
    return Crossing(
        types=grouped,
        sums=sums,
        y=pieces.y,
        x=np.arange(groups),
        third=np.zeros(groups, dtype=np.int64),
        loose=np.zeros(groups, dtype=np.bool_),
        low=low,
        high=high,
        groups=groups,
    )


def _into(found: Room, true: Whole, share: Whole, of: Whole, standing: tuple[NDArray[np.int8], ...]) -> _Moved:
    """The true sum moved to the nearer limit; its `share` / `of` the whole where there is no room."""
    silent = found.free & (found.least >= found.most)
    suggested = np.clip(np.rint(share / np.maximum(of, 1)).astype(np.int64), found.lowest, found.highest)
    inside = np.minimum(np.maximum(true, found.least), found.most)
    total = np.select([silent, found.free], [suggested, inside], found.lowest)
    at_limit = (total == found.most).astype(np.int8) - (total == found.least)
    bounds = (
        np.select([silent, found.free], [Bound.NOT_TOLD, sign * at_limit], whole_pieces).astype(np.int8)
        for sign, whole_pieces in zip((1, -1), standing, strict=True)
    )
    return _Moved(total, *bounds)


def _standing(pieces: SplitPieces, crossing: Crossing) -> tuple[NDArray[np.int8], NDArray[np.int8]]:
    """+1 / -1 in each X where all pieces of type 1, and of type 2, stand at their own limit: [X] each."""
    first, second = (_all_at(pieces.at_limit, crossing, place) for place in (TYPE_1, TYPE_2))
    return first, second


def _all_at(at_limit: NDArray[np.int8], crossing: Crossing, place: int) -> NDArray[np.int8]:
    inhabited = crossing.types[place] > 0
    group = crossing.x_of_piece[inhabited]
    upper, lower = (
        np.bincount(group, weights=at_limit[inhabited] != end, minlength=crossing.groups) == 0 for end in (1, -1)
    )
    standing: NDArray[np.int8] = upper.astype(np.int8) - lower.astype(np.int8)
    return standing


def _second(pieces: SplitPieces, third: _Moved, first: _Moved, both: Whole, scale_points: int) -> _Moved:
    """Type 2 of each X, where types 1 and 2 come to both[X]: what the others leave, moved as they are moved.

    Where type 3 is not told of some Y, the shares may leave more than type 2 can have answered, or less.
    """
    people = pieces.in_x(pieces.in_y(pieces.types[:, TYPE_2].sum(axis=0)))
    total = np.minimum(np.maximum(both - first.total, people), scale_points * people)
    of_ys = _said_by_all(pieces, third.opposite)
    directions = first.opposite.astype(np.int64) + of_ys
    silent = (first.opposite == Bound.NOT_TOLD) | (of_ys == Bound.NOT_TOLD)
    bound = np.where(silent, Bound.NOT_TOLD, np.sign(directions)).astype(np.int8)
    return _Moved(total, bound, -bound)


def _said_by_all(pieces: SplitPieces, bound: NDArray[np.int8]) -> NDArray[np.int8]:
    """What bound[Y] says of all Ys in each X alike, [X]; INSIDE where they differ."""
    least, most = np.full((2, pieces.x_cell.size), Bound.INSIDE, dtype=np.int8)
    least[pieces.x] = most[pieces.x] = bound
    np.minimum.at(least, pieces.x, bound)
    np.maximum.at(most, pieces.x, bound)
    return np.where(least == most, least, np.int8(Bound.INSIDE))


def _laid_out(
    pieces: SplitPieces, third: _Moved, first: _Moved, shape: tuple[int, ...], scale_points: int
) -> GroupSums:
    """The sums where they belong in the tree: types 1 and 2 in units of D3, the others in units of D2."""
    cells = int(np.prod(shape))
    inside = pieces.x_cell < cells
    rest_of_y = pieces.in_y(pieces.sums) - third.total
    second = _second(pieces, third, first, pieces.in_x(rest_of_y), scale_points)
    sums, bound = np.zeros((cells, 4), dtype=np.int64), np.zeros((cells, 4), dtype=np.int8)
    for place, total, said in ((TYPE_3, third.total, third.bound), (TYPES_1_2, rest_of_y, third.opposite)):
        sums[pieces.y_cell, place], bound[pieces.y_cell, place] = total, said
    for place, total, said in ((TYPE_1, first.total, first.bound), (TYPE_2, second.total, second.bound)):
        sums[pieces.x_cell[inside], place], bound[pieces.x_cell[inside], place] = total[inside], said[inside]
    return GroupSums(sums.reshape(*shape, 4), bound.reshape(*shape, 4))
