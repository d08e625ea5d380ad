"""What happens on a site right now: windows kept in memory while somebody watches, fed by what intake made durable.

Who may watch, and over which protocol, is the edge's business.
"""

from footfall.realtime.conversions import Conversions
from footfall.realtime.hub import Hub
from footfall.realtime.mailbox import Mailbox
from footfall.realtime.names import FriendlyNames
from footfall.realtime.window import Snapshot, Window

__all__ = ["Conversions", "FriendlyNames", "Hub", "Mailbox", "Snapshot", "Window"]
