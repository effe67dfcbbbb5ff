"""What the heat map says in words: which unit differs most, how sure that is, and what the signs mean."""

from __future__ import annotations

from dimios_dash.analyses import blunted
from dimios_dash.analyses.internal.cells import HeatCells
from dimios_dash.analyses.internal.choices import Shown
from dimios_dash.analyses.internal.findings import Finding
from dimios_dash.domain.days import written
from dimios_dash.figures.numbers import count, number, signed
from dimios_dash.translations import _, ngettext


def headline(cells: HeatCells) -> str:
    if cells.findings.most is not None:
        return _stands_out(cells, cells.findings.most)
    if not cells.below:
        return _nothing_below(cells)
    if cells.chosen.shown is Shown.LAST:
        return _("Ingen enhet kan jämföras med förra gången")
    if cells.chosen.shown is Shown.OTHERS:
        return _("Det finns inget att jämföra enheterna med")
    return _("Ingen enhet kan visas för sig")


def _stands_out(cells: HeatCells, found: Finding) -> str:
    """ "Överförmyndarenheten skiljer sig mest: 9,1 under helheten i Organisation"."""
    said = {"unit": found.unit, "category": found.category, "points": number(abs(found.points))}
    if cells.chosen.shown is Shown.LAST:
        changed = {**said, "points": signed(found.points), "year": cells.last_year}
        return _("%(unit)s har ändrats mest sedan %(year)s: %(points)s i %(category)s", **changed)
    if cells.chosen.shown is Shown.OTHERS:
        beside = {**said, "others": cells.others}
        if found.points < 0:
            return _("%(unit)s skiljer sig mest: %(points)s under %(others)s i %(category)s", **beside)
        return _("%(unit)s skiljer sig mest: %(points)s över %(others)s i %(category)s", **beside)
    if found.points < 0:
        return _("%(unit)s skiljer sig mest: %(points)s under helheten i %(category)s", **said)
    return _("%(unit)s skiljer sig mest: %(points)s över helheten i %(category)s", **said)


def _nothing_below(cells: HeatCells) -> str:
    if cells.chosen.search:
        return _("Ingen enhet heter något med ”%(words)s”", words=cells.chosen.search)
    return _("Inga enheter under den här")


def reading(cells: HeatCells) -> str:
    if cells.findings.most is None:
        return _nothing_to_read(cells)
    return f"{_how_sure(cells, cells.findings.most)} {_surest(cells, cells.findings.most)}".strip()


def _nothing_to_read(cells: HeatCells) -> str:
    if not cells.below and cells.chosen.search:
        return _("Skriv en annan del av namnet, eller töm sökfältet för att se alla.")
    if not cells.below:
        return _("Enheten har inga enheter under sig. Gå uppåt för att jämföra den med andra.")
    if cells.chosen.shown is Shown.LAST:
        return _("Jämförelsen kräver en tidigare mätning där samma enheter kan visas.")
    if cells.chosen.shown is Shown.OTHERS:
        return _("Jämförelsevärden räknas fram på bestämda datum. Välj så länge att jämföra med helheten.")
    return _("Orsaken står vid varje enhet i tabellen.")


def _how_sure(cells: HeatCells, found: Finding) -> str:
    if cells.chosen.shown is Shown.LAST:
        if found.certain:
            return _("Ändringen är säker, också när hänsyn tas till alla jämförelser som gjorts.")
        return _("Det kan vara slump: ändringen är inte säker.")
    if found.margin is None:
        return _("Hur säkert det är går inte att säga, eftersom för få har svarat i hela organisationen.")
    n = ngettext("%(n)s svarande", "%(n)s svarande", found.answered, n=count(found.answered))
    said = {"n": n, "margin": number(found.margin)}
    if found.certain:
        return _(
            "Det är mer än slump, också när hänsyn tas till hur många som jämförs (± %(margin)s med %(n)s).", **said
        )
    return _("Det kan vara slump: felmarginalen är ± %(margin)s med %(n)s, och många jämförs.", **said)


def _surest(cells: HeatCells, found: Finding) -> str:
    """The clearest one beside the largest; empty where that is the same or nothing can be said."""
    if found.certain or (found.margin is None and cells.chosen.shown is not Shown.LAST):
        return ""
    if cells.findings.surest is None:
        return _("Ingen av de andra skillnaderna är säkrare.")
    said = {
        "unit": cells.findings.surest.unit,
        "points": signed(cells.findings.surest.points),
        "category": cells.findings.surest.category,
    }
    return _("Tydligast är %(unit)s: %(points)s i %(category)s.", **said)


def notes(cells: HeatCells) -> tuple[str, ...]:
    """What one must know to read it right; the signs are explained beside the map itself."""
    sides = _("Skillnader räknas bara på påståenden som visas på båda sidor.")
    many = _("När många enheter jämförs skiljer sig några mycket bara av slump.")
    notes = (
        sides if cells.chosen.shown is not Shown.VALUE else "",
        many if len(cells.below) > 1 else "",
        _about_last_time(cells) if cells.last_year else "",
        _about_others(cells) if cells.benchmark else "",
        _(blunted.WHY) if _at_an_end(cells) else "",
    )
    return tuple(filter(None, notes))


def _at_an_end(cells: HeatCells) -> bool:
    """Looked for among the first units only: there may be thousands."""
    first = [cells.own, *(each.unit for each in cells.below[:50])]
    units = [unit for unit in first if any(cell.bound for cell in unit.cells)]
    return any(blunted.end(unit, column.key) for unit in units for column in cells.columns)


def _about_last_time(cells: HeatCells) -> str:
    return _(
        "Jämfört med %(year)s som organisationen ser ut nu: bara enheter vars svar den gången hör hela till samma enhet"
        " nu.",
        year=cells.last_year,
    )


def _about_others(cells: HeatCells) -> str:
    benchmark = cells.benchmark
    if benchmark is None:
        return ""
    made_up = _("Det är syntetiska jämförelsevärden, inte verkliga resultat.") if benchmark.synthetic else ""
    mean = _(
        "Jämförelsen är medel för %(n)s %(others)s, hela organisationer, mätår %(year)s, beräknat %(day)s.",
        n=count(benchmark.organisations),
        others=cells.others,
        year=benchmark.year,
        day=written(benchmark.computed_on),
    )
    return f"{mean} {made_up}".strip()
