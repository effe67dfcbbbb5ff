"""Two organisations that share a database: the victim, all of whose words say so, and the intruder's own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from db.commands import targets, uploads, wordings
from db.commands.uploads import KeptFile, UploadKind
from db.models import Base, GlossaryEntry, Measurement, Placement, Target, Unit
from dimios_dash.crypto.addresses import AddressVault
from dimios_dash.domain.calendar import MeasurementState, today_in_stockholm
from dimios_dash.domain.permissions import Role
from dimios_dash.domain.scopes import DeskScope
from dimios_dash.domain.targets import Wish
from dimios_dash.domain.usual_wording import USUAL
from dimios_dash.domain.wording import TextKind
from dimios_dash.domain.work import MailState, OutboxState
from dimios_dash.ids import InvitationId, MeasurementId, OrganisationId, UnitId
from dimios_dash.language import Language
from tests.attacks.people import Person
from tests.attacks.shared import Groups
from tests.factories import Make

SECRET = "hemlighet"  # in every name, id and address of the victim's
TODAY = today_in_stockholm(datetime.now(UTC))
YEAR = TODAY.year
LAST_DAY = date(YEAR, 12, 31)
TREE = f"enhet_id;overordnad_id;namn\nE;;Helheten {SECRET}\nE-{SECRET};E;Enheten {SECRET}\nNy;E;Ny {SECRET}\n"
STAFF = "epost;enhet_id\n" + "".join(f"anstalld{number}.{SECRET}@prov.example;E-{SECRET}\n" for number in range(2))
PEOPLE = f"epost;enhet_id\nny.{SECRET}@prov.example;E-{SECRET}\n"


@dataclass(frozen=True)
class Victim:
    """An organisation with a measurement of this year in one state, and files that wait for its key user's yes."""

    organisation_id: OrganisationId
    key_user: Person
    tree_file: UUID
    people_file: UUID
    staff_file: UUID
    respondent: InvitationId
    word: UUID  # of its glossary
    bounced_mail: UUID
    uncertain_mail: UUID
    link: UUID
    codes: UUID
    target: UUID
    texts: tuple[UUID, UUID] = field(kw_only=True)  # of the year before last, alike
    groups: Groups = field(kw_only=True)

    @classmethod
    def begin(cls, site: Flask, make: Make, state: MeasurementState) -> Victim:
        organisation_id = make.organisation(f"Köping {SECRET} {uuid4().hex[:8]}")
        make.units(organisation_id, {"E": None, **dict.fromkeys((f"E-{SECRET}", f"F-{SECRET}", f"G-{SECRET}"), "E")})
        named = update(Unit).where(Unit.organisation_id == organisation_id)
        make.session.execute(named.values(name=Unit.name.concat(f" {SECRET}")))
        measurement_id = _measured(make, organisation_id, state)
        people = [
            make.invitation(
                *(organisation_id, measurement_id, f"E-{SECRET}", f"{SECRET}.{number}.{uuid4().hex[:6]}@a.se"),
                mail=mail,
            )
            for number, mail in enumerate((MailState.SENT, MailState.SENT, MailState.BOUNCED, MailState.UNCERTAIN))
        ]
        stopped = [
            make.mail(organisation_id, measurement_id, each.id, state)
            for each, state in zip(people[2:], (OutboxState.FAILED, OutboxState.UNCERTAIN), strict=True)
        ]
        key_user = Person.arrive(site, make, organisation_id, Role.KEY_USER)
        scope = DeskScope(organisation_id, key_user.account_id, None)
        vault = AddressVault.open(make.keys, organisation_id)
        kept = [
            uploads.keep(make.session, scope, vault, KeptFile(kind, name, content.encode()), datetime.now(UTC))
            for kind, name, content in (
                (UploadKind.TREE, f"{SECRET}.csv", TREE),
                (UploadKind.RESPONDENTS, f"{SECRET}.csv", PEOPLE),
                (UploadKind.STAFF, f"{SECRET}.csv", STAFF),
            )
        ]
        wordings.add_word(make.session, scope, Language.SWEDISH, f"it {SECRET}", SECRET)
        word = make.session.scalars(select(GlossaryEntry.id).where(GlossaryEntry.organisation_id == organisation_id))
        links = [
            make.open_link(organisation_id, measurement_id, {f"E-{SECRET}": 5}, codes=codes).id for codes in (None, 5)
        ]
        target, texts = _target(make, scope), _written(make, organisation_id)
        made = (word.one(), *stopped, *links, target)
        others: dict[str, Any] = {"texts": texts, "groups": Groups.begin(make, scope, f"Koncernen {SECRET}")}
        found = cls(organisation_id, key_user, kept[0], kept[1], kept[2], people[0].id, *made, **others)
        make.session.commit()
        return found

    @property
    def values(self) -> dict[str, Any]:
        """What stands in the victim's own pages, by "id.property"."""
        return {
            **dict.fromkeys(_CLICKED, 1),
            "_pages_location.pathname": "/matning/folj",
            "_pages_location.search": f"?ar={YEAR}&enhet=E-{SECRET}",
            "respondents-upload.data": str(self.people_file),
            **{f"open-link-{field}.value": "E" for field in ("unit", "codes-unit", "lines")},
            **{f"open-link-{field}.value": 5 for field in ("expected", "number")},
            "open-link-close": {str(self.link): 1},
            "open-link-reopen": {str(self.link): 1},
            "unit-choice-boxes": {"E": ["E", f"E-{SECRET}"]},
            "sample-upload.data": str(self.staff_file),
            "sample-asked.data": {"upload": str(self.staff_file)},
            "sample-wish": {"percent": 10, "least": 9, "rate": 65},
            "sample-number": {f"E-{SECRET}": 2},
            **self._tree,
            **self._list_of_respondents,
            **self._start,
            **self._texts,
            **self._targets,
            **self.groups.values,
            **self._under_way,
            **self._free_texts,
        }

    @property
    def _free_texts(self) -> dict[str, Any]:
        """What somebody reviews."""
        one, other = (f"{text}:0" for text in self.texts)
        return {
            "suggestion-queue-ticked.data": {"rows": [one], "clicks": 1},
            "suggestion-queue-deed.value": "visa",
            "suggestion-queue-seen.data": {"ar": YEAR - 2, "visa": "vantar", "sida": 1},
            "suggestion-edit-seen.data": {"ar": YEAR - 2, "id": str(self.texts[0]), "version": 0},
            "suggestion-edit-words.value": [0],
            "suggestion-edit-typed.value": "",
            "suggestion-edit-state.value": "visas",
            "suggestion-edit-reason.value": "",
            "suggestion-edit-status.value": "nytt",
            "suggestion-edit-tags.value": "",
            "suggestion-edit-offered.value": False,
            "suggestion-alike-alike.value": [other],
        }

    @property
    def _tree(self) -> dict[str, Any]:
        """What is edited there."""
        return {
            "tree-upload.data": str(self.tree_file),
            "tree-look-wish.data": _LOOK,
            "tree-look-view.data": _LOOK,
            "tree-look-drop.data": {**_NAMED, "parent_id": "E", "before": f"E-{SECRET}"},
            "tree-look-reopen.data": {**_NAMED, "unit_id": f"G-{SECRET}"},
            "unit-named.data": _NAMED,
            "unit-name.value": f"Nytt namn {SECRET}",
            "unit-activity.value": "skola",
            "unit-employees.value": "12",
            "unit-new-id.value": "",
            "unit-new-name.value": f"Ny enhet {SECRET}",
            "unit-new-activity.value": "vard",
            "unit-new-employees.value": "",
            "unit-find.value": "",
            "unit-target.value": f"E-{SECRET}",
            "unit-parts.value": f"Norra {SECRET}\nSödra {SECRET}",
        }

    @property
    def _start(self) -> dict[str, Any]:
        """Days, and what is foreseen."""
        return {
            "start-form-opens.value": str(TODAY),
            "start-form-closes.value": str(LAST_DAY),
            "start-form-k.value": "3",
            "start-strategy-answer.value": "main",
            "start-strategy-year.data": YEAR,
            "start-plan-promised.data": 4,
            "own-days-unit.value": "E",
            "own-days-opens.value": str(TODAY),
            "own-days-closes.value": str(LAST_DAY),
            "own-days-chosen.data": [[f"E-{SECRET}", str(TODAY), str(LAST_DAY)]],
            "own-day": {f"E-{SECRET}": 1},
            "outlook-rate.value": "65",
            "outlook-rows.value": "forsta",
        }

    @property
    def _texts(self) -> dict[str, Any]:
        """Of mails and the form."""
        return {
            "texter-language.data": "sv",
            "texter-versions.data": {TextKind.THANKS.value: 0},
            "text-field": {**USUAL[Language.SWEDISH], TextKind.THANKS: SECRET},
            "texts-term.value": "system",
            "texts-explanation.value": SECRET,
            "text-word": {str(self.word): 1},
        }

    @property
    def _targets(self) -> dict[str, Any]:
        """What is aimed at."""
        seen = {"shown": YEAR - 1, "unit_id": f"E-{SECRET}", "level": "F1", "target": str(self.target), "version": 1}
        return {
            "targets-value.value": 60.5,
            "targets-year.value": str(YEAR + 1),
            "targets-account.value": "ingen",
            "targets-name.value": f"Alva {SECRET}",
            "targets-seen.data": seen,
        }

    @property
    def _under_way(self) -> dict[str, Any]:
        """Following, mailing and closing."""
        return {
            "follow-goal-percent.value": 70,
            "follow-goal-weekly.value": [],
            "follow-drawn.data": "",
            "follow-seen.data": [YEAR, f"E-{SECRET}"],
            "unit-days-unit.value": f"F-{SECRET}",
            "unit-days-closes.value": str(TODAY),
            "closing-later.value": str(LAST_DAY),
            "closing-again-until.value": str(LAST_DAY),
            "closing-typed.value": str(YEAR),
            "close-year.data": YEAR,
            "mailing-year.data": YEAR,
            "reminder-day": {"1": "", "2": ""},
            "mailing-pace-per-minute.value": "60",
            "mailing-stopped-who.value": str(self.bounced_mail),
            "mailing-stopped-address.value": f"ratt.{SECRET}@prov.example",
            "mailing-stopped-unsure.value": [str(self.uncertain_mail)],
        }

    @property
    def _list_of_respondents(self) -> dict[str, Any]:
        """What stands in the list, and on the page of the one respondent."""
        row = f"{self.respondent}:1"
        looked = {"deed": "remove", "unit_id": None, "role_type": None, "language": None, "rows": [row]}
        digest = hashlib.sha256(f"{row};".encode()).hexdigest()
        fields = {"unit": "E", "role-type": "2", "language": "fi"}
        seen = {"version": 1, "unit_id": f"E-{SECRET}", "role_type": None, "language": "sv"}
        return {
            **{f"respondent-list-{name}.value": "" for name in ("search", "unit")},
            "respondent-list-role-type.value": "any",
            "respondent-list-progress.value": "alla",
            "respondent-list-page.value": 1,
            "respondent-adding-address.value": f"tillagd.{SECRET}@prov.example",
            **{
                f"{owner}-{name}.value": value
                for owner in ("respondent-adding", "respondent-many", "respondent")
                for name, value in fields.items()
            },
            "respondent-many-ticked.data": {"rows": [row], "clicks": 1},
            "respondent-many-which.value": "ticked",
            "respondent-many-deed.value": "move",
            "respondent-many-asked.data": looked | {"digest": digest},
            "respondent-address.value": f"annan.{SECRET}@prov.example",
            "respondent-seen.data": seen | {"id": str(self.respondent)},
        }


