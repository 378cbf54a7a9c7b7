"""wpmigrate moves WordPress exports to Markdown, JSON and YAML, and proves that nothing was lost."""

__version__ = "0.1.0"
