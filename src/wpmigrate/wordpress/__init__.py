"""What WordPress does to text, as grammars. Pure text in, text or plain values out."""

from wpmigrate.wordpress.autop import autop

__all__ = ["autop"]
