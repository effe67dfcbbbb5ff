"""The smallest cut of a graph: how few edges part any of its connected pieces in two."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NO_CUT = float("inf")


def smallest_cut(left: NDArray[np.integer], right: NDArray[np.integer], edges: NDArray[np.integer]) -> float:
    """Fewest edges between two parts of one component; edges[E] of them join the vertices left[E] and right[E].

    NO_CUT where no component has two vertices. Stoer and Wagner 1997, each component by itself.
    """
    joined = (edges > 0) & (left != right)
    vertices, ends = np.unique(np.stack([left, right])[:, joined], return_inverse=True)
    one, other = ends.reshape(2, -1)
    component = _components(one, other, vertices.size)
    return min(
        (_of_component(one[inside], other[inside], edges[joined][inside]) for inside in _each(component[one])),
        default=NO_CUT,
    )


def _each(component: NDArray[np.intp]) -> list[NDArray[np.bool_]]:
    return [component == label for label in np.unique(component)]


def _components(one: NDArray[np.intp], other: NDArray[np.intp], vertices: int) -> NDArray[np.intp]:
    """The smallest vertex that each can be reached from, [vertices]."""
    label = np.arange(vertices)
    while (label[one] != label[other]).any():
        least = np.minimum(label[one], label[other])
        np.minimum.at(label, one, least)
        np.minimum.at(label, other, least)
    return label


def _of_component(one: NDArray[np.intp], other: NDArray[np.intp], edges: NDArray[np.integer]) -> float:
    vertices, ends = np.unique(np.stack([one, other]), return_inverse=True)
    weights = np.zeros((vertices.size, vertices.size), dtype=np.int64)
    np.add.at(weights, tuple(ends.reshape(2, -1)), edges)
    weights += weights.T
    fewest = NO_CUT
    while len(weights) > 1:
        last, before, cut = _most_loosely_joined(weights)
        fewest = min(fewest, cut)
        weights = _merged(weights, before, last)
    return fewest


def _most_loosely_joined(weights: NDArray[np.int64]) -> tuple[int, int, int]:
    """The last vertex when always the most tightly joined is taken next, the one before it, and the last's edges."""
    joined, taken = weights[0].copy(), [0]
    waiting = np.ones(len(weights), dtype=np.bool_)
    waiting[0] = False
    while waiting.any():
        following = int(np.where(waiting, joined, -1).argmax())
        cut = int(joined[following])
        taken.append(following)
        waiting[following] = False
        joined += weights[following]
    return taken[-1], taken[-2], cut


def _merged(weights: NDArray[np.int64], kept: int, gone: int) -> NDArray[np.int64]:
    merged = weights.copy()
    merged[kept] += merged[gone]
    merged[:, kept] += merged[:, gone]
    merged[kept, kept] = 0
    return np.delete(np.delete(merged, gone, axis=0), gone, axis=1)
