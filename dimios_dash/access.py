"""Every permission check: a user, and ids from their browser, become a scope or an error."""

from __future__ import annotations

import hashlib
import hmac

from sqlalchemy.orm import Session

from db.queries import identity
from dimios_dash.crypto.addresses import address_index
from dimios_dash.crypto.key_names import SIGN_IN_KEY
from dimios_dash.crypto.keystore import KeyStore
from dimios_dash.crypto.open_codes import read_code
from dimios_dash.crypto.tokens import parse_token, token_hash
from dimios_dash.domain.permissions import Permission
from dimios_dash.domain.scopes import (
    DeskScope,
    FormScope,
    LinkScope,
    ResultsScope,
    ReviewScope,
    SignInScope,
    SystemScope,
)
from dimios_dash.errors import Forbidden, NotFound
from dimios_dash.ids import PLATFORM, OrganisationId, UnitId
from dimios_dash.web import Context

_NOT_YOURS = {
    Permission.RESULTS_READ: "Du har inte behörighet till resultaten. Be er kontoadministratör om den.",
    Permission.PEOPLE_EDIT: "Det här sköter er kontoadministratör.",
    Permission.PLATFORM: "Det här sköter driften.",
}
_NOT_YOURS_HERE = "Du har inte behörighet till det här. Be er nyckelanvändare eller kontoadministratör om hjälp."
_NO_RELEASE = (
    "Det finns inget publicerat resultat att visa här. Välj ett annat år, eller vänta tills mätningen är publicerad."
)
_NO_UNIT = "Enheten finns inte i den mätning du tittar på. Gå tillbaka och välj en enhet i listan."


def desk(ctx: Context) -> DeskScope:
    """The user's own organisation, or their branch of it, to read what the desk shows."""
    return _desk(ctx, Permission.FOLLOW_UP)


def tree(ctx: Context) -> DeskScope:
    """The tree, to change it. Raises Forbidden."""
    return _desk(ctx, Permission.TREE_EDIT)


def respondents(ctx: Context) -> DeskScope:
    """The list of respondents, to change it. Raises Forbidden."""
    return _desk(ctx, Permission.RESPONDENTS_EDIT)


def measurement(ctx: Context) -> DeskScope:
    """The measurement itself: to start, extend, close and release it. Raises Forbidden."""
    return _desk(ctx, Permission.MEASUREMENT_RUN)


def sharing(ctx: Context) -> DeskScope:
    """What others may see of the whole organisation. Raises Forbidden, also for somebody of a branch."""
    scope = _desk(ctx, Permission.SHARING)
    if scope.branch is not None:
        raise Forbidden(_NOT_YOURS_HERE)
    return scope


def home(ctx: Context) -> DeskScope:
    """The first page, for anybody who is signed in; it shows what their permissions allow."""
    return DeskScope(ctx.user.organisation_id, ctx.user.account_id, ctx.user.branch)


def results(ctx: Context, ar: int | None = None, enhet: str | None = None) -> ResultsScope:
    """Released results of a year (the newest when none is named), from a unit down (the user's highest when none).

    Raises Forbidden without the permission, NotFound for a year without release and for a unit outside the
    user's branch or in nobody's tree.
    """
    require(ctx, Permission.RESULTS_READ)
    released = identity.released_years(ctx.session, ctx.user.organisation_id)
    chosen = next((row for row in released if ar is None or row.year == ar), None)
    if chosen is None:
        raise NotFound(_NO_RELEASE)
    parents = identity.parents(ctx.session, ctx.user.organisation_id, chosen.measurement_id)
    root = next(unit for unit, parent in parents.items() if parent is None)
    highest = ctx.user.branch or root
    scope = ResultsScope(ctx.user.organisation_id, chosen.measurement_id, chosen.year, ctx.user.branch, highest)
    wanted = highest if enhet is None else UnitId(enhet)
    if not _lies_within(wanted, highest, parents):
        raise NotFound(_NO_UNIT)
    return scope.narrow(wanted)


def review(ctx: Context, ar: int | None = None) -> ReviewScope:
    """The free texts of a year's release as they were written (the newest when none is named), from the user's highest
    unit down. Raises Forbidden without the permission, NotFound for a year without release.
    """
    return ReviewScope(results(ctx, ar), _desk(ctx, Permission.SUGGESTIONS_REVIEW))


def targets(ctx: Context) -> DeskScope:
    """What the organisation aims at, to set it. Raises Forbidden."""
    return _desk(ctx, Permission.TARGETS_SET)


def form(token: str) -> FormScope:
    """One personal link. Raises NotFound for anything that is not a link of ours."""
    organisation_id, _secret = parse_token(token)
    return FormScope(organisation_id, token_hash(token))


def open_link(session: Session, code: str) -> LinkScope:
    """One open link, by its code as somebody typed it. `session` belongs to no organisation yet.

    Whatever is no code of ours is looked for like one, so that it takes as long.
    """
    code_hash = token_hash(read_code(code))
    return LinkScope(identity.organisation_of_code(session, code_hash) or PLATFORM, code_hash)


def sign_in(keys: KeyStore, address: str, place: str) -> SignInScope:
    """Somebody at the sign-in page, from a network address. Raises Invalid for what is not an e-mail address."""
    key = keys.read(SIGN_IN_KEY)
    return SignInScope(address_index(key, address), hmac.digest(key, place.encode(), hashlib.sha256))


def system(organisation_id: OrganisationId | None = None) -> SystemScope:
    """The worker's and the command line's own; never made from anything a browser sent."""
    return SystemScope(organisation_id)


def export(session: Session, organisation_id: OrganisationId, year: int) -> ResultsScope:
    """The whole of an organisation's release of a year, for the command line. Raises NotFound."""
    released = identity.released_years(session, organisation_id)
    chosen = next((row for row in released if row.year == year), None)
    if chosen is None:
        raise NotFound(f"Det finns inget publicerat resultat för {year}.")
    parents = identity.parents(session, organisation_id, chosen.measurement_id)
    root = next(unit for unit, parent in parents.items() if parent is None)
    return ResultsScope(organisation_id, chosen.measurement_id, year, None, root)


def export_as_written(session: Session, organisation_id: OrganisationId, year: int) -> ReviewScope:
    """The free texts of an organisation's release as they were written, for the command line. Raises NotFound."""
    return ReviewScope(export(session, organisation_id, year), command_line(organisation_id))


def command_line(organisation_id: OrganisationId) -> DeskScope:
    """An organisation's whole desk for an operator at the command line, and for the demo; never for a browser."""
    return DeskScope(organisation_id, None, None)


def require(ctx: Context, permission: Permission) -> None:
    """Raises Forbidden unless the user's role grants the permission."""
    if not ctx.user.may(permission):
        raise Forbidden(_NOT_YOURS.get(permission, _NOT_YOURS_HERE))


def _desk(ctx: Context, permission: Permission) -> DeskScope:
    require(ctx, permission)
    return DeskScope(ctx.user.organisation_id, ctx.user.account_id, ctx.user.branch)


def _lies_within(unit: UnitId, highest: UnitId, parents: dict[UnitId, UnitId | None]) -> bool:
    """Whether `unit` is `highest` or below it."""
    above: UnitId | None = unit
    while above in parents and above != highest:
        above = parents[above]
    return above == highest and above in parents
