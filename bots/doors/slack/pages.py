"""The pages around an installation: ours in look and words, without a script or a style inside them.

The library's own have both, which the security policy of our pages forbids.
"""

from html import escape

from bots.phrases.languages import spoken
from bots.phrases.sentences import say

OPEN_URL = "https://slack.com/app_redirect"


def install(url: str) -> str:
    """Return the page that leads to Slack's own."""
    return _page(say("slack.install_title"), say("slack.install_text"), url, say("slack.install"))


def installed(app_id: str, team_id: str) -> str:
    """Return the page after an installation."""
    url = f"{OPEN_URL}?app={app_id}&team={team_id}"
    return _page(say("slack.installed_title"), say("slack.installed_text"), url, say("slack.open"))


def failed(reason: str, again: str) -> str:
    """Return the page where an installation came to nothing."""
    return _page(
        say("slack.failed_title"), say("slack.failed_text", reason=reason), again, say("slack.install")
    )


def _page(title: str, text: str, url: str, label: str) -> str:
    return f"""<!doctype html>
<html lang="{spoken()}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>{escape(title)}</title>
  <link rel="stylesheet" href="/static/market.css">
  <link rel="icon" href="data:,">
</head>
<body>
<main class="page">
  <h1>{escape(title)}</h1>
  <p class="lead">{escape(text)}</p>
  <p><a class="button main" href="{escape(url)}">{escape(label)}</a></p>
</main>
</body>
</html>
"""
