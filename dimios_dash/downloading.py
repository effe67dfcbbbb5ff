"""/hamta/…: files on their way out to somebody who is signed in. The guard lets nobody else through."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from db.commands import uploads
from db.commands.uploads import UploadKind
from db.queries import measurements, units
from dimios_dash import access
from dimios_dash.components.respondent_view import RespondentView
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import NotFound
from dimios_dash.exports import respondent_files, tree_files
from dimios_dash.exports.open_codes import printed_codes
from dimios_dash.exports.respondent_files import Sheet
from dimios_dash.exports.respondent_list import as_csv, as_xlsx
from dimios_dash.ids import MeasurementId, OpenLinkId
from dimios_dash.intake.formats import FileFormat, file_format
from dimios_dash.web import NO_SUCH_PAGE, Context, context

_WRITERS: Final = {FileFormat.CSV: as_csv, FileFormat.XLSX: as_xlsx}
_TYPES: Final = {
    FileFormat.CSV: "text/csv",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

blueprint = Blueprint("downloads", __name__)


@blueprint.get("/hamta/respondenter.<kind>")
def respondents(kind: str) -> Response:
    """The list as it is filtered. Raises NotFound for another kind of file, and for nonsense in the address."""
    if kind not in set(FileFormat):
        raise NotFound(NO_SUCH_PAGE)
    chosen = RespondentView.read(request.args).chosen
    with context() as ctx:
        scope = access.respondents(ctx)
        units.require(ctx.session, scope, chosen.unit_id)
        sheet = respondent_files.of_list(ctx.session, scope, _vault(ctx), _this_year(ctx, scope), chosen)
    return _file(sheet, FileFormat(kind), "respondenter")


@blueprint.get("/hamta/felrader/<uuid:upload>")
def faulty(upload: UUID) -> Response:
    """The rows of a kept file that cannot be read in, the reason beside each, in the format of the file."""
    with context() as ctx:
        scope = access.respondents(ctx)
        file = uploads.read(ctx.session, scope, _vault(ctx), UploadKind.RESPONDENTS, upload)
        measurement_id = _this_year(ctx, scope)
        sheet = respondent_files.of_faults(ctx.session, scope, _vault(ctx), measurement_id, file, year=_year(ctx))
    return _file(sheet, file_format(file.content, file.filename), "felrader")


@blueprint.get("/hamta/trad.<kind>")
def tree(kind: str) -> Response:
    """The tree, or the branch of it, as a file that can be read in again. Raises NotFound for another kind of file."""
    if kind not in set(FileFormat):
        raise NotFound(NO_SUCH_PAGE)
    with context() as ctx:
        sheet = tree_files.of_tree(ctx.session, access.tree(ctx))
    return _file(sheet, FileFormat(kind), "organisationstrad")


@blueprint.get("/hamta/felrader-trad/<uuid:upload>")
def faulty_tree(upload: UUID) -> Response:
    """A kept tree file with the reason beside each row that is wrong, in the format of the file."""
    with context() as ctx:
        scope = access.tree(ctx)
        file = uploads.read(ctx.session, scope, _vault(ctx), UploadKind.TREE, upload)
        sheet = tree_files.of_faults(ctx.session, scope, file, _year(ctx))
    return _file(sheet, file_format(file.content, file.filename), "organisationstrad-fel")


@blueprint.get("/hamta/koder/<uuid:link>.csv")
def codes(link: UUID) -> Response:
    """The codes of an open link, used ones too: nothing tells which. Raises NotFound."""
    with context() as ctx:
        sheet = printed_codes(ctx, access.respondents(ctx), OpenLinkId(link))
    rows: list[tuple[str, ...]] = [(each.code, each.address, sheet.unit) for each in sheet.codes]
    return _file(Sheet(("kod", "adress", "enhet"), rows), FileFormat.CSV, "koder")


def _vault(ctx: Context) -> AddressVault:
    return AddressVault.open(ctx.keys, ctx.user.organisation_id)


def _this_year(ctx: Context, scope: DeskScope) -> MeasurementId | None:
    found = (each.id for each in measurements.all_years(ctx.session, scope) if each.year == _year(ctx))
    return next(found, None)


def _year(ctx: Context) -> int:
    return today_in_stockholm(ctx.now).year


def _file(sheet: Sheet, kind: FileFormat, name: str) -> Response:
    return Response(
        _WRITERS[kind](sheet.columns, sheet.rows),
        mimetype=_TYPES[kind],
        headers={"Content-Disposition": f"attachment; filename={name}.{kind}"},
    )
