"""The page that explains what protects the answers."""

from __future__ import annotations

from flask import Flask


def test_anybody_can_read_how_answers_are_protected(site: Flask) -> None:
    answer = site.test_client().get("/sa-skyddas-svaren")

    assert answer.status_code == 200
    assert "Minst tre svar" in answer.text
    assert "Set-Cookie" not in answer.headers
