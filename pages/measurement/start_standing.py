"""The items of the checklist that do not depend on what is chosen on the page: texts, sender, addresses."""

from __future__ import annotations

from db.queries import respondent_list, wordings
from dimios_dash.components.checklist import Check, Standing
from dimios_dash.domain.respondents.unusual_domains import UnusualDomain
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.ids import MeasurementId
from dimios_dash.language import DEFAULT_LANGUAGE
from dimios_dash.web import Context
from pages.measurement import files

NAMED = 5  # domains that are named one by one


def standing(ctx: Context, scope: DeskScope, measurement_id: MeasurementId) -> list[Check]:
    """Read when the page is opened."""
    odd = respondent_list.odd_domains(ctx.session, scope, files.vault(ctx), measurement_id)
    return [_texts(ctx, scope), _sender(ctx), *_addresses(odd)]


def _texts(ctx: Context, scope: DeskScope) -> Check:
    said = wordings.of_language(ctx.session, scope, DEFAULT_LANGUAGE)
    own = [kind.rules.label for kind, text in said.items() if text.version]
    link = ("Läs och ändra texterna", "/matning/texter")
    if own:
        return Check(Standing.READY, "Texter", (f"Ni har skrivit egna texter: {'; '.join(own)}.",), link)
    usual = "Inbjudan, påminnelse och formulärets inledning är de vanliga. Läs dem, och skicka ett prov till dig själv."
    return Check(Standing.LOOK, "Texter", (usual,), link)


def _sender(ctx: Context) -> Check:
    told = f"Mejlen skickas från {ctx.settings.mail_from}. Er it-avdelning kan behöva släppa fram dem."
    return Check(Standing.READY, "Avsändare", (told,), ("Det här behöver er it-avdelning veta", "/matning/it"))


def _addresses(odd: tuple[UnusualDomain, ...]) -> list[Check]:
    if not odd:
        return [Check(Standing.READY, "Adresser", ("Ingen adress har en domän som sticker ut.",))]
    named = "; ".join(_named(each) for each in odd[:NAMED])
    rest = f" och {len(odd) - NAMED} domäner till" if len(odd) > NAMED else ""
    told = f"Några adresser har en ovanlig domän: {named}{rest}. Se efter att de är rätt."
    return [Check(Standing.LOOK, "Adresser", (told,), ("Till respondenterna", "/matning/respondenter"))]


def _named(found: UnusualDomain) -> str:
    return f"{found.domain}, skulle det vara {found.meant}?" if found.meant else found.domain
