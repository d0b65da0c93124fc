"""Every dialect of JSON, in small files of the published shape, against a plain walk through what `json.loads` reads."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleanup.decisions import HAND
from cleanup.decisions.places import at
from cleanup.errors import InputError
from cleanup.formats.dialects import DIALECTS
from cleanup.kinds import KINDS
from cleanup.options import Options
from cleanup.pipeline import clean
from cleanup.result import Result
from cleanup.rulebook import open_book
from cleanup.writers.json import transcript

BOOK = open_book(kinds=KINDS)
SAID = (("It rained at the café.", 1.0, 2.5), ("The “ferry” left.", 2.75, 4.0), ("Did it, really?", 9.0, 10.5))
WORDS = [(word, at + 0.2 * i, at + 0.2 * i + 0.1) for text, at, _ in SAID for i, word in enumerate(text.split())]


def segments(text: str, start: str, end: str, by: float = 1, **more: Any) -> list[dict[str, Any]]:
    return [{"id": i, text: said, start: by * a, end: by * b, **more} for i, (said, a, b) in enumerate(SAID)]


def words(text: str, start: str, end: str, by: float = 1, **more: Any) -> list[dict[str, Any]]:
    return [{text: said, start: by * a, end: by * b, "confidence": 0.9, **more} for said, a, b in WORDS]


def clock(at: float, point: str = ".") -> str:
    return f"00:00:{at:06.3f}".replace(".", point)


def by(rows: list[dict[str, Any]], key: str, *names: Any) -> list[dict[str, Any]]:
    """Give the rows of the first two sentences to one speaker, and the rest to another."""
    first = len(rows) - 1 if len(rows) == 3 else len(rows) - 3
    return [row | {key: names[i >= first]} for i, row in enumerate(rows)]


WHOLE = " ".join(text for text, _, _ in SAID)
AWS = [
    {"type": "pronunciation", "start_time": f"{a}", "end_time": f"{b}", "alternatives": [{"content": re.sub(r"[.,?]", "", word)}]}
    for word, a, b in WORDS
]  # fmt: skip
AWS.insert(5, {"type": "punctuation", "alternatives": [{"content": "."}]})
GOOGLE = [{"word": word, "startTime": f"{a:.3f}s", "endTime": f"{b:.3f}s"} for word, a, b in WORDS]
NANOS = [
    {"word": word, "startTime": {"seconds": f"{a:.0f}", "nanos": 10**8}, "endTime": {"seconds": f"{b:.0f}"}, "speakerTag": 1 + (a > 8)}
    for word, a, b in WORDS
]  # fmt: skip
SMATICS = [
    {"start_time": a, "end_time": b, "type": "word", "alternatives": [{"content": w, "speaker": f"S{1 + (a > 8)}"}]}
    for w, a, b in WORDS
]
REV = [
    piece
    for word, a, b in WORDS
    for piece in ({"type": "text", "value": word, "ts": a, "end_ts": b}, {"type": "punct", "value": " "})
]
AZURE = [
    {"recognitionStatus": "Success", "speaker": 1 + (a > 8), "offset": f"PT{a}S", "duration": f"PT{b - a}S", "offsetInTicks": a * 1e7,
     "durationInTicks": (b - a) * 1e7, "nBest": [{"lexical": "no", "display": said}, {"display": "nothing"}]}
    for said, a, b in SAID
]  # fmt: skip

SPECIMENS: dict[str, tuple[Any, str]] = {
    "podcast-json": ({"version": "1.0.0", "segments": by(segments("body", "startTime", "endTime"), "speaker", "Ana Lind", "Kovac")}, "body"),
    "podlove-json": (by(segments("text", "start_ms", "end_ms", 1000, voice_id="0"), "voice", "Ana Lind", "Kovac"), "text"),
    "podlove-groups-json": ([{"speaker": "1", "voice": "Ana Lind", "items": segments("text", "start_ms", "end_ms", 1000)}], "text"),
    "dote-json": ({"lines": [{"startTime": clock(a), "endTime": clock(b), "speakerDesignation": "Kovac", "text": t} for t, a, b in SAID]}, "text"),
    "youtube-json3": ({"wireMagic": "pb3", "events": [
        {"tStartMs": 1000 * a, "dDurationMs": 1000 * (b - a), "segs": [{"utf8": f" {w}"} for w in t.split()]} for t, a, b in SAID]}, "utf8"),
    "youtube-json": ([{"text": t, "start": a, "duration": b - a} for t, a, b in SAID], "text"),
    "whisper-cpp-json": ({"result": {"language": "en"}, "transcription": [
        {"timestamps": {"from": clock(a, ","), "to": clock(b, ",")}, "offsets": {"from": 1000 * a, "to": 1000 * b}, "text": f" {t}"}
        for t, a, b in SAID]}, "text"),
    "whisperx-json": ({"segments": by(segments("text", "start", "end", words=words("word", "start", "end")[:2]), "speaker",
                                     "SPEAKER_00", "SPEAKER_01"), "word_segments": words("word", "start", "end")}, "text"),
    "whisper-json": ({"language": "en", "segments": segments("text", "start", "end", tokens=[50364])}, "text"),
    "whisperx-words-json": ({"word_segments": by(words("word", "start", "end"), "speaker", "SPEAKER_00", "SPEAKER_01")}, "word"),
    "assemblyai-json": ({"id": "x", "words": [], "utterances": by(segments("text", "start", "end", 1000), "speaker", "A", "B")}, "text"),
    "assemblyai-words-json": ({"id": "x", "status": "completed", "utterances": None, "words": words("text", "start", "end", 1000)}, "text"),
    "deepgram-json": ({"results": {"utterances": by(segments("transcript", "start", "end"), "speaker", 0, 1)}}, "transcript"),
    "deepgram-paragraphs-json": ({"results": {"channels": [{"alternatives": [{"words": words("word", "start", "end"), "paragraphs": {
        "paragraphs": [{"speaker": 0, "sentences": segments("text", "start", "end")}]}}]}]}}, "text"),
    "deepgram-words-json": ({"results": {"channels": [{"alternatives": [
        {"words": by(words("punctuated_word", "start", "end", word="low"), "speaker", 0, 1)}]}]}}, "punctuated_word"),
    "aws-json": ({"jobName": "x", "results": {"items": AWS, "speaker_labels": {"segments": [
        {"start_time": "0.5", "end_time": "8.0", "speaker_label": "spk_0"}, {"start_time": "8.0", "end_time": "11.0", "speaker_label": "spk_1"}]}}},
        "content"),
    "aws-call-json": ({"Transcript": by(segments("Content", "BeginOffsetMillis", "EndOffsetMillis", 1000), "ParticipantRole", "AGENT", "CUSTOMER")},
                      "Content"),
    "google-speakers-json": ({"results": [{"alternatives": [{"words": [{"word": "It", "startTime": "1s"}]}]}, {"alternatives": [{"words": NANOS}]}]}, ""),
    "google-json": ({"response": {"results": [{"alternatives": [{"transcript": "no", "words": GOOGLE}], "languageCode": "en-us"}]}}, "word"),
    "google-plain-json": ({"results": [{"alternatives": [{"transcript": t}], "resultEndTime": f"{b}s"} for t, _, b in SAID]}, "transcript"),
    "azure-json": ({"recognizedPhrases": AZURE}, ""),
    "azure-fast-json": ({"phrases": segments("text", "offsetMilliseconds", "durationMilliseconds", 1000)}, "text"),
    "azure-live-json": ([{"RecognitionStatus": "Success", "Offset": a * 1e7, "Duration": (b - a) * 1e7, "DisplayText": t} for t, a, b in SAID], "DisplayText"),
    "azure-video-json": ({"videos": [{"insights": {"speakers": [{"id": 1, "name": "Ana Lind"}], "transcript": [
        {"text": t, "speakerId": 1, "instances": [{"start": f"0:00:{a}", "end": f"0:00:{b}"}]} for t, a, b in SAID]}}]}, "text"),
    "ibm-json": ({"results": [{"alternatives": [{"timestamps": [[w, a, b] for w, a, b in WORDS], "transcript": "no"}]}],
                  "speaker_labels": [{"from": a, "to": b, "speaker": int(a > 8)} for _, a, b in WORDS]}, ""),
    "speechmatics-json": ({"format": "2.9", "metadata": {"transcription_config": {"language": "en"}}, "results": SMATICS}, "content"),
    "speechmatics-1-json": ({"job": {"lang": "en"}, "words": words("name", "time", "duration"), "speakers": [
        {"name": "F1", "time": "0", "duration": "8.0"}, {"name": "M2", "time": "8.0", "duration": "4.0"}]}, ""),
    "kaldi-json": ({"retval": {"words": words("punct", "start", "end", word="low"), "segmentation": {"segments": [
        {"start": 0.0, "duration": 8.0, "speaker": {"@id": "S1"}}, {"start": 8.0, "duration": 5.0, "speaker": {"@id": "S2"}}]}}}, "punct"),
    "vosk-json": ({"result": words("word", "start", "end"), "text": "no"}, "word"),
    "rev-json": ({"monologues": [{"speaker": 0, "elements": REV[:12]}, {"speaker": 1, "elements": REV[12:]}],
                  "speakers": [{"id": 0, "name": "Ana Lind"}]}, "value"),
    "gladia-json": ({"result": {"transcription": {"utterances": by(segments("text", "start", "end"), "speaker", 0, 1)}}}, "text"),
    "elevenlabs-json": ({"language_code": "eng", "words": [
        row for said, a, b in WORDS for row in ({"text": said, "type": "word", "start": a, "end": b, "speaker_id": "speaker_0"},
                                                {"text": " ", "type": "spacing", "start": b, "end": b})]}, "text"),
    "autoedit-json": ({"text": [{"speaker": "U_UKN", "paragraph": [{"line": words("text", "startTime", "endTime")}]}]}, "text"),
    "paper-edit-json": ({"words": words("text", "start", "end"), "paragraphs": [
        {"start": 0.5, "end": 8, "speaker": "TBC 0"}, {"start": 8.5, "end": 12, "speaker": "TBC 1"}]}, "text"),
    "trint-json": ({"title": "quay.mp3", "words": words("value", "time", "duration", 1000, speaker=None), "paragraphs": {"p0": {}}}, "value"),
    "otter-json": ({"speech": {"title": "Quay", "speakers": [{"id": 7, "speaker_name": "Ana Lind"}],
                               "transcripts": by(segments("transcript", "start_offset", "end_offset", 16000), "speaker_id", 7, 8)}}, "transcript"),
    "recall-json": ([{"speaker": "Ana Lind", "words": words("text", "start_timestamp", "end_timestamp")}], "text"),
    "fireflies-json": ({"title": "Quay", "sentences": by(segments("text", "start_time", "end_time"), "speaker_name", "Ana Lind", "Kovac")}, "text"),
    "teams-json": ({"entries": [{"text": t, "speakerDisplayName": "Ana Lind", "startOffset": clock(a), "endOffset": clock(b)} for t, a, b in SAID]}, "text"),
    "meet-json": ({"transcriptEntries": [{"participant": "x/1", "text": t, "startTime": "2026-01-01T10:00:00Z"} for t, _, _ in SAID]}, "text"),
    "paragraphs-json": ({"platform": "teams", "paragraphs": [t for t, _, _ in SAID]}, ""),
    "wordpress-json": ({"title": {"rendered": "Quay"}, "link": "https://quay.example/1", "date": "2026-02-03T10:00:00",
                        "content": {"rendered": "".join(f"<p>{t}</p>\n" for t, _, _ in SAID)}}, ""),
    "mediasum-json": ({"id": "X-1", "program": "Quay Hour", "date": "2026-02-03", "title": "Quay", "utt": [t for t, _, _ in SAID],
                       "speaker": ["Ana Lind", "Ana Lind", "Kovac"]}, ""),
    "article-json": ({"url": "https://quay.example/1", "title": "Quay", "text": "\n\n".join(t for t, _, _ in SAID)}, "text"),
}  # fmt: skip


def run(text: str, **asked: Any) -> Result:
    return clean(text.encode("utf-8", "surrogatepass"), "talk.json", BOOK, Options(**asked))


def said(result: Result) -> list[str]:
    return re.findall(r"[\w’'-]+", " ".join(block.text for block in result.blocks()))


def walk(value: Any, key: str) -> Iterator[str]:
    """Yield the strings under a key, in order: another reader."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == key and isinstance(inner, str):
                yield inner
            else:
                yield from walk(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, key)


