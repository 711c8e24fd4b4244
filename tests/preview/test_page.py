"""The preview in a real browser: what a newcomer does in the first minute."""

import asyncio
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, Route, async_playwright, expect

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
    pytest.mark.asyncio(loop_scope="module"),  # all tests share the browser, which belongs to one event loop
]


# What the page is to show, as long as whoever clicks waits for what can be clicked.
_PATIENCE = 15_000
expect.set_options(timeout=_PATIENCE)


@contextmanager
def preview(database: Path, *options: str, signalled: bool = True) -> Iterator[str]:
    """A running preview; gives the page's address, and checks that it ends cleanly: by SIGTERM, or by itself."""
    command = [sys.executable, "-m", "bot", "preview", "--port", "0", "--database", str(database), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    try:
        first = process.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+/#\S+", first)
        assert address, first + process.stdout.read()
        yield address[0]
        if signalled:
            process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0, process.stdout.read()
        assert "Ended" in process.stdout.read()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS.split())
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """A window of a browser that remembers nothing of the test before."""
    context = await browser.new_context(viewport={"width": 1200, "height": 1000})
    page = await context.new_page()
    page.set_default_timeout(_PATIENCE)
    yield page
    await context.close()


async def slash(page: Page, command: str, typed: str = "", choice: str = "") -> None:
    """Type a command, pick it, type into its first option and pick there too, press the arrow."""
    box = page.get_by_role("textbox", name="Message")
    await box.click()
    await box.press_sequentially(f"/{command}", delay=15)
    await page.get_by_role("option").filter(has_text=f"/{command}").first.click()
    await expect(page.get_by_role("button", name=f"Command /{command}")).to_be_visible()
    if typed:
        await page.keyboard.type(typed, delay=15)
        await page.wait_for_timeout(1_700)  # the clock of that world goes on while a person reads the choices
        # Drawn anew, the page would refuse what is sent before it has noticed.
        assert await page.evaluate("window.simcordPreview.publication.reason") == "action"
        await page.get_by_role("option", name=choice).first.click()
    await page.get_by_role("button", name="Send", exact=True).click()


async def test_a_newcomer_s_first_minute(tmp_path: Path, page: Page) -> None:
    database = tmp_path / "preview.db"
    with preview(database, "--empty") as address:
        await page.goto(address)
        await expect(page.get_by_text("You are at the foot of the steps").last).to_be_visible()
        await slash(page, "montage random")
        vote = page.get_by_role("button", name="Fired up · 0").last
        await vote.click()
        await expect(page.get_by_role("button", name="Fired up · 1")).to_be_visible()

        await slash(page, "montage show", "farm snow", "Rocky IV")
        await expect(page.get_by_role("heading", name="Rocky IV (1985)")).to_be_visible()

        await slash(page, "suggest")
        for label, words in {
            "Film": "Yentl",
            "Year": "1983",
            "Scene": "Studying by candlelight",
            "Why it gets you going": "She learns by night what nobody would teach her by day.",
            "Discipline": "study",
        }.items():
            await page.get_by_role("dialog").get_by_label(label, exact=False).first.fill(words)
        await page.get_by_role("dialog").get_by_role("button", name="Submit").click()
        await expect(page.get_by_role("heading", name="Yentl (1983)").last).to_be_visible()

    with preview(database) as again:  # the votes are still there, under the same people
        await page.goto("about:blank")
        await page.goto(again)
        await slash(page, "montage top")
        await expect(page.get_by_text("🔥 1 · 🧊 0").last).to_be_visible()

    with preview(database, "--fresh", "--empty") as fresh:
        await page.goto("about:blank")
        await page.goto(fresh)
        await slash(page, "montage top")
        await expect(page.get_by_text("Nobody has voted yet", exact=False).last).to_be_visible()


