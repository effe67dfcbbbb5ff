from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dimios_dash.errors import Invalid
from dimios_dash.intake import limits
from dimios_dash.intake.table import read_table

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)


def archive(*names: str) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        for name in names:
            made.writestr(name, "<x/>")
    return content.getvalue()


FOREIGN = {
    "old Excel": (OLE, "en Excel-fil i det gamla formatet (.xls)"),
    "binary Excel": (archive("[Content_Types].xml", "xl/workbook.bin"), "en binär Excel-fil (.xlsb)"),
    "OpenDocument": (archive("mimetype", "content.xml"), "ett kalkylblad i OpenDocument-format (.ods)"),
    "Numbers": (archive("Index/Document.iwa"), "en fil från Numbers (.numbers)"),
    "Word": (archive("[Content_Types].xml", "word/document.xml"), "ett Word-dokument"),
    "zip": (archive("tree.csv"), "ett zip-arkiv"),
    "PDF": (b"%PDF-1.7\n...", "en PDF-fil"),
    "gzip": (b"\x1f\x8b\x08\x00", "en komprimerad fil (.gz)"),
    "web page": (b"  <html><table><tr><td>id</td></tr></table></html>", "en webbsida eller XML-fil"),
}


@pytest.mark.parametrize(("content", "kind"), FOREIGN.values(), ids=FOREIGN.keys())
def test_another_kind_of_file_is_named_and_told_how_to_be_saved(content: bytes, kind: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_table(content, "enheter.xlsx")

    assert str(refusal.value) == (
        f"”enheter.xlsx” är {kind} och kan inte läsas in. "
        "Öppna den i ditt kalkylprogram, spara den som .xlsx eller CSV och välj den nya filen."
    )


def test_a_workbook_with_a_password_is_told_apart_from_an_old_one() -> None:
    with pytest.raises(Invalid, match=r"är skyddad med lösenord .* Ta bort lösenordet i Excel"):
        read_table(OLE + "EncryptedPackage".encode("utf-16-le"), "enheter.xlsx")


@pytest.mark.parametrize("content", [b"", b" \r\n \n", b"\xef\xbb\xbf", b";;\n;;\n"])
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    with pytest.raises(Invalid, match="är tom"):
        read_table(content, "enheter.csv")


def test_a_header_without_rows_is_refused() -> None:
    with pytest.raises(Invalid, match="har bara en rad"):
        read_table(b"enhet_id;namn\n\n", "enheter.csv")


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(Invalid, match="varken en Excel-fil eller text"):
        read_table(b"\x00\x01\x02\x03" * 10, "enheter.csv")


@pytest.mark.parametrize("size", [limits.MAX_BYTES + 1])
def test_a_file_above_twenty_megabytes_is_refused(size: int) -> None:
    with pytest.raises(Invalid, match="större än 20 MB"):
        read_table(b"x" * size, "enheter.csv")


def test_the_content_decides_not_the_name(xlsx: Callable[..., bytes]) -> None:
    workbook = xlsx([["enhet_id", "namn"], ["E1", "Skola"]])

    assert read_table(workbook, "enheter.csv").rows == read_table(b"enhet_id;namn\nE1;Skola\n", "enheter.xls").rows


@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: text.encode()))
def test_no_bytes_whatever_end_in_anything_but_a_table_or_a_sentence(content: bytes) -> None:
    try:
        table = read_table(content, "enheter.csv")
    except Invalid as refusal:
        assert str(refusal).endswith(".")  # noqa: PT017  (either outcome is right)
    else:
        assert all(set(row.cells) == set(table.columns) for row in table.rows)
