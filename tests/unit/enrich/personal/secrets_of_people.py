"""What must not stay readable: how people and programs of many countries write it, as patterns.

Written before the masker and from other sources than its rules: how sites, mails, invoices and signatures look.
"""

from collections.abc import Mapping, Sequence

WORDS: Mapping[str, Sequence[str]] = {
    "given": (
        *("alice", "robert", "marie", "jean-luc", "hans", "giulia", "piotr", "kateryna", "wei", "fatima", "anders"),
        *("joão", "jürgen", "zoë", "søren", "Chloe", "OLIVER", "Priya", "yuki", "mehmet", "niamh", "x", "bo"),
    ),
    "family": (
        *("martin", "o'brien", "van.der.berg", "müller", "garcía", "rossi", "kowalski", "nguyen", "tanaka", "singh"),
        *("Smith", "MEYER", "ivanova", "lindqvist", "de-la-cruz", "ó-súilleabháin", "yılmaz", "papadopoulos"),
    ),
    "local": (
        *("{given}", "{given}.{family}", "{given}_{family}", "{given}{d2}", "{given}.{family}{19..20}{d2}"),
        *("{l1}.{family}", "{family}", "{given}+{l5}", "{given}-{family}", "{l8}", "{d8}", "{given}+shop.{l4}"),
        *("_{given}", "{given}&{family}", "{family}!{l3}", "{given}~{d2}"),
    ),
    "provider": (
        *(
            "gmail.com",
            "web.de",
            "gmx.net",
            "yahoo.co.uk",
            "outlook.com",
            "orange.fr",
            "163.com",
            "mail.ru",
            "libero.it",
        ),
        *("proton.me", "icloud.com", "t-online.de", "hotmail.com.br", "seznam.cz", "naver.com", "abv.bg", "126.com"),
    ),
    "domain": (
        *("{provider}", "{provider}", "{provider}", "{l6}.com", "{l5}-{l4}.de", "mail.{l5}.ac.uk", "{l7}.museum"),
        *("cs.{l6}.edu", "{l4}{d2}.io", "bücher.example", "xn--bcher-kva.example", "почта.рф", "{l5}.xn--p1ai"),
        *("例え.jp", "{L6}.COM", "{l3}.photography", "e.{l4}.gov.au", "{l5}.co", "{l4}.zip"),
    ),
    "at": ("@",) * 12 + ("(at)", " (at) ", "[at]", " [at] ", "&#64;", "\\u0040", "＠"),
    "jwt part": ("{u40}", "{u64}", "{u120}"),
    "de area": ("30", "40", "89", "221", "511", "6221", "3641", "711"),
    "de mobile": ("151", "160", "170", "171", "175", "176", "1511"),
    "us number": ("{m1}{d2}-{m1}{d2}-{d4}",),
}

EMAILS = (("{local}{at}{domain}", 1),)

