"""How /administration/organisation draws what is decided there: facts, switches, groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import dash_bootstrap_components as dbc
from dash.development.base_component import Component

from db.queries.memberships import OwnGroup
from db.queries.organisation_facts import OrganisationFacts
from dimios_dash.components.ids import Ids
from dimios_dash.components.layout import card
from dimios_dash.domain.benchmark import FEWEST_FOR_MEAN
from dimios_dash.domain.comparing.choosing_pools import FEWEST_MEMBERS
from dimios_dash.domain.comparing.consent import Consent
from dimios_dash.domain.comparing.county import County
from dimios_dash.elements import html

_LABELS: Final = {
    Consent.POINT: "Visa oss som en punkt utan namn",
    Consent.NAMED: "Visa oss med namn",
    Consent.SIMILAR: "Låt oss jämföras som liknande organisation",
    Consent.AREAS: "Låt våra verksamheter jämföras",
}
_SEEN: Final = {  # what others then see
    Consent.POINT: "Andra i er sektor ser var ni ligger på kartan (index, digital förmåga och digitalt arv), utan namn "
    f"och bara tillsammans med minst {FEWEST_FOR_MEAN - 1} andra sådana punkter. Nya punkter kommer minst "
    f"{FEWEST_MEMBERS} åt gången, så att ingen ser vem som är ny. Den som jämför punkterna med medel och kvartiler för "
    "små urval kan ändå ibland räkna ut vilken som är er.",
    Consent.NAMED: "Andra i er sektor ser var ni ligger på kartan, med namnet {name}. "
    "Den som har sett det kan känna igen er punkt också om ni senare vill visas utan namn.",
    Consent.SIMILAR: f"Era resultat räknas in i medel för minst {FEWEST_FOR_MEAN} organisationer, som andra väljer "
    "efter storlek, sektor och län. Ert namn visas inte, men den som ändrar sitt val kan räkna ut just era tal.",
    Consent.AREAS: f"Andra i er sektor ser medel för minst {FEWEST_FOR_MEAN} organisationer per verksamhet, till "
    "exempel skola. När någon kommer till eller lämnar kan just dess tal räknas ut.",
}


class Id(Ids, owner="sharing"):
    describe: str
    county: str
    employees: str
    keep: str
    propose: str
    group_name: str
    join: str
    code: str


def switch_id(consent: object) -> dict[str, object]:
    """Id of one switch; ALL for every consent in its order."""
    return {"component": "consent", "kind": consent}


def leave_id(group: object) -> dict[str, object]:
    """Id of the button that leaves a group."""
    return {"component": "group-leave", "group": group}


def facts_card(facts: OrganisationFacts) -> Component:
    """What decides whom the organisation is compared with."""
    counties = [{"value": "", "label": "Välj län"}, *({"value": each.value, "label": each.label} for each in County)]
    county = dbc.Select(id=Id.county, options=counties, value=facts.county or "")
    employees = dbc.Input(
        id=Id.employees,
        value="" if facts.employees is None else str(facts.employees),
        inputmode="numeric",
        className="input--short",
    )
    return html.Div(
        card(
            "Vilka ni jämförs med",
            html.P("Storlek och län avgör vilka urval ni räknas in i från nästa fasta dag."),
            html.Div(
                [
                    _field("Län", Id.county, county),
                    _field("Antal anställda", Id.employees, employees),
                ],
                className="fields",
            ),
            _button("Spara uppgifterna", Id.describe),
        ),
        className="section",
    )


def consents_card(given: frozenset[Consent], name: str) -> Component:
    """Each switch with what others see when it is on."""
    return html.Div(
        card(
            "Vad andra får se",
            html.P(
                "Medel och kvartiler för stora urval visas alltid, utan att någon kan räknas fram ur dem. Mer än så "
                "visas bara om ni säger ja. Ni visas först när ingen annan då kan räknas fram genom er."
            ),
            *(_switch(consent, name, on=consent in given) for consent in Consent),
            _button("Spara valen", Id.keep),
        ),
        className="section",
    )


def _switch(consent: Consent, name: str, *, on: bool) -> Component:
    box = dbc.Checklist(
        id=switch_id(consent.value),
        options=[{"value": consent.value, "label": _LABELS[consent]}],
        value=[consent.value] if on else [],
        switch=True,
    )
    return html.Div([box, html.P(_SEEN[consent].format(name=name), className="field__hint")], className="field")


def groups_card(groups: Sequence[OwnGroup]) -> Component:
    """The groups one belongs to, and the two ways into one."""
    propose = dbc.Input(id=Id.group_name, maxLength=80)
    join = dbc.Input(id=Id.code, maxLength=30, autocomplete="off")
    return html.Div(
        card(
            "Koncern och grupper",
            html.P(
                "I en grupp ser medlemmarna varandras resultat för hela organisationen, med namn: index, dimensioner "
                "och kategorier. Alla med koden kan gå med, och ser då också er. Den som lämnar syns genast inte mer."
            ),
            *[_group(group) for group in groups],
            html.Div(
                [
                    html.Div(
                        [_field("Namn på en ny grupp", Id.group_name, propose), _button("Föreslå grupp", Id.propose)]
                    ),
                    html.Div([_field("Kod från en annan organisation", Id.code, join), _button("Gå med", Id.join)]),
                ],
                className="fields",
            ),
        ),
        className="section",
    )


def _group(group: OwnGroup) -> Component:
    leave = html.Button(
        f"Lämna {group.name}", id=leave_id(str(group.group_id)), type="button", className="button button--quiet"
    )
    facts = html.Dl(
        [
            *(html.Dt("Medlemmar"), html.Dd(", ".join(group.members))),
            *(html.Dt("Kod att bjuda in med"), html.Dd(group.code, className="number")),
        ],
        className="facts",
    )
    return html.Div([html.H3(group.name), facts, leave], className="field")


def _field(label: str, id_: str, field: Component) -> Component:
    return html.Div([html.Label(label, htmlFor=id_, className="field__label"), field], className="field")


def _button(label: str, id_: str) -> Component:
    return html.Button(label, id=id_, type="button", className="button button--secondary")
