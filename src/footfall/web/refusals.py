"""What people are told where a question about their figures cannot be answered.

Such errors speak to programs: they begin with the place in a query, and stay in English. Those that people come across
on pages are in the catalogues.
"""

from footfall.errors import InvalidInput
from footfall.texts import Phrase

TOLD = (
    Phrase("Invalid regular expression; write it in RE2 syntax."),
    Phrase("Shared figures are told by one dimension at a time."),
    Phrase("Shared figures can be filtered by what is, one value at a time."),
    Phrase("The owner of this site does not show this to everybody."),
)


def refusal(error: InvalidInput) -> Phrase:
    """The sentence of an error, without the place in the query."""
    return error.phrase if error.phrase.values else Phrase(error.message.rpartition(": ")[2])
