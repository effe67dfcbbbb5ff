"""/hamta/…: files on their way out to somebody who is signed in. The guard lets nobody else through."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from flask import Blueprint, request
from werkzeug.wrappers import Response

from db.commands import uploads
from db.commands.uploads import UploadKind
from db.queries import measurements, units
from dimios_dash import access, guard
from dimios_dash.analyses import BY_SLUG, basis
from dimios_dash.components.respondent_view import RespondentView
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import today_in_stockholm
from dimios_dash.domain.scopes import DeskScope, ResultsScope
from dimios_dash.errors import NotFound
from dimios_dash.exports import respondent_files, tree_files
from dimios_dash.exports.analysis_file import analysis_csv, analysis_xlsx
from dimios_dash.exports.open_codes import printed_codes
from dimios_dash.exports.respondent_files import Sheet
from dimios_dash.exports.respondent_list import as_csv, as_xlsx
from dimios_dash.ids import MeasurementId, OpenLinkId
from dimios_dash.intake.formats import FileFormat, file_format
from dimios_dash.web import NO_SUCH_PAGE, PAGES, Context, context

_WRITERS: Final = {FileFormat.CSV: as_csv, FileFormat.XLSX: as_xlsx}
_ANALYSIS_WRITERS: Final = {FileFormat.CSV: analysis_csv, FileFormat.XLSX: analysis_xlsx}
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


@blueprint.get("/hamta/analys/<path:page>/<slug>.<kind>")
def analysis(page: str, slug: str, kind: str) -> Response:
    """One analysis of a page, for what is chosen there. Raises NotFound, and whatever the page itself would raise."""
    found, asked = PAGES.get(f"/{page}"), BY_SLUG.get(slug)
    if found is None or not found.in_languages or asked is None or kind not in _ANALYSIS_WRITERS:
        raise NotFound(NO_SUCH_PAGE)
    with context() as ctx:
        scope, choices = found.open(ctx, guard.single_values(request.args))
        if not isinstance(scope, ResultsScope):
            raise NotFound(NO_SUCH_PAGE)
        content = _ANALYSIS_WRITERS[FileFormat(kind)](asked, basis.read(ctx.session, scope, choices))
    return _sent(content, FileFormat(kind), f"{slug}-{scope.year}")


def _vault(ctx: Context) -> AddressVault:
    return AddressVault.open(ctx.keys, ctx.user.organisation_id)


def _this_year(ctx: Context, scope: DeskScope) -> MeasurementId | None:
    found = (each.id for each in measurements.all_years(ctx.session, scope) if each.year == _year(ctx))
    return next(found, None)


def _year(ctx: Context) -> int:
    return today_in_stockholm(ctx.now).year


def _file(sheet: Sheet, kind: FileFormat, name: str) -> Response:
    return _sent(_WRITERS[kind](sheet.columns, sheet.rows), kind, name)


def _sent(content: bytes, kind: FileFormat, name: str) -> Response:
    return Response(
        content,
        mimetype=_TYPES[kind],
        headers={"Content-Disposition": f"attachment; filename={name}.{kind}"},
    )
