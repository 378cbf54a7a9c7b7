"""The sample page as readers meet it: three builders' pages opened in Chromium, and every link of its navigation line clicked.

``WPMIGRATE_SCREENSHOTS=docs/targets/images make test-site-browser`` makes the pictures of the documents anew.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from harness import run_site
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement

BUILDER = "browser"

SAMPLE = Path(__file__).resolve().parents[2] / "input"
ADDRESS = "/international-partnerships/"
SECTIONS = ["overview", "what-we-believe", "partners", "advisory-board", "contact"]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None: ...


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for word in ("--headless=new", "--no-sandbox", "--disable-gpu", "--window-size=1000,700", "--hide-scrollbars"):
        options.add_argument(word)
    driver = webdriver.Chrome(options, Service("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


@pytest.fixture(scope="module", params=["jekyll", "hugo", "eleventy"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, browser: webdriver.Chrome) -> Iterator[str]:
    """The address of the sample page, served on loopback; the browser is there."""
    site = run_site(request.param, (SAMPLE,), tmp_path_factory.mktemp("sample") / "site")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site.folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}{ADDRESS}"
    browser.get(address)
    keep_picture(browser, request.param)
    yield address
    server.shutdown()
    server.server_close()


def keep_picture(browser: webdriver.Chrome, name: str) -> None:
    folder = os.environ.get("WPMIGRATE_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert browser.save_screenshot(str(Path(folder) / f"{name}.png"))


def navigation(browser: webdriver.Chrome) -> list[WebElement]:
    """The links of the line that leads to the sections."""
    return browser.find_elements(By.CSS_SELECTOR, "main a[href^='#'], main a[href*='/international-partnerships/#']")


def test_the_navigation_line_is_five_bold_links(page: str, browser: webdriver.Chrome) -> None:
    browser.get(page)
    links = navigation(browser)
    assert [link.get_attribute("href") for link in links] == [f"{page}#{name}" for name in SECTIONS]
    weights = [browser.execute_script("return getComputedStyle(arguments[0]).fontWeight", link) for link in links]
    assert weights == ["700"] * 5
    assert len({link.rect["y"] for link in links}) == 1, "they stand on one line"


@pytest.mark.parametrize("number", range(5), ids=SECTIONS)
def test_each_link_lands_on_its_heading(page: str, browser: webdriver.Chrome, number: int) -> None:
    browser.get(page)
    link = navigation(browser)[number]
    text = link.text
    link.click()
    assert browser.current_url == f"{page}#{SECTIONS[number]}"
    target = browser.find_element(By.CSS_SELECTOR, ":target")
    assert target.tag_name in ("h1", "h2", "h3", "h4", "h5", "h6")
    assert text.casefold() in target.text.casefold()
    top, end = browser.execute_script(
        "return [arguments[0].getBoundingClientRect().top, innerHeight + scrollY >= document.documentElement.scrollHeight - 1]",
        target,
    )
    assert -1 <= top < 40 or (end and 0 <= top < 700), f"the browser shows the heading {top} px below the top"


def test_the_words_that_get_lost_are_there(page: str, browser: webdriver.Chrome) -> None:
    browser.get(page)
    text = browser.find_element(By.CSS_SELECTOR, "main").text
    assert "Stadt, Land<Code>" in text
    assert "[@]" in text
    board = text[text.index("Advisory Board", text.index("Advisory Board") + 1) :]
    assert len([line for line in board.splitlines() if "," in line]) >= 9
