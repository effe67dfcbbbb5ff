"""How long a release takes, and how much of an organisation it still shows.

python -m benchmarks.release
"""

from __future__ import annotations

from time import perf_counter

import numpy as np

from dimios_dash.domain.disclosure import Answers, Hidden, release
from dimios_dash.domain.tree import Tree
from dimios_dash.ids import UnitId

K = 3
STATEMENTS = 60
DEPTH = 6
PEOPLE_IN_A_LEAF = 6.0
MOST_IN_AN_INNER_UNIT = 3
DO_NOT_KNOW = 0.15
SIZES = ((30, 200), (300, 2_000), (3_000, 50_000))
SHARES = ((6, 0.0), (30, 0.0), (30, 0.3), (1_000, 0.0))
ORGANISATIONS = 50
RUNS = 3


def main() -> None:
    """Print both tables."""
    print_times()
    print()
    print_shares()


def print_times() -> None:
    """Best of some runs for three sizes, as milliseconds and as a ratio to the smallest."""
    print(f"{'units':>6} {'answers':>8} {'ms':>7} {'ratio':>6}   ({STATEMENTS} statements, k = {K})")
    smallest = None
    for units, people in SIZES:
        seconds, answered = time_of(units, people)
        smallest = smallest or seconds
        print(f"{units:>6} {answered:>8} {seconds * 1000:>7.0f} {seconds / smallest:>6.1f}")


def time_of(units: int, people: int) -> tuple[float, int]:
    """Seconds of the fastest run on one organisation of about that many people, and how many they are."""
    random = np.random.default_rng(units)
    tree = random_tree(random, units)
    leaves = units - np.unique(tree.parent[1:]).size
    in_a_leaf = (people - (units - leaves) * MOST_IN_AN_INNER_UNIT / 2) / leaves
    answers = random_answers(random, tree, in_a_leaf, STATEMENTS, by_link=0.0)
    return min(_seconds(tree, answers) for _ in range(RUNS)), len(answers.unit)


def _seconds(tree: Tree, answers: Answers) -> float:
    start = perf_counter()
    release(tree, answers, K)
    return perf_counter() - start


def print_shares() -> None:
    """Share of the unit means with at least k valid answers that are shown."""
    print(f"{'units':>6} {'by link':>8} {'shown':>7}   (unit means with n >= {K}, {ORGANISATIONS} organisations)")
    for units, by_link in SHARES:
        print(f"{units:>6} {by_link:>8.0%} {share_shown(units, by_link):>7.1%}")


def share_shown(units: int, by_link: float) -> float:
    """Over random organisations, one statement of each counting as much as any other."""
    random = np.random.default_rng(units)
    shown, hidden = 0, 0
    for _ in range(ORGANISATIONS):
        tree = random_tree(random, units)
        answers = random_answers(random, tree, PEOPLE_IN_A_LEAF, statements=10, by_link=by_link)
        made = release(tree, answers, K)
        shown += int((made.hidden == Hidden.SHOWN).sum())
        hidden += int((made.hidden == Hidden.PROTECTS_OTHERS).sum())
    return shown / (shown + hidden)


def random_tree(random: np.random.Generator, units: int) -> Tree:
    """Each unit under one chosen at random among those before it, at most DEPTH levels below the root."""
    parent, depth = [-1], [0]
    for _ in range(1, units):
        above = int(random.choice(np.flatnonzero(np.array(depth) < DEPTH)))
        parent.append(above)
        depth.append(depth[above] + 1)
    return Tree(tuple(UnitId(str(unit)) for unit in range(units)), np.array(parent, dtype=np.int32))


def random_answers(
    random: np.random.Generator, tree: Tree, in_a_leaf: float, statements: int, by_link: float
) -> Answers:
    """Leaves of geometric size, few people on inner units, some of the answers Vet ej."""
    units = len(tree.ids)
    inner = np.isin(np.arange(units), tree.parent)
    sizes = np.where(
        inner,
        random.integers(0, MOST_IN_AN_INNER_UNIT, units, endpoint=True),
        random.geometric(1 / in_a_leaf, units),
    )
    unit = np.repeat(np.arange(units, dtype=np.int32), sizes)
    values = random.integers(1, 6, (unit.size, statements), dtype=np.int8, endpoint=True)
    values[random.random(values.shape) < DO_NOT_KNOW] = 0
    role = random.integers(1, 3, unit.size, dtype=np.int8, endpoint=True)
    return Answers(unit, role, random.random(unit.size) < by_link, values)


if __name__ == "__main__":
    main()
