"""The letters Footfall writes, one function each."""

from footfall.mail.letter import Letter
from footfall.texts import Phrase

_FOR_A_DAY = Phrase("The link works once, for a day. If you did not ask for this, do nothing: it ends by itself.")


def invitation(to: str, inviter: str, place: str, role: str, url: str, days: int) -> Letter:
    """Somebody is asked to join a team, or to see a site."""
    return Letter(
        to=to,
        subject=Phrase("{inviter} invites you to {place}", inviter=inviter, place=place),
        paragraphs=(
            Phrase(
                "{inviter} invites you to {place} on Footfall. Your role: {role}.",
                inviter=inviter,
                place=place,
                role=role,
            ),
        ),
        button=Phrase("See the invitation"),
        url=url,
        note=Phrase(
            "The link works once, for {days} days. If you do not know {inviter}, do nothing.",
            days=days,
            inviter=inviter,
        ),
    )


def handover(to: str, giver: str, place: str, _role: str, url: str, days: int) -> Letter:
    """Somebody is given a site."""
    return Letter(
        to=to,
        subject=Phrase("{giver} gives you {place}", giver=giver, place=place),
        paragraphs=(
            Phrase(
                "{giver} gives you {place} on Footfall: you become its owner, with all that was counted so far.",
                giver=giver,
                place=place,
            ),
        ),
        button=Phrase("See the offer"),
        url=url,
        note=Phrase(
            "The link works once, for {days} days. If you do not know {inviter}, do nothing.",
            days=days,
            inviter=giver,
        ),
    )


def new_password(to: str, url: str) -> Letter:
    """Somebody forgot their password."""
    return Letter(
        to=to,
        subject=Phrase("Set a new password"),
        paragraphs=(Phrase("Somebody asked for a new password for your account on Footfall."),),
        button=Phrase("Set a new password"),
        url=url,
        note=Phrase("The link works once, for an hour. If you did not ask for this, do nothing: it ends by itself."),
    )


def registration(to: str, url: str) -> Letter:
    """Somebody wants an account."""
    return Letter(
        to=to,
        subject=Phrase("Make your account"),
        paragraphs=(Phrase("Choose a password, and your account on Footfall is ready."),),
        button=Phrase("Choose a password"),
        url=url,
        note=_FOR_A_DAY,
    )


def known_already(to: str, url: str) -> Letter:
    """Somebody wants an account who has one: told to the mailbox alone, never on the page."""
    return Letter(
        to=to,
        subject=Phrase("You have an account already"),
        paragraphs=(
            Phrase("Somebody asked for an account on Footfall with this address, and there is one. Sign in with it."),
        ),
        button=Phrase("Sign in"),
        url=url,
        note=Phrase("If you forgot the password, the sign-in page helps. If this was not you, do nothing."),
    )


def confirmation(to: str, url: str) -> Letter:
    """An address is to be confirmed, be it a new one or that of before."""
    return Letter(
        to=to,
        subject=Phrase("Confirm your e-mail address"),
        paragraphs=(Phrase("Confirm that {to} is yours; you sign in to Footfall with it from then on.", to=to),),
        button=Phrase("Confirm"),
        url=url,
        note=_FOR_A_DAY,
    )


def address_changed(to: str, new_address: str) -> Letter:
    """The mailbox of before is told, in case it was not its owner who changed it."""
    return Letter(
        to=to,
        subject=Phrase("Your e-mail address was changed"),
        paragraphs=(Phrase("You sign in to Footfall as {address} from now on.", address=new_address),),
        note=Phrase("If this was not you, write to whoever runs this Footfall at once."),
    )


def password_changed(to: str) -> Letter:
    """Told after every change, for the same reason."""
    return Letter(
        to=to,
        subject=Phrase("Your password was changed"),
        paragraphs=(Phrase("Your password on Footfall was changed, and every other browser was signed out."),),
        note=Phrase("If this was not you, set a new one at once: the sign-in page helps."),
    )


def way_in_added(to: str, what: Phrase) -> Letter:
    """Told after every change of how somebody signs in, for the same reason."""
    return Letter(
        to=to,
        subject=Phrase("A way to sign in was added"),
        paragraphs=(Phrase("You can sign in to Footfall with {what} from now on.", what=what),),
        note=Phrase("If this was not you, remove it on the page Your account, and set a new password at once."),
    )


def way_in_removed(to: str, what: Phrase) -> Letter:
    """The same for one that is gone."""
    return Letter(
        to=to,
        subject=Phrase("A way to sign in was removed"),
        paragraphs=(Phrase("You cannot sign in to Footfall with {what} any more.", what=what),),
        note=Phrase(
            "If this was not you, sign in another way, look at the page Your account, and set a new password at once."
        ),
    )


_CHANGES = {
    "on": Phrase("Your account on Footfall asks for a code of your authenticator app from now on."),
    "passkeys": Phrase("Your account on Footfall asks for one of your passkeys after the password from now on."),
    "off": Phrase("Your account on Footfall does not ask for a second factor any more."),
    "renewed": Phrase("New recovery codes were made for your account on Footfall; those of before work no more."),
}


def second_factor_changed(to: str, change: str) -> Letter:
    """Told likewise; ``change`` is on, passkeys, off or renewed."""
    return Letter(
        to=to,
        subject=Phrase("Your second factor was changed"),
        paragraphs=(_CHANGES[change],),
        note=Phrase("If this was not you, set a new password at once: the sign-in page helps."),
    )


def views_used_up(to: str, team: str, percent: int, said: str, url: str) -> Letter:
    """A team has had most of the views of its month, or all; ``said`` tells what happens past them."""
    return Letter(
        to=to,
        subject=Phrase("{team} has used {percent}% of this month's views", team=team, percent=percent),
        paragraphs=(
            Phrase(
                "The team {team} has used {percent}% of the views its plan has for this month (UTC).",
                team=team,
                percent=percent,
            ),
            said,
        ),
        button=Phrase("See what is used"),
        url=url,
        note=Phrase("This is written to the owners of a team once a month at most."),
    )
