"""The query language: parse → plan → compile → run → shape. METRICS as code.

Takes Plausible's v2 question and gives rows; who may ask is the edge's business.
"""

from footfall.query.ask import ask, current_visitors
from footfall.query.dates import DateRange, previous_period, resolve_date_range
from footfall.query.dimensions import DIMENSIONS
from footfall.query.metrics import METRICS
from footfall.query.operators import OPERATORS
from footfall.query.parse import check_filters
from footfall.query.schema import query_schema
from footfall.query.shape import Answer, Row, v2_json
from footfall.query.vocabulary import Vocabulary

__all__ = [
    "DIMENSIONS",
    "METRICS",
    "OPERATORS",
    "Answer",
    "DateRange",
    "Row",
    "Vocabulary",
    "ask",
    "check_filters",
    "current_visitors",
    "previous_period",
    "query_schema",
    "resolve_date_range",
    "v2_json",
]
