"""Where an entry goes: written as public, written as a draft, or skipped with a reason."""

from __future__ import annotations

from typing import NamedTuple

from wpmigrate.model import Fields
from wpmigrate.options import Route, RouteOptions

__all__ = ["PROTECTED", "STATUSES", "TYPES", "Rule", "holds_personal_data", "route"]


class Rule(NamedTuple):
    """A row: what becomes of a type or a status, and why."""

    route: Route
    """write, draft or skip."""
    reason: str
    """For people; empty for what is written."""
    in_export: str = ""
    """The reason for an item of a whole site's export, of which the site data keep something; empty: the same."""


_WRITE = Rule("write", "")
PROTECTED = "protected"
"""The status row of entries that a password guards; a user can name it like a status."""

_SITE = "part of the old site's design, not content"
_PLUGIN = "a plugin's record, not content"
_PRIVATE = "holds personal data"

TYPES: dict[str, Rule] = {
    "post": _WRITE,
    "page": _WRITE,
    "nav_menu_item": Rule("skip", "an entry of a menu, not content", "in site data: menus"),
    "attachment": Rule(
        "skip",
        "the record of an uploaded file; the pages that show the file keep it",
        "the record of an uploaded file, in media.json",
    ),
    "revision": Rule("skip", "an older version of another entry"),
    "custom_css": Rule("skip", _SITE),
    "customize_changeset": Rule("skip", _SITE),
    "oembed_cache": Rule("skip", "a cache"),
    "user_request": Rule("skip", f"a request about privacy: {_PRIVATE}"),
    "wp_block": Rule(
        "skip", "a reusable block; the pages that use it show it", "in the pages that use the block"
    ),
    "wp_template": Rule("skip", _SITE),
    "wp_template_part": Rule("skip", _SITE),
    "wp_global_styles": Rule("skip", _SITE),
    "wp_navigation": Rule("skip", "a menu, not content", "in site data: menus"),
    "wp_font_family": Rule("skip", _SITE),
    "wp_font_face": Rule("skip", _SITE),
    "reply": Rule("skip", f"a reply in a forum: {_PRIVATE}"),
    "feedback": Rule("skip", f"a message sent through a form: {_PRIVATE}"),
    "flamingo_inbound": Rule("skip", f"a message sent through a form: {_PRIVATE}"),
    "flamingo_contact": Rule("skip", f"an address book: {_PRIVATE}"),
    "nf_sub": Rule("skip", f"a message sent through a form: {_PRIVATE}"),
    "wpcf7_contact_form": Rule("skip", "the definition of a form"),
    "wpforms": Rule("skip", "the definition of a form"),
    "mc4wp-form": Rule("skip", "the definition of a form"),
    "edd_payment": Rule("skip", f"a payment: {_PRIVATE}"),
    "edd_log": Rule("skip", f"a log of sales: {_PRIVATE}"),
    "edd_discount": Rule("skip", "a discount code"),
    "edd_license": Rule("skip", f"a licence: {_PRIVATE}"),
    "edd_subscription": Rule("skip", f"a subscription: {_PRIVATE}"),
    "give_payment": Rule("skip", f"a donation: {_PRIVATE}"),
    "jp_pay_order": Rule("skip", f"an order: {_PRIVATE}"),
    "shop_order": Rule("skip", f"an order: {_PRIVATE}"),
    "shop_order_refund": Rule("skip", f"a refund: {_PRIVATE}"),
    "shop_order_placehold": Rule("skip", f"an order: {_PRIVATE}"),
    "shop_subscription": Rule("skip", f"a subscription: {_PRIVATE}"),
    "shop_coupon": Rule("skip", "a discount code"),
    "shop_webhook": Rule("skip", _PLUGIN),
    "product_variation": Rule("skip", "a variant of a product; the product shows it"),
    "scheduled-action": Rule("skip", _PLUGIN),
    "acf-field": Rule("skip", "the definition of a field; its values are in the entries"),
    "acf-field-group": Rule("skip", "the definition of fields; their values are in the entries"),
    "acf-post-type": Rule("skip", "the definition of a type"),
    "acf-taxonomy": Rule("skip", "the definition of a taxonomy"),
    "tablepress_table": Rule("skip", "a table that pages show through a shortcode"),
    "ninja-table": Rule("skip", "a table that pages show through a shortcode"),
    "elementor_library": Rule("skip", _SITE),
    "amp_validated_url": Rule("skip", _PLUGIN),
    "jetpack_migration": Rule("skip", _PLUGIN),
    "postman_sent_mail": Rule("skip", f"a sent message: {_PRIVATE}"),
    "wp-rest-api-log": Rule("skip", _PLUGIN),
}
"""Post type -> rule. A type without a row is a site's own content type and is written."""

_PERSONAL = frozenset(name for name, rule in TYPES.items() if rule.reason.endswith(_PRIVATE))

STATUSES: dict[str, Rule] = {
    "publish": _WRITE,
    "draft": Rule("skip", "a draft was never public"),
    "auto-draft": Rule("skip", "an unsaved draft was never public"),
    "pending": Rule("skip", "it waits for review and was never public"),
    "future": Rule("skip", "it is scheduled and not public yet"),
    "private": Rule("skip", "it is private"),
    "trash": Rule("skip", "it is in the trash"),
    "spam": Rule("skip", "it is spam"),
    "inherit": Rule("skip", "it belongs to another entry, whose status is not known here"),
    PROTECTED: Rule("skip", "a password guards it"),
}
"""Status -> rule. A status without a row is not known to be public: it is skipped."""

_DEFAULTS = RouteOptions()
_STRICTNESS: dict[Route, int] = {"write": 0, "draft": 1, "skip": 2}


def route(fields: Fields, options: RouteOptions = _DEFAULTS, *, in_export: bool = False) -> tuple[Route, str]:
    """Return where an entry goes and why; the reason is empty when it is written as public.

    Its type, its status and a password are asked; the strictest answer counts. The user's rows win over the built-in
    ones, each for its own name only: a type that is to be written is still skipped while its status is private. ``in_export``:
    the entry is an item of a whole site's export.
    """
    rules = [_type_rule(fields.type, options, in_export), _status_rule(fields.status, options)]
    if fields.protected:
        rules.append(_status_rule(PROTECTED, options))
    chosen = max(rules, key=lambda rule: _STRICTNESS[rule.route])
    return chosen.route, chosen.reason


def holds_personal_data(name: str) -> bool:
    """Whether entries of the post type ``name`` are messages, orders and the like, wherever a user routes them."""
    return name.strip().lower() in _PERSONAL


def _type_rule(name: str, options: RouteOptions, in_export: bool) -> Rule:
    """Return the rule for a post type."""
    mine = options.types.get(name)
    if mine is not None:
        return _configured("type", name, mine)
    rule = TYPES.get(name.strip().lower(), _WRITE)
    reason = (in_export and rule.in_export) or rule.reason
    return rule if rule.route == "write" else Rule(rule.route, f"type {name}: {reason}")


def _status_rule(name: str, options: RouteOptions) -> Rule:
    """Return the rule for a status; an unknown one is not public."""
    mine = options.statuses.get(name)
    if mine is not None:
        return _configured("status", name, mine)
    rule = STATUSES.get(name.strip().lower())
    if rule is None:
        return Rule("skip", f"status {name!r}: unknown, so it may not be public")
    return rule if rule.route == "write" else Rule(rule.route, f"status {name}: {rule.reason}")


def _configured(kind: str, name: str, chosen: Route) -> Rule:
    """Return the user's own row."""
    return _WRITE if chosen == "write" else Rule(chosen, f"{kind} {name}: routed by the configuration")
