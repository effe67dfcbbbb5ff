"""How large a file may be. Far above the largest customer, far below what would choke the server."""

from __future__ import annotations

from typing import Final

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_ROWS: Final = 100_000  # rows with content, header included
MAX_COLUMNS: Final = 500
MAX_CELL: Final = 100_000  # characters in one cell
MAX_UNPACKED: Final = 200 * 1024 * 1024  # an .xlsx is a zip: what it grows to
MAX_SHEET_TAGS: Final = 15_000_000  # XML tags in the sheets of an .xlsx; 100,000 rows of answers have 13 million
MAX_OTHER_TAGS: Final = 2_000_000  # in its other parts: shared texts, styles
MAX_SHEET_ROWS: Final = 1_048_576  # what Excel itself has room for, empty rows included
MAX_ELEMENTS: Final = 200_000  # XML elements in one row of a sheet, or in what follows the rows (one per hyperlink)
MAX_FINDINGS: Final = 200  # nobody reads more before correcting the file
