"""What a sample will let be seen: a few sentences and a table of units, the doubtful ones first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from dash.development.base_component import Component

from dimios_dash.analyses.wording import listed
from dimios_dash.components.layout import Tone, notice
from dimios_dash.components.promise_link import promise_link
from dimios_dash.components.table import Cell, Column, table
from dimios_dash.domain.sample.likelihood import Likelihood
from dimios_dash.domain.sample.outlook import Outlook, Remedy, ResponseRate, UnitOutlook
from dimios_dash.domain.sample.visibility_forecast import DONT_KNOW
from dimios_dash.domain.tree import Tree
from dimios_dash.elements import dcc, html
from dimios_dash.figures.numbers import count, percent
from dimios_dash.ids import UnitId

FIRST_ROWS = 50
NAMED = 3  # units to merge with that are named one by one

Names = Mapping[UnitId, str]


class Rows(StrEnum):
    """Which units the table holds; the values are what the browser sends."""

    FIRST = "forsta"
    DOUBTFUL = "osakra"
    ALL = "alla"

    @property
    def label(self) -> str:
        """In the list of choices."""
        return {
            Rows.FIRST: f"De {FIRST_ROWS} mest osäkra",
            Rows.DOUBTFUL: "Alla som inte visas så gott som säkert",
            Rows.ALL: "Alla enheter",
        }[self]


def headline(found: Outlook) -> str:
    """How many units will be shown, and what the others lack."""
    lacks = [
        *([f"{count(found.too_few)} behöver fler inbjudna"] if found.too_few else []),
        *([f"{count(found.empty)} har ingen inbjuden"] if found.empty else []),
    ]
    rest = f" {' och '.join(lacks)}." if lacks else ""
    return f"{count(found.certain)} av {_units(len(found.units))} visas så gott som säkert.{rest}"


def visibility_outlook(found: Outlook, tree: Tree, names: Names, rate: ResponseRate, rows: Rows) -> list[Component]:
    """Everything below the headline; at least one unit takes part."""
    return [
        html.Ul([html.Li(sentence) for sentence in _sentences(found)]),
        *_never_finer(found),
        html.Div(_table(found, tree, names, rows), className="outlook__units"),
        html.P([_assumptions(rate), promise_link(new_tab=True)], className="card__source"),
    ]


def _assumptions(rate: ResponseRate) -> str:
    return (
        f"Beräkningen prövar påhittade svar, där {rate.value} % av de inbjudna svarar och {percent(DONT_KNOW)} av "
        "svaren är Vet ej. Svar genom öppna länkar är inte med, för ingen vet hur många de blir. "
    )


def _sentences(found: Outlook) -> list[list[Component | str]]:
    alone = f"En enhet för sig visas så gott som säkert med minst {count(found.enough)} inbjudna."
    return [[alone], *_after_merging(found), *_finer(found)]


def _after_merging(found: Outlook) -> list[list[Component | str]]:
    if found.after is None:
        return []
    units, certain = _units(found.after.units), count(found.after.certain)
    words = (
        f"Slås små enheter ihop som tabellen föreslår blir det {units}, och {certain} av dem visas så gott som säkert. "
    )
    return [[words, dcc.Link("Ändra trädet", href="/matning/trad")]]


def _finer(found: Outlook) -> list[list[Component | str]]:
    if not found.finer_is_possible:
        return []
    words = (
        f"Fördelningen av svaren visas troligen för {_units(found.with_distribution)}, förbättringsförslag och andelen "
        f"Vet ej för {count(found.with_texts)}. De visas för grupper om minst {found.finer_from} svar, alltså omkring "
        f"{count(found.enough_for_finer)} inbjudna."
    )
    return [[words]]


def _never_finer(found: Outlook) -> list[Component]:
    if found.finer_is_possible:
        return []
    return [
        notice(
            Tone.WARNING,
            "Fördelningar, förbättringsförslag och andelen Vet ej visas aldrig",
            f"Hela organisationen har {count(found.invited)} inbjudna, och de visas bara för grupper om minst "
            f"{found.finer_from} svar. Bjud in minst {count(found.enough_for_finer)} om de ska kunna visas.",
        )
    ]


def _table(found: Outlook, tree: Tree, names: Names, rows: Rows) -> Component:
    shown = _chosen(found.units, rows)
    splits = any(unit.split is not None for unit in found.units)
    columns = (
        Column("Enhet"),
        Column("Medelvärde"),
        Column("Det här hjälper"),
        Column("Inbjudna", number=True),
        Column("Fördelning"),
        Column("Förslag och Vet ej"),
        *([Column("Per respondenttyp")] if splits else []),
    )
    caption = f"Vad som kan visas, de mest osäkra enheterna först. {_how_many(len(shown), len(found.units))}"
    return table(caption, columns, [_row(unit, tree, names) for unit in shown])


def _chosen(units: Sequence[UnitOutlook], rows: Rows) -> list[UnitOutlook]:
    """Sorting is stable: units as doubtful as each other keep the organisation's order."""
    doubtful_first = sorted(units, key=lambda unit: unit.mean)
    if rows is Rows.DOUBTFUL:
        return [unit for unit in doubtful_first if unit.mean < Likelihood.CERTAIN]
    return doubtful_first if rows is Rows.ALL else doubtful_first[:FIRST_ROWS]


