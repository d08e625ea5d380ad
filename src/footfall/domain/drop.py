"""The closed set of reasons for which an event is refused."""

from enum import StrEnum


class DropReason(StrEnum):
    """Why an event was not stored; the value is what senders, counters and docs read."""

    UNKNOWN_SITE = "unknown_site"
    HOST_NOT_ALLOWED = "host_not_allowed"
    OPTED_OUT = "opted_out"
    BOT = "bot"
    REFERRER_SPAM = "referrer_spam"
    PREFETCH = "prefetch"
    UNSUPPORTED = "unsupported"
    TOO_OLD = "too_old"
    NO_VISIT = "no_visit"
    DUPLICATE = "duplicate"
