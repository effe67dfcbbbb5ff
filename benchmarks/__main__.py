"""`make bench`: every benchmark, one after the other."""

from __future__ import annotations

from benchmarks import range_attack, release

release.main()
print()
range_attack.main()
