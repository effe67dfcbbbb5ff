"""The attacker who calculates: can any combination of published numbers depend on fewer than k persons?

Everything published of one statement is a table of sums over persons, [numbers, persons], and nothing else is asked of
the program. Of a picture (see `spreading`) the number and the sum of answers are fixed, so its row is that of a sum;
categories, dimensions and the index are combinations of the means.

python -m benchmarks.linear_attack
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.few_columns import Table, depends_on_few
from benchmarks.organisations import any_organisation, random_answers, random_tree
from dimios_dash.domain.disclosure import SMALLEST_GROUPS, release
from dimios_dash.domain.gate.counting import Answers
from dimios_dash.domain.gate.released import Release
from dimios_dash.domain.tree import Tree

PICTURED = 10  # persons at least behind anything finer than a mean
ORGANISATIONS = 300
ROLES = ((1,), (2,), (3,), (1, 2))  # role types behind each shown group


@dataclass(frozen=True)
class Persons:
    """Those whose secrets a table is about."""

    unit: NDArray[np.int32]  # [n]
    role: NDArray[np.int8]  # [n]
    link: NDArray[np.bool_]  # [n] came by open link: whoever spread it may know what they said

    @classmethod
    def who_asked(cls, answers: Answers) -> Persons:
        """All respondents: who said Vet ej?"""
        return cls(answers.unit, answers.role, answers.link)

    @classmethod
    def who_answered(cls, answers: Answers, statement: int) -> Persons:
        """Those who gave a point of the scale: which?"""
        valid = answers.values[:, statement] > 0
        return cls(answers.unit[valid], answers.role[valid], answers.link[valid])


def found_out(tree: Tree, made: Release, answers: Answers, k: int, statement: int = 0) -> tuple[str, ...]:
    """What a release tells of fewer than k persons, or of fewer than ten where it is finer than means."""
    answering, asked = Persons.who_answered(answers, statement), Persons.who_asked(answers)
    told = answers_told(tree, made, answering, statement), pictures(tree, made, answering, statement)
    leaking = {
        "answers": singles_out(told[0], answering, k),
        "pictures": singles_out(told[1], answering, max(k, PICTURED)),
        "Vet ej": singles_out(numbers_told(tree, made, asked, statement), asked, max(k, PICTURED)),
    }
    return tuple(name for name, found in leaking.items() if found)


def answers_told(tree: Tree, made: Release, persons: Persons, statement: int = 0) -> Table:
    """Everything that tells what persons answered: means of units and of their role types, pictures."""
    counted = counted_in(tree, made.home[persons.unit, statement])
    shown = ~np.isnan(made.mean[:, statement])
    groups = [
        counted[~np.isnan(made.role_mean[:, statement, place])] & np.isin(persons.role, roles)
        for place, roles in enumerate(ROLES)
    ]
    return np.concatenate([counted[shown], *groups, pictures(tree, made, persons, statement)]).astype(np.int64)


def numbers_told(tree: Tree, made: Release, persons: Persons, statement: int = 0) -> Table:
    """Everything that tells who said Vet ej: its shares, and numbers of answers in pictures."""
    shares = counted_in(tree, made.text_home[persons.unit])[~np.isnan(made.dont_know[:, statement])]
    return np.concatenate([shares, pictures(tree, made, persons, statement)]).astype(np.int64)


def pictures(tree: Tree, made: Release, persons: Persons, statement: int) -> Table:
    """Who is in the picture of each unit that shows one."""
    counted = counted_in(tree, made.distribution_home[persons.unit, statement])
    return counted[made.distribution[:, statement].any(axis=-1)].astype(np.int64)


def plain_rule(tree: Tree, persons: Persons, *, by_role: bool) -> Table:
    """The control: every unit, and every group of role types in it, is shown from three answers on."""
    counted = counted_in(tree, persons.unit)
    groups = [counted & np.isin(persons.role, roles) for roles in ROLES] if by_role else []
    rows: Table = np.concatenate([counted, *groups]).astype(np.int64)
    return np.asarray(rows[rows.sum(axis=1) >= 3])


def counted_in(tree: Tree, home: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Whether each unit's branch holds the home of each person, [N, n]; a home of -1 is in none."""
    inside = np.eye(len(tree.parent), dtype=np.bool_)
    for unit in range(len(inside) - 1, 0, -1):
        inside[tree.parent[unit]] |= inside[unit]
    return inside[:, home] & (home >= 0)


def singles_out(table: Table, persons: Persons, k: int) -> bool:
    """Whether a combination depends on 1 to k - 1 persons, or on so many by e-mail once the others are known."""
    return depends_on_few(table, k) or depends_on_few(table[:, ~persons.link], k)


def main() -> None:
    """Print in how many random organisations somebody is singled out: by releases, and by the plain rule of three."""
    leaking = np.zeros((len(SMALLEST_GROUPS), 2), dtype=np.int64)
    for number in range(ORGANISATIONS):
        tree, answers = any_organisation(np.random.default_rng([300, number]))
        place = number % len(SMALLEST_GROUPS)
        k = SMALLEST_GROUPS[place]
        leaking[place] += [1, bool(found_out(tree, release(tree, answers, k), answers, k))]
    print("organisations of 1-300 units where exact linear algebra singles somebody out")
    for k, (tried, found) in zip(SMALLEST_GROUPS, leaking.tolist(), strict=True):
        print(f"  k = {k:>2}: {found} of {tried}")
    random = np.random.default_rng(300)
    plain = np.array([_leaks_by_plain_rule(random) for _ in range(ORGANISATIONS // 3)])
    for name, share in zip(("unit means", "with role types"), plain.mean(axis=0), strict=True):
        print(f"  plain rule of three, 30 units, {name}: {share:.0%}")


def _leaks_by_plain_rule(random: np.random.Generator) -> list[bool]:
    """Of an organisation of 30 units: without and with role types."""
    tree = random_tree(random, 30)
    persons = Persons.who_answered(random_answers(random, tree), 0)
    return [depends_on_few(plain_rule(tree, persons, by_role=by_role), 3) for by_role in (False, True)]


if __name__ == "__main__":
    main()
