"""`cleanup review --speaker`: names are decided in every file whose labels have them, without a question."""

from collections.abc import Sequence

from cleanup.cli.job import names_of
from cleanup.cli.said import say
from cleanup.cli.sitting import Sitting, keep
from cleanup.decisions import beside, read
from cleanup.reports.text import count


def name(sittings: Sequence[Sitting], pairs: Sequence[str]) -> int:
    """Decide names in every file whose labels have them, without a question."""
    names = names_of(pairs)
    done = 0
    for sitting in sittings:
        cast = sitting.result().cast
        here = {
            form: name for form, name in names.items() for s in cast.speakers if form in (s.label, s.name, *s.labels)
        }
        labels = {s.label: here[form] for form in here for s in cast.speakers if form in (s.label, s.name, *s.labels)}
        decisions = read(beside(sitting.raw))
        if not labels or {**decisions.given.speakers, **labels} == decisions.given.speakers:
            continue
        known = decisions.given._replace(speakers={**decisions.given.speakers, **labels})
        keep(sitting, decisions._replace(given=known))
        done += 1
    say(f"cleanup: decided in {count(done, 'file')} of {len(sittings)}; publish them again to change their pages")
    return 0
