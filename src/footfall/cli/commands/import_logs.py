"""`footfall import logs`: bring in the page views in the log of a web server."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b

import click

from footfall.cli.connection import connect
from footfall.cli.sending import sending
from footfall.importers.logs import (
    FORMATS,
    LogSource,
    Summary,
    find_format,
    import_logs,
    open_log,
    parse_exclusion,
)
from footfall.settings import Settings, load_secrets

_LINES_BETWEEN_UPDATES = 500
_FORMAT_HELP = f"{', '.join(FORMATS)}, or log:TEMPLATE with $-fields."
_TIME_HELP = "strptime pattern, Go layout or a name such as rfc3339 or unix_sec."


@click.command("logs")
@click.argument("file")
@click.option("--site", "domain", required=True, help="Domain of the site.")
@click.option("--format", "form", required=True, metavar="FORMAT", help=_FORMAT_HELP)
@click.option("--date", default="", help=f"Layout of $date: {_TIME_HELP}")
@click.option("--time", default="", help="Layout of $time.")
@click.option("--datetime", default="", help="Layout of $datetime, where it is not the format's own.")
@click.option("--exclude", multiple=True, metavar="[!]FIELD:PATTERN", help="Leave requests out; may be repeated.")
@click.pass_obj
def logs(
    settings: Settings,
    file: str,
    domain: str,
    form: str,
    date: str,
    time: str,
    datetime: str,
    exclude: tuple[str, ...],
) -> None:
    """Bring in the page views of a web server's log FILE, - for standard input. A second run adds nothing."""
    log_format = find_format(form, date=date, time=time, datetime=datetime)
    exclusions = [parse_exclusion(rule) for rule in exclude]
    key = _id_key(settings)
    with (
        open_log(file) as log,
        connect(settings) as connection,
        sending(connection, domain) as send,
        _progress(log) as lines,
    ):
        summary = import_logs(lines, log_format, domain, key=key, send=send, exclusions=exclusions)
    _show(summary)


def _id_key(settings: Settings) -> bytes:
    """The key of event ids: the install's own, so that ids tell nothing elsewhere."""
    return blake2b(b"log import", key=bytes.fromhex(load_secrets(settings.data_dir).visitor_key)).digest()


@contextmanager
def _progress(log: LogSource) -> Iterator[Iterator[str]]:
    """The lines of the log, with a bar of the bytes read where their number is known."""
    if not log.size_bytes:
        yield log.lines()
        return
    with click.progressbar(length=log.size_bytes, label="Reading") as bar:

        def lines() -> Iterator[str]:
            for number, line in enumerate(log.lines()):
                if number % _LINES_BETWEEN_UPDATES == 0:
                    bar.update(log.position_bytes() - bar.pos)
                yield line
            bar.update(log.size_bytes - bar.pos)

        yield lines()


def _show(summary: Summary) -> None:
    delivery = summary.delivery
    rows: list[tuple[str, int]] = [
        ("lines read", summary.read),
        *((f"  skipped: {reason.value}", count) for reason, count in summary.skipped.most_common()),
        ("page views sent", delivery.sent),
        ("  accepted", delivery.accepted),
        ("  already there", delivery.duplicates),
        *((f"  dropped: {reason}", count) for reason, count in delivery.dropped.most_common()),
        *((f"  wrong: {field or 'event'}", count) for field, count in delivery.wrong.most_common()),
    ]
    for label, count in rows:
        click.echo(f"{label:<28}{count:>12,}")
    for line in summary.malformed:
        click.echo(f"line {line.line_number}: {line.detail}", err=True)
