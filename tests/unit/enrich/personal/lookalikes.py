"""What must stay as it is although it holds an `@`, many digits or random letters: the web's ordinary texts."""

from collections.abc import Mapping, Sequence

WORDS: Mapping[str, Sequence[str]] = {
    "topic": (
        *("how-to-count-visitors", "best-laptops", "election-results", "summer-sale", "release-notes", "annual-report"),
        *("kubernetes-networking", "sourdough", "tax-brackets", "champions-league", "gdpr-checklist", "python-tips"),
    ),
    "Topic": (
        *(
            "Best phones of",
            "World Cup",
            "Report for",
            "What changed in",
            "Tarifrunde",
            "Olympics",
            "Budget",
            "Formula 1",
        ),
        *("The 100 best films since", "Bilan", "Elecciones", "Top 10 laptops of"),
    ),
    "year": ("19{50..99}", "20{00..29}", "20{20..26}"),
    "month": ("{01..12}",),
    "day": ("{01..28}",),
    "hour": ("{00..23}",),
    "minute": ("{00..59}",),
    "german": (
        *(
            "Donaudampfschifffahrtsgesellschaftskapitän",
            "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
        ),
        *("kraftfahrzeughaftpflichtversicherung", "Grundstücksverkehrsgenehmigungszuständigkeit"),
        *("Nahrungsmittelunverträglichkeit", "arbeiterunfallversicherungsgesetz", "Aufmerksamkeitsdefizitstörung"),
    ),
    "chemical": (
        *("2,4-dichlorophenoxyacetic-acid", "1-chloro-2,2-bis(4-chlorophenyl)ethane", "N,N-dimethyltryptamine"),
        *("3,4-methylenedioxymethamphetamine", "C8H10N4O2", "(2S,3R)-2-amino-3-hydroxybutanoic-acid", "7732-18-5"),
        *(
            "C17H21NO4",
            "InChI=1S/C8H10N4O2/c1-10-4-9-6-5(10)7(13)12(3)8(14)11(6)2/h4H,1-3H3",
            "50-78-2",
            "1,1,1-trichloroethane",
        ),
    ),
    "handle": ("@{l8}", "@{l4}_{l3}", "@{l5}{d2}", "@{l1}{d3}"),
    "package": (
        *(
            "react@18.{d1}.0",
            "lodash@4.17.{d2}",
            "@babel/core@7.{d2}.{d1}",
            "vue@3",
            "bootstrap@5.{d1}.2/dist/css/bootstrap.min.css",
        ),
        *(
            "jquery@3.{d1}.1/dist/jquery.slim.min.js",
            "three@0.{d3}.0/build/three.module.js",
            "actions/checkout@v4",
            "htmx.org@2.0.{d1}",
        ),
    ),
    "file": (
        *("IMG_20{20..25}{month}{day}_{hour}{minute}{d2}.jpg", "DSC0{d4}.NEF", "logo@2x.png", "icon-{d3}@3x.webp"),
        *(
            "Screenshot 20{20..25}-{month}-{day} at {hour}.{minute}.{d2}.png",
            "report_{year}_Q{1..4}_v{d1}.pdf",
            "app.{h8}.js",
        ),
        *(
            "main-{b8}.css",
            "VID-20{20..25}{month}{day}-WA00{d2}.mp4",
            "backup-20{20..25}{month}{day}{hour}{minute}.tar.gz",
        ),
        *("scan{d4}-{d3}.tiff", "Rechnung_{year}-{d5}.pdf", "chunk.{h16}.mjs", "hero@1.5x.avif"),
    ),
    "product": (
        *(
            "iPhone 15 Pro Max 256GB",
            "Galaxy S24 Ultra",
            "RTX 4090 24GB GDDR6X",
            "WH-1000XM5",
            "ThinkPad X1 Carbon Gen 12",
        ),
        *("LEGO 75192 Millennium Falcon 7541 Teile", "Bosch 0 601 9G0 100", "Boeing 737-800", "Airbus A320-251N"),
        *(
            "iPhone15ProMax-vs-GalaxyS24Ultra",
            "Canon-EOS-R5-Mark-II-45MP-8K",
            "PlayStation5-Slim-1TB",
            "Nikon Z 24-120mm f/4 S",
        ),
        *(
            "Samsung 990 PRO 2TB MZ-V9P2T0BW",
            "Shimano CS-R8100-12 11-34",
            "Philips Hue 8718699673147",
            "Makita DDF484Z 18V",
        ),
    ),
    "camel": (
        *(
            "ListOfUnitedStatesCitiesByPopulation",
            "HowToUsePython3WithDjango5",
            "XMLHttpRequestUpload",
            "WebAssemblyModule",
        ),
        *(
            "AbstractSingletonProxyFactoryBean",
            "GettingStartedWithReactNative",
            "Windows11ProForWorkstations",
            "JavaScriptES2024",
        ),
        *("MacBookAir13InchM3Review", "getElementsByClassName", "UsingHtml5AndCss3In2024", "IPv6AndIPv4DualStack"),
    ),
}

