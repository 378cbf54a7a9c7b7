"""What WordPress does to text, as grammars. Pure text in, text or plain values out."""

from wpmigrate.wordpress.autop import autop
from wpmigrate.wordpress.php import looks_serialized, unserialize
from wpmigrate.wordpress.repair import repair_metadata_text, repair_text

__all__ = ["autop", "looks_serialized", "repair_metadata_text", "repair_text", "unserialize"]
