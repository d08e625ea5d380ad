"""The report of properties: their keys, or the values of one."""

import asyncio
from dataclasses import replace

from footfall.api.native.asked import Answers, Asked, Report, Table
from footfall.api.native.breakdown import breakdown
from footfall.errors import InvalidInput
from footfall.query import list_property_keys
from footfall.query.dimensions import MAX_PROPERTY_LENGTH, PROPERTY_PREFIX
from footfall.sites import RegisteredProperty


async def properties(answers: Answers, report: Report, asked: Asked) -> Table:
    """One row for each key; with ``property``, one for each of its values."""
    registered = await asyncio.to_thread(answers.properties)
    if not asked.property_key:
        return await _keys(answers, asked, registered)
    if len(asked.property_key) > MAX_PROPERTY_LENGTH:
        raise InvalidInput(f"A property's key has {MAX_PROPERTY_LENGTH} characters at most.", field="property")
    named = next((one for one in registered if asked.property_key in (one.display_name, one.key)), None)
    if named is not None and named.is_hidden:
        raise InvalidInput("The owner of this site has hidden this property.", field="property")
    key = named.key if named else asked.property_key
    return await breakdown(answers, replace(report, dimensions=(PROPERTY_PREFIX + key,)), asked)


async def _keys(answers: Answers, asked: Asked, registered: list[RegisteredProperty]) -> Table:
    if asked.has_comparison or asked.sort:
        raise InvalidInput("Keys are neither sorted nor compared; name a property to see its values.", field="property")
    counted = await answers.ask(asked, ("events",))
    hidden = answers.vocabulary.hidden
    shown_as = {one.key: one.shown_as for one in registered}
    keys = await list_property_keys(
        answers.reader, answers.site, counted, limit=asked.limit, offset=asked.offset, hidden=hidden
    )
    rows = [
        {
            "property": shown_as.get(one.key, one.key),
            "key": one.key,
            "visitors": one.visitors,
            "events": one.events,
        }
        for one in keys
    ]
    return Table(rows, counted.range, keys[0].row_count if keys else 0)
