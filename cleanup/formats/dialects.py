"""The JSON that speech recognisers, players and editors write: one row each, as published by who made it.

A path is keys with dots between; `[]` goes through a list, `*` through the values of an object, `[0]` and
`[-1]` take one of a list, and `|` parts alternatives, of which the first that holds something counts. An empty
path is the piece itself; where a text has several places, they are put together. A speaker that a piece does not have is looked for in what it stands in.
"""

from typing import NamedTuple


class Turns(NamedTuple):
    """Stretches of time and who speaks in them, where they stand apart from what is said."""

    path: str
    speaker: str
    start: str
    end: str
    lasts: bool = False


class Dialect(NamedTuple):
    """Where a dialect keeps its pieces, and what their keys say.

    `unit` is how many milliseconds a bare number is: 1000 for seconds; 0 where the numbers have to
    tell. With `lasts` the end is a duration. `words`: a piece is a word, and `join` stands between two of
    them, but not before those that `tight` describes (`key=value|value`). `only` describes the pieces that
    are said, `has` lists what must be there besides. `people` is a path to a table, with the keys of code and
    name. `facts` are keys of front matter with the path of each. `html`: the one piece is a page, or may be one (None). `beside` is the path to a list of speakers, one a piece. `kind` is the path to what
    a piece is, in our own form, where a piece without a speaker has none. `source` says where the schema is published.
    """

    name: str
    pieces: str
    text: str
    speaker: str = "speaker"
    start: str = "start"
    end: str = "end"
    unit: float = 1000
    lasts: bool = False
    words: bool = False
    join: str = " "
    tight: str = ""
    only: str = ""
    has: tuple[str, ...] = ()
    turns: Turns | None = None
    people: tuple[str, str, str] | None = None
    facts: tuple[tuple[str, str], ...] = ()
    html: bool | None = False
    beside: str = ""
    kind: str = ""
    source: str = ""


_LANGUAGE = (("language", "language"),)