def _measured(make: Make, organisation_id: OrganisationId, state: MeasurementState) -> MeasurementId:
    """The measurement of this year, over for F, in which G was closed after its start."""
    measurement_id = make.measurement(organisation_id, state, YEAR)
    make.session.execute(
        update(Unit).where(Unit.organisation_id == organisation_id, Unit.id == f"G-{SECRET}").values(closed=True)
    )
    if state is MeasurementState.DRAFT:
        make.session.execute(text("delete from placement where measurement_id = :m"), {"m": measurement_id})
    until = update(Measurement).where(Measurement.id == measurement_id)
    make.session.execute(until.values(opens=date(YEAR, 1, 1), closes=TODAY))
    until = update(Placement).where(Placement.measurement_id == measurement_id, Placement.unit_id == f"F-{SECRET}")
    make.session.execute(until.values(opens=date(YEAR, 1, 1), closes=date(YEAR, 1, 1)))
    return measurement_id


def _target(make: Make, scope: DeskScope) -> UUID:
    """What E's part aims at."""
    wish = Wish(55.0, YEAR + 1, f"Kim {SECRET}")
    targets.add(make.session, scope, UnitId(f"E-{SECRET}"), "F1", wish, today=TODAY)
    own = select(Target.id).where(Target.organisation_id == scope.organisation_id)
    return make.session.scalars(own).one()


