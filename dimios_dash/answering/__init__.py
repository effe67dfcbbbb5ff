"""The respondent's form: a personal or an open link, one page, one submit. Plain HTML that needs no JavaScript."""

from dimios_dash.answering import open_views
from dimios_dash.answering.views import blueprint

__all__ = ["blueprint", "open_views"]