PHONES = (
    # international
    *(("+49 {de mobile} {n1}{d6}", 3), ("+49{de mobile}{n1}{d6}", 3), ("+49 ({de area}) {n1}{d5}", 1)),
    *(
        ("+49 (0){de area} {n1}{d6}", 2),
        ("+49-{de area}-{n1}{d6}", 2),
        ("+1 {us number}", 2),
        ("+1{m1}{d2}{m1}{d6}", 3),
    ),
    *(("+1 ({m1}{d2}) {m1}{d2}-{d4}", 2), ("+1.{m1}{d2}.{m1}{d2}.{d4}", 1), ("+44 20 {d4} {d4}", 2)),
    *(("+44 (0)20 {d4} {d4}", 1), ("+447{d9}", 2), ("+44 7{d3} {d6}", 2), ("+33 6 {d2} {d2} {d2} {d2}", 2)),
    *(("+336{d8}", 2), ("+33 (0)1 {d2} {d2} {d2} {d2}", 1), ("+39 3{d2} {d7}", 1), ("+34 6{d2} {d3} {d3}", 1)),
    *(("+372 5{d3} {d4}", 1), ("+3725{d6}", 1), ("+48 {n1}{d2} {d3} {d3}", 1), ("+7 (9{d2}) {d3}-{d2}-{d2}", 2)),
    *(
        ("+380{n1}{d8}", 1),
        ("+91 9{d4} {d5}", 2),
        ("+91-9{d9}", 1),
        ("+86 13{d1} {d4} {d4}", 1),
        ("+81-90-{d4}-{d4}", 1),
    ),
    *(
        ("+55 11 9{d4}-{d4}", 1),
        ("+61 4{d2} {d3} {d3}", 1),
        ("+45 {n1}{d1} {d2} {d2} {d2}", 1),
        ("+47 9{d2} {d2} {d3}", 1),
    ),
    *(("+358 40 {d7}", 1), ("+353 87 {d3} {d4}", 1), ("+90 5{d2} {d3} {d2} {d2}", 1), ("+971 50 {d3} {d4}", 1)),
    *(("+27 82 {d3} {d4}", 1), ("+65 9{d3} {d4}", 1), ("+49.{de mobile}{n1}{d6}", 1), ("+43 664 / {d7}", 1)),
    *(("0049 {de mobile} {n1}{d6}", 2), ("0049{de mobile}{n1}{d6}", 1), ("0033 6 {d2} {d2} {d2} {d2}", 1)),
    *(("011 44 20 {d4} {d4}", 1), ("00 41 79 {d3} {d2} {d2}", 1), ("+49\u00a0{de mobile}\u00a0{n1}{d6}", 1)),
    *(("+49 {de mobile}/{n1}{d6}", 1), ("+1\u2011{m1}{d2}\u2011{m1}{d2}\u2011{d4}", 1)),
    # national
    *(("({m1}{d2}) {m1}{d2}-{d4}", 4), ("{us number}", 4), ("{m1}{d2}.{m1}{d2}.{d4}", 2), ("1-{us number}", 1)),
    *(("({m1}{d2}){m1}{d2}-{d4}", 1), ("{m1}{d2} {m1}{d2} {d4}", 1), ("{m1}{d2}-{m1}{d2}-{d4} x{d3}", 1)),
    *(
        ("0{de mobile} {n1}{d6}", 3),
        ("0{de mobile}-{n1}{d6}", 2),
        ("0{de mobile}/{n1}{d6}", 2),
        ("0{de area} {n1}{d6}", 2),
    ),
    *(
        ("0{de area}/{n1}{d6}", 1),
        ("(0{de area}) {n1}{d6}", 1),
        ("0{de area} {n1}{d3}-{d3}", 1),
        ("0{de mobile}{n1}{d6}", 2),
    ),
    *(
        ("020 7{d3} {d4}", 2),
        ("07{n1}{d2} {d6}", 2),
        ("07{n1}{d2} {d3} {d3}", 1),
        ("0161 {d3} {d4}", 1),
        ("07{n1}{d8}", 2),
    ),
    *(("06 {d2} {d2} {d2} {d2}", 3), ("06.{d2}.{d2}.{d2}.{d2}", 2), ("01-{d2}-{d2}-{d2}-{d2}", 1), ("06{d8}", 2)),
    *(("06-{n1}{d7}", 1), ("020-{n1}{d6}", 1), ("06 {n1}{d7}", 1), ("070-{d3} {d2} {d2}", 1), ("08-{d3} {d3} {d2}", 1)),
    *(
        ("079 {d3} {d2} {d2}", 1),
        ("0664 {n1}{d6}", 1),
        ("040 {n1}{d6}", 1),
        ("(11) 9{d4}-{d4}", 1),
        ("03-{n1}{d3}-{d4}", 1),
    ),
    *(
        ("090-{n1}{d3}-{d4}", 1),
        ("010-{n1}{d3}-{d4}", 1),
        ("138-{d4}-{d4}", 1),
        ("0412 {d3} {d3}", 1),
        ("(02) 9{d3} {d4}", 1),
    ),
    *(("8 (9{d2}) {d3}-{d2}-{d2}", 1), ("8-9{d2}-{d3}-{d2}-{d2}", 1), ("0532 {d3} {d2} {d2}", 1), ("9{d4} {d5}", 1)),
    *(("612 {d2} {d2} {d2}", 1), ("91 {d3} {d2} {d2}", 1), ("333 {d3} {d4}", 1), ("082 {d3} {d4}", 1)),
    # said to be one
    *(
        ("tel:{m1}{d9}", 2),
        ("tel:{d8}", 1),
        ("phone={m1}{d9}", 2),
        ("Phone: {d3} {d2} {d3}", 1),
        ("wa.me/49{de mobile}{d7}", 1),
    ),
    *(("sms:{d3}-{d4}", 1), ("mobile={d9}", 1), ("telefon: {d2} {d2} {d2} {d2}", 1), ("callto:{d11}", 1)),
)