def test_each_dialect_has_a_specimen() -> None:
    assert {row.name for row in DIALECTS} == {*SPECIMENS, "cleanup-json"}
    assert all(row.source.startswith("https://") for row in DIALECTS if row.name != "cleanup-json")


@pytest.mark.parametrize("escaped", [True, False])
@pytest.mark.parametrize("name", SPECIMENS)
def test_a_dialect_is_known_and_no_word_is_lost(name: str, escaped: bool) -> None:
    value, key = SPECIMENS[name]
    text = json.dumps(value, ensure_ascii=escaped, indent=1 if escaped else None)
    result = run(text)
    assert result.document.format.name == ("html" if name == "wordpress-json" else name)
    wanted = " ".join(walk(value, key)) if key else WHOLE
    assert said(result) == re.findall(r"[\w’'-]+", wanted)
    assert said(run(text, format=name)) == said(result)
    counts = result.account
    assert counts["words"] == sum(n for fate, n in counts.items() if fate not in ("words", "changed"))
    first = result.blocks()[0]
    assert text[first.start] == "I" and (first.at == 1000 or name in UNTIMED)


UNTIMED = {
    "google-plain-json",
    "meet-json",
    "paragraphs-json",
    "wordpress-json",
    "article-json",
    "mediasum-json",
    "google-speakers-json",
}


