"""Analyses: questions with an answer, read from released results only. Listed here in the order they are shown."""

from __future__ import annotations

from typing import Any

from dimios_dash.analyses.analysis import Analysis
from dimios_dash.analyses.categories import CATEGORIES
from dimios_dash.analyses.certain_changes import CERTAIN_CHANGES
from dimios_dash.analyses.change.levels import CHANGE_LEVELS
from dimios_dash.analyses.change.parts import CHANGE_PARTS
from dimios_dash.analyses.change.units import CHANGE_UNITS
from dimios_dash.analyses.change.whole import CHANGE
from dimios_dash.analyses.dont_know.heat import DONT_KNOW
from dimios_dash.analyses.dont_know.others import DONT_KNOW_OTHERS
from dimios_dash.analyses.dont_know.training import TRAINING
from dimios_dash.analyses.dont_know.trend import DONT_KNOW_TREND
from dimios_dash.analyses.each_level import LEVELS
from dimios_dash.analyses.everyone import EVERYONE
from dimios_dash.analyses.internal.beside import BESIDE
from dimios_dash.analyses.internal.heat import HEAT
from dimios_dash.analyses.position import POSITION
from dimios_dash.analyses.role_gap import ROLE_GAP
from dimios_dash.analyses.spread_of_answers import SPREADS
from dimios_dash.analyses.strategy_groups import STRATEGY_GROUPS
from dimios_dash.analyses.strengths import STRENGTHS
from dimios_dash.analyses.suggestion_texts import SUGGESTION_TEXTS
from dimios_dash.analyses.suggestions_by_category import SUGGESTIONS_BY_CATEGORY
from dimios_dash.analyses.targets import TARGETS
from dimios_dash.analyses.units import UNITS

__all__ = [
    "ANALYSES",
    "BESIDE",
    "BY_SLUG",
    "CATEGORIES",
    "CERTAIN_CHANGES",
    "CHANGE",
    "CHANGE_LEVELS",
    "CHANGE_PARTS",
    "CHANGE_UNITS",
    "DONT_KNOW",
    "DONT_KNOW_OTHERS",
    "DONT_KNOW_TREND",
    "HEAT",
    "LEVELS",
    "POSITION",
    "ROLE_GAP",
    "SPREADS",
    "STRATEGY_GROUPS",
    "STRENGTHS",
    "SUGGESTIONS_BY_CATEGORY",
    "SUGGESTION_TEXTS",
    "TARGETS",
    "TRAINING",
    "UNITS",
    "Analysis",
]

ANALYSES: tuple[Analysis[Any], ...] = (
    POSITION,
    CATEGORIES,
    CERTAIN_CHANGES,
    STRENGTHS,
    UNITS,
    SUGGESTIONS_BY_CATEGORY,
    SUGGESTION_TEXTS,
    LEVELS,
    ROLE_GAP,
    SPREADS,
    CHANGE,
    CHANGE_LEVELS,
    CHANGE_PARTS,
    CHANGE_UNITS,
    TARGETS,
    HEAT,
    BESIDE,
    STRATEGY_GROUPS,
    *EVERYONE,
    DONT_KNOW,
    TRAINING,
    DONT_KNOW_TREND,
    DONT_KNOW_OTHERS,
)
BY_SLUG = {analysis.slug: analysis for analysis in ANALYSES}
