"""The errors a user may meet. Each is a whole sentence: what happened, and what to do next."""

from __future__ import annotations

from typing import ClassVar


class UserError(Exception):
    """Something a user can understand and act on; `status` is the HTTP answer it becomes."""

    status: ClassVar[int] = 400


class Invalid(UserError):
    """What was sent cannot be accepted: a value out of range, a deed that is not possible now."""

    status = 400


class NotSignedIn(UserError):
    """No session, or one that has ended."""

    status = 401


class Forbidden(UserError):
    """The user is known here but may not do this."""

    status = 403


class NotFound(UserError):
    """The thing does not exist, or this user may not know that it does."""

    status = 404
