"""Which questions each part of the dashboard asks, and what it makes of the answers. No SQL, no HTML."""
