"""The closed set of reasons for which an event is refused."""

from enum import StrEnum


class DropReason(StrEnum):
    """Why an event was not stored; the value is what senders, counters and docs read."""

    UNKNOWN_SITE = "unknown_site"
    HOST_NOT_ALLOWED = "host_not_allowed"
    SHIELD_ADDRESS = "shield_address"
    SHIELD_COUNTRY = "shield_country"
    SHIELD_PAGE = "shield_page"
    SHIELD_HOSTNAME = "shield_hostname"
    OPTED_OUT = "opted_out"
    BOT = "bot"
    REFERRER_SPAM = "referrer_spam"
    PREFETCH = "prefetch"
    RATE = "rate"
    QUOTA = "quota"
    UNSUPPORTED = "unsupported"
    TOO_OLD = "too_old"
    NO_VISIT = "no_visit"
    DUPLICATE = "duplicate"
