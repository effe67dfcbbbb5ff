"""What looks like somebody's address or number is found; years, sums and dates are not."""

from __future__ import annotations

import pytest

from dimios_dash.domain.personal_data import Found, found

PERSONAL = {  # read by the browser's tests too
    "Skriv till kim.prov@ekhamn.example.": [("e-postadress", "kim.prov@ekhamn.example")],
    "(åsa@sub.kommun.example)": [("e-postadress", "åsa@sub.kommun.example")],
    "Ring 070-123 45 67!": [("telefonnummer", "070-123 45 67")],
    "+46 70 123 45 67, 08-12 34 56": [("telefonnummer", "+46 70 123 45 67"), ("telefonnummer", "08-12 34 56")],
    "0701234567 och 0046701234567": [("telefonnummer", "0701234567"), ("telefonnummer", "0046701234567")],
    "(08) 123 456 78": [("telefonnummer", "08) 123 456 78")],
    "811228-9874": [("personnummer", "811228-9874")],
    "19811228 9874 20030415–1234": [("personnummer", "19811228 9874"), ("personnummer", "20030415–1234")],
    "200304151234": [("personnummer", "200304151234")],
    "samordning 811288-9873": [("personnummer", "811288-9873")],
    "030415+1234 igen 030415+1234": [("personnummer", "030415+1234")],
    "010190-123A, 150303A9876": [("personnummer", "010190-123A"), ("personnummer", "150303A9876")],
    "fnr 13057912345 og 410199 12345": [("personnummer", "13057912345"), ("personnummer", "410199 12345")],
    "ring 912 34 567 eller 22 33 44 55": [("telefonnummer", "912 34 567"), ("telefonnummer", "22 33 44 55")],
    "+358 40 123 4567": [("telefonnummer", "+358 40 123 4567")],
    "a@b.se a@b.se 070-1234567": [("e-postadress", "a@b.se"), ("telefonnummer", "070-1234567")],
}
HARMLESS = [
    "",
    "Kim i receptionen",
    "2019–2022 kostade det 10 000 000 kr",
    "2024-01-15 klockan 10.30",
    "1.1.2020 och 0,5 procent",
    "811328-9874",  # no thirteenth month
    "8112289874123",
    "320190-123A",  # no thirty-second day
    "13057912345678",
    "20 21 22 23 24 25",
    "300 000 000",
    "kostnad@enheten",
    "@kommunen",
    "0 av 30",
]


@pytest.mark.parametrize(("text", "expected"), PERSONAL.items())
def test_addresses_and_numbers_are_found_and_named(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == tuple(Found(*each) for each in expected)


@pytest.mark.parametrize("text", HARMLESS)
def test_other_words_and_numbers_are_left_alone(text: str) -> None:
    assert found(text) == ()
