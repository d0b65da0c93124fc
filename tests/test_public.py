import cleanup

TALK = b"KOVAC: Good evening.\n\nLIND: Hello.\n\nKOVAC: Welcome.\n\nSource link\n"


def test_the_public_names() -> None:
    rules = cleanup.open_rules()
    assert [p.finding.rule for p in cleanup.check(TALK, "talk.txt", rules)] == ["boilerplate/scraper/source-link"]
    page = cleanup.publish(TALK, "talks/talk.txt", rules, site="hugo")
    assert 'raw: "talks/talk.txt"' in page and "**LIND:** Hello." in page and "Source link" not in page
    assert cleanup.clean(TALK, "talk.txt", rules).account["words"] == 9
