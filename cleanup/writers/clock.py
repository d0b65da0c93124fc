"""Times as people and players read them; inside they are whole milliseconds."""


def clock(at: int) -> str:
    """Return a time for readers, in whole seconds: `0:18`, `1:02:03`."""
    hours, seconds = divmod(at // 1000, 3600)
    return f"{hours}:{seconds // 60:02}:{seconds % 60:02}" if hours else f"{seconds // 60}:{seconds % 60:02}"


def exact(at: int, sign: str = ".") -> str:
    """Return a time for players: `00:01:02.003` in WebVTT, with `sign` a comma in SubRip."""
    seconds, rest = divmod(at, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{sign}{rest:03}"


def duration(at: int) -> str:
    """Return a time as a duration of ISO 8601, which `<time datetime>` of HTML takes: `PT62.003S`."""
    return f"PT{at // 1000}.{at % 1000:03}S" if at % 1000 else f"PT{at // 1000}S"