KINDS: Mapping[str, Sequence[tuple[str, int]]] = {
    "slug": (
        *(
            ("{topic}-in-{year}", 4),
            ("{topic}-{d2}-ways", 2),
            ("{year}/{month}/{topic}", 3),
            ("{topic}-part-{d1}-of-{d1}", 1),
        ),
        *(
            ("{topic}_{topic}_{year}", 1),
            ("p/{l12}", 1),
            ("{topic}-{d6}", 2),
            ("{topic}-id{d8}.html", 1),
            ("a{d8}-{topic}", 1),
        ),
    ),
    "title": (
        *(("{Topic} {year}", 3), ("{Topic} {year}/{d2}: 1.000.000 reasons", 1), ("{Topic} {year} ({d3} photos)", 2)),
        *(("{Topic} {year}-{year}", 1), ("Chapter {d1}, pages {d3}-{d3}", 1), ("{Topic} {year} | 24/7 live", 1)),
    ),
    "date": (
        *(
            ("{year}-{month}-{day}", 3),
            ("{day}.{month}.{year}", 3),
            ("{month}/{day}/{year}", 2),
            ("{day}-{month}-{year}", 2),
        ),
        *(
            ("{year}{month}{day}", 2),
            ("{day}.{month}.{year} - {day}.{month}.{year}", 1),
            ("{year}/{month}/{day}/{d6}", 1),
        ),
        *(
            ("{month}-{year} {month}-{year}", 1),
            ("{day} {month} {year}", 1),
            ("{day}.{month}.-{day}.{month}.{year}", 1),
        ),
    ),
    "time": (
        *(("{year}-{month}-{day}T{hour}:{minute}:{d2}Z", 2), ("{year}-{month}-{day} {hour}:{minute}:00+02:00", 1)),
        *(
            ("{hour}:{minute}-{hour}:{minute}", 1),
            ("{day}.{month}.{year} {hour}:{minute}", 1),
            ("{year}{month}{day}{hour}{minute}{d2}", 1),
        ),
        *(("17{d8}", 2), ("17{d11}", 2), ("{day}-{month}-{year}-{hour}-{minute}-{d2}", 1), ("{year}-W{01..52}", 1)),
    ),
    "price": (
        *(
            ("€ {n1}{d2}.{d3},{d2}", 1),
            ("${n1},{d3},{d3}.00", 1),
            ("{n1}.{d3}.{d3},- EUR", 1),
            ("{n1}{d1} {d3} {d3} Kč", 1),
        ),
        *(
            ("{n1}{d2} {d3} {d3} kr", 1),
            ("CHF {n1}'{d3}'{d3}.50", 1),
            ("USD {n1}{d8}", 1),
            ("0.{d8} BTC", 1),
            ("+{n1},{d3},{d3}", 1),
        ),
    ),
    "plain id": (
        *(
            ("{n1}{d6}", 2),
            ("{n1}{d7}", 2),
            ("{n1}{d8}", 2),
            ("{n1}{d9}", 2),
            ("{n1}{d10}", 1),
            ("1{d14}", 1),
            ("1{d17}", 1),
        ),
        *(("1{d18}", 1), ("0000{d6}", 1), ("00{d6}", 1), ("{n1}{d15}", 1), ("{n1}{d5}/{n1}{d6}", 1), ("{n1}{d11}", 1)),
    ),
    "order": (
        *(
            ("ORD-{d8}", 2),
            ("{d3}-{d7}-{d7}", 2),
            ("#1{d5}", 1),
            ("R{d9}", 1),
            ("INV-{year}-{d6}", 2),
            ("RE{year}{d6}", 1),
        ),
        *(
            ("{year}-{d4}-{d4}", 1),
            ("B{d2}-{d6}-{d2}", 1),
            ("PO {d4} {d4}", 1),
            ("SO{d5}/{year}", 1),
            ("1Z{A6}{d10}", 1),
        ),
    ),
    "sku": (
        *(
            ("{L3}-{d5}-{L2}", 2),
            ("{L2}{d4}{L1}{d2}", 2),
            ("{d5}-{d3}", 1),
            ("{d3}.{d3}.{d2}", 1),
            ("{A8}", 1),
            ("{A10}", 1),
        ),
        *(("ART.-NR. {d6}-{d2}", 1), ("MPN {d4}{L2}{d3}-{A3}", 1), ("{ean}", 2), ("B0{A8}", 1)),
    ),
    "isbn": (
        *(
            ("978-{d1}-{d3}-{d5}-{d1}", 2),
            ("978{d10}", 2),
            ("{isbn10}", 1),
            ("ISBN 978-{d1}-{d2}-{d6}-{d1}", 1),
            ("{d1}-{d3}-{d5}-{d1}", 1),
        ),
        *(
            ("ISSN {d4}-{d4}", 1),
            ("10.{d4}/{l6}.{year}.{d5}", 1),
            ("10.{d4}/s{d5}-0{d2}-{d5}-{d1}", 1),
            ("arXiv:24{01..12}.{d5}v2", 1),
        ),
    ),
    "version": (
        *(
            ("v{d1}.{d2}.{d1}", 2),
            ("{d1}.{d2}.{d1}-beta.{d2}", 1),
            ("{d2}.0.{d4}.{d3}", 2),
            ("10.0.{d5}.{d4}", 1),
            ("{year}.{month}.{d1}", 1),
        ),
        *(("{d1}.{d1}.{d1}+build.{d8}", 1), ("Firefox/1{d2}.0", 1), ("ubuntu-24.04.1-live-server-amd64", 1)),
    ),
    "code": (
        *(
            ("#{h6}", 2),
            ("{h7}", 2),
            ("{h8}", 1),
            ("{h12}", 1),
            ("0x{h8}", 1),
            ("CVE-{year}-{d5}", 1),
            ("RFC {d4}", 1),
            ("Q{d8}", 1),
        ),
        *(
            ("{u11}", 2),
            ("{h24}", 1),
            ("01J{c23}", 1),
            ("{a10}", 1),
            ("US{d8}B2", 1),
            ("PMID{d8}", 1),
            ("GHSA-{a4}-{a4}-{a4}", 1),
        ),
    ),
    "uuid": (
        ("{h8}-{h4}-4{h3}-a{h3}-{h12}", 3),
        ("{d8}-{d4}-4{d3}-8{d3}-{d12}", 1),
        ("{{H8}-{H4}-4{H3}-B{H3}-{H12}}", 1),
    ),
    "place": (
        *(
            ("{d2}.{d4},{d2}.{d4}", 2),
            ("@{d2}.{d7},{d1}.{d7},17z", 2),
            ("-{d2}.{d6}/{d3}.{d6}", 1),
            ("+{d2}.{d4}-0{d2}.{d4}/", 1),
        ),
        *(
            ("{d2}°{d2}'{d2}\"N 0{d2}°{d2}'{d2}\"E", 1),
            ("{d5}-{d4}", 1),
            ("D-{d5} Berlin", 1),
            ("{d5}-{d3}", 1),
            ("map/{n1}{d1}/{n1}{d4}/{n1}{d4}.png", 1),
        ),
    ),
    "address of a machine": (
        *(
            ("192.168.{d3}.{d2}", 2),
            ("10.{d2}.{d2}.{d3}:8080", 1),
            ("{d2}:{h2}:{h2}:{h2}:{h2}:{h2}", 1),
            ("2001:db8::{h4}:{h4}", 1),
        ),
        *(("172.16.254.1{d2}", 1), ("203.000.113.0{d2}", 1)),
    ),
    "file": (("{file}", 1),),
    "handle": (
        ("{handle}", 3),
        ("5@home", 1),
        ("meet {handle} and {handle}", 1),
        ("{handle}/posts/{n1}{d9}", 1),
        ("user@localhost", 1),
    ),
    "package": (("{package}", 1),),
    "product": (("{product}", 1),),
    "long word": (("{german}", 2), ("{chemical}", 2), ("{camel}", 2)),
    "count": (
        *(
            ("1-20 of {n1}{d3}", 1),
            ("{d3}x{d3}", 1),
            ("1920x1080@60Hz", 1),
            ("{n1}.{d3}.{d3} views", 1),
            ("{d2}/{d2}/{d2}", 1),
        ),
        *(
            ("{d1}:{d1} ({d1}:{d1})", 1),
            ("{n1}{d2} {d3} {d3} hits", 1),
            ("100-200-300", 1),
            ("π=3.14159265358979", 1),
            ("-{d1}.{d9}", 1),
        ),
        *(
            ("1234567890", 1),
            ("Lotto {1..9} 12 23 34 45 49", 1),
            ("{d2}-{d2}-{d2}", 1),
            ("+{d2} %", 1),
            ("{n1}e+{d2}", 1),
            ("1e-{d7}", 1),
        ),
    ),
}
