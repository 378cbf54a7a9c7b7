"""What WordPress does to text, as grammars. Pure text in, text or plain values out."""

from wpmigrate.wordpress.autop import autop
from wpmigrate.wordpress.blocks import BlockToken, parse_blocks
from wpmigrate.wordpress.code import CODE_SHORTCODES, RawCode, find_code, find_liquid_code
from wpmigrate.wordpress.dialect import recognise
from wpmigrate.wordpress.embeds import EMBEDS, MEDIA_FILES, embed_url, media_urls
from wpmigrate.wordpress.php import looks_serialized, unserialize
from wpmigrate.wordpress.repair import repair_metadata_text, repair_text
from wpmigrate.wordpress.shortcodes import CORE_SHORTCODES, Shortcode, find_shortcodes, parse_attributes

__all__ = [
    "CODE_SHORTCODES",
    "CORE_SHORTCODES",
    "EMBEDS",
    "MEDIA_FILES",
    "BlockToken",
    "RawCode",
    "Shortcode",
    "autop",
    "embed_url",
    "find_code",
    "find_liquid_code",
    "find_shortcodes",
    "looks_serialized",
    "media_urls",
    "parse_attributes",
    "parse_blocks",
    "recognise",
    "repair_metadata_text",
    "repair_text",
    "unserialize",
]
