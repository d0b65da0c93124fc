"""A sitting of a review in the terminal: one key a decision."""

import re
from collections import Counter
from datetime import date

from cleanup.cli.said import say
from cleanup.cli.sitting import Sitting
from cleanup.cli.terminal import HELP, keys, line, pressed, question
from cleanup.decisions import Decision, Decisions, decide, key, wide
from cleanup.decisions.places import about
from cleanup.findings import Placed
from cleanup.reports.review import whose
from cleanup.reports.text import count
from cleanup.result import Result

_DO = {"a": "accept", "r": "reject", "e": "edit", "w": "accept", "v": "reject"}


def ask(sitting: Sitting, result: Result, before: Decisions) -> Decisions | None:
    """Ask about each open finding; return all decisions, or None where the person leaves without saving.

    Standard input may be a pipe: then each character of it is a key, and a line where a text is asked for.
    """
    with keys():
        return _Asking(sitting, result, before).run()


class _Asking:
    """One sitting: where it stands, and what was decided so far."""

    def __init__(self, sitting: Sitting, result: Result, before: Decisions) -> None:
        self.result, self.now, self.rules = result, before, sitting.run.book.by_id
        self.repository = sitting.run.settings.root is not None
        self.rows = [row for row in result.findings if not row.applied]
        self.other = [row for row in result.findings if row.applied and row.finding.rule != "hand"]
        by, today, text = sitting.by, date.today().isoformat(), result.source.text
        self.own = {id(row): about(text, row, "reject")._replace(by=by, on=today) for row in result.findings}
        spans = {(key(self.own[id(row)]), row.start, row.end) for row in result.findings}
        self.places = Counter(name for name, _, _ in spans)
        self.made: list[tuple[list[Placed], int, Decisions]] = []
        """Before each decision: the list, the place in it, and what was decided."""
        self.at = self.other_at = 0
        self.told = set[str]()
        self.blocks = result.blocks()

    def run(self) -> Decisions | None:
        """Ask until the person leaves."""
        if not self.rows:
            say(f"cleanup: nothing is open; {count(len(self.other), 'edit')} made ([b] shows them)")
        asked = ""
        while True:
            row = self.rows[self.at] if self.at < len(self.rows) else None
            if asked not in ("?", "x"):
                self._show(row)
            last, asked = asked, _asked()
            if asked in ("q", ""):
                return self.now
            if asked == "x":
                if not self.made or last == "x":
                    return None
                say(f"  {count(len(self.made), 'decision')} would be lost: x again to leave, q to save")
            elif asked == "u":
                self._undo()
            elif asked == "b":
                self._turn()
            elif asked == "k":
                self.at = max(0, self.at - 1)
            elif row is None or asked not in "arenARWVs":
                say(HELP)
                asked = "?"
            else:
                asked = self._answer(row, asked) or "?"

    def _answer(self, row: Placed, asked: str) -> str:
        """Do what a key says; return it, or nothing where the same question is asked again."""
        if asked != "s":
            now = self._named(row) if asked == "n" else self._decided(row, asked)
            if now is None:
                return ""
            self.made.append((self.rows, self.at, self.now))
            self.now = now
        decided = {key(one) for one in self.now.rows}
        self.at += 1
        while asked in "ARWV" and self.at < len(self.rows) and self._settled(self.rows[self.at], decided):
            self.at += 1
        return asked

    def _settled(self, row: Placed, decided: set[tuple[str, ...]]) -> bool:
        own = self.own[id(row)]
        return key(own) in decided or wide(own) in set(map(wide, self.now.everywhere))

    def _turn(self) -> None:
        """Go over to the edits that were made, or back to what is open."""
        self.rows, self.other, self.at, self.other_at = self.other, self.rows, self.other_at, self.at

    def _undo(self) -> None:
        if not self.made:
            say("  there is nothing to undo")
            return
        rows, at, self.now = self.made.pop()
        if rows is not self.rows:
            self._turn()
        self.at = at

    def _decided(self, row: Placed, asked: str) -> Decisions | None:
        """Return the decisions with one more, or with one for all that are alike."""
        do, text = _DO[asked.lower()], ""
        if do == "accept" and (not row.finding.edits or row.applied):
            say("  there is nothing to accept here: [e] writes your words, [r] leaves it as it is")
            return None
        if do == "edit":
            words = self.own[id(row)].words
            text = _edges(line("what stands there instead"), words)
            if text in ("", words):
                return None
        if asked in "WV" and not self._anywhere(row):
            why = "there are no words here" if self.repository else "this file lies in no repository"
            say(f"  {why}: [A] and [R] decide for the file")
            return None
        if asked in "WV":
            wherever = self.own[id(row)]._replace(do=do, before="", after="")
            return self.now._replace(everywhere=(*self.now.everywhere, wherever))
        rows = self._alike(row) if asked.isupper() else [row]
        made: dict[tuple[str, ...], Decision] = {}
        for one in rows:
            own = self.own[id(one)]._replace(do=do, text=text)
            made.setdefault(key(own), own)
        if len(rows) > 1:
            say(f"  {count(len(rows), 'place')}")
        return self.now._replace(
            rows=decide(self.now.rows, [one for name, one in made.items() for _ in range(self.places[name])])
        )

    def _anywhere(self, row: Placed) -> bool:
        """Say whether the words of a finding can be decided about wherever they stand; a finding of no width has none."""
        return self.repository and bool(self.result.source.text[row.start : row.end].strip())

    def _alike(self, row: Placed) -> list[Placed]:
        """Return what nothing was decided about yet and has the same rule, words and replacement."""

        def what(one: Placed) -> tuple[object, ...]:
            words = self.result.source.text[one.start : one.end]
            return one.finding.rule, words, one.applied, [new for _, _, _, new in one.edits]

        wanted, decided = what(row), {key(one) for one in self.now.rows}
        rows = (one for one in self.rows if what(one) == wanted)
        return [one for one in rows if one is row or key(self.own[id(one)]) not in decided]

    def _named(self, row: Placed) -> Decisions | None:
        """Name the speaker of the turn that a finding stands in; before the first label, whoever opens."""
        label = whose(self.blocks, self.result.cast, row.start)
        if label is None:
            say("  nobody who could be named speaks here")
            return None
        name = line(f"full name of {label}" if label else "who speaks before the first label").strip()
        given = self.now.given
        if not name:
            return None
        if not label:
            return self.now._replace(given=given._replace(opening=name))
        return self.now._replace(given=given._replace(speakers={**given.speakers, label: name}))

    def _show(self, row: Placed | None) -> None:
        say()
        if row is None:
            if self.rows or self.made:
                made = count(len(self.made), "decision")
                say(f"{made} made. [q] saves, [u] undoes, [b] edits that were made, [x] leaves")
            return
        rule = row.finding.rule
        head, *lines = question(
            self.result, row, at=f"{self.at + 1} of {len(self.rows)}",
            why=self.rules[rule].why if rule in self.rules and rule not in self.told else "",
            speaker=whose(self.blocks, self.result.cast, row.start), alike=len(self._alike(row)),
            undo=bool(self.made), repository=self._anywhere(row),
        )  # fmt: skip
        self.told.add(rule)
        say(head, bold=True)
        say("\n".join(lines))


def _asked() -> str:
    key = pressed()
    return key if key in ("A", "R", "W", "V") else "s" if key == "j" else key.lower()


def _edges(new: str, old: str) -> str:
    """Return new words with the blanks that stood around the old ones."""
    found = re.match(r"([ \t\n]*).*?([ \t\n]*)\Z", old, re.DOTALL)
    return f"{found[1]}{new.strip()}{found[2]}" if found and new.strip() else ""
