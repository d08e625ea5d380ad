"""The query language: parse → plan → compile → run → shape. METRICS as code.

Takes Plausible's v2 question and gives rows; who may ask is the edge's business.
"""

from footfall.query.ask import ask, ask_over_time, current_visitors, current_visitors_of, total_question
from footfall.query.compared_ranges import compared_range
from footfall.query.dates import DateRange, previous_period, resolve_date_range
from footfall.query.dimensions import DIMENSIONS
from footfall.query.imports import WARNINGS as IMPORTS_LEFT_OUT
from footfall.query.metrics import METRICS
from footfall.query.operators import OPERATORS
from footfall.query.parse import check_filters
from footfall.query.property_keys import PropertyKey, list_property_keys
from footfall.query.public import FOLDED, PublicRules, ask_publicly
from footfall.query.question import ComparedWith
from footfall.query.raw_rows import RAW_FORMATS, RAW_TABLES, raw_rows
from footfall.query.recent_visitors import recent_events, recent_visitors
from footfall.query.registered import NameFigures, PropertyFigures, name_figures, property_figures
from footfall.query.schema import query_schema
from footfall.query.shape import Answer, Row, v2_json
from footfall.query.visit_list import Visit, list_visits
from footfall.query.vitals import FIGURES as FIGURES_OF_VITALS
from footfall.query.vitals import VitalsOf, vitals_of
from footfall.query.vocabulary import Vocabulary

__all__ = [
    "DIMENSIONS",
    "FIGURES_OF_VITALS",
    "FOLDED",
    "IMPORTS_LEFT_OUT",
    "METRICS",
    "OPERATORS",
    "RAW_FORMATS",
    "RAW_TABLES",
    "Answer",
    "ComparedWith",
    "DateRange",
    "NameFigures",
    "PropertyFigures",
    "PropertyKey",
    "PublicRules",
    "Row",
    "Visit",
    "VitalsOf",
    "Vocabulary",
    "ask",
    "ask_over_time",
    "ask_publicly",
    "check_filters",
    "compared_range",
    "current_visitors",
    "current_visitors_of",
    "list_property_keys",
    "list_visits",
    "name_figures",
    "previous_period",
    "property_figures",
    "query_schema",
    "raw_rows",
    "recent_events",
    "recent_visitors",
    "resolve_date_range",
    "total_question",
    "v2_json",
    "vitals_of",
]