def speakers(name: str) -> list[str | None]:
    return [block.speaker for block in run(json.dumps(SPECIMENS[name][0])).blocks()]


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("podcast-json", ["Ana Lind", "Kovac"]), ("podlove-json", ["Ana Lind", "Kovac"]), ("whisperx-json", ["SPEAKER_00", "SPEAKER_01"]),
     ("whisperx-words-json", ["SPEAKER_00", "SPEAKER_01"]), ("assemblyai-json", ["A", "B"]), ("deepgram-json", ["0", "1"]),
     ("deepgram-words-json", ["0", "1"]), ("aws-json", ["spk_0", "spk_1"]), ("google-speakers-json", ["1", "2"]), ("azure-json", ["1", "2"]),
     ("ibm-json", ["0", "1"]), ("speechmatics-json", ["S1", "S2"]), ("speechmatics-1-json", ["F1", "M2"]), ("kaldi-json", ["S1", "S2"]),
     ("paper-edit-json", ["TBC 0", "TBC 1"]), ("otter-json", ["Ana Lind", "8"]), ("rev-json", ["Ana Lind", "1"]), ("whisper-json", [None]),
     ("trint-json", [None]), ("azure-video-json", ["Ana Lind"]), ("recall-json", ["Ana Lind"]), ("mediasum-json", ["Ana Lind", "Kovac"])],
)  # fmt: skip
def test_who_speaks(name: str, wanted: list[str | None]) -> None:
    assert speakers(name) == wanted


