"""Plain text: a paragraph a turn, the speaker's name before it where another begins."""

from cleanup.script import Script


def write(script: Script) -> str:
    """Return the text; a title is its first line. Notes stay out, as on a page."""
    pieces = [title] if (title := script.said("title")) else []
    heard: str | None = None
    for block in script.blocks:
        if block.kind == "note":
            continue
        text = "---" if block.block == "hr" else block.text
        if block.kind == "sound" and block.continues and pieces:
            pieces[-1] += " " + text
            continue
        if block.kind == "turn":
            if block.continues and pieces and block.speaker == heard:
                pieces[-1] += " " + text
                continue
            text = f"{block.speaker}: {text}" if block.speaker and block.speaker != heard else text
            heard = block.speaker
        pieces.append(text)
    return "\n\n".join(pieces) + "\n"
