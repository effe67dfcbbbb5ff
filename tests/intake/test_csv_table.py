from __future__ import annotations

import codecs

import pytest

from dimios_dash.errors import Invalid
from dimios_dash.intake.table import read_table

TEXT = "Enhet id;Namn\nE1;Vård & omsorg\nE2;Överförmyndare – stöd\n"
ENCODINGS = {
    "UTF-8": TEXT.encode(),
    "UTF-8 with BOM": TEXT.encode("utf-8-sig"),
    "UTF-16 little-endian": codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
    "UTF-16 big-endian": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "Windows-1252": TEXT.encode("cp1252"),
    "decomposed letters from a Mac": TEXT.replace("å", "a\u030a").replace("Ö", "O\u0308").encode(),
}


@pytest.mark.parametrize("content", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_swedish_letters_arrive_whole_in_every_encoding(content: bytes) -> None:
    table = read_table(content, "enheter.csv")

    assert table.columns == ("enhet_id", "namn")
    assert [dict(row.cells)["namn"] for row in table.rows] == ["Vård & omsorg", "Överförmyndare – stöd"]
    assert table.findings == ()


@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_recognised(separator: str, end: str) -> None:
    lines = [separator.join(cells) for cells in (["enhet_id", "namn"], ["E1", "Skola"], ["E2", "Vård"])]

    table = read_table(end.join(lines).encode(), "enheter.csv")

    assert [(row.number, dict(row.cells)) for row in table.rows] == [
        (2, {"enhet_id": "E1", "namn": "Skola"}),
        (3, {"enhet_id": "E2", "namn": "Vård"}),
    ]


def test_a_comma_inside_a_name_does_not_make_the_comma_the_separator() -> None:
    table = read_table(b"enhet_id;namn\nE1;Kultur, fritid, bad, bibliotek\n", "enheter.csv")

    assert table.rows[0].cells["namn"] == "Kultur, fritid, bad, bibliotek"


def test_a_quoted_cell_may_hold_separators_quotes_and_line_breaks() -> None:
    content = b'enhet_id;namn\nE1;"Skola;\n""Norra"""\nE2;Bad\n'

    table = read_table(content, "enheter.csv")

    assert table.rows[0].cells["namn"] == 'Skola;\n"Norra"'
    assert table.rows[1].number == 3  # as Excel counts: the quoted cell is one row


def test_spaces_around_values_go_also_invisible_ones() -> None:
    content = "enhet_id ;\ufeff NAMN\u00a0\n\u200b E1\u00a0;\u2060Barn  och unga \u200d\n".encode()

    table = read_table(content, "enheter.csv")

    assert dict(table.rows[0].cells) == {"enhet_id": "E1", "namn": "Barn  och unga"}


def test_empty_rows_are_skipped_and_the_others_keep_their_numbers() -> None:
    table = read_table("\nenhet_id;namn\n\n ; \u00a0\nE1;Skola\n;;;\nE2;Bad\n".encode(), "enheter.csv")

    assert [row.number for row in table.rows] == [5, 7]


def test_cells_missing_at_the_end_of_a_row_are_empty() -> None:
    table = read_table(b"enhet_id;namn;verksamhet\nE1;Skola\n", "enheter.csv")

    assert table.rows[0].cells["verksamhet"] == ""


def test_a_cell_beyond_the_header_is_an_error_on_its_row() -> None:
    table = read_table(b"enhet_id;namn\nE1;Skola;\nE2;Kultur;fritid\n", "enheter.csv")

    (finding,) = table.findings
    assert finding.as_line() == (
        "rad 3: Raden har fler celler än rubrikraden: ”fritid” i kolumn C står under ingen rubrik. "
        "Ta bort värdet eller ge kolumnen en rubrik."
    )


def test_the_same_column_twice_is_refused() -> None:
    with pytest.raises(Invalid, match=r"Kolumnen ”namn” finns flera gånger i filen \(kolumn B och D\)"):
        read_table(b"id;namn;overordnad;NAMN \nE1;a;;b\n", "enheter.csv")


def test_a_lonely_quotation_mark_is_refused_rather_than_swallowing_the_rest() -> None:
    with pytest.raises(Invalid, match=r"^Rad 3 kan inte läsas: ett citattecken"):
        read_table(b'enhet_id;namn\nE1;Skola\nE2;"Bad\nE3;Bibliotek\n', "enheter.csv")


def test_more_than_a_hundred_thousand_rows_are_refused() -> None:
    with pytest.raises(Invalid, match="fler än 100 000 rader"):
        read_table(b"id\n" + b"x\n" * 100_000, "enheter.csv")


def test_a_row_of_endless_columns_is_refused() -> None:
    with pytest.raises(Invalid, match="Rad 2 har fler än 500 kolumner"):
        read_table(b"id;namn\n" + b"x;" * 501, "enheter.csv")
