"""The files of the media library: which ones the pages use, where they lie, where they go."""
