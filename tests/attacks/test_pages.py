"""Every page, opened with what belongs to somebody else, and by every way around its address."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dimios_dash import web
from dimios_dash.domain.calendar import MeasurementState
from dimios_dash.domain.permissions import Role
from tests.attacks.organisations import SECRET, YEAR, Victim, everything
from tests.attacks.people import Person
from tests.factories import Make
from tests.signing_in import callback

NASTY = ("\0", "-1", "1e9", "9" * 30, "x" * 3000, "' or 1=1 --", "../../x", "[]", "nan", "٣", "\u202e", "<script>")
AROUND = (
    *("/matning/trad/", "//matning/trad", "/matning//trad", "/./matning/trad", "/x/../matning/trad", "/matning/trad;x"),
    *("/favicon.ico/../matning/trad", "/favicon.icoX", "/_favicon.ico/matning/trad", "/assets/", "/assets/../app.py"),
    *("/_dash-component-suites/../app.py", "/_dash-component-suites/dash/../../app.py", "/assets/%2e%2e/app.py"),
    *("/_dash-layout", "/_dash-dependencies", "/_reload-hash", "/_mcp", "/MATNING/TRAD", "/matning/trad\0", "/\\x"),
)


def drawn(person: Person, path: str, query: str) -> tuple[int, str]:
    """The page's layout, asked for as the site's own script does."""
    return person.post(callback(path, query))


def opened(browser: FlaskClient, path: str, method: str = "GET") -> tuple[int, str]:
    """By the letters of the path: a client would tidy them up."""
    answer = browser.open("/", method=method, environ_overrides={"PATH_INFO": path})
    text = answer.text if answer.mimetype != "font/woff2" else ""
    answer.close()
    return answer.status_code, text


@pytest.fixture
def victim(site: Flask, committed: Make) -> Victim:
    """With a measurement under way, and results of last year."""
    found = Victim.begin(site, committed, MeasurementState.OPEN)
    committed.release(found.organisation_id, YEAR - 1, {"E": 50.0, f"E-{SECRET}": 40.0})
    committed.session.commit()
    return found


def forged(victim: Victim) -> dict[str, tuple[object, ...]]:
    """What an intruder says to every parameter of every page."""
    files = (victim.tree_file, victim.people_file, victim.staff_file)
    return {
        "ar": (YEAR, YEAR - 1),
        "enhet": ("E", f"E-{SECRET}"),
        "fil": files,
        "andel": (50,),
        "minst": (1,),
        "svar": (80,),
        "sprak": ("fi",),
        "antal": (f"E-{SECRET}%3D1",),
        "sida": (2,),
        "typ": (2,),
        "status": ("svarat",),
        "skala": ("nara",),
        "niva": ("F1", "alla", "formagor"),
        "trad": ("da",),
        "matt": ("F1",),
        "andrat": ("F1",),
        "id": (victim.respondent, victim.texts[0]),
        "sok": ("text", "Enhet"),
        "etikett": ("it",),
        "visa": ("dold", "helheten", "ifjol", "andra"),
        "fran": (YEAR - 1,),
        "till": (YEAR, "nu"),
        "ordning": ("hogst",),
        "kategori": ("F1",),
        "mot": ("formagor",),
        "dimension": ("F",),
        "sortera": ("-index",),
        "jamfor": (f"E-{SECRET}", f"X,E,E-{SECRET}"),
        "urval": ("landet", "storlek", "size:kommun:1", f"sector:{SECRET}"),
        **dict.fromkeys(("vikt_storlek", "vikt_sektor", "vikt_lan"), ("mycket", f"{SECRET}")),
    }


def test_nothing_of_another_organisation_comes_with_a_forged_parameter(
    site: Flask, committed: Make, victim: Victim
) -> None:
    own = committed.organisation()
    committed.units(own, {"X": None})
    committed.measurement(own, MeasurementState.OPEN, YEAR)
    committed.release(own, YEAR - 1, {"X": 50.0})
    intruder = Person.arrive(site, committed, own, Role.KEY_USER)
    said = forged(victim)
    before = everything(committed.session)

    for found in web.PAGES.values():
        for name in found.parameters.model_fields:  # KeyError: a new parameter must be attacked too
            for value in said[name]:
                query = f"?{name}={value}"
                status, told = drawn(intruder, found.path, query)
                page = intruder.browser.get(found.path + query)

                assert status < 500
                assert page.status_code < 500
                assert SECRET not in told
                assert SECRET not in page.text.replace(query, "")  # Dash says the address again
                assert status == 404 or name != "enhet"

    assert everything(committed.session) == before


def test_the_same_addresses_show_their_owner_what_the_intruder_was_not_shown(victim: Victim) -> None:
    shown = [
        drawn(victim.key_user, path, query)
        for path, query in (
            ("/matning/folj", f"?ar={YEAR}&enhet=E-{SECRET}"),
            ("/matning/utskick", f"?ar={YEAR}"),
            ("/resultat/oversikt", f"?ar={YEAR - 1}&enhet=E-{SECRET}"),
            ("/resultat/forandring", f"?ar={YEAR - 1}&enhet=E-{SECRET}"),
            ("/resultat/mal", f"?ar={YEAR - 1}&enhet=E-{SECRET}"),
            ("/matning/trad", f"?fil={victim.tree_file}"),
            ("/matning/respondenter", f"?fil={victim.people_file}"),
            ("/matning/respondent", f"?id={victim.respondent}"),
            ("/matning/urval", f"?fil={victim.staff_file}"),
            ("/resultat/forslag/granska", f"?ar={YEAR - 2}"),
            ("/resultat/forslag/granska/text", f"?ar={YEAR - 2}&id={victim.texts[0]}"),
        )
    ]

    assert [(status, SECRET in told) for status, told in shown] == [(200, True)] * len(shown)


def test_a_file_of_a_colleague_is_not_shown_either(site: Flask, committed: Make, victim: Victim) -> None:
    colleague = Person.arrive(site, committed, victim.organisation_id, Role.KEY_USER)

    tree = drawn(colleague, "/matning/trad", f"?fil={victim.tree_file}")
    people = drawn(colleague, "/matning/respondenter", f"?fil={victim.people_file}")

    assert "Filen finns inte l" in tree[1]
    assert f"ny.{SECRET}" not in people[1]


def test_odd_parameters_never_meet_a_mistake_of_ours(victim: Victim) -> None:
    statuses = {
        status
        for found in web.PAGES.values()
        for name, values in {
            **dict.fromkeys(("path_template", "self", "ctx", "scope", "query"), NASTY[:1]),
            **dict.fromkeys(found.parameters.model_fields, NASTY),
        }.items()
        for value in values
        for status in (
            drawn(victim.key_user, found.path, f"?{name}={quote(value)}")[0],
            victim.key_user.browser.get(f"{found.path}?{name}={quote(value)}").status_code,
        )
    }

    assert statuses <= {200, 404}


@pytest.mark.parametrize("path", AROUND)
def test_no_way_around_an_address_leads_a_stranger_in(site: Flask, path: str) -> None:
    browser = site.test_client()

    answers = [opened(browser, path, method) for method in ("GET", "HEAD", "POST", "PUT", "DELETE")]

    assert {status for status, _ in answers} <= {303, 308, 400, 401, 404, 405}
    assert not any("_dash-config" in text or "create_app" in text for _, text in answers)


@pytest.mark.parametrize("path", AROUND)
def test_no_way_around_an_address_leads_to_a_page_one_may_not_open(site: Flask, committed: Make, path: str) -> None:
    leader = Person.arrive(site, committed, committed.organisation(), Role.LEADER)

    status, text = opened(leader.browser, path)
    by_script, told = drawn(leader, path, "")

    assert status in {200, 308, 401, 403, 404, 405}
    assert by_script in {200, 400, 403, 404}
    assert not any(word in text + told for word in ("upload_form", "enctype", "create_app", "ladda-upp"))


def test_a_page_is_only_ever_read(site: Flask, committed: Make) -> None:
    key_user = Person.arrive(site, committed, committed.organisation(), Role.KEY_USER)
    before = everything(committed.session)

    for path in web.PAGES:
        for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE"):
            status, _ = opened(key_user.browser, path, method)
            assert status in {403, 404, 405}
        assert opened(key_user.browser, path, "HEAD")[1] == ""

    assert everything(committed.session) == before


@pytest.mark.parametrize(
    "path",
    ["/mallar/../app.py", "/mallar/..%2fapp.py", "/mallar/x", "/demo/filer/trad.csv", "/brevlada", "/brevlada/1"],
)
def test_downloads_are_those_named_and_the_demos_own_exist_in_the_demo_only(
    site: Flask, committed: Make, path: str
) -> None:
    key_user = Person.arrive(site, committed, committed.organisation(), Role.KEY_USER)

    assert opened(key_user.browser, path)[0] == 404
    assert opened(site.test_client(), path)[0] == 303
