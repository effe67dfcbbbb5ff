"""Pages made for paper: an open link as a poster, codes for one answer each as slips to cut out."""

from dimios_dash.printing.views import blueprint

__all__ = ["blueprint"]
