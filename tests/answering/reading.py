"""Reads a page as somebody does who knows one language."""

from __future__ import annotations

import re
from html import unescape

from dimios_dash import instruments
from dimios_dash.language import DEFAULT_LANGUAGE, Language
from dimios_dash.translations import catalogues

OTHERS = [language for language in Language if language is not DEFAULT_LANGUAGE]


def language_of(page: str) -> str:
    return str(re.findall(r'<html lang="(\w+)">', page)[0])


def read(page: str) -> str:
    """What can be read of it; words for other languages left out."""
    own = re.sub(r'<(\w+)[^>]* lang="\w+"[^>]*>[^<]*</\1>', " ", page.partition("<body>")[2])
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", own)).split())


def swedish_in(page: str, language: Language) -> list[str]:
    """Sentences of the source that stand on the page though this language has others."""
    text = read(page) + " ".join(re.findall(r"<title>([^<]*)", page))
    sources = [(each.id, each.string) for area in catalogues(language).values() for each in area if each.id]
    sentences = [source for source, said in sources if isinstance(source, str) and " " in source and source != said]
    statements = [each.text.sv for each in instruments.load().statements]
    helps = [each.help.sv for each in instruments.load().statements if each.help.sv]
    return [sentence for sentence in (*sentences, *statements, *helps) if sentence in text]
