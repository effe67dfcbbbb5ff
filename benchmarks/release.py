"""How long a release takes, how much of an organisation it still shows, and how near the truth its pictures are.

python -m benchmarks.release
"""

from __future__ import annotations

from time import perf_counter

import numpy as np

from benchmarks.organisations import (
    SCALE_POINTS,
    random_answers,
    random_tree,
    with_ordinary_opinions,
    with_unanimous_groups,
)
from dimios_dash.domain.disclosure import Hidden, release, require_safe
from dimios_dash.domain.gate.choosing import choose_alike
from dimios_dash.domain.gate.counting import Answers, count
from dimios_dash.domain.tree import Tree

K = 3
STATEMENTS = 60
IN_AN_INNER_UNIT = 1.5
SIZES = ((30, 200), (300, 2_000), (3_000, 50_000))
SHARES = ((6, 200), (30, 200), (1_000, 5))  # units, and how many such organisations
BY_LINK = (0.0, 0.1, 0.3, 0.6)
RUNS = 3
PICTURED = 40  # organisations


def main() -> None:
    """Print all tables."""
    print_times()
    print()
    print_shares()
    print()
    print_distances()


def print_times() -> None:
    """Least milliseconds of some runs for three sizes; `values` are means, splits, distributions and Vet ej."""
    print(f"{STATEMENTS} statements, k = {K}, milliseconds; the check is made besides")
    print(" units  answers  counting  choosing  values  release  ratio  check")
    smallest = None
    for units, people in SIZES:
        tree, answers = _organisation(units, people)
        counting, choosing, whole, check = np.min([_seconds(tree, answers) for _ in range(RUNS)], axis=0) * 1000
        made = whole - check
        smallest = smallest or made
        print(
            f"{units:>6} {answers.unit.size:>8} {counting:>9.0f} {choosing:>9.0f} {made - counting - choosing:>7.0f} "
            f"{made:>8.0f} {made / smallest:>6.1f} {check:>6.0f}"
        )


def _organisation(units: int, people: int) -> tuple[Tree, Answers]:
    """One organisation of about that many people."""
    random = np.random.default_rng(units)
    tree = random_tree(random, units)
    leaves = units - np.unique(tree.parent[1:]).size
    in_a_leaf = (people - (units - leaves) * IN_AN_INNER_UNIT) / leaves
    return tree, random_answers(random, tree, in_a_leaf=in_a_leaf, statements=STATEMENTS)


def _seconds(tree: Tree, answers: Answers) -> tuple[float, float, float, float]:
    """Of counting, of choosing, of everything and of the check."""
    start = perf_counter()
    counts = count(tree, answers, SCALE_POINTS)
    counted = perf_counter()
    choose_alike(tree, counts.respondents[:, :, None], counts.valid, K)
    chosen = perf_counter()
    made = release(tree, answers, K)
    published = perf_counter()
    require_safe(tree, counts, made, K)
    return counted - start, chosen - counted, published - chosen, perf_counter() - published


def print_shares() -> None:
    """Share of what could be shown that is shown: means from k answers, of them two and three groups and pictures."""
    print(f"{'units':>6} {'by link':>8} {'means':>7} {'2 groups':>9} {'3 groups':>9} {'pictures':>9}   (k = {K})")
    for units, organisations in SHARES:
        for by_link in BY_LINK:
            shares = " ".join(f"{share:>9.1%}" for share in shares_shown(units, organisations, by_link))
            print(f"{units:>6} {by_link:>8.0%} {shares[2:]}")


def shares_shown(units: int, organisations: int, by_link: float) -> tuple[float, float, float, float]:
    """Means of those with k answers; two groups, three groups and pictures of the means shown."""
    random = np.random.default_rng(units)
    seen = np.zeros(5)
    for _ in range(organisations):
        tree = random_tree(random, units)
        made = release(tree, random_answers(random, tree, statements=10, by_link=by_link), K)
        shown, groups = made.hidden == Hidden.SHOWN, made.role_groups
        enough = shown | (made.hidden == Hidden.PROTECTS_OTHERS)
        seen += [each.sum() for each in (shown, groups >= 2, groups == 3, made.distribution.any(axis=-1), enough)]
    means, two, three, pictures, enough_answers = seen.tolist()
    return means / enough_answers, two / means, three / means, pictures / means


def print_distances() -> None:
    """Total variation between shown pictures and the truth, on average."""
    print(f"{'answers':>12} {'ordinary':>9} {'unanimous groups':>17}   (distance of pictures from the truth)")
    ordinary, unanimous = _distances(unanimous=False), _distances(unanimous=True)
    for name, lowest, highest in (("10-14", 10, 14), ("15-24", 15, 24), ("25-", 25, np.inf), ("all", 10, np.inf)):
        columns = [_mean_between(each, lowest, highest) for each in (ordinary, unanimous)]
        print(f"{name:>12} {columns[0]:>9.3f} {columns[1]:>17.3f}")


def _mean_between(distances: np.ndarray[tuple[int, ...], np.dtype[np.float64]], lowest: float, highest: float) -> float:
    inside = (distances[0] >= lowest) & (distances[0] <= highest)
    return float(distances[1, inside].mean())


def _distances(*, unanimous: bool) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """Numbers of answers behind pictures of units without units below, and their distances, [2, pictures]."""
    random = np.random.default_rng(6)
    found = [np.zeros((2, 0))]
    for _ in range(PICTURED):
        tree = random_tree(random, 60)
        answers = with_ordinary_opinions(random, random_answers(random, tree, in_a_leaf=14.0, statements=20))
        answers = with_unanimous_groups(random, answers) if unanimous else answers
        made, true = release(tree, answers, K), count(tree, answers, SCALE_POINTS).histograms
        leaf = ~np.isin(np.arange(len(true)), tree.parent)
        shown = made.distribution.any(axis=-1) & leaf[:, None]
        apart = np.abs(made.distribution[shown] - true[shown]).sum(axis=1) / 2
        found.append(np.stack([true[shown].sum(axis=1), apart / true[shown].sum(axis=1)]))
    return np.concatenate(found, axis=1)


if __name__ == "__main__":
    main()
