"""What can go wrong, said in one line: what, where, what to do."""


class CleanupError(Exception):
    """Something the user can act on; its text is the one line that is shown."""

    exit_code = 3


class InputError(CleanupError):
    """One input cannot be done (unreadable, binary, not this format); the others go on."""


class ProofError(CleanupError):
    """What would be written does not say what was read; nothing is written."""


class HandEdited(CleanupError):
    """The page that stands there is not ours, or a hand has edited it; it is left."""


class SettingsError(CleanupError):
    """The call, the settings or a rule file is wrong; nothing was touched."""

    exit_code = 2


class EngineError(CleanupError):
    """A grammar engine that was asked for is not there, or has not answered; nothing is written without its answer."""
