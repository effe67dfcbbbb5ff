"""The respondent's form: a personal link, one page, one submit. Plain HTML that needs no JavaScript and no cookie."""

from dimios_dash.answering.views import blueprint

__all__ = ["blueprint"]
