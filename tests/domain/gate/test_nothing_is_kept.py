"""No path leads from a true histogram, a coin or a seed out of the gate, neither to a release nor to a log."""

from __future__ import annotations

import ast
import importlib
import inspect
import sys
from collections.abc import Iterator
from dataclasses import fields, replace
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.organisations import random_answers, random_tree, with_unanimous_groups
from dimios_dash.domain import disclosure
from dimios_dash.domain.disclosure import Release, release
from dimios_dash.domain.gate.counting import Answers, count, gather_home
from dimios_dash.domain.tree import Tree

HARMLESS = {"__future__", "collections", "dataclasses", "enum", "functools", "numpy", "os", "typing"}


class RecordingCoins:
    """Random bytes, remembered."""

    def __init__(self) -> None:
        self.random, self.drawn = np.random.default_rng(1), bytearray()

    def __call__(self, count: int) -> bytes:
        drawn = self.random.bytes(count)
        self.drawn += drawn
        return drawn


def organisation() -> tuple[Tree, Answers]:
    random = np.random.default_rng(12)
    tree = random_tree(random, 30)
    answers = random_answers(random, tree, in_a_leaf=30.0, statements=4)
    return tree, with_unanimous_groups(random, answers)


def arrays(made: Release) -> dict[str, NDArray[np.generic]]:
    return {field.name: np.asarray(getattr(made, field.name)) for field in fields(made)}


def test_a_release_holds_no_coin() -> None:
    coins = RecordingCoins()

    made = release(*organisation(), 3, coins=coins)

    words = {bytes(coins.drawn[place : place + 8]) for place in range(len(coins.drawn) - 7)}
    stored = [array.tobytes() for array in arrays(made).values()]
    assert len(words) > 1000
    assert not any(each[place : place + 8] in words for each in stored for place in range(len(each) - 7))


def test_a_release_holds_no_true_histograms() -> None:
    """Only two fields are as long as a histogram, and what stands in them need not be true."""
    tree, answers = organisation()

    made = release(tree, answers, 3, coins=RecordingCoins())

    own = count(tree, answers, 6).histograms
    true = {"distribution_piece": gather_home(made.distribution_home, own), "distribution": tree.rollup(own)}
    long = {name: array for name, array in arrays(made).items() if array.ndim == 3 and array.shape[-1] == 6}
    assert long.keys() == true.keys()
    for name, pictures in long.items():
        drawn = pictures.any(axis=-1)
        assert (pictures != true[name]).any(axis=-1)[drawn].mean() > 0.25


def test_two_true_histograms_give_the_same_picture_by_other_coins() -> None:
    """Whoever sees it cannot tell which it was, though one of them is unanimous."""
    tree, unit = random_tree(np.random.default_rng(0), 1), np.zeros(12, dtype=np.int32)
    alike = Answers(unit, np.ones(12, np.int8), np.zeros(12, np.bool_), np.full((12, 400), 4, dtype=np.int8))
    apart = replace(alike, values=np.tile(np.array([3, 5], dtype=np.int8), 6)[:, None].repeat(400, axis=1))

    shown = [release(tree, answers, 3, coins=RecordingCoins()).distribution[0] for answers in (alike, apart)]

    first, second = ({tuple(picture) for picture in pictures.tolist()} for pictures in shown)
    assert len(first & second) > 3


def test_a_release_says_nothing_while_it_is_made(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(0):
        release(*organisation(), 3)

    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def gate() -> list[ModuleType]:
    """The modules of the gate: all of the domain that it imports."""
    found, waiting = {}, [disclosure.__name__]
    while waiting:
        name = waiting.pop()
        found[name] = importlib.import_module(name)
        names = (imported for imported in imports(found[name]) if imported.startswith("dimios_dash.domain."))
        waiting += [imported for imported in names if imported not in found and imported in sys.modules]
    return list(found.values())


def imports(module: ModuleType) -> Iterator[str]:
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.ImportFrom):
            yield str(node.module)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("module", gate(), ids=lambda module: str(module.__name__))
def test_the_gate_has_nothing_to_write_with(module: ModuleType) -> None:
    """No log, no file, no network, no database: it returns a release, and that is all."""
    outside = {name.split(".")[0] for name in imports(module)} - HARMLESS
    names = {node.id for node in ast.walk(ast.parse(inspect.getsource(module))) if isinstance(node, ast.Name)}
    of_os = [line for line in inspect.getsource(module).splitlines() if "os." in line and "os.urandom" not in line]

    assert outside <= {"dimios_dash"}
    of_ours = ("dimios_dash.domain", "dimios_dash.ids", "dimios_dash.translations")  # which reads and never writes
    assert all(name.startswith(of_ours) for name in imports(module) if "dimios" in name)
    assert not names & {"print", "open", "exec", "eval", "__import__", "breakpoint"}
    assert of_os == []
