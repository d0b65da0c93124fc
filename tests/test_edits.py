from hypothesis import given
from hypothesis import strategies as st

from cleanup.edits import Edit, apply, invert, join, origin


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(max_size=40))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(places[::2], places[1::2], strict=False))
    return text, [Edit(a, b, draw(st.text(max_size=4))) for a, b in pairs]


@given(edited())
def test_law_2_inverse_gives_the_text_back(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    try:
        joined = join(edits)
    except ValueError:
        return
    after = apply(text, joined)
    back = invert(text, joined)
    assert apply(after, back) == text
    assert apply(text, invert(after, back)) == after


@given(edited())
def test_law_3_origin_finds_the_very_character(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    try:
        joined = join(edits)
    except ValueError:
        return
    after = apply(text, joined)
    inserted = {e.start + i for e in invert(text, joined) for i in range(e.end - e.start)}
    places = [origin(joined, i) for i in range(len(after))]
    assert places == sorted(places)
    for i, place in enumerate(places):
        if i not in inserted:
            assert text[place] == after[i]


def test_neighbours_are_joined() -> None:
    assert join([Edit(1, 2, "a"), Edit(2, 3, "b")]) == (Edit(1, 3, "ab"),)


def test_overlap_is_refused() -> None:
    try:
        join([Edit(0, 2, ""), Edit(1, 3, "")])
    except ValueError as problem:
        assert "overlap" in str(problem)
    else:
        raise AssertionError("an overlap was taken")
