"""What pages read from GoatCounter: its public counter."""

from footfall.api.goatcounter.counter import counter_router

__all__ = ["counter_router"]
