"""One row a site: what its pages need that differs from the others."""

from collections.abc import Mapping
from typing import NamedTuple


class Site(NamedTuple):
    """How pages of a site are written.

    `about` is shown where sites are listed; `shortcodes` says that `{{< … >}}` runs inside code
    too, where no escape is literal.
    """

    name: str
    about: str
    shortcodes: bool = False


SITES: Mapping[str, Site] = {
    site.name: site
    for site in (
        Site("markdown", "plain Markdown with front matter"),
        Site("hugo", "Hugo: content/…/slug.md", shortcodes=True),
    )
}
