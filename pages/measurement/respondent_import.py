"""A file or pasted list of respondents before its yes: what it would do, what is wrong with it, what looks odd."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from dash.development.base_component import Component

from db.commands import respondents as commands
from db.commands.uploads import KeptFile, UploadKind
from db.queries import units
from dimios_dash.components import findings
from dimios_dash.components.layout import Tone, notice
from dimios_dash.domain.respondents.respondent_plan import RespondentPlan
from dimios_dash.domain.respondents.unusual_domains import domains_of, unusual_domains
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import html
from dimios_dash.errors import Invalid
from dimios_dash.figures import numbers
from dimios_dash.intake.findings import Finding, Parsed
from dimios_dash.intake.respondent_file import RespondentRow, read_respondents
from dimios_dash.web import Context
from pages.measurement import files
from pages.measurement.respondent_domains import odd_domains
from pages.measurement.respondent_preview import changes, summary
from pages.measurement.this_year import is_past, this_year, year


def importable(ctx: Context, scope: DeskScope, file: KeptFile) -> Sequence[RespondentRow]:
    """The rows that a yes reads in. Raises Invalid where there are none."""
    parsed = _parsed(ctx, scope, file)
    if not _whole_file_is_fine(parsed):
        files.require_ok(parsed)
    rows = _without_obstacles(parsed.rows, _plan(ctx, scope, parsed.rows))
    if not rows:
        raise Invalid("Filen har fel och kan inte läsas in. Rätta dem som visas och välj filen igen.")
    return rows


def preview(ctx: Context, scope: DeskScope, upload: UUID, store: str, buttons: tuple[str, str]) -> list[Component]:
    """The file that waits, with yes and no; `store` and `buttons` are ids."""
    file = files.kept(ctx, scope, UploadKind.RESPONDENTS, upload)
    if file is None:
        return [files.gone()]
    return [files.frame(file, store, upload, _judged(ctx, scope, file, upload, buttons))]


def _judged(ctx: Context, scope: DeskScope, file: KeptFile, upload: UUID, buttons: tuple[str, str]) -> list[Component]:
    """What the file would do, or why it cannot be read in."""
    parsed, (confirm, cancel) = _parsed(ctx, scope, file), buttons
    if not _whole_file_is_fine(parsed):
        return [*findings.errors(parsed.errors), *findings.warnings(parsed.warnings), files.buttons(None, cancel)]
    plan = _plan(ctx, scope, parsed.rows)
    rows = _without_obstacles(parsed.rows, plan)
    faults = [*parsed.errors, *files.as_findings(plan.obstacles)]
    number = len(parsed.faulty | {found.row for found in plan.obstacles})
    would = _plan(ctx, scope, rows) if plan.obstacles else plan
    yes = None if would.nothing_to_do or is_past(this_year(ctx, scope)) else confirm
    return [
        *_faults(faults, number, upload, rest=len(rows)),
        *(_would(ctx, scope, would) if rows else []),
        *findings.warnings(parsed.warnings),
        files.buttons(yes, cancel, _yes(len(rows)) if faults else "Importera"),
    ]


def _would(ctx: Context, scope: DeskScope, plan: RespondentPlan) -> list[Component]:
    names = {unit.unit_id: unit.name for unit in units.every(ctx.session, scope)}
    odd = unusual_domains(domains_of(outcome.row.address for outcome in plan.outcomes))
    return [*summary(plan), *odd_domains(odd), *changes(plan, names)]


def _faults(faults: Sequence[Finding], number: int, upload: UUID, rest: int) -> list[Component]:
    """The rows that are left out, or that keep the whole file out, and where to get them."""
    if not faults:
        return []
    link = html.A(f"Hämta raderna med fel ({numbers.count(number)})", href=f"/hamta/felrader/{upload}", download="")
    way = html.P(["I filen står vad som är fel bredvid varje rad. Rätta där och läs in den filen. ", link])
    if not rest:
        return [*findings.errors(faults), way]
    told = notice(
        Tone.WARNING,
        f"{_rows(number)} har fel och läses inte in",
        f"{_rows(rest)} är rätt och kan läsas in redan nu. Ingenting har ändrats än.",
        way,
    )
    return [told, *findings.errors(faults)[1:]]


def _yes(number: int) -> str:
    return f"Importera {'den rad' if number == 1 else f'de {numbers.count(number)} rader'} som är rätt"


def _rows(number: int) -> str:
    return f"{numbers.count(number)} {'rad' if number == 1 else 'rader'}"


def _parsed(ctx: Context, scope: DeskScope, file: KeptFile) -> Parsed[RespondentRow]:
    names = {unit.unit_id: unit.name for unit in units.tree(ctx.session, scope)}
    return files.parsed(lambda: read_respondents(file.content, file.filename, names, names=names))


def _whole_file_is_fine(parsed: Parsed[RespondentRow]) -> bool:
    """Whether all that is wrong is wrong with single rows."""
    return parsed.ok or bool(parsed.faulty)


def _plan(ctx: Context, scope: DeskScope, rows: Sequence[RespondentRow]) -> RespondentPlan:
    found = this_year(ctx, scope)
    measurement_id = None if found is None else found.id
    return commands.plan_import(ctx.session, scope, files.vault(ctx), measurement_id, rows, year=year(ctx))


def _without_obstacles(rows: Sequence[RespondentRow], plan: RespondentPlan) -> list[RespondentRow]:
    held_up = {found.row for found in plan.obstacles}
    return [row for row in rows if row.row not in held_up]
