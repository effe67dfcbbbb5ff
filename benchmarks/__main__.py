"""`make bench`: every benchmark, one after the other."""

from __future__ import annotations

from benchmarks import (
    answers,
    ballots,
    first_result,
    first_view,
    follow,
    linear_attack,
    pools,
    range_attack,
    release,
    respondents,
    sending,
    texts,
    tree,
    views,
)

release.main()
print()
linear_attack.main()
print()
range_attack.main()
print()
ballots.main()
print()
respondents.main()
print()
sending.main()
print()
tree.main()
print()
follow.main()
print()
pools.main()
print()
texts.main()
print()
answers.main()
print()
first_view.main()
print()
first_result.main()
print()
views.main()
