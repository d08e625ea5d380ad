"""Mail to people with an account: what each letter says, and the one way out, an SMTP server the owner names.

Nothing is sent without one; the links that letters carry are then shown to the owner, or printed by a command.
"""

from footfall.mail.letter import Letter
from footfall.mail.post import Post

__all__ = ["Letter", "Post"]
