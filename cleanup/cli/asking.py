"""The questions of a review in the terminal: one key a decision."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from shutil import get_terminal_size

from cleanup.cli.keys import keys, line, pressed
from cleanup.cli.said import say, visible
from cleanup.cli.shown import engine, whose
from cleanup.decisions import Decision, Decisions, about, decide, key, wide
from cleanup.findings import Level, Placed, Rule
from cleanup.pipeline import Result
from cleanup.reports.text import around, count

HELP = """\
  a  accept                        A  accept all of this file with the same rule and words
  r  leave as it is, or put back   R  the same for all of them
  W  accept in the whole repository     V  leave as it is there, wherever these words stand
  e  write other words             n  name the speaker
  s  on, nothing decided           k  back
  u  undo                          b  edits that were made, or what is open
  q  save and leave                x  leave without saving"""
_AROUND = 200
_LEVELS = {Level.SAFE: "edit that was made", Level.SUGGEST: "suggestion", Level.REMARK: "remark"}
_GONE = {"moved": "(front matter)", "removed": "(cut)", "changed": "(nothing)"}
_DO = {"a": "accept", "r": "reject", "e": "edit", "w": "accept", "v": "reject"}


def ask(
    result: Result, before: Decisions, *, rules: Mapping[str, Rule], by: str, on: str, repository: bool
) -> Decisions | None:
    """Ask about each open finding; return all decisions, or None where the person leaves without saving.

    Standard input may be a pipe: then each character of it is a key, and a line where a text is asked for.
    """
    with keys():
        return _Asking(result, before, rules, by, on, repository).run()


class _Asking:
    """One sitting: where it stands, and what was decided so far."""

    def __init__(
        self, result: Result, before: Decisions, rules: Mapping[str, Rule], by: str, on: str, repository: bool
    ) -> None:
        self.result, self.rules, self.now, self.repository = result, rules, before, repository
        self.rows = [row for row in result.findings if not row.applied]
        self.other = [row for row in result.findings if row.applied and row.finding.rule != "hand"]
        self.own = {id(row): about(result.source.text, row, "reject", by=by, on=on) for row in result.findings}
        self.spans: dict[tuple[str, ...], set[tuple[int, int]]] = {}
        for row in result.findings:
            self.spans.setdefault(key(self.own[id(row)]), set()).add((row.start, row.end))
        self.made: list[
            tuple[int, bool, Decisions]
        ] = []  # before each decision: the place, which list, what was decided
        self.at = self.other_at = 0
        self.applied, self.told = False, set[str]()
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
                for told in HELP.split("\n"):
                    say(told)
                asked = "?"
            else:
                asked = self._answer(row, asked) or "?"

    def _answer(self, row: Placed, asked: str) -> str:
        """Do what a key says; return it, or nothing where the same question is asked again."""
        if asked != "s":
            now = self._named(row) if asked == "n" else self._decided(row, asked)
            if now is None:
                return ""
            self.made.append((self.at, self.applied, self.now))
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
        self.applied = not self.applied

    def _undo(self) -> None:
        if not self.made:
            say("  there is nothing to undo")
            return
        at, applied, self.now = self.made.pop()
        if applied is not self.applied:
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
        if asked in "WV" and not self.repository:
            say("  this file lies in no repository: [A] and [R] decide for the file")
            return None
        if asked in "WV":
            anywhere = self.own[id(row)]._replace(do=do, before="", after="")
            return self.now._replace(everywhere=(*self.now.everywhere, anywhere))
        rows = self._alike(row) if asked.isupper() else [row]
        made: dict[tuple[str, ...], Decision] = {}
        for one in rows:
            own = self.own[id(one)]._replace(do=do, text=text)
            made.setdefault(key(own), own)
        if len(rows) > 1:
            say(f"  {count(len(rows), 'place')}")
        return self.now._replace(
            rows=decide(self.now.rows, [one for name, one in made.items() for _ in self.spans[name]])
        )

    def _alike(self, row: Placed) -> list[Placed]:
        """Return what nothing was decided about yet and has the same rule, words and replacement."""
        decided = {key(one) for one in self.now.rows}
        return [
            one for one in self.rows
            if one.finding.rule == row.finding.rule and _what(self.result, one) == _what(self.result, row)
            and (one is row or key(self.own[id(one)]) not in decided)
        ]  # fmt: skip

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
                say(
                    f"{count(len(self.made), 'decision')} made. [q] saves, [u] undoes, [b] edits that were made, [x] leaves"
                )
            return
        head, *lines = self._lines(row)
        say(head, bold=True)
        for told in lines:
            say(told)

    def _lines(self, row: Placed) -> Iterator[str]:
        """Yield a finding with the words around it, what would stand there, why, and the keys that answer it."""
        rule, text = row.finding.rule, self.result.source.text
        speaker = whose(self.blocks, self.result.cast, row.start)
        pieces = [
            f"{self.at + 1} of {len(self.rows)}",
            _LEVELS[row.finding.level],
            f"line {row.line}:{row.column}",
            speaker,
        ]
        yield " · ".join(filter(None, pieces))
        yield f"  {row.finding.message}"
        yield ""
        left, right = (
            _clip(text[max(0, row.start - _AROUND) : row.start], -1),
            _clip(text[row.end : row.end + _AROUND], 1),
        )
        here = text[row.start : row.end]
        yield from _wrapped(f"{left}⟦{here if len(here) < 300 else around(here, 300)}⟧{right}", "    ")
        yield ""
        for _, _, old, new in row.edits[:3]:
            yield f"  - {_blanks(old)}" if old else "  -"
            yield f"  + {_blanks(new) if new else _GONE[row.finding.fate]}"
        if len(row.edits) > 3:
            yield f"    and {len(row.edits) - 3} more like these"
        yield from _wrapped(f"{rule}{f', found by {engine(rule)}' if engine(rule) else ''}", "  ")
        why = self.rules[rule].why if rule in self.rules and rule not in self.told else ""
        self.told.add(rule)
        yield from _wrapped(why, "  ")
        yield from _wrapped(f"Not done by itself: {row.why_not}." if row.why_not else "", "  ")
        alike = len(self._alike(row))
        can = row.finding.edits and not row.applied
        offered = ["[a]ccept" if can else "", "[r] put back" if row.applied else "[r] leave as it is", "[e]dit",
                f"[n]ame {speaker or 'who opens'}" if speaker is not None else "", "[s]kip", "[u]ndo" if self.made else "",
                f"{'[A]ccept, ' if can else ''}[R] all {alike} alike" if alike > 1 else "",
                f"{'[W] accept, ' if can else ''}[V] leave it in the whole repository" if self.repository else "", "[?]"]  # fmt: skip
        yield from _wrapped("  ".join(filter(None, offered)), "  ")


def _asked() -> str:
    key = pressed()
    return key if key in ("A", "R", "W", "V") else "s" if key == "j" else key.lower()


def _what(result: Result, row: Placed) -> tuple[object, ...]:
    return (result.source.text[row.start : row.end], row.applied, *(new for _, _, _, new in row.edits))


def _edges(new: str, old: str) -> str:
    """Return new words with the blanks that stood around the old ones."""
    found = re.match(r"([ \t\n]*).*?([ \t\n]*)\Z", old, re.DOTALL)
    return f"{found[1]}{new.strip()}{found[2]}" if found and new.strip() else ""


def _clip(text: str, side: int) -> str:
    """Return the words next to a finding, with dots where more of them stand beyond, and no farther than its paragraph."""
    near = text.split("\n\n")[0 if side > 0 else -1]
    if len(near) < _AROUND:
        return near
    return f"{near.rpartition(' ')[0] or near} …" if side > 0 else f"… {near.partition(' ')[2] or near}"


def _wrapped(text: str, indent: str) -> list[str]:
    width = min(100, get_terminal_size().columns)
    return textwrap.wrap(visible(text), width, initial_indent=indent, subsequent_indent=indent)


def _blanks(text: str) -> str:
    """Return a text on one line; blanks alone are shown by a sign."""
    return around(text, 300) if text.strip() else text.replace(" ", "␣").replace("\n", "⏎")
