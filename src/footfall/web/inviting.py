"""Inviting somebody from a page: the link goes by mail, or is shown to who invites where there is no mail."""

from typing import NamedTuple

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import INVITATION_DAYS, Invitations, Place, User
from footfall.domain.roles import GIVES, MEANINGS, ROLE_NAMES, Role
from footfall.errors import InvalidInput
from footfall.mail import Post, letters
from footfall.web.addresses import public_address
from footfall.web.language import words_for


class Invited(NamedTuple):
    """What became of an invitation; ``url`` is to be passed on by hand where ``was_sent`` is false."""

    email: str
    url: str
    was_sent: bool


class Inviting(NamedTuple):
    """What inviting takes; ``base_url`` is the install's public address, empty: as the request has it."""

    invitations: Invitations
    post: Post
    base_url: str = ""

    async def invite(
        self, request: Request, user: User, giver: Role, place: Place, place_name: str, email: str, role: str
    ) -> Invited:
        """Invite; raises InvalidInput, NotAllowed or Conflict."""
        chosen = checked_role(role)
        token = await run_in_threadpool(self.invitations.invite, place, email, chosen, giver_id=user.id, giver=giver)
        url = f"{self.base_url.rstrip('/') or public_address(request)}/invitations/{token}"
        address = email.strip().lower()
        gives_away = place.site_id is not None and chosen is Role.OWNER
        write = letters.handover if gives_away else letters.invitation
        letter = write(address, user.email, place_name, ROLE_NAMES[chosen], url, INVITATION_DAYS)
        return Invited(address, url, await self.post.try_to_send(letter, words_for(request)))


def role_choices(giver: Role) -> dict[str, str]:
    """The roles somebody may give, and what each means."""
    return {role.value: MEANINGS[role] for role in GIVES[giver]}


def checked_role(role: str) -> Role:
    """Return the role of a form; raises InvalidInput for what is none."""
    if role not in set(Role):
        raise InvalidInput("Choose a role from the list.", field="role")
    return Role(role)
