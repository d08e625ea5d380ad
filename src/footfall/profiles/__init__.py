"""Visitors with a lasting id: what they agreed to, which id their name stands for, what the site says of them.

Only keyed hashes stand here, never names. Their events are the store's.
"""

from footfall.profiles.consents import LIFETIME_MS, MAX_TEXT_CHARS, Consent, Consents
from footfall.profiles.lasting_ids import MAX_RENEWALS, LastingIds
from footfall.profiles.profiles import Profile, Profiles
from footfall.profiles.traits import MAX_TRAIT_BYTES, MAX_TRAIT_KEY_CHARS, MAX_TRAITS, checked_traits

__all__ = [
    "LIFETIME_MS",
    "MAX_RENEWALS",
    "MAX_TEXT_CHARS",
    "MAX_TRAITS",
    "MAX_TRAIT_BYTES",
    "MAX_TRAIT_KEY_CHARS",
    "Consent",
    "Consents",
    "LastingIds",
    "Profile",
    "Profiles",
    "checked_traits",
]
