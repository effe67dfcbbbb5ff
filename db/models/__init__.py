"""The tables."""

from db.models.base import Base
from db.models.comparison import YearComparison
from db.models.mailing import MailPace, ReminderRound, ReturnedMail
from db.models.measurement import (
    AnswerCount,
    Ballot,
    DestructionWarning,
    InstrumentVersion,
    Invitation,
    Measurement,
    Placement,
)
from db.models.open_link import OpenCode, OpenCodeOwner, OpenLink, OpenLinkUnit
from db.models.organisation import Organisation, Unit, UnitChange
from db.models.people import Account, SignInName, SignInSession, Throttle
from db.models.release import Benchmark, RegroupedUnit, Release, ReleasedPiece, ReleasedUnit, Suggestion
from db.models.review import SuggestionReview
from db.models.sharing import GivenConsent, GroupCode, GroupMember, GroupMembership, SharedResult, ToldPool
from db.models.target import Target
from db.models.vault import AddressKey, ErasureCertificate
from db.models.wording import GlossaryEntry, Wording
from db.models.work import AuditEvent, Incident, Job, Outbox, Upload

__all__ = [
    "Account",
    "AddressKey",
    "AnswerCount",
    "AuditEvent",
    "Ballot",
    "Base",
    "Benchmark",
    "DestructionWarning",
    "ErasureCertificate",
    "GivenConsent",
    "GlossaryEntry",
    "GroupCode",
    "GroupMember",
    "GroupMembership",
    "Incident",
    "InstrumentVersion",
    "Invitation",
    "Job",
    "MailPace",
    "Measurement",
    "OpenCode",
    "OpenCodeOwner",
    "OpenLink",
    "OpenLinkUnit",
    "Organisation",
    "Outbox",
    "Placement",
    "RegroupedUnit",
    "Release",
    "ReleasedPiece",
    "ReleasedUnit",
    "ReminderRound",
    "ReturnedMail",
    "SharedResult",
    "SignInName",
    "SignInSession",
    "Suggestion",
    "SuggestionReview",
    "Target",
    "Throttle",
    "ToldPool",
    "Unit",
    "UnitChange",
    "Upload",
    "Wording",
    "YearComparison",
]