async def test_the_newest_answer_is_always_in_sight(tmp_path: Path, page: Page) -> None:
    with preview(tmp_path / "preview.db", "--empty") as address:
        await page.goto(address)
        again = page.get_by_role("button", name="Another")
        for answers in (1, 2):
            await slash(page, "help")  # private, and higher than the window
            await expect(page.get_by_role("heading", name="What I can do for you").last).to_be_in_viewport()
            await slash(page, "montage random")
            await expect(again).to_have_count(answers)
            await expect(again.last).to_be_in_viewport()
        await expect(page.get_by_role("button", name="New messages")).to_be_hidden()
        await page.get_by_role("button", name="Fired up").last.click()  # the first is told to count
        await expect(page.get_by_role("button", name=re.compile("Fired up · 1"))).to_be_visible()

        await page.reload()
        await expect(again.last).to_be_in_viewport()
        await expect(page.get_by_role("main")).to_have_attribute("aria-busy", "false")

        first = page.get_by_role("button", name="Fired up").first
        await first.click()  # scrolled up to there: a vote does not take the reader away from what they read
        await expect(first).to_have_text(re.compile("Fired up · 1"))
        await expect(first).to_be_in_viewport()


async def test_a_select_shows_what_holds(tmp_path: Path, page: Page) -> None:
    with preview(tmp_path / "preview.db", "--empty") as address:
        await page.goto(address)
        await expect(page.get_by_role("main")).to_have_attribute("aria-busy", "false")
        await page.get_by_label("You are", exact=True).select_option(label="Mia (moderator)")
        await slash(page, "settings")
        await page.get_by_role("button", name="Voting rules").click()
        lead = page.locator(".select-trigger").first
        await expect(lead).to_have_text("2 votes")
        for _ in range(2):
            await lead.click()
            await page.get_by_role("option", name="3 votes", exact=True).click()
            await expect(lead).to_have_text("3 votes")
            await page.get_by_role("button", name="Back to the defaults").click()
            await page.get_by_role("button", name="Yes, the defaults").click()
            await expect(lead).to_have_text("5 votes (default)")


async def test_one_window_shows_what_is_done_in_another_and_can_end_it_all(
    tmp_path: Path, browser: Browser, page: Page
) -> None:
    with preview(tmp_path / "preview.db", "--empty", signalled=False) as address:
        await page.goto(address)
        bens = await browser.new_page()
        await bens.goto(address)
        await expect(bens.get_by_role("main")).to_have_attribute("aria-busy", "false")
        await bens.get_by_label("You are", exact=True).select_option(label="Ben")
        await slash(page, "montage random")
        await bens.get_by_role("button", name="Fired up · 0").click()
        await expect(page.get_by_role("button", name="Fired up · 1")).to_be_in_viewport()
        await page.get_by_text("More", exact=True).click()
        await page.get_by_role("button", name="End the preview").click()
        await expect(page.get_by_text("Preview session closed").first).to_be_visible()
        await bens.close()


async def _slowly(route: Route) -> None:
    await asyncio.sleep(0.4)
    await route.continue_()


async def test_enter_sends_a_command_and_nothing_is_dead_after_many(tmp_path: Path, page: Page) -> None:
    with preview(tmp_path / "preview.db") as address:
        await page.goto(address)
        await expect(page.get_by_text("You are at the foot of the steps").last).to_be_visible()
        await expect(page.get_by_role("button", name="Inspector")).to_be_hidden()
        box = page.get_by_role("textbox", name="Message")
        await box.click()
        await box.press_sequentially("/montage top", delay=5)
        await page.route("**/api/action", _slowly)  # what the page tells by itself is still on its way
        await page.keyboard.press("Enter")  # takes the command …
        await expect(page.get_by_role("button", name="Command /montage top")).to_be_visible()
        await page.keyboard.press("Enter")  # … and sends it, though it has options
        await page.keyboard.press("Enter")  # once, however often it is pressed
        ranking = page.get_by_role("heading", name="The best montages, says this server")
        await expect(ranking).to_be_visible()
        await page.unroute("**/api/action")
        another = page.get_by_role("button", name="Another").last
        await page.get_by_role("button", name="Show me one").click()
        await expect(another).to_be_visible()
        for _ in range(12):  # for some seconds, in which the clock of that world goes on as well
            await another.click()
            await page.wait_for_timeout(150)
        # The last card may still be on its way.
        await page.wait_for_function("() => simcordPreview.ready && simcordPreview.awaitingRevision === null")
        await expect(ranking).to_have_count(1)
        vote = page.get_by_role("button", name="Fired up").last
        votes = int((await vote.inner_text()).rpartition(" ")[2])
        await vote.click()
        await expect(page.get_by_role("button", name=f"Fired up · {votes + 1}").last).to_be_visible()


