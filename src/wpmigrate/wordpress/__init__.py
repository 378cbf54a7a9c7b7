"""What WordPress does to text, as grammars. Pure text in, text or plain values out."""

from wpmigrate.wordpress.autop import autop
from wpmigrate.wordpress.repair import repair_metadata_text, repair_text

__all__ = ["autop", "repair_metadata_text", "repair_text"]
