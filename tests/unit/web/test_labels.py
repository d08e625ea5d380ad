from footfall.web.labels import Label, label


def test_it_names_countries_and_shows_their_flags() -> None:
    assert label("country", "EE") == Label("Estonia", "🇪🇪")
    assert label("country", "GB").text == "United Kingdom"


def test_it_leaves_unknown_codes_as_they_are() -> None:
    assert label("country", "QQ").text == "QQ"
    assert label("country", "<b>") == Label("<b>", "")


def test_it_shows_the_flag_of_a_region() -> None:
    assert label("region", "EE-37") == Label("EE-37", "🇪🇪")


def test_it_says_blank_values_in_words() -> None:
    assert label("source", "Direct / None").text == "Direct"
    assert label("city", "(not set)").text == "Unknown"
