"""What an entry is: mdast nodes, records, notices. Imports nothing else of wpmigrate."""

from wpmigrate.model.entry import (
    SCHEMA_VERSION,
    Author,
    BodyDialect,
    Comment,
    Entry,
    Fields,
    LinkRecord,
    MediaRecord,
    OutputFile,
    Section,
    SourceEntry,
    SourceInfo,
    Term,
    source_digest,
)
from wpmigrate.model.notices import Finding, Notice, NoticeKind, NoticeLog, drops_content
from wpmigrate.model.site import Attachment, Site

__all__ = [
    "SCHEMA_VERSION",
    "Attachment",
    "Author",
    "BodyDialect",
    "Comment",
    "Entry",
    "Fields",
    "Finding",
    "LinkRecord",
    "MediaRecord",
    "Notice",
    "NoticeKind",
    "NoticeLog",
    "OutputFile",
    "Section",
    "Site",
    "SourceEntry",
    "SourceInfo",
    "Term",
    "drops_content",
    "source_digest",
]
