"""The site map, in menu order. Nothing else lists pages."""

from importlib import import_module

SITE_MAP = (
    "home",
    "measurement.tree",
    "measurement.tree_years",
    "measurement.sample",
    "measurement.respondents",
    "measurement.respondent",
    "measurement.texts",
    "measurement.it",
    "measurement.start",
    "measurement.open_links",
    "measurement.follow",
    "measurement.mailing",
    "measurement.close",
    "results.overview",
    "results.data",
    "results.internal",
    "results.change",
    "results.dont_know",
    "results.everyone",
    "results.groups",
    "results.suggestions",
    "results.suggestion_queue",
    "results.suggestion_edit",
    "results.targets",
    "results.internal",
    "administration.organisation",
)

for name in SITE_MAP:  # a page registers itself when it is imported; import statements would be sorted by name
    import_module(f"{__name__}.{name}")
