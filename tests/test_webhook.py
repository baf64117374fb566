"""The webhook: the secret first, then the size, 200 only after the commit; and the pages beside it."""

import json
from io import BytesIO

import aiohttp
import pytest

from bot.api.webhook import MAX_BODY, SECRET_HEADER, listening, pages
from bot.health import Telegram
from store.errors import StoreUnavailable

SECRET = "a-secret-of-the-webhook"


@pytest.fixture
async def site(office, unused_tcp_port):
    address = f"127.0.0.1:{unused_tcp_port}"
    async with (
        listening(pages(office.running, "https://bot.example/hook", SECRET), address),
        aiohttp.ClientSession(f"http://{address}") as session,
    ):
        yield session


async def post(site, body, secret=SECRET):
    headers = {SECRET_HEADER: secret} if secret is not None else {}
    async with site.post("/hook", data=body, headers=headers) as response:
        return response.status


def update(chat, text):
    chat.conversation.says(text)
    return json.dumps(chat.telegram.updates.pop())


async def test_an_update_is_answered_with_200_after_its_commit(chat, office, site):
    body = update(chat, "/hbi 1 1 3 0 0")

    assert await post(site, body) == 200
    assert len(office.rows("SELECT * FROM arrivals")) == 1
    await chat.running.settled()
    assert chat.last.text.startswith("NOT IN REMISSION")
    assert await post(site, body) == 200
    await chat.running.settled()
    assert len(chat.messages) == 1


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], "é" * 23])
async def test_without_the_secret_nothing_is_read(chat, office, site, secret):
    assert await post(site, update(chat, "/hbi"), secret and secret.encode().decode("latin-1")) == 401
    assert office.rows("SELECT * FROM arrivals") == []


@pytest.mark.parametrize(("size", "status"), [(MAX_BODY, 400), (MAX_BODY + 1, 413)], ids=["at", "just above"])
async def test_a_body_has_at_most_a_mebibyte(site, size, status):
    assert await post(site, BytesIO(b"x" * size)) == status


@pytest.mark.parametrize("body", [b"", b"nonsense", b"\xff", b"[" * 100_000])
async def test_a_body_that_is_no_json_is_refused(site, body):
    assert await post(site, body) == 400


@pytest.mark.parametrize("body", [b"[]", b"1", b"{}", b'{"update_id": 1}'])
async def test_a_body_that_is_no_update_is_acknowledged_and_forgotten(site, body):
    assert await post(site, body) == 200


async def test_a_store_that_is_away_is_answered_with_503_and_the_update_can_come_again(chat, office, site, monkeypatch):
    body, real = update(chat, "/hbi 1 1 3 0 0"), office.ledger.take

    async def away(_):
        raise StoreUnavailable("locked")

    monkeypatch.setattr(office.ledger, "take", away)
    assert await post(site, body) == 503
    async with site.get("/healthz") as response:
        assert response.status == 503
        assert (await response.json())["database"] == "locked"
    monkeypatch.setattr(office.ledger, "take", real)

    assert await post(site, body) == 200


async def test_healthz_says_what_stands_in_the_way(office, site):
    async with site.get("/healthz") as response:
        well = await response.json()
        assert response.status == 200
    office.running.health.telegram = Telegram.TOKEN_REFUSED
    async with site.get("/healthz") as response:
        assert response.status == 503
        assert (await response.json())["telegram"] == "token refused"

    assert set(well) == {"database", "oldest_unshown_seconds", "last_poll_seconds", "telegram"}
    assert (well["database"], well["telegram"], well["oldest_unshown_seconds"]) == ("ok", "ok", None)


async def test_metrics_are_prometheus_text_without_a_clinical_word(chat, office, site):
    await post(site, update(chat, "/hbi 1 1 3 0 abscess"))
    await chat.running.settled()
    async with site.get("/metrics") as response:
        text = await response.text()

    assert 'quiesce_updates_total{outcome="taken"} 1.0' in text
    assert "quiesce_cards_shown_total 1.0" in text
    assert "quiesce_oldest_unshown_seconds 0.0" in text
    assert not any(word in text.casefold() for word in ("hbi", "abscess", "remission", "person"))


async def test_other_paths_and_methods_are_not_found(site):
    async with site.get("/hook") as response:
        assert response.status == 405
    async with site.get("/") as response:
        assert response.status == 404
