"""The instrument: the published file, and what is refused in another."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from dimios_dash import instruments
from dimios_dash.domain.instrument import parse
from dimios_dash.domain.texts import Texts
from dimios_dash.ids import StatementKey
from dimios_dash.language import Language

Document = dict[str, Any]


@pytest.fixture
def document() -> Document:
    """The published file as JSON gives it, free to be spoilt."""
    content: Document = json.loads(instruments.document("2026.1"))
    return content


def item(document: Document, dimension: int, category: int, place: int) -> Document:
    entry: Document = document["dimensions"][dimension]["categories"][category]["items"][place]
    return entry


def test_the_published_instrument_has_two_dimensions_of_three_categories_of_five_statements() -> None:
    instrument = instruments.load("2026.1")

    assert [dimension.key for dimension in instrument.dimensions] == ["F", "A"]
    assert [category.key for category in instrument.categories] == ["F1", "F2", "F3", "A1", "A2", "A3"]
    assert [len(category.statements) for category in instrument.categories] == [5] * 6


def test_statement_keys_keep_the_order_of_the_file() -> None:
    keys = instruments.load().statement_keys

    assert len(set(keys)) == 30
    assert (keys[0], keys[5], keys[29]) == ("F1.1", "F2.1", "A3.5")
    assert keys == tuple(statement.key for statement in instruments.load().statements)


def test_every_point_of_the_scale_has_a_label_and_dont_know_stands_beside_it() -> None:
    scale = instruments.load().scale

    assert (scale.lowest, scale.highest, len(scale.labels)) == (1, 6, 6)
    assert scale.labels[0] == Texts(
        "1 Stämmer inte alls",
        "1 Does not fit at all",
        "1 Stemmer ikke i det hele tatt",
        "1 Ei pidä lainkaan paikkaansa",
    )
    assert scale.dont_know == Texts("Vet ej", "Don't know", "Vet ikke", "En osaa sanoa")


def test_a_statement_knows_its_words_and_its_category() -> None:
    instrument = instruments.load()

    statement = instrument.statement(StatementKey("F1.2"))

    assert statement.capability == Texts("Prioritering", "Prioritisation", "Prioritering", "Priorisointi")
    assert statement.text.sv == "Vi väljer digitala satsningar efter kriterier som är kända hos oss."
    assert statement.help.sv == "Tänk på hur förslag samlas in, jämförs och beslutas."
    assert instrument.category_of(statement.key).name.sv == "Effektivitet"


def test_help_that_is_not_written_is_empty_in_every_language() -> None:
    assert instruments.load().statement(StatementKey("F1.5")).help == Texts("", "")


@pytest.mark.parametrize("version", instruments.VERSIONS)
def test_every_text_of_a_published_instrument_is_written_in_every_language(version: str) -> None:
    written = instruments.load(version)
    texts = [text for statement in written.statements for text in (statement.capability, statement.text)]
    texts += [dimension.name for dimension in written.dimensions]
    texts += [category.name for category in written.categories]
    texts += [*written.scale.labels, written.scale.dont_know]
    texts += [statement.help for statement in written.statements if statement.help.sv]

    assert [text.sv for text in texts if not all((text.sv, text.en, text.nb, text.fi))] == []


def test_no_statement_was_left_in_another_language() -> None:
    for statement in instruments.load().statements:
        said = {statement.text[language] for language in Language}
        assert len(said) == len(Language)


def test_an_instrument_from_before_it_was_translated_speaks_swedish_in_the_others(document: Document) -> None:
    parts = [part for dimension in document["dimensions"] for part in (dimension, *dimension["categories"])]
    entries = [entry for part in parts for entry in part.get("items", [])]
    for written in [document["scale"], *parts, *entries]:
        for name in [name for name in written if name.endswith(("nb", "fi"))]:
            del written[name]

    old = parse(document)

    assert old.statements[0].text[Language.FINNISH] == old.statements[0].text.sv
    assert old.scale.labels[0][Language.NORWEGIAN] == "1 Stämmer inte alls"
    assert old.statements[0].help[Language.NORWEGIAN] == old.statements[0].help.sv


def test_an_unknown_statement_has_neither_words_nor_category() -> None:
    instrument = instruments.load()

    with pytest.raises(KeyError, match="F9"):
        instrument.statement(StatementKey("F9.1"))
    with pytest.raises(KeyError, match="F9"):
        instrument.category_of(StatementKey("F9.1"))


def test_a_text_is_found_by_its_language() -> None:
    text = Texts("Förmåga", "Capability", "Evne", "Kyvykkyys")

    assert [text[language] for language in Language] == ["Förmåga", "Capability", "Evne", "Kyvykkyys"]


def test_an_unknown_version_is_refused() -> None:
    with pytest.raises(KeyError, match=r"2019\.1"):
        instruments.load("2019.1")


def test_every_version_can_be_loaded_and_says_its_own_name() -> None:
    assert [instruments.load(version).version for version in instruments.VERSIONS] == ["2026.1"]


def test_a_file_that_claims_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    renamed = instruments.document().replace(b'"version": "2026.1"', b'"version": "2031.4"')
    monkeypatch.setattr(instruments, "document", lambda _version: renamed)

    with pytest.raises(ValueError, match=r"2031\.4"):
        instruments.load.__wrapped__("2026.1")


SPOILT: dict[str, tuple[Callable[[Document], object], str]] = {
    "no version": (lambda document: document.pop("version"), r"instrument\.version"),
    "no scale": (lambda document: document.pop("scale"), r"instrument\.scale must be an object"),
    "other scale": (lambda document: document["scale"].update(max=5), "must be 1 and 6"),
    "no Vet ej": (lambda document: document["scale"].update(dont_know=False), "dont_know"),
    "a label too few": (lambda document: document["scale"]["labels_en"].pop(), r"labels_en must be a list of 7"),
    "an empty label": (
        lambda document: document["scale"]["labels_sv"].__setitem__(2, " "),
        r"labels_sv\[2\] must be a text",
    ),
    "one dimension": (lambda document: document["dimensions"].pop(), "dimensions must be a list of 2"),
    "two categories": (
        lambda document: document["dimensions"][1]["categories"].pop(),
        r"dimensions\[1\]\.categories must be a list of 3",
    ),
    "four statements": (
        lambda document: document["dimensions"][0]["categories"][2]["items"].pop(),
        r"categories\[2\]\.items must be a list of 5",
    ),
    "a statement that is a text": (
        lambda document: document["dimensions"][0]["categories"][2]["items"].__setitem__(4, "F3.5"),
        r"items\[4\] must be an object",
    ),
    "no English": (lambda document: item(document, 1, 0, 3).pop("en"), r"categories\[0\]\.items\[3\]\.en"),
    "empty Swedish": (lambda document: item(document, 0, 1, 0).update(sv="  "), r"items\[0\]\.sv"),
    "no capability": (lambda document: item(document, 0, 0, 1).pop("capability_sv"), "capability_sv"),
    "help that is a number": (lambda document: item(document, 0, 0, 0).update(help_sv=5), "help_sv"),
    "a key of another form": (lambda document: item(document, 0, 0, 1).update(id="F1-2"), "'F1-2'"),
    "a key of another category": (lambda document: item(document, 0, 0, 1).update(id="F2.2"), "'F2.2'"),
    "a category of another dimension": (
        lambda document: document["dimensions"][0]["categories"][1].update(id="A2"),
        "'A2' does not fit",
    ),
    "a statement twice": (lambda document: item(document, 0, 0, 1).update(id="F1.1"), r"once: F1\.1$"),
    "a dimension twice": (
        lambda document: document["dimensions"].__setitem__(1, document["dimensions"][0]),
        r"once: F, F1",
    ),
}


@pytest.mark.parametrize(("spoil", "complaint"), SPOILT.values(), ids=SPOILT.keys())
def test_a_document_that_is_not_an_instrument_is_refused_with_the_place(
    document: Document, spoil: Callable[[Document], object], complaint: str
) -> None:
    spoil(document)

    with pytest.raises(ValueError, match=complaint):
        parse(document)


def test_the_unspoilt_document_is_accepted(document: Document) -> None:
    assert parse(document) == instruments.load("2026.1")
