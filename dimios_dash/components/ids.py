"""Ids of components: declared once, so that a misspelt one fails at import."""

from __future__ import annotations

from typing import ClassVar


class Ids:
    """Ids of one page or component: each annotated name becomes "<owner>-<name>".

    A misspelt id is an AttributeError at import and an error in mypy, instead of a callback that never fires.
    Raises ValueError when two classes claim the same owner.
    """

    _owners: ClassVar[set[str]] = set()

    def __init_subclass__(cls, *, owner: str) -> None:
        if owner in Ids._owners:
            raise ValueError(f"ids of {owner!r} are declared twice")
        Ids._owners.add(owner)
        for name in cls.__annotations__:
            setattr(cls, name, f"{owner}-{name.replace('_', '-')}")