def test_names_in_full_are_declared() -> None:
    result = run(json.dumps(SPECIMENS["podcast-json"][0]))
    assert [(s.label, s.name, s.evidence) for s in result.cast.speakers] == [
        ("Ana Lind", "Ana Lind", "declared"),
        ("Kovac", None, None),
    ]


def test_facts_are_stated_where_they_stand() -> None:
    text = json.dumps(SPECIMENS["otter-json"][0])
    title = run(text).chosen["title"]
    assert (title.value, text[title.start : title.end]) == ("Quay", "Quay")
    page = run(json.dumps(SPECIMENS["wordpress-json"][0])).chosen
    assert {key: page[key].value for key in ("title", "date", "address")} == {
        "title": "Quay", "date": "2026-02-03", "address": "https://quay.example/1",
    }  # fmt: skip
    assert run(json.dumps(SPECIMENS["whisper-json"][0])).language == "en"


@pytest.mark.parametrize(
    ("value", "path", "who"),
    [
        ({"data": [{"transcript": t, "who": "Kovac", "begin": 1000 * a} for t, a, _ in SAID]}, "`transcript` in the list `data[]`", "Kovac"),
        ({"transcript": [{"text": t, "user_name": "Ana Lind", "ts": clock(a), "end_ts": clock(b)} for t, a, b in SAID]}, "`text` in the list `transcript[]`", "Ana Lind"),
        ({"x": [{"rows": [{"text": t, "speaker": {"name": "Ana Lind"}, "startTime": a} for t, a, _ in SAID]}]}, "`text` in the list `x[0].rows[]`", "Ana Lind"),
        ([{"value": w, "speaker": "S1", "start": a, "end": b} for w, a, b in WORDS], "`value`", "S1"),
    ],
)  # fmt: skip
def test_an_unknown_list_is_told_by_its_keys(value: Any, path: str, who: str) -> None:
    result = run(json.dumps(value))
    assert said(result) == re.findall(r"[\w’'-]+", WHOLE)
    assert (result.blocks()[0].speaker, result.blocks()[0].at) == (who, 1000)
    assert result.source.remarks == (f"no known dialect of JSON; {path} is taken for what was said",)


