"""The front door for GoatCounter's clients: `/count`, its API and its script, decoded into the same wire event.

What differs from GoatCounter on purpose is told in docs/how-to/move-from-goatcounter.md.
"""

from footfall.collect.goatcounter.api import GoatCounterApi
from footfall.collect.goatcounter.count import GoatCounterDoors
from footfall.collect.goatcounter.rate import RequestRate
from footfall.collect.goatcounter.site_of_request import goatcounter_snippet

__all__ = ["GoatCounterApi", "GoatCounterDoors", "RequestRate", "goatcounter_snippet"]
