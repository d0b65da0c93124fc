"""One row a site: what its pages need that differs from the others."""

from collections.abc import Mapping
from typing import NamedTuple

from cleanup.writers.escape import Escaper


class Site(NamedTuple):
    """How pages of a site are written.

    `escaper` knows what its template language eats; `about` is shown where sites are listed;
    `shortcodes` says that `{{< … >}}` runs inside code too, where no escape is literal.
    """

    name: str
    about: str
    escaper: Escaper
    suffix: str = ".md"
    shortcodes: bool = False


SITES: Mapping[str, Site] = {
    site.name: site
    for site in (
        Site("markdown", "plain Markdown with front matter", Escaper()),
        Site("hugo", "Hugo: content/…/slug.md", Escaper(), shortcodes=True),
    )
}
