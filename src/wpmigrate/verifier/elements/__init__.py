"""What each HTML element means to the proof: a table of what its start and its end note."""

from __future__ import annotations

from typing import Final

from wpmigrate.verifier import tokens as t
from wpmigrate.verifier.elements.blocks import (
    HEADINGS,
    End,
    Start,
    container,
    end_block,
    end_cell,
    end_container,
    end_head,
    end_heading,
    end_item,
    end_list,
    end_paragraph,
    end_pre,
    end_quote,
    end_unseen,
    start_block,
    start_cell,
    start_dialog,
    start_for_the_page,
    start_head,
    start_heading,
    start_item,
    start_list,
    start_mark,
    start_pre,
    start_quote,
    start_style_sheet,
    start_title,
)
from wpmigrate.verifier.elements.inlines import (
    KEPT_TAGS,
    end_kept,
    end_link,
    end_noscript,
    start_break,
    start_image,
    start_link,
    start_noscript,
    start_style,
)
from wpmigrate.verifier.elements.others import (
    BLOCK_OTHERS,
    end_dl,
    end_drawing,
    end_form,
    end_format,
    end_label,
    end_other,
    end_picture,
    end_raw,
    start_button,
    start_form,
    start_format,
    start_label,
    start_other,
    start_picture,
    start_raw,
)
from wpmigrate.verifier.elements.players import end_object, start_embed, start_object
from wpmigrate.verifier.elements.scripts import end_script
from wpmigrate.verifier.tokens import STYLES

__all__ = ["BLOCK_OTHERS", "EMBED", "END", "MARK", "START", "start_other"]

MARK: Final = "wpmigrate-mark"
"""An element of the proof's own, to find out whether all others are closed."""
EMBED: Final = "wpmigrate-link"
"""A link of the proof's own to what WordPress shows in its place: another ``a`` would end one that stands open round it."""


_BLOCKS: Final = frozenset(
    """p div section article aside header footer main nav address center hgroup figure figcaption caption legend
    search fieldset dialog marquee""".split()
)
"""Elements that begin and end a line and say nothing more."""

_ONLY_CONTENT: Final = frozenset(
    """html body head span font big nobr cite wbr tbody tfoot colgroup col basefont blink rtc""".split()
)
"""Elements whose content is all that counts, or that a browser does not show."""

_UNSEEN: Final = ("script", "iframe", "noembed", "noframes", "template")
"""Elements whose text no visitor sees: it stands in no link and in no style."""

START: Final[dict[str, Start | None]] = {
    **dict.fromkeys(_ONLY_CONTENT),
    **dict.fromkeys(STYLES, start_style),
    **dict.fromkeys(_BLOCKS, start_block),
    **dict.fromkeys(HEADINGS, start_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), start_list),
    "li": start_item,
    "blockquote": start_quote,
    "table": container(t.TABLE),
    "thead": start_head,
    "tr": container(t.ROW),
    "td": start_cell,
    "th": start_cell,
    "a": start_link,
    EMBED: start_link,
    "img": start_image,
    "noscript": start_noscript,
    "dialog": start_dialog,
    **dict.fromkeys(("link", "meta", "base"), start_for_the_page),
    "br": start_break,
    "hr": container(t.RULE),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), start_pre),
    MARK: start_mark,
    **dict.fromkeys(_UNSEEN, start_raw),
    "object": start_object,
    "embed": start_embed,
    "picture": start_picture,
    "source": start_format,
    "form": start_form,
    "label": start_label,
    "button": start_button,
    "style": start_style_sheet,
    "title": start_title,
}
"""Element -> what its start notes; None: nothing. All others: :func:`start_other`."""

END: Final[dict[str, End]] = {
    **dict.fromkeys(KEPT_TAGS, end_kept),
    **dict.fromkeys((*_BLOCKS, "tr"), end_block),
    "p": end_paragraph,
    **dict.fromkeys(BLOCK_OTHERS, end_other),
    **dict.fromkeys(("td", "th"), end_cell),
    "dl": end_dl,
    "form": end_form,
    "label": end_label,
    "svg": end_drawing,
    "picture": end_picture,
    "source": end_format,
    "object": end_object,
    **dict.fromkeys(_UNSEEN, end_raw),
    "script": end_script,
    **dict.fromkeys(HEADINGS, end_heading),
    **dict.fromkeys(("ul", "ol", "menu", "dir"), end_list),
    "li": end_item,
    "thead": end_head,
    "blockquote": end_quote,
    "table": end_container(t.END_TABLE),
    "a": end_link,
    EMBED: end_link,
    "noscript": end_noscript,
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext"), end_pre),
    **dict.fromkeys(("style", "title"), end_unseen),
}
"""Element -> what its end notes."""
