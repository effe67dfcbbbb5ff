from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.intake.findings import Parsed
from dimios_dash.intake.tree_file import UnitRow, read_tree


def tree(*lines: str) -> Parsed[UnitRow]:
    return read_tree("\n".join(["enhet_id;overordnad_id;namn", *lines]).encode(), "enheter.csv")


ROOT = "E;;Kommunen"
CASES = {
    "missing id": (
        [ROOT, ";E;Skola"],
        ["rad 3, kolumn enhet_id: Enhetens id saknas. Ge enheten ett eget id som behålls från år till år."],
    ),
    "missing name": (
        [ROOT, "E1;E;"],
        ["rad 3, kolumn namn: Enhetens namn saknas. Skriv det namn som ska visas."],
    ),
    "duplicate id": (
        [ROOT, "E1;E;Skola", "E1;E;Bad"],
        ["rad 4, kolumn enhet_id: Id ”E1” finns redan på rad 3. Varje enhet ska ha ett eget id."],
    ),
    "unknown parent": (
        [ROOT, "E1;Q;Skola"],
        ["rad 3, kolumn overordnad_id: Den överordnade enheten ”Q” finns inte i filen."],
    ),
    "unknown parent close to a known one": (
        [ROOT, "E101;E;Skola", "E102;e101;Bad"],
        [
            "rad 4, kolumn overordnad_id: Den överordnade enheten ”e101” finns inte i filen. Menade du ”E101”?",
        ],
    ),
    "own parent": (
        [ROOT, "E1;E1;Skola"],
        [
            "rad 3, kolumn overordnad_id: Enheten står som överordnad åt sig själv. Ange enheten närmast ovanför.",
        ],
    ),
    "cycle": (
        [ROOT, "E3;E2;Under ringen", "E1;E2;Skola", "E2;E1;Bad"],
        [
            (
                "rad 4, kolumn overordnad_id: Enheterna ligger i en ring: E1 → E2 → E1. "
                "Rätta överordnad enhet för en av dem."
            ),
        ],
    ),
    "no root": (
        ["E1;E2;Skola", "E2;E1;Bad"],
        [
            (
                "kolumn overordnad_id: Ingen rad är överst i trädet. "
                "Bara organisationen själv, överst i trädet, ska ha tomt i overordnad_id."
            ),
            (
                "rad 2, kolumn overordnad_id: Enheterna ligger i en ring: E1 → E2 → E1. "
                "Rätta överordnad enhet för en av dem."
            ),
        ],
    ),
    "several roots": (
        [ROOT, "E1;E;Skola", "B;;Bolaget", "C;;Stiftelsen"],
        [
            (
                "rad 4, kolumn overordnad_id: Flera enheter saknar överordnad enhet: rad 2, 4 och 5. "
                "Bara organisationen själv, överst i trädet, ska ha tomt i overordnad_id."
            ),
        ],
    ),
    "long id": (
        [ROOT, "x" * 65 + ";E;Skola"],
        ["rad 3, kolumn enhet_id: Enhetens id är längre än 64 tecken. Korta det."],
    ),
    "slash in id": (
        [ROOT, "E/1;E;Skola"],
        ["rad 3, kolumn enhet_id: Id ”E/1” har snedstreck, radbrytning eller osynliga tecken. Ta bort dem."],
    ),
    "control character in id": (
        [ROOT, "E\x071;E;Skola"],
        ["rad 3, kolumn enhet_id: Id ”E?1” har snedstreck, radbrytning eller osynliga tecken. Ta bort dem."],
    ),
    "long name": (
        [ROOT, "E1;E;" + "x" * 201],
        ["rad 3, kolumn namn: Namnet är längre än 200 tecken. Korta det."],
    ),
}


@pytest.mark.parametrize(("lines", "findings"), CASES.values(), ids=CASES.keys())
def test_what_keeps_rows_from_being_a_tree_is_said_on_its_row(lines: list[str], findings: list[str]) -> None:
    assert tree(*lines).as_lines() == findings


def test_two_units_of_one_name_in_different_branches_are_fine() -> None:
    parsed = tree(ROOT, "E1;E;Norr", "E2;E;Söder", "E11;E1;Administration", "E21;E2;Administration")

    assert parsed.as_lines() == []
    assert [unit.name for unit in parsed.rows].count("Administration") == 2


def test_siblings_of_one_name_are_pointed_out_but_taken() -> None:
    parsed = tree(ROOT, "E1;E;Skola", "E2;E;skola")

    assert parsed.ok
    assert parsed.as_lines() == [
        "varning, rad 4, kolumn namn: Enheten heter likadant som den på rad 3 och har samma överordnade enhet."
    ]


def test_parents_may_come_after_their_children() -> None:
    assert tree("E11;E1;Norra", "E1;E;Skola", ROOT).ok


def test_twenty_levels_are_enough_and_the_twenty_first_is_an_error() -> None:
    lines = [f"E{level};{f'E{level - 1}' if level > 1 else ''};Nivå {level}" for level in range(1, 22)]

    assert tree(*lines[:20]).ok
    (line,) = tree(*lines).as_lines()
    assert line.startswith("rad 22, kolumn overordnad_id: Enheten ligger på nivå 21, men ett träd får ha högst 20")


def test_a_long_cycle_is_told_by_its_beginning() -> None:
    parsed = tree(ROOT, *(f"R{number};R{(number + 1) % 1000};Ring {number}" for number in range(1000)))

    (line,) = parsed.as_lines()
    assert "R0 → R1 → R2 → R3 → R4 → R5 → R6 → R7 → R8 → R9 → … → R0." in line


def test_children_of_a_wrong_row_are_not_called_orphans() -> None:
    parsed = tree(ROOT, "E1;E;", "E11;E1;Norra")

    assert [finding.row for finding in parsed.errors] == [3]


@given(st.lists(st.integers(min_value=-1, max_value=9), min_size=1, max_size=10))
def test_rows_are_accepted_exactly_when_every_unit_leads_up_to_the_only_root(parents: list[int]) -> None:
    lines = [f"U{unit};{f'U{parent}' if parent >= 0 else ''};Namn {unit}" for unit, parent in enumerate(parents)]

    parsed = tree(*lines)

    assert parsed.ok == (parents.count(-1) == 1 and all(reaches_root(unit, parents) for unit in range(len(parents))))


def reaches_root(unit: int, parents: list[int]) -> bool:
    for _ in parents:
        if unit >= len(parents):
            return False
        if parents[unit] == -1:
            return True
        unit = parents[unit]
    return False
