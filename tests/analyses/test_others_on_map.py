"""Other organisations on the map: quiet, and by name only where they agreed to it."""

from __future__ import annotations

from datetime import date

from db.models import GivenConsent, SharedResult
from dimios_dash.analyses import position
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.ids import OrganisationId
from tests.analyses.conftest import ReadBasis
from tests.factories import Make


def agree(make: Make, consent: Consent, name: str | None, **values: float) -> None:
    """Another municipality that has agreed to be seen in 2025."""
    other = make.organisation()
    make.session.add(GivenConsent(organisation_id=other, kind=consent.value))
    make.session.flush()
    make.session.add(
        SharedResult(
            organisation_id=other,
            year=2025,
            consent=consent.value,
            part=consent.value,
            computed_on=date(2026, 3, 2),
            sector="kommun",
            name=name,
            synthetic=False,
            keys=list(values),
            mean=list(values.values()),
        )
    )
    make.session.flush()


def test_they_are_behind_the_path_and_in_the_table(
    make: Make, organisation: OrganisationId, read_basis: ReadBasis
) -> None:
    released = make.release(organisation, 2025, {"K": 45})
    agree(make, Consent.NAMED, "Alby kommun", F=60.0, A=40.0)
    for number in range(5):
        agree(make, Consent.POINT, None, F=50.0 + number, A=50.0)

    cells = position.read(read_basis(released))
    drawn = position.draw(cells)

    assert drawn is not None
    (others,) = (trace for trace in drawn.data if trace.get("name") == "others")
    assert len(others["x"]) == 6
    assert [row.cells[0].value for row in position.table(cells).rows] == [
        *("2025", "Alby kommun"),
        *["En annan organisation"] * 5,
    ]
    assert any("6 andra i sektorn" in note and "1 med namn" in note for note in position.notes(cells))


def test_without_any_nothing_is_said_of_them(make: Make, organisation: OrganisationId, read_basis: ReadBasis) -> None:
    cells = position.read(read_basis(make.release(organisation, 2025, {"K": 45})))

    assert cells.others == ()
    assert not any("romber" in note for note in position.notes(cells))
    assert position.table(cells).columns[0].name == "År"
