"""The letters Footfall writes, one function each."""

from footfall.mail.letter import Letter

_UNASKED = "If you did not ask for this, do nothing: the link ends by itself."


def invitation(to: str, inviter: str, place: str, role: str, url: str, days: int) -> Letter:
    """Somebody is asked to join a team, or to see a site."""
    return Letter(
        to=to,
        subject=f"{inviter} invites you to {place}",
        paragraphs=(f"{inviter} invites you to {place} on Footfall, as {role}.",),
        button="See the invitation",
        url=url,
        note=f"The link works once, for {days} days. If you do not know {inviter}, do nothing.",
    )


def handover(to: str, giver: str, place: str, _role: str, url: str, days: int) -> Letter:
    """Somebody is given a site."""
    return Letter(
        to=to,
        subject=f"{giver} gives you {place}",
        paragraphs=(f"{giver} gives you {place} on Footfall: you become its owner, with all that was counted so far.",),
        button="See the offer",
        url=url,
        note=f"The link works once, for {days} days. If you do not know {giver}, do nothing.",
    )


def new_password(to: str, url: str) -> Letter:
    """Somebody forgot their password."""
    return Letter(
        to=to,
        subject="Set a new password",
        paragraphs=("Somebody asked for a new password for your account on Footfall.",),
        button="Set a new password",
        url=url,
        note=f"The link works once, for an hour. {_UNASKED}",
    )


def registration(to: str, url: str) -> Letter:
    """Somebody wants an account."""
    return Letter(
        to=to,
        subject="Make your account",
        paragraphs=("Choose a password, and your account on Footfall is ready.",),
        button="Choose a password",
        url=url,
        note=f"The link works once, for a day. {_UNASKED}",
    )


def known_already(to: str, url: str) -> Letter:
    """Somebody wants an account who has one: told to the mailbox alone, never on the page."""
    return Letter(
        to=to,
        subject="You have an account already",
        paragraphs=("Somebody asked for an account on Footfall with this address, and there is one. Sign in with it.",),
        button="Sign in",
        url=url,
        note="If you forgot the password, the sign-in page helps. If this was not you, do nothing.",
    )


def confirmation(to: str, url: str) -> Letter:
    """An address is to be confirmed, be it a new one or that of before."""
    return Letter(
        to=to,
        subject="Confirm your e-mail address",
        paragraphs=(f"Confirm that {to} is yours; you sign in to Footfall with it from then on.",),
        button="Confirm",
        url=url,
        note=f"The link works once, for a day. {_UNASKED}",
    )


def address_changed(to: str, new_address: str) -> Letter:
    """The mailbox of before is told, in case it was not its owner who changed it."""
    return Letter(
        to=to,
        subject="Your e-mail address was changed",
        paragraphs=(f"You sign in to Footfall as {new_address} from now on.",),
        note="If this was not you, write to whoever runs this Footfall at once.",
    )


def password_changed(to: str) -> Letter:
    """Told after every change, for the same reason."""
    return Letter(
        to=to,
        subject="Your password was changed",
        paragraphs=("Your password on Footfall was changed, and every other browser was signed out.",),
        note="If this was not you, set a new one at once: the sign-in page helps.",
    )
