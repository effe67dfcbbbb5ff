"""The smallest cut, against greatest flows."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components, maximum_flow

from dimios_dash.domain.gate.smallest_cut import NO_CUT, smallest_cut

VERTICES = 7


def by_flows(edges: list[tuple[int, int, int]]) -> float:
    """The least greatest flow between two vertices of one component."""
    table = np.zeros((VERTICES, VERTICES), dtype=np.int32)
    for one, other, number in edges:
        if one != other:
            table[one, other] += number
            table[other, one] += number
    graph = csr_array(table)
    component = connected_components(graph)[1]
    pairs = ((one, two) for one in range(VERTICES) for two in range(one) if component[one] == component[two])
    return min((maximum_flow(graph, one, two).flow_value for one, two in pairs), default=NO_CUT)


@given(st.lists(st.tuples(st.integers(0, VERTICES - 1), st.integers(0, VERTICES - 1), st.integers(0, 4)), max_size=14))
def test_no_cut_is_smaller_in_any_component(edges: list[tuple[int, int, int]]) -> None:
    left, right, number = np.array(edges, dtype=np.int64).reshape(-1, 3).T

    assert smallest_cut(left, right, number) == by_flows(edges)
