"""A small export of Plausible: two days of a site, as the ten files of its ZIP."""

import io
import zipfile

SPAN = "20260301_20260310"
_CAMPAIGN = "utm_source,utm_medium,utm_campaign,utm_content,utm_term"
_NUMBERS = "visitors,visits,visit_duration,bounces,pageviews"
_ENDS = "visit_duration,bounces,pageviews"


def _file(columns: str, *lines: str) -> str:
    return "\n".join([f"date,{columns}", *lines])


FILES = {
    "visitors": _file(
        "visitors,pageviews,bounces,visits,visit_duration", "2026-03-01,10,30,4,12,600", "2026-03-02,20,50,5,20,400"
    ),
    "sources": _file(
        f"source,referrer,{_CAMPAIGN},pageviews,visitors,visits,visit_duration,bounces",
        "2026-03-01,Google,,,,,,,20,6,8,400,2",
        "2026-03-01,,,,,,,,10,4,4,200,2",
        "2026-03-02,Google,,Google,cpc,spring,,,50,20,20,400,5",
    ),
    "pages": _file(
        "hostname,page,visits,visitors,pageviews",
        "2026-03-01,example.com,/,10,9,18",
        "2026-03-01,example.com,/mail/ada@lovelace.example,4,4,12",
        "2026-03-02,example.com,/,20,20,50",
    ),
    "entry_pages": _file(
        f"entry_page,visitors,entrances,{_ENDS}", "2026-03-01,/,10,12,600,4,30", "2026-03-02,/,20,20,400,5,50"
    ),
    "exit_pages": _file(
        f"exit_page,visitors,exits,{_ENDS}", "2026-03-01,/,10,12,600,4,30", "2026-03-02,/,20,20,400,5,50"
    ),
    "custom_events": _file("name,link_url,path,visitors,events", "2026-03-02,Signup,,,3,5"),
    "locations": _file(f"country,region,city,{_NUMBERS}", "2026-03-01,EE,EE-37,588409,10,12,600,4,30"),
    "devices": _file(f"device,{_NUMBERS}", "2026-03-01,Mobile,10,12,600,4,30"),
    "browsers": _file(f"browser,browser_version,{_NUMBERS}", "2026-03-01,Firefox,128.0,10,12,600,4,30"),
    "operating_systems": _file(
        f"operating_system,operating_system_version,{_NUMBERS}", "2026-03-01,Android,14,10,12,600,4,30"
    ),
}


def packed(files: dict[str, str] | None = None) -> bytes:
    """The ZIP of these files, or of all."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (FILES if files is None else files).items():
            archive.writestr(f"imported_{name}_{SPAN}.csv", text + "\n")
    return target.getvalue()
