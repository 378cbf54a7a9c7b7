"""Where an entry goes."""

import pytest

from wpmigrate.model import Fields
from wpmigrate.options import RouteOptions
from wpmigrate.runner.routes import PROTECTED, STATUSES, TYPES, route


def routed(
    type: str = "post", status: str = "publish", protected: bool = False, **options: dict
) -> tuple[str, str]:
    return route(Fields(type=type, status=status, protected=protected), RouteOptions(**options))


@pytest.mark.parametrize("type", ["post", "page", "upwdeta", "department_page", "topic", ""])
def test_content_is_written(type: str) -> None:
    assert routed(type) == ("write", "")


@pytest.mark.parametrize(
    "type",
    "nav_menu_item attachment revision reply edd_payment edd_log feedback wpcf7_contact_form shop_order shop_coupon "
    "custom_css customize_changeset oembed_cache user_request wp_block wp_template wp_template_part wp_global_styles "
    "wp_navigation acf-field acf-field-group scheduled-action tablepress_table product_variation Attachment".split(),
)
def test_what_is_no_content_is_skipped(type: str) -> None:
    where, reason = routed(type)
    assert where == "skip"
    assert reason.startswith(f"type {type}: ")


@pytest.mark.parametrize(
    "status",
    [
        "draft",
        "pending",
        "future",
        "private",
        "trash",
        "auto-draft",
        "inherit",
        "spam",
        "Private",
        "",
        "wc-completed",
    ],
)
def test_what_is_not_public_is_skipped(status: str) -> None:
    where, reason = routed(status=status)
    assert where == "skip"
    assert reason


def test_an_unknown_status_says_so() -> None:
    assert routed(status="odd") == ("skip", "status 'odd': unknown, so it may not be public")


def test_a_protected_entry_is_skipped() -> None:
    assert routed(protected=True) == ("skip", "status protected: a password guards it")


def test_a_user_can_route_drafts() -> None:
    assert routed(status="draft", statuses={"draft": "draft"}) == (
        "draft",
        "status draft: routed by the configuration",
    )


def test_a_user_can_have_a_type_written() -> None:
    assert routed("reply", types={"reply": "write"}) == ("write", "")


def test_a_user_can_skip_a_type() -> None:
    assert routed("topic", types={"topic": "skip"}) == ("skip", "type topic: routed by the configuration")


def test_a_type_that_is_written_does_not_make_a_status_public() -> None:
    where, reason = routed("attachment", "private", types={"attachment": "write"})
    assert (where, reason) == ("skip", "status private: it is private")


def test_a_draft_route_does_not_open_a_protected_entry() -> None:
    assert routed(status="draft", protected=True, statuses={"draft": "draft"})[0] == "skip"


def test_a_user_can_have_protected_entries_as_drafts() -> None:
    assert routed(protected=True, statuses={PROTECTED: "draft"})[0] == "draft"


@pytest.mark.parametrize(("name", "rule"), [*TYPES.items(), *STATUSES.items()])
def test_every_row_that_does_not_write_has_a_reason(name: str, rule: object) -> None:
    where, reason, _ = rule  # type: ignore[misc]
    assert name == name.lower()
    assert (where == "write") == (reason == "")
