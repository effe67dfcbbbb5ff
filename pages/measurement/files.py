"""Files that wait for their owner's yes, as the two pages of the first step read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar
from uuid import UUID

from dash.development.base_component import Component

from db.commands import uploads
from db.commands.uploads import KeptFile, UploadKind
from dimios_dash.components.layout import Tone, notice
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.respondents.obstacle import Obstacle
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.elements import dcc, html
from dimios_dash.errors import Invalid, NotFound
from dimios_dash.intake.findings import Finding, Notebook, Parsed, Severity
from dimios_dash.intake.unit_row import UNIT
from dimios_dash.web import Context

T = TypeVar("T")


def vault(ctx: Context) -> AddressVault:
    """What encrypts the addresses and files of the user's organisation."""
    return AddressVault.open(ctx.keys, ctx.user.organisation_id)


def kept(ctx: Context, scope: DeskScope, kind: UploadKind, upload_id: UUID) -> KeptFile | None:
    """The file to look at; None for one that is gone, or never was this person's."""
    try:
        return uploads.read(ctx.session, scope, vault(ctx), kind, upload_id)
    except NotFound:
        return None


def parsed(read: Callable[[], Parsed[T]]) -> Parsed[T]:
    """What `read` gives; a file that cannot be read at all is one error."""
    try:
        return read()
    except Invalid as problem:
        return Parsed((), (Finding(Severity.ERROR, None, None, str(problem)),))


def as_findings(obstacles: Iterable[Obstacle]) -> tuple[Finding, ...]:
    """Obstacles in the words of a file's findings, and no more of them than one reads."""
    notes = Notebook()
    for found in obstacles:
        notes.error(found.row, UNIT, found.message)
    return notes.parsed(()).errors


def require_ok(found: Parsed[T]) -> None:
    """Raises Invalid for a file with errors: its page has said which, and offered no import."""
    if not found.ok:
        raise Invalid("Filen har fel och kan inte läsas in. Rätta dem som visas och välj filen igen.")


def gone() -> Component:
    """In place of a preview, when the address names a file that is no longer there."""
    return notice(
        Tone.INFO,
        "Filen finns inte längre",
        "Den är redan inläst eller borttagen. Välj en fil nedan om du vill läsa in mer.",
    )


def frame(file: KeptFile, store: str, upload_id: UUID, judged: list[Component]) -> Component:
    """The preview of a file; the store, by its id, remembers which file the buttons mean."""
    return html.Section(
        [html.H2(f"Granska {file.filename}"), dcc.Store(id=store, data=str(upload_id)), *judged],
        className="section stack",
    )


def buttons(confirm: str | None, cancel: str, label: str = "Importera") -> html.Div:
    """Yes, called `label`, and no below a preview; no yes where there is nothing to do. `confirm`, `cancel` are ids."""
    yes = [] if confirm is None else [html.Button(label, id=confirm, type="button", className="button")]
    no = html.Button("Avbryt", id=cancel, type="button", className="button button--secondary")
    return html.Div([*yes, no], className="actions")