async def test_a_newcomer_finds_a_club_that_lives(tmp_path: Path, page: Page) -> None:
    with preview(tmp_path / "preview.db") as address:
        await page.goto(address)
        show, vote = (page.get_by_role("button", name=name) for name in ("Show me that one", "Fired up · 4"))
        await expect(show).to_be_visible()
        there = await vote.count()
        await show.click()
        await expect(vote).to_have_count(there + 1)  # a click on the older one would fall between two pages
        await vote.last.click()
        await expect(page.get_by_text("accepted by the vote").last).to_be_visible()
        await page.get_by_label("You are", exact=True).select_option(label="Mia (moderator)")
        await page.get_by_role("button", name="The queue").click()
        await expect(page.get_by_text("Pete suggests this every autumn").last).to_be_visible()


async def test_with_pictures_a_card_has_a_poster_and_nothing_is_fetched_from_elsewhere(
    tmp_path: Path, page: Page
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    with preview(tmp_path / "preview.db", "--empty", "--pictures") as address:
        await page.goto(address)
        await slash(page, "montage random")
        poster = page.get_by_role("img", name=re.compile(r"^The poster of .+ \(\d{4}\)")).last
        await expect(poster).to_be_visible()
        await page.wait_for_function("picture => picture.naturalWidth > 0", arg=await poster.element_handle())
        await page.get_by_role("button", name="Where to watch").last.click()
        await expect(page.get_by_text("Which one are you in?").last).to_be_visible()
        await page.locator(".select-trigger").last.click()
        await page.locator("[role=option]").first.click()
        await expect(page.get_by_text("More at TMDB").last).to_be_visible()
    assert all(url.startswith(("http://127.0.0.1:", "blob:", "data:")) for url in asked), asked


@pytest.mark.parametrize("width", [1200, 390])
async def test_commands_are_found_under_both_their_names(tmp_path: Path, page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": 844})
    with preview(tmp_path / "preview.db", "--empty", "--locale", "de") as address:
        await page.goto(address)
        box, offered = page.locator("#channel-composer-input"), page.locator(".command-entry")
        for typed in ("/montage random", "/montage zufall"):
            await box.fill("")
            await box.press_sequentially(typed, delay=15)
            await expect(offered.first).to_contain_text("/montage zufall")
            await expect(offered.first).to_contain_text("für dich gezogen")
        await offered.first.click()
        await expect(page.locator(".command-chip")).to_have_text("/montage zufall")
        await page.locator("#send-message").click()
        await expect(page.locator(".message-interaction-header")).to_have_count(1)
        await expect(page.locator(".message-interaction-header")).to_contain_text("/montage zufall")

        await page.locator("#viewer-picker").select_option(label="Mia (moderator)")
        await expect(page.locator("#action-status")).to_have_text(re.compile("Bereit|Fertig|Erledigt"))
        await box.press_sequentially("/einstellungen", delay=15)
        await expect(offered.first).to_contain_text("/einstellungen")
        await offered.first.click()
        await page.locator("#send-message").click()
        await expect(page.get_by_text("Nur du siehst das")).to_be_visible()

        await box.press_sequentially("/suggest", delay=15)  # which begins the names of nine others, too
        await expect(offered.first).to_contain_text("/vorschlagen")
        await offered.first.click()
        await page.locator("#send-message").click()
        await expect(page.get_by_role("dialog").get_by_role("button", name="Absenden")).to_be_visible()