DIALECTS = (
    Dialect("cleanup-json", "blocks[]|[].blocks[]", "text", "speaker", "at", "until", has=("schema", "blocks[].kind", "blocks[].text"), kind="kind", tight="continues=true",
            facts=(("title", "title"), ("date", "date"), ("language", "language"), ("source", "source"))),
    # Players and publishers
    Dialect("podcast-json", "segments[]", "body", start="startTime", end="endTime", has=("version",),
            source="https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md"),
    Dialect("podlove-json", "[]|transcripts[]", "text", "voice|speaker", "start_ms", "end_ms", 1,
            source="https://docs.podlove.org/podlove-web-player/v5/configuration"),
    Dialect("podlove-groups-json", "[].items[]|transcripts[].items[]", "text", "voice|speaker", "start_ms|start", "end_ms|end", 1,
            source="https://docs.podlove.org/podlove-publisher/reference/templates/template-tags/line"),
    Dialect("dote-json", "lines[]", "text", "speakerDesignation", "startTime", "endTime",
            source="https://github.com/bigsofttms/DOTE"),
    Dialect("youtube-json3", "events[]", "segs[].utf8", "", "tStartMs", "dDurationMs", 1, lasts=True,
            source="https://github.com/yt-dlp/yt-dlp/blob/master/yt_dlp/extractor/youtube/_video.py"),
    Dialect("youtube-json", "[]|snippets[]", "text", "", "start", "duration", lasts=True, has=("[].duration|snippets[].duration",),
            source="https://github.com/jdepoix/youtube-transcript-api", facts=(("language", "language_code"),)),
    # Recognisers
    Dialect("whisper-cpp-json", "transcription[]", "text", start="offsets.from|timestamps.from", end="offsets.to|timestamps.to",
            unit=1, facts=(("language", "result.language"),),
            source="https://github.com/ggml-org/whisper.cpp/blob/master/examples/cli/cli.cpp"),
    Dialect("whisperx-json", "segments[]", "text", has=("segments[].words[].word|word_segments",), facts=_LANGUAGE,
            source="https://github.com/m-bain/whisperX/blob/main/whisperx/types.py"),
    Dialect("whisper-json", "segments[]", "text", "speaker|speaker_name|speaker_label|speaker_id", facts=_LANGUAGE,
            source="https://github.com/openai/whisper/blob/main/whisper/transcribe.py"),
    Dialect("whisperx-words-json", "word_segments[]", "word", words=True, facts=_LANGUAGE,
            source="https://github.com/m-bain/whisperX/blob/main/whisperx/types.py"),
    Dialect("assemblyai-json", "utterances[]|sentences[]|paragraphs[]", "text", unit=1,
            facts=(("language", "language_code"),), source="https://www.assemblyai.com/docs/api-reference/transcripts/get"),
    Dialect("assemblyai-words-json", "words[]", "text", unit=1, words=True, has=("id|audio_url", "status|audio_url"),
            facts=(("language", "language_code"),), source="https://www.assemblyai.com/docs/api-reference/transcripts/get"),
    Dialect("deepgram-json", "results.utterances[]", "transcript", source="https://developers.deepgram.com/docs/utterances"),
    Dialect("deepgram-paragraphs-json", "results.channels[].alternatives[0].paragraphs.paragraphs[].sentences[]", "text",
            source="https://developers.deepgram.com/docs/paragraphs"),
    Dialect("deepgram-words-json", "results.channels[].alternatives[0].words[]", "punctuated_word|word", words=True,
            source="https://developers.deepgram.com/reference/speech-to-text/listen-pre-recorded"),
    Dialect("aws-json", "results.items[]", "alternatives[0].content", "speaker_label", "start_time", "end_time", words=True,
            tight="type=punctuation", turns=Turns("results.speaker_labels.segments[]", "speaker_label", "start_time", "end_time"),
            facts=(("language", "results.language_code"),),
            source="https://docs.aws.amazon.com/transcribe/latest/dg/how-input.html"),
    Dialect("aws-call-json", "Transcript[]", "Content", "ParticipantRole|ParticipantId", "BeginOffsetMillis", "EndOffsetMillis", 1,
            facts=(("language", "LanguageCode"),), source="https://docs.aws.amazon.com/transcribe/latest/dg/tca-output-post-call.html"),
    Dialect("google-speakers-json", "results[-1].alternatives[0].words[]|response.results[-1].alternatives[0].words[]", "word",
            "speakerTag|speakerLabel", "startTime|startOffset", "endTime|endOffset", words=True,
            has=("results[-1].alternatives[0].words[0].speakerTag|response.results[-1].alternatives[0].words[0].speakerTag",),
            facts=(("language", "results[0].languageCode|response.results[0].languageCode"),),
            source="https://cloud.google.com/speech-to-text/docs/multiple-voices"),
    Dialect("google-json", "results[].alternatives[0].words[]|response.results[].alternatives[0].words[]", "word",
            "speakerLabel|speakerTag", "startTime|startOffset", "endTime|endOffset", words=True,
            facts=(("language", "results[0].languageCode|response.results[0].languageCode"),),
            source="https://cloud.google.com/speech-to-text/docs/reference/rest/v1/speech/recognize"),
    Dialect("google-plain-json", "results[].alternatives[0]|response.results[].alternatives[0]", "transcript", start="", end="",
            has=("results[].resultEndTime|results[].languageCode|response.results[].resultEndTime|response.results[].languageCode",),
            source="https://cloud.google.com/speech-to-text/docs/reference/rest/v1/speech/recognize"),
    Dialect("azure-json", "recognizedPhrases[]", "nBest[0].display", "speaker|channel", "offsetInTicks|offset",
            "durationInTicks|duration", 1e-4, lasts=True, facts=(("language", "recognizedPhrases[0].locale"),),
            source="https://learn.microsoft.com/azure/ai-services/speech-service/batch-transcription-get"),
    Dialect("azure-fast-json", "phrases[]", "text", start="offsetMilliseconds", end="durationMilliseconds", unit=1, lasts=True,
            facts=(("language", "phrases[0].locale"),),
            source="https://learn.microsoft.com/azure/ai-services/speech-service/fast-transcription-create"),
    Dialect("azure-live-json", "[]", "DisplayText|NBest[0].Display", "SpeakerId", "Offset", "Duration", 1e-4, lasts=True,
            source="https://learn.microsoft.com/azure/ai-services/speech-service/get-speech-recognition-results"),
    Dialect("azure-video-json", "videos[0].insights.transcript[]|insights.transcript[]", "text", "speakerId",
            "instances[0].start", "instances[0].end", facts=(("title", "name"), ("language", "videos[0].insights.language")),
            people=("videos[0].insights.speakers[]", "id", "name"),
            source="https://learn.microsoft.com/azure/azure-video-indexer/insights-overview"),
    Dialect("ibm-json", "results[].alternatives[0].timestamps[]|results[].results[].alternatives[0].timestamps[]", "[0]", "",
            "[1]", "[2]", words=True, turns=Turns("speaker_labels[]|results[].speaker_labels[]", "speaker", "from", "to"),
            source="https://cloud.ibm.com/apidocs/speech-to-text"),
    Dialect("speechmatics-json", "results[]", "alternatives[0].content", "alternatives[0].speaker", "start_time", "end_time",
            words=True, tight="type=punctuation", only="type=word|punctuation|entity", has=("format",),
            facts=(("language", "metadata.transcription_config.language"),),
            source="https://docs.speechmatics.com/api-ref/batch/get-the-transcript-for-a-transcription-job"),
    Dialect("speechmatics-1-json", "words[]", "name", "", "time", "duration", lasts=True, words=True, has=("job", "speakers"),
            turns=Turns("speakers[]", "name", "time", "duration", lasts=True), facts=(("language", "job.lang"),),
            source="https://github.com/bbc/react-transcript-editor/tree/master/packages/stt-adapters/speechmatics"),
    Dialect("kaldi-json", "retval.words[]|words[]", "punct", "", words=True,
            turns=Turns("retval.segmentation.segments[]|segmentation.segments[]", "speaker.@id", "start", "duration", lasts=True),
            source="https://github.com/bbc/react-transcript-editor/tree/master/packages/stt-adapters/bbc-kaldi"),
    Dialect("vosk-json", "result[]|[].result[]", "word", words=True, has=("text|[].text",),
            source="https://alphacephei.com/vosk/"),
    Dialect("rev-json", "monologues[].elements[]", "value", "speaker_name|speaker", "ts|timestamp", "end_ts|end_timestamp",
            words=True, join="", people=("speakers[]", "id", "name"), source="https://docs.rev.ai/api/asynchronous/get-started/"),
    Dialect("gladia-json", "result.transcription.utterances[]|transcription.utterances[]", "text", "speaker",
            source="https://docs.gladia.io/api-reference"),
    Dialect("elevenlabs-json", "words[]", "text", "speaker_id", words=True, join="", has=("language_code", "words[].type"),
            facts=(("language", "language_code"),), source="https://elevenlabs.io/docs/api-reference/speech-to-text/convert"),
    # Editors and meetings
    Dialect("autoedit-json", "text[].paragraph[].line[]", "text", "speaker", "startTime", "endTime", words=True,
            source="https://github.com/bbc/react-transcript-editor/tree/master/packages/stt-adapters/autoEdit2"),
    Dialect("paper-edit-json", "words[]", "text", "", words=True, has=("paragraphs[].start",),
            turns=Turns("paragraphs[]", "speaker", "start", "end"),
            source="https://github.com/bbc/digital-paper-edit"),
    Dialect("trint-json", "words[]", "value", "speaker", "time", "duration", 1, lasts=True, words=True, has=("paragraphs",),
            facts=(("title", "title"), ("language", "language")),
            source="https://github.com/bbc/react-transcript-editor/tree/master/packages/stt-adapters/trint"),
    Dialect("otter-json", "speech.transcripts[]|transcripts[]", "transcript", "speaker_id", "start_offset", "end_offset", 1 / 16,
            people=("speech.speakers[]|speakers[]", "id|speaker_id", "speaker_name"), facts=(("title", "speech.title|title"),),
            source="https://github.com/gmchad/otterai-api"),
    Dialect("recall-json", "[].words[]", "text", "speaker|participant.name", "start_timestamp.relative|start_timestamp",
            "end_timestamp.relative|end_timestamp", words=True, has=("[].words[].start_timestamp",),
            source="https://docs.recall.ai/docs/download-schemas"),
    Dialect("fireflies-json", "sentences[]|data.transcript.sentences[]", "text", "speaker_name|speaker_id", "start_time", "end_time",
            facts=(("title", "title|data.transcript.title"),), source="https://docs.fireflies.ai/schema/sentence"),
    Dialect("teams-json", "entries[]", "text", "speakerDisplayName|speakerId", "startOffset", "endOffset",
            source="https://learn.microsoft.com/graph/api/resources/calltranscript"),
    Dialect("meet-json", "transcriptEntries[]", "text", "participant", "", "", has=("transcriptEntries[].startTime",),
            source="https://developers.google.com/workspace/meet/api/reference/rest/v2/conferenceRecords.transcripts.entries"),
    # Articles: prose in one string
    Dialect("paragraphs-json", "paragraphs[]", "", "", "", "", has=("platform",),
            source="https://github.com/cassiocassio/bristlenose/tree/main/tests/fixtures/platform-transcripts"),
    Dialect("wordpress-json", "content.rendered", "", "", "", "", has=("title.rendered",), html=True,
            facts=(("title", "title.rendered"), ("date", "date"), ("address", "link")),
            source="https://developer.wordpress.org/rest-api/reference/posts/"),
    Dialect("mediasum-json", "utt[]", "", "", "", "", has=("speaker[]",), beside="speaker[]",
            source="https://github.com/zcgzcgzcg1/MediaSum"),
    Dialect("article-json", "text|transcript|body|content|article|full_text|full_transcript|transcript_text|transcript_html|body_html|content_html", "", "", "", "",
            has=("title|headline|episode_title|video_title", "url|canonical_link|link|source_url|date|published|publish_date|air_date|published_at|pub_date"), html=None,
            facts=(("title", "title"), ("date", "publish_date|date|published"), ("description", "summary|meta_data.description")),
            source="https://github.com/KaiDMML/FakeNewsNet"),
)  # fmt: skip
"""In the order in which they are tried: what says more about itself stands first."""

TEXTS = (
    "punctuated_word text body transcript content value word utterance sentence caption line message"
    " texto texte testo tekst inhalt transkript transcripción transcrição trascrizione текст реплика 内容 文本 発言"
).split()
SPEAKERS = (
    "speaker speaker_name speakerName speaker_label speakerLabel user_name username display_name displayName"
    " speaker_id speakerId voice participant who sprecher sprecherin locuteur intervenant hablante orador ponente"
    " falante interlocutor relatore parlante spreker talare taler mówca спикер говорящий 发言人 说话人 話者 発言者 화자"
).split()
SENDERS = "name author sender user".split()
"""Keys of chats; a list of other things has them too, so they count beside a time only."""
STARTS = (
    "start startTime start_time start_ms startMs begin from start_offset startOffset offset time ts timestamp timecode"
    " tc_in zeit beginn startzeit début inicio início inizio tijd начало время 开始 開始 时间 時間"
).split()
ENDS = (
    "end endTime end_time end_ms endMs to end_offset endOffset until stop end_ts tc_out ende endzeit fin fim fine конец"
    " 结束 終了"
).split()
"""Keys by which a list is known that no row describes; columns of tables have the same names."""