def test_one_object_a_line() -> None:
    text = "".join(json.dumps({"text": said, "start": a, "end": b}) + "\n" for said, a, b in SAID)
    assert said(run(text)) == re.findall(r"[\w’'-]+", WHOLE)


@pytest.mark.parametrize("name", ["podcast-json", "whisper-json", "article-json", "rev-json"])
def test_our_own_form_says_the_same(name: str) -> None:
    first = transcript(run(json.dumps(SPECIMENS[name][0])))
    again = transcript(run(json.dumps(first)))
    assert again["format"] == "cleanup-json"
    assert blocks(first) == blocks(again)


def blocks(transcript: Any) -> list[list[Any]]:
    return [[block[key] for key in ("kind", "speaker", "text", "at", "continues")] for block in transcript["blocks"]]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.text(
            st.characters(
                codec="utf-8", exclude_categories=["Cc", "Cf", "Co", "Cn", "Zl", "Zp"], exclude_characters="&�"
            ),
            max_size=30,
        ),
        max_size=4,
    ),
    st.booleans(),
)
def test_any_string_survives(texts: list[str], escaped: bool) -> None:
    texts = [*texts, "harbour"]
    text = json.dumps(
        {"segments": [{"text": t, "start": i, "end": i + 0.5} for i, t in enumerate(texts)]}, ensure_ascii=escaped
    )
    result = run(text, language="en", without=frozenset(BOOK.by_id))
    shown = "".join("".join(block.text for block in result.blocks()).split())
    labels = [
        p for p in result.document.parts if p.kind in ("label", "markup", "stamp") and p.form not in ("cue", "until")
    ]
    if not labels:
        assert shown == "".join("".join(texts).split())
    at = 0
    for span in result.spans():
        assert span.start == at < span.end
        at = span.end
    assert at == len(text)


def test_a_hand_may_edit_what_was_said() -> None:
    text = json.dumps({"segments": [{"text": "It rained at the café and the fery left.", "start": 1, "speaker": "A"}]})
    place = text.index("the fery")
    wanted = at(text, place, place + 8, "edit", rule=HAND)._replace(text="the ferry")
    result = run(text, decided=(wanted,))
    assert [block.text for block in result.blocks()] == ["It rained at the café and the ferry left."]
    assert [row.edits for row in result.findings] == [((place + 4, place + 8, "fery", "ferry"),)] and not result.lost


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"segments": [{"text": "It rained.", "sta', "line 1, column 38: is no whole JSON"),
        ('{"segments": [\n{"text": "It rained."},\n]}', "line 3, column 1: is no whole JSON"),
        ("[" * 5000 + "]" * 5000, "nested too deep"),
        ('{"name": "quay", "scripts": {"start": "node text"}}', "no transcript in this JSON"),
        ('{"text": "", "segments": []}', "no transcript in this JSON"),
        ("{} trailing", "is no whole JSON"),
    ],
)
def test_what_is_no_transcript_is_said_in_a_line(text: str, what: str) -> None:
    with pytest.raises(InputError, match=re.escape(what)) as problem:
        run(text)
    assert "\n" not in str(problem.value) and str(problem.value).startswith("talk.json: ")


@pytest.mark.parametrize(
    ("inner", "wanted", "remarks"),
    [
        ('"text": "It rained.", "start": NaN', "It rained.", 1),
        (f'"text": "It rained.", "start": {"9" * 5000}', "It rained.", 0),
        ('"text": "It \\ud83d rained \\ud83d\\ude00.", "start": 1', "It \ufffd rained 😀.", 0),
        ('"text": "It shone.", "text": "It rained.", "start": 1', "It rained.", 1),
        ('"text": "It\\r\\nrained\\u2028here.", "start": -1', "It rained here.", 0),
        ('"text": "It \\/ rained\\t\\"so\\".", "start": 1', 'It / rained "so".', 0),
    ],
)
def test_odd_values_are_read(inner: str, wanted: str, remarks: int) -> None:
    result = run(f'\ufeff{{"segments": [{{{inner}}}]}}')
    assert [block.text for block in result.blocks()] == [wanted]
    assert len(result.source.remarks) == remarks
