from __future__ import annotations

from dimios_dash.components.view import View
from dimios_dash.components.view_choice import switch
from dimios_dash.ids import UnitId


def test_what_is_chosen_is_marked_and_the_others_lead_to_their_own_address() -> None:
    view = View("/resultat/intern", 2025, UnitId("E"), {"visa": "varde"})

    drawn = str(switch("Visa", "visa", [("varde", "Värde"), ("skillnad", "Skillnad")], "varde", view))

    assert "Span(children='Värde', className='switch__option', aria-current='true')" in drawn
    assert "href='/resultat/intern?ar=2025&enhet=E&visa=skillnad'" in drawn
    assert "visa=varde" not in drawn
