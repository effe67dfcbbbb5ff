"""What everybody may have answered, seen from outside: the attacker who knows all that is published, and all rules.

He looks for answer sheets that give the published picture, exactly, and asks for the least and the greatest answer of
each person in any of them. Persons of a piece and a role type cannot be told apart, so their sum is one unknown; the
sheets that fit are the whole numbers in a polytope, and HiGHS finds its ends.

python -m benchmarks.range_attack
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from benchmarks.organisations import (
    SCALE_POINTS,
    random_answers,
    random_tree,
    with_ordinary_opinions,
    with_unanimous_groups,
)
from dimios_dash.domain.disclosure import release
from dimios_dash.domain.gate.blunting import limits
from dimios_dash.domain.gate.counting import Answers, count
from dimios_dash.domain.gate.leftovers import EMAIL
from dimios_dash.domain.gate.split_blunting import TYPE_1, TYPE_2, TYPE_3, Bound, blunt_splits
from dimios_dash.domain.gate.splitting import Splits, cuts
from dimios_dash.domain.gate.unit_means import unit_pieces
from dimios_dash.domain.tree import Tree

K = 3
SIZES = (6, 101)  # units
ORGANISATIONS = 300

Whole = NDArray[np.int64]

Fact = tuple[NDArray[np.bool_], float, float]
"""The sum over some of the [C] unknowns lies between two numbers."""


@dataclass(frozen=True)
class Published:
    """Everything that can be seen of one statement, and the C unknowns: answers of a piece and role type."""

    tree: Tree
    sizes: Whole  # [N, 3] people in each piece, per role type
    sums: Whole  # [N] of pieces
    group_sums: Whole  # [N, 4]
    bound: NDArray[np.int8]  # [N, 4]
    two: NDArray[np.int32]  # [N] where the groups of each piece are summed; -1 for nowhere
    three: NDArray[np.int32]  # [N]
    piece: NDArray[np.intp]  # [C]
    role: NDArray[np.intp]  # [C]

    @property
    def people(self) -> Whole:
        """[C]"""
        people: Whole = self.sizes[self.piece, self.role]
        return people


def possible_answers(tree: Tree, answers: Answers, k: int, *, splits: bool) -> Whole:
    """How many answers each person may have given, one entry per piece and role type, over all statements.

    Answers by e-mail only. Without `splits` the attacker sees unit means.
    """
    return np.concatenate(
        [
            _widths(_published(tree, answers, k, statement), splits=splits)
            for statement in range(answers.values.shape[1])
        ]
    )


def _published(tree: Tree, answers: Answers, k: int, statement: int) -> Published:
    one = Answers(answers.unit, answers.role, answers.link, answers.values[:, [statement]])
    made = release(tree, one, k, SCALE_POINTS)
    settled = made.home == np.arange(len(tree.ids))[:, None]
    pieces = unit_pieces(tree, settled, count(tree, one, SCALE_POINTS), SCALE_POINTS)
    splits = Splits(made.role_groups >= 2, made.role_groups == 3)
    groups = blunt_splits(tree, splits, pieces.types, pieces.type_sums, pieces.sums, scale_points=SCALE_POINTS)
    sizes = pieces.types[EMAIL, :, 0]
    return Published(
        tree,
        sizes,
        pieces.sums[:, 0],
        groups.sums[:, 0],
        groups.bound[:, 0],
        tree.nearest(splits.two)[:, 0],
        tree.nearest(splits.three)[:, 0],
        *np.nonzero(sizes),
    )


def _widths(seen: Published, *, splits: bool) -> Whole:
    """Possible answers of the people behind each unknown, [C]."""
    if not seen.people.size:
        return np.zeros(0, dtype=np.int64)
    facts = [*_facts_of_pieces(seen), *(_facts_of_groups(seen) if splits else [])]
    least, most = _ends(seen.people, facts)
    others = seen.people - 1
    low, high = np.maximum(1, least - SCALE_POINTS * others), np.minimum(SCALE_POINTS, most - others)
    widths: Whole = high - low + 1
    return widths


def _facts_of_pieces(seen: Published) -> list[Fact]:
    """A sum between its limits is true; one that stands at a limit may have been moved there."""
    people = np.stack([seen.sizes.sum(axis=1), np.zeros(len(seen.sizes), dtype=np.int64)])
    lowest, highest = limits(people, SCALE_POINTS)
    return [
        _fact(seen.piece == piece, seen.sums[piece], _at(seen.sums[piece], lowest[piece], highest[piece]))
        for piece in np.unique(seen.piece)
    ]


def _at(value: int, lowest: int, highest: int) -> Bound:
    return Bound(int(value == highest) - int(value == lowest))


def _fact(inside: NDArray[np.bool_], value: int, bound: Bound) -> Fact:
    return (
        inside,
        -np.inf if bound in {Bound.LOWER, Bound.NOT_TOLD} else value,
        np.inf if bound in {Bound.UPPER, Bound.NOT_TOLD} else value,
    )


def _facts_of_groups(seen: Published) -> list[Fact]:
    """Sums of type 3 and of type 1 that do not follow from the others."""
    facts = []
    cheap = cuts(seen.sizes)
    for where, role in ((seen.two, TYPE_3), (seen.three, TYPE_1)):
        for unit in np.unique(where[where >= 0]):
            free = cheap[where == unit, TYPE_3].any() if role == TYPE_3 else _first_is_free(seen, cheap, int(unit))
            inside = (where[seen.piece] == unit) & (seen.role == role)
            if free and inside.any():
                facts.append(_fact(inside, seen.group_sums[unit, role], Bound(seen.bound[unit, role])))
    return facts


def _first_is_free(seen: Published, cheap: Whole, unit: int) -> bool:
    """Whether some Y below leaves types 1 and 2 apart, where its type 3 is told or not."""
    ys = np.unique(seen.two[seen.three == unit])
    told = {int(y): seen.bound[y, TYPE_3] != Bound.NOT_TOLD for y in ys}
    sums = {int(y): cheap[seen.two == y].sum(axis=0) for y in ys}
    return any(sums[y][TYPE_1] > 0 and (not told[y] or sums[y][TYPE_2] > 0) for y in told)


def _ends(people: Whole, facts: list[Fact]) -> tuple[Whole, Whole]:
    """Least and greatest sum of each unknown, [C] each: one unknown of every component at a time."""
    table = np.stack([inside for inside, *_ in facts]).astype(np.float64)
    known = LinearConstraint(csr_array(table), [low for _, low, _ in facts], [high for *_, high in facts])
    component = connected_components(csr_array(table.T @ table))[1]
    turn = _turns(component)
    least, most = np.zeros_like(people), np.zeros_like(people)
    for round_ in range(turn.max() + 1):
        asked = turn == round_
        for ends, sign in ((least, 1), (most, -1)):
            ends[asked] = np.rint(_solved(sign * asked, people, known)[asked])
    return least, most


def _turns(component: NDArray[np.int32]) -> NDArray[np.intp]:
    """A different turn for each unknown of a component, [C]."""
    order = np.argsort(component, kind="stable")
    _, first = np.unique(component[order], return_index=True)
    turn = np.empty_like(order)
    turn[order] = np.arange(order.size) - np.repeat(first, np.diff([*first, order.size]))
    return turn


def _solved(costs: NDArray[np.generic], people: Whole, known: LinearConstraint) -> NDArray[np.float64]:
    bounds = Bounds(people, SCALE_POINTS * people)
    found = milp(costs.astype(np.float64), integrality=np.ones(people.size), bounds=bounds, constraints=known)
    if found.x is None:
        raise RuntimeError(f"HiGHS found no answer sheet that fits: {found.message}")
    return np.asarray(found.x)


def main() -> None:
    """Print how many possible answers people keep, as shares, over organisations with unanimous groups among them."""
    random = np.random.default_rng(300)
    by_means, by_splits = np.zeros(SCALE_POINTS + 1), np.zeros(SCALE_POINTS + 1)
    for _ in range(ORGANISATIONS):
        tree = random_tree(random, int(random.integers(*SIZES)))
        answers = with_unanimous_groups(random, with_ordinary_opinions(random, random_answers(random, tree)))
        by_means += _how_many(possible_answers(tree, answers, K, splits=False))
        by_splits += _how_many(possible_answers(tree, answers, K, splits=True))
    print(
        f"possible answers that people keep, {ORGANISATIONS} organisations of {SIZES[0]}-{SIZES[1] - 1} units, k = {K}"
    )
    print(f"{'':>12} " + " ".join(f"{number:>7}" for number in range(1, SCALE_POINTS + 1)))
    for name, seen in (("unit means", by_means), ("with splits", by_splits)):
        print(f"{name:>12} " + " ".join(f"{share:>7.2%}" for share in seen[1:] / seen.sum()))


def _how_many(possible: Whole) -> Whole:
    """People by the number of their possible answers, [SCALE_POINTS + 1]."""
    return np.bincount(possible, minlength=SCALE_POINTS + 1)


if __name__ == "__main__":
    main()