def _written(make: Make, organisation_id: OrganisationId) -> tuple[UUID, UUID]:
    """Two texts that nobody has reviewed, of the year before last."""
    measurement_id = make.release(organisation_id, YEAR - 2, {"E": 50.0, f"E-{SECRET}": 50.0})
    one, other = (make.text(organisation_id, measurement_id, f"Vi har {n} {SECRET}") for n in ("en", "två"))
    return one, other


_NAMED = {"unit_id": f"F-{SECRET}", "version": 1}
_LOOK = {"opened": ["E"], "unit": f"F-{SECRET}", "panel": "edit", "search": ""}
_CLICKED = (
    *(f"unit-{deed}.n_clicks" for deed in ("save", "add", "move", "merge", "split", "close")),
    *("respondent-list-previous.n_clicks", "respondent-list-next.n_clicks", "respondent-adding-add.n_clicks"),
    *("respondent-many-yes.n_clicks", "respondent-save.n_clicks"),
    "respondent-remove.n_clicks",
    *(f"suggestion-{deed}.n_clicks" for deed in ("edit-save", "alike-gather", "alike-under", "alike-alone")),
    *("tree-confirm.n_clicks", "tree-cancel.n_clicks", "respondents-confirm.n_clicks", "respondents-cancel.n_clicks"),
    *("sample-proposal-recount.n_clicks", "sample-proposal-confirm.n_clicks", "sample-cancel.n_clicks"),
    *("follow-goal-keep.n_clicks", "it-check.n_clicks"),
    *(f"open-link-{deed}.n_clicks" for deed in ("make", "make-choice", "make-codes")),
    *("texts-save.n_clicks", "texts-show.n_clicks", "texts-try-out.n_clicks", "texts-add.n_clicks"),
    *("targets-save.n_clicks", "targets-remove.n_clicks"),
    *(
        "own-days-add.n_clicks",
        "unit-days-extend.n_clicks",
        "start-plan-go.n_clicks",
        "follow-tick.n_intervals",
        "close-tick.n_intervals",
        "closing-extend.n_clicks",
    ),
    *("mailing-tick.n_intervals", "mailing-pace-save.n_clicks"),
    *(f"mailing-state-{deed}.n_clicks" for deed in ("pause", "resume", "call-off")),
    *(f"mailing-reminders-{deed}.n_clicks" for deed in ("save", "now")),
    *(
        f"mailing-stopped-{deed}.n_clicks"
        for deed in ("correct", "remove", "again", "all-again", "unsure-again", "arrived")
    ),
    *("closing-close.n_clicks", "closing-reopen.n_clicks", "closing-release.n_clicks", "closing-cancel.n_clicks"),
)


def everything(session: Session) -> dict[str, str | None]:
    """A digest of every row of every table, as the owner sees them."""
    session.rollback()
    return {
        name: session.scalar(select(text(f"md5(string_agg(t::text, '' order by t::text)) from {name} t")))
        for name in Base.metadata.tables
    }
