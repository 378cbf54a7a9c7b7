"""The proof of entries that come from a WXR file."""
