"""Free texts as readers meet them: counted per category, found by what is chosen, and told of where they are not."""

from __future__ import annotations

import pytest

from db.commands import suggestions as decisions
from dimios_dash.analyses import branch_texts, suggestion_texts, suggestions_by_category
from dimios_dash.analyses.basis import Basis
from dimios_dash.domain.moderation.review import Chosen, HideReason, Review, ReviewState, Status
from dimios_dash.domain.suggestions import LEARNING
from dimios_dash.ids import MeasurementId, OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make
from tests.figures.checked import checked

SHOWN = Review(ReviewState.SHOWN)
MASKED = Review(ReviewState.SHOWN, masks=((6, 10),), tags=("växel",))
PLANNED = Review(ReviewState.SHOWN, status=Status.PLANNED, tags=("It-stöd",))
HIDDEN = Review(ReviewState.HIDDEN, HideReason.PERSON)


@pytest.fixture
def released(make: Make, organisation: OrganisationId) -> MeasurementId:
    """K: one of F2 shown, one hidden; A1: one of F2 masked, one of F1 planned; B: what worked; A2: one waiting."""
    measurement_id = make.release(organisation, 2025, dict.fromkeys(("K", "A", "A1", "A2", "B"), 50.0))
    for text, unit, category, decision in (
        ("Prova i liten skala", "K", "F2", SHOWN),
        ("Chefen lyssnar inte", "K", "F2", HIDDEN),
        ("Fråga Anna i växeln", "A1", "F2", MASKED),
        ("Färre system", "A1", "F1", PLANNED),
        ("Vi lärde av grannen", "B", None, SHOWN),
    ):
        made = make.text(organisation, measurement_id, text, unit=unit, category=category)
        decisions.review(make.session, make.reviewing(organisation, 2025), Chosen(made, 0), decision)
    make.text(organisation, measurement_id, "Ingen har läst", unit="A2", category="A1")
    return measurement_id


def told(found: Basis) -> list[str]:
    return sorted(text.head.text for text in suggestion_texts.read(found).texts)


def test_the_headline_says_which_category_most_suggestions_are_about(
    released: MeasurementId, read_basis: ReadBasis
) -> None:
    cells = suggestions_by_category.read(read_basis(released))

    assert suggestions_by_category.headline(cells) == "Flest förslag gäller Innovation: 2 av 3"
    assert suggestions_by_category.summary(cells) == "3 förslag och 1 text om vad som har fungerat."
    assert suggestions_by_category.reading(cells) == (
        "Av alla texter är 0 klara och 1 planerade; om 3 är inget bestämt."
    )
    assert suggestions_by_category.notes(cells) == (
        "1 text väntar på granskning och visas inte än.",
        "1 text är dold: 1 pekar ut en person.",
    )


def test_equal_categories_share_the_headline_and_none_has_one_of_its_own(
    released: MeasurementId, read_basis: ReadBasis
) -> None:
    equal, none = (suggestions_by_category.read(read_basis(released, unit)) for unit in ("A1", "A2"))

    assert suggestions_by_category.headline(equal) == "Flest förslag gäller Effektivitet och Innovation: 1 var av 2"
    assert suggestions_by_category.headline(none) == "Inga förslag att läsa"
    assert suggestions_by_category.draw(none) is None


def test_the_table_counts_each_category_by_status_and_the_bars_say_the_same(
    released: MeasurementId, read_basis: ReadBasis
) -> None:
    cells = suggestions_by_category.read(read_basis(released))

    rows = [[cell.value for cell in row.cells] for row in suggestions_by_category.table(cells).rows]
    drawn = checked(suggestions_by_category.draw(cells))

    assert rows[0] == ["Innovation", 2, 2, 0, 0]
    assert rows[1] == ["Effektivitet", 1, 0, 1, 0]
    assert rows[-2:] == [["Vad som har fungerat", 1, 1, 0, 0], ["Alla", 4, 3, 1, 0]]
    assert list(drawn.data[1].x)[:2] == [50, 25]
    assert [note.text for note in drawn.layout.annotations if note.text in {"<b>2</b>", "<b>1</b>"}]


def test_a_unit_has_its_own_texts_and_those_below_it(released: MeasurementId, read_basis: ReadBasis) -> None:
    assert told(read_basis(released, "A")) == ["Fråga [maskerat] i växeln", "Färre system"]


def test_a_branch_counts_nothing_that_lies_outside(released: MeasurementId, read_basis: ReadBasis) -> None:
    own = read_basis(released, "A", branch="A")

    assert suggestions_by_category.read(own).total == 2
    assert branch_texts.withheld(branch_texts.of_unit(own)) == ("1 text väntar på granskning och visas inte än.",)
    assert own.text_counts == branch_texts.of_unit(own)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({"sok": "LITEN skala"}, ["Prova i liten skala"]),
        ({"sok": "Anna"}, []),  # masked: not found by anybody
        ({"sok": "lyssnar"}, []),  # hidden
        ({"sok": "läst"}, []),  # waiting
        ({"kategori": "F1"}, ["Färre system"]),
        ({"kategori": LEARNING}, ["Vi lärde av grannen"]),
        ({"status": Status.PLANNED}, ["Färre system"]),
        ({"etikett": "it-stöd"}, ["Färre system"]),
        ({"kategori": "F1", "status": Status.DONE}, []),
        ({"kategori": "finns inte"}, []),
    ],
)
def test_texts_are_found_by_what_is_chosen(
    released: MeasurementId, read_basis: ReadBasis, choices: dict[str, object], expected: list[str]
) -> None:
    found = read_basis(released, **choices)

    assert told(found) == expected
    assert branch_texts.is_narrowed(found)


def test_all_of_a_list_leaves_nothing_out(released: MeasurementId, read_basis: ReadBasis) -> None:
    found = read_basis(released, kategori="alla", status="alla", etikett="alla", sok=" ")

    assert len(told(found)) == 4
    assert not branch_texts.is_narrowed(found)


def test_alike_texts_are_one_with_a_count_and_found_by_any_of_them(
    make: Make, organisation: OrganisationId, released: MeasurementId, read_basis: ReadBasis
) -> None:
    reviewing = make.reviewing(organisation, 2025)
    one, other = (make.text(organisation, released, text, unit="B") for text in ("Ett lösenord", "Samma lösen"))
    decisions.show(make.session, reviewing, [Chosen(one, 0), Chosen(other, 0)])
    decisions.gather(make.session, reviewing, Chosen(one, 1), [Chosen(other, 1)])

    cells = suggestion_texts.read(read_basis(released, sok="samma"))

    assert [(text.head.text, text.count) for text in cells.texts] == [("Ett lösenord", 2)]
    assert suggestion_texts.headline(cells) == "2 texter"
    assert suggestion_texts.reading(cells) == "Det som flest har skrivit står först."


def test_the_table_of_texts_holds_what_is_read_and_nothing_else(released: MeasurementId, read_basis: ReadBasis) -> None:
    cells = suggestion_texts.read(read_basis(released, "A1"))

    rows = sorted([cell.value for cell in row.cells] for row in suggestion_texts.table(cells).rows)

    assert rows == [
        ["Fråga [maskerat] i växeln", "Innovation", "Enhet A1", "Nytt", "växel", 1],
        ["Färre system", "Effektivitet", "Enhet A1", "Planerat", "It-stöd", 1],
    ]
    assert suggestion_texts.notes(cells)
