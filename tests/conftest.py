import pytest

from cleanup.kinds import KINDS
from cleanup.rulebook import Rulebook, open_book


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return open_book(kinds=KINDS)
