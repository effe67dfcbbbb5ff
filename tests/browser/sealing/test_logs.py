"""What the product's own processes write down while somebody answers."""

from __future__ import annotations

from tests.browser.answering import links_of_ekhamn
from tests.browser.conftest import Product, Visit
from tests.browser.sealing.filling import be_thanked, fill, posts, send


def test_no_log_of_the_product_holds_anything_of_an_answer_or_its_link(product: Product, visit: Visit) -> None:
    page = visit()
    link = links_of_ekhamn(page)[0]
    sent = posts(page)
    page.goto(link)

    fill(page, {"F1": "Hemlighuset på Storgatan"})
    send(page)
    be_thanked(page)

    written = "".join(log.read_text(errors="replace") for log in product.data.parent.rglob("*log*") if log.is_file())
    assert len(sent) == 1
    assert "database system is ready" in written  # the database's own log was looked at too
    assert not any(word in written for word in (link.rpartition("/")[2], "Hemlighuset", "respondenttyp", "vet_ej"))
