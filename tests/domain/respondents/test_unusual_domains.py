from __future__ import annotations

import pytest

from dimios_dash.domain.respondents.unusual_domains import UnusualDomain, domains_of, unusual_domains


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({"ekhamn.se": 300, "gmail.com": 1}, [("gmail.com", None)]),
        ({"ekhamn.se": 300, "ekhamm.se": 6}, [("ekhamm.se", "ekhamn.se")]),
        ({"ekhamn.se": 300, "gmail.com": 2, "ekhamm.se": 1}, [("ekhamm.se", "ekhamn.se"), ("gmail.com", None)]),
        ({"ekhamn.se": 300, "ekhamnbostader.se": 30}, []),
        ({"ekhamn.se": 8, "gmail.com": 1}, []),
        ({f"{n}.se": 1 for n in range(40)}, []),
        ({}, []),
    ],
)
def test_domains_that_few_of_the_others_have_are_pointed_out(
    counts: dict[str, int], found: list[tuple[str, str | None]]
) -> None:
    assert [(each.domain, each.meant) for each in unusual_domains(counts)] == found


def test_a_domain_is_counted_without_regard_to_case() -> None:
    counts = domains_of([*["a@Ekhamn.se"] * 6, *["b@ekhamn.SE"] * 4, "c@gmail.com"])

    assert unusual_domains(counts) == (UnusualDomain("gmail.com", 1, None),)
