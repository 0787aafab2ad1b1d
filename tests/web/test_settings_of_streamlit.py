"""The settings of the server around the pages: known to Streamlit, and as the gate needs them."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

ROOT = Path(__file__).parents[2]
FILE = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))


def flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in table.items():
        key = f"{prefix}{name}"
        found |= flat(value, f"{key}.") if isinstance(value, dict) else {key: value}
    return found


SETTINGS = flat(FILE)


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_streamlit_knows_the_setting(name: str) -> None:
    assert name in config._config_options_template


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("runner.postScriptGC", False),
        ("client.showErrorDetails", "none"),
        ("client.showErrorLinks", False),
        ("browser.gatherUsageStats", False),
        ("server.enableStaticServing", False),
        ("server.enableXsrfProtection", True),
        ("server.address", "127.0.0.1"),
    ],
)
def test_what_security_and_speed_rest_on(name: str, value: object) -> None:
    assert SETTINGS[name] == value


def test_no_page_lies_where_streamlit_would_run_it_by_its_address() -> None:
    """Old discovery runs scripts of a folder `pages` beside the main script."""
    assert not (ROOT / "review/ui/pages").exists()
    assert not list((ROOT / "pages").glob("*.py"))
