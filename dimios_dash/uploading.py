"""/ladda-upp/… and /mallar/…: files on their way in, and examples of them on their way out.

Signed-in people only: the guard lets nobody else through, and asks each form for its proof against forgery.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import Final

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from db.commands import uploads
from db.commands.uploads import KeptFile, UploadKind
from dimios_dash import access
from dimios_dash.components.upload_form import FIELD
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.errors import NotFound
from dimios_dash.intake.pasted_list import PASTED, PASTED_UNIT, as_file
from dimios_dash.web import NO_SUCH_PAGE, Context, context

_BYTE_ORDER_MARK: Final = "\ufeff"  # otherwise Excel takes UTF-8 for Windows-1252
_RESPONDENTS: Final = "/matning/respondenter"
_TEMPLATES: Final = {
    "organisationstrad.csv": (
        "enhet_id;overordnad_id;namn;verksamhet;anstallda",
        "K;;Exempelkommunen;ovrigt;",
        "K1;K;Utbildningsförvaltningen;skola;420",
        "K11;K1;Björkskolan;skola;38",
        "K2;K;Tekniska förvaltningen;teknik;150",
    ),
    "respondenter.csv": (
        "epost;enhet_id;respondenttyp;sprak",
        "anna.berg@kommunen.example;K1;1;sv",
        "omar.lind@kommunen.example;Björkskolan;2;",
        "eva.holm@kommunen.example;K2;3;en",
    ),
    "personal.csv": (
        "epost;enhet_id;respondenttyp",
        "anna.berg@kommunen.example;K1;1",
        "omar.lind@kommunen.example;K11;2",
        "siv.ek@kommunen.example;K11;3",
        "eva.holm@kommunen.example;K2;3",
    ),
}

blueprint = Blueprint("uploads", __name__)


@blueprint.post("/ladda-upp/trad")
def tree() -> Response:
    """Keep a tree file and show what it would do."""
    return _keep(UploadKind.TREE, access.tree, "/matning/trad")


@blueprint.post("/ladda-upp/respondenter")
def respondents() -> Response:
    """Keep a file of respondents and show what it would do."""
    return _keep(UploadKind.RESPONDENTS, access.respondents, _RESPONDENTS)


@blueprint.post("/ladda-upp/respondenter/inklistat")
def pasted() -> Response:
    """Keep a list that was pasted as if it were a file, and show what it would do."""
    content = as_file(request.form.get(PASTED, ""), request.form.get(PASTED_UNIT, ""))
    return _kept(KeptFile(UploadKind.RESPONDENTS, "Inklistrad lista.csv", content), access.respondents, _RESPONDENTS)


@blueprint.post("/ladda-upp/personal")
def staff() -> Response:
    """Keep a staff list and show which sample would be drawn from it."""
    return _keep(UploadKind.STAFF, access.respondents, "/matning/urval")


@blueprint.get("/mallar/<name>")
def template(name: str) -> Response:
    """A file with the right columns and a few made-up rows."""
    if name not in _TEMPLATES:
        raise NotFound(NO_SUCH_PAGE)
    text = _BYTE_ORDER_MARK + "".join(line + "\r\n" for line in _TEMPLATES[name])
    return Response(text, mimetype="text/csv", headers={"Content-Disposition": f"attachment; filename={name}"})


def _keep(kind: UploadKind, scope: Callable[[Context], DeskScope], page: str) -> Response:
    sent = request.files.get(FIELD)
    name, content = ("", b"") if sent is None else (_printable(sent.filename or ""), sent.read())
    return _kept(KeptFile(kind, name, content), scope, page)


def _kept(file: KeptFile, scope: Callable[[Context], DeskScope], page: str) -> Response:
    with context() as ctx:
        vault = AddressVault.open(ctx.keys, ctx.user.organisation_id)
        upload_id = uploads.keep(ctx.session, scope(ctx), vault, file, ctx.now)
    return redirect(f"{page}?fil={upload_id}", 303)


def _printable(name: str) -> str:
    """The file's own name without folders and signs nobody sees: a database takes no zero among them."""
    return "".join(sign for sign in PurePath(name).name if sign.isprintable())