CARDS = (
    *(
        ("{card visa}", 3),
        ("{card visa 13}", 1),
        ("{card visa 19}", 1),
        ("{card mastercard}", 3),
        ("{card mastercard 2}", 1),
    ),
    *(("{card amex}", 2), ("{card discover}", 1), ("{card diners}", 1), ("{card jcb}", 1), ("{card unionpay}", 1)),
    ("{card maestro}", 1),
)
CARD_SEPARATORS = ("", "", " ", " ", "-", "-", ".", "\u00a0")

IBANS = (("{iban}", 1),)

TOKENS = (
    *(("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.{jwt part}.{u43}", 3), ("eyJ{u30}.eyJ{u60}.{u86}", 2), ("{h32}", 2)),
    *(("{h40}", 2), ("{h64}", 2), ("{H40}", 1), ("{u43}", 3), ("{u64}", 2), ("{b32}", 2), ("{b48}", 1), ("{a40}", 2)),
    *(
        ("{s43}=", 2),
        ("{b24}", 2),
        ("{b22}", 2),
        ("{b20}", 1),
        ("sk_live_{b24}", 2),
        ("pk_test_{b24}", 1),
        ("ghp_{b36}", 2),
    ),
    *(
        ("github_pat_{b22}_{b59}", 1),
        ("glpat-{u20}", 1),
        ("AKIA{A16}", 1),
        ("AIza{u35}", 1),
        ("xoxb-{d12}-{d12}-{b24}", 1),
    ),
    *(
        ("SG.{u22}.{u43}", 1),
        ("npm_{b36}", 1),
        ("hf_{b34}", 1),
        ("ya29.{u60}", 1),
        ("dop_v1_{h64}", 1),
        ("shpat_{h32}", 1),
    ),
    *(("whsec_{b32}", 1), ("sk-proj-{b48}", 1), ("sk-ant-api03-{u93}", 1), ("rk_live_{b24}", 1)),
    *(("PHPSESSID={a26}", 1), ("jsessionid={H32}", 1), ("token={a12}", 1), ("access_token={u18}", 1), ("sid={a24}", 1)),
    *(("api_key={a16}", 1), ("session={h24}", 1), ("sig={u20}", 1), ("reset_token={b10}", 1), ("auth={a20}", 1)),
    *(
        ("password={l6}{d3}", 1),
        ("pwd={l5}{d2}", 1),
        ("client_secret={u24}", 1),
        ("Bearer {u24}", 1),
        ("code={u22}", 1),
    ),
)

LOGINS = (
    *(("https://{given}:{b10}@{l6}.example/", 2), ("ftp://{given}:{l6}{d2}@ftp.{l5}.example/pub", 1)),
    *(("http://admin:{l7}@10.0.0.{1..9}/", 1), ("postgres://{l5}:{b16}@db.internal:5432/app", 1)),
    ("https://{h32}@o{d6}.ingest.example/{d7}", 1),
)

KINDS: Mapping[str, Sequence[tuple[str, int]]] = {
    "email": EMAILS,
    "phone": PHONES,
    "card": CARDS,
    "iban": IBANS,
    "token": TOKENS,
    "login": LOGINS,
}
SHARES = {"email": 1600, "phone": 1500, "card": 600, "iban": 200, "token": 1000, "login": 100}
