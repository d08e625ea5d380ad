"""A letter as text and as simple HTML: the same words in both."""

from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined

from footfall.texts import Words


class Letter(msgspec.Struct, frozen=True):
    """What one letter says; ``url`` is where its one button leads."""

    to: str
    subject: str
    paragraphs: tuple[str, ...]
    button: str = ""
    url: str = ""
    note: str = ""

    def in_words(self, words: Words) -> "Letter":
        """The letter in the language of its reader."""
        return msgspec.structs.replace(
            self,
            subject=words.of(self.subject),
            paragraphs=tuple(words.of(paragraph) for paragraph in self.paragraphs),
            button=words.of(self.button),
            note=words.of(self.note),
        )


def compose(letter: Letter, sender: str, tag: str = "en") -> EmailMessage:
    """Make the message, in the language ``tag``.

    Values with a line break or another control character cannot reach a header.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = "".join(sign for sign in letter.subject if sign.isprintable())
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2].strip("> ") or "localhost")
    message["Content-Language"] = tag
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notes in return
    message.set_content(_as_text(letter), cte="quoted-printable")
    html = _templates().get_template("letter.html").render(letter=letter, tag=tag)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    return message


def _as_text(letter: Letter) -> str:
    link = f"{letter.button}:\n{letter.url}" if letter.url else ""
    return "\n\n".join(part for part in (*letter.paragraphs, link, letter.note) if part) + "\n"


def _templates() -> Environment:
    return Environment(loader=PackageLoader("footfall.mail"), autoescape=True, undefined=StrictUndefined)
