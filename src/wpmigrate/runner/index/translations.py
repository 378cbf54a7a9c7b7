"""Which entries are one another's translations."""

from __future__ import annotations

import sqlite3

__all__ = ["settle_translations"]

_ORIGINALS = """
UPDATE OR IGNORE translation SET language = coalesce((
    SELECT lower(substr(site.language, 1, instr(site.language || '-', '-') - 1)) FROM site WHERE site.number = translation.site
), '') WHERE language = ''
"""


def settle_translations(connection: sqlite3.Connection) -> None:
    """Give WPML's originals, of which only the copies tell, the site's language; leave out what is not public.

    A family needs two members to say anything.
    """
    connection.execute(_ORIGINALS)
    connection.execute(
        "DELETE FROM translation WHERE language = '' OR NOT EXISTS (SELECT 1 FROM public "
        "WHERE public.site = translation.site AND public.id = translation.id)"
    )
    connection.execute(
        "DELETE FROM translation WHERE (site, family) IN (SELECT site, family FROM translation GROUP BY 1, 2 HAVING count(*) < 2)"
    )
    connection.execute("CREATE INDEX translation_id ON translation (site, id)")