def _how_many(shown: int, units: int) -> str:
    return f"Alla {count(units)}." if shown == units else f"{count(shown)} av {count(units)}."


def _row(unit: UnitOutlook, tree: Tree, names: Names) -> list[Cell]:
    return [
        [names[unit.unit_id], *_note(_branch(unit.unit_id, tree, names))],
        [_words(unit.mean), *_note(_why(unit))],
        _help(unit, names),
        count(unit.invited),
        _words(unit.distribution),
        _words(unit.texts),
        *([] if unit.split is None else [_words(unit.split)]),
    ]


def _branch(unit_id: UnitId, tree: Tree, names: Names) -> str:
    """The units above, the whole left out."""
    above: list[str] = []
    place = int(tree.parent[tree.index(unit_id)])
    while place > 0:
        above.append(names[tree.ids[place]])
        place = int(tree.parent[place])
    return " › ".join(reversed(above))


def _note(words: str) -> list[Component]:
    return [html.Span(words, className="table__reason muted")] if words else []


def _words(chance: Likelihood) -> str:
    return chance.words.capitalize()


def _why(unit: UnitOutlook) -> str:
    if unit.mean is not Likelihood.NEVER:
        return ""
    return "Färre inbjudna än minsta antal svar" if unit.invited else "Ingen är inbjuden"


def _help(unit: UnitOutlook, names: Names) -> str:
    if unit.mean is Likelihood.CERTAIN:
        return "Inget behövs"
    if unit.invited == 0:
        return f"Bjud in minst {count(unit.missing)}, eller räkna med att enheten inte visas."
    more = f"Bjud in minst {count(unit.missing)} till" if unit.missing else ""
    merge = f"slå ihop med {_named(unit.remedy, names)}: då visas den {unit.remedy.then.words}" if unit.remedy else ""
    both = ", eller ".join(filter(None, (more, merge)))
    return f"{both[0].upper()}{both[1:]}." if both else "Döljs ibland för små enheter intill: bjud in fler i dem."


def _named(remedy: Remedy, names: Names) -> str:
    named = [names[unit] for unit in remedy.others[:NAMED]]
    more = len(remedy.others) - NAMED
    together = listed([*named, f"{count(more)} till"] if more > 0 else named)
    return f"enheten ovanför, {together}" if remedy.upwards else together


def _units(number: int) -> str:
    return f"{count(number)} {'enhet' if number == 1 else 'enheter'}"
