"""Who a visitor is: browsers within apps are people, whatever looks before or instead of them is nobody."""

import pytest

from core.tracking.visits import Visit, by_a_person, is_browser

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
ANDROID = "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/UD1A; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
PEOPLE = (
    IPHONE,
    ANDROID,
    DESK,
    f"{IPHONE} Twitter for iPhone/10.50",
    f"{IPHONE} Twitter for iPhone",
    f"{IPHONE} Twitter for iPad",
    f"{ANDROID} TwitterAndroid",
    f"{ANDROID} Telegram-Android/11.2.3 (Google Pixel 8; Android 14; SDK 34; AVERAGE)",
    f"{IPHONE} Telegram-iOS/10.1",
    f"{IPHONE} Instagram 300.0.0.18.111 (iPhone14,5; iOS 17_5; en_IN; en; scale=3.00; 1170x2532; 612)",
    f"{ANDROID} Instagram 330.0.0.40.92 Android (34/14; 420dpi; 1080x2154; Google/google; Pixel 8; shiba; shiba; en_IN; 595)",
    f"{IPHONE} [FBAN/FBIOS;FBAV/460.0.0.30.108;FBBV/586;FBDV/iPhone14,5;FBMD/iPhone;FBSN/iOS;FBSV/17.5;FBSS/3;FBID/phone;FBLC/en_US;FBOP/5]",
    f"{ANDROID} [FB_IAB/FB4A;FBAV/460.0.0.40.109;]",
    f"{ANDROID} [FB_IAB/MESSENGER;FBAV/400.0;]",
    f"{IPHONE} musical_ly_2023405030 BytedanceWebview/d8a21c6 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/en Region/IN",
    f"{ANDROID} trill_340503 JsSdk/1.0 NetType/WIFI Channel/googleplay AppName/trill app_version/34.5.3 ByteLocale/en ByteFullLocale/en Region/ID BytedanceWebview/d8a21c6",
    f"{IPHONE} Snapchat/12.60.0.30 (like Safari/8617.2.4, panda)",
    f"{ANDROID} Snapchat/12.60.0.30 (Pixel 8; Android 14#11; gzip; )",
    f"{IPHONE} [LinkedInApp]/9.29.1234",
    f"{ANDROID} [LinkedInApp]",
    f"{IPHONE} WhatsApp/2.24.10",
    f"{ANDROID} WhatsApp/2.24.10.75 A",
    f"{IPHONE} [Pinterest/iOS]",
    f"{ANDROID} [Pinterest/Android]",
    f"{IPHONE} Line/14.5.0",
    f"{IPHONE} MicroMessenger/8.0.47(0x18002f2c) NetType/WIFI Language/en",
    f"{IPHONE} GSA/320.0.640 Safari/604.1",
    f"{IPHONE} Barcelona 330.0.0.1 (iPhone14,5)",
    f"{DESK} Slack_SSB/4.29.149",
    f"{ANDROID} Viber/22.1",
    f"{IPHONE} Reddit/Version 2024.20.0",
    f"{IPHONE} DuckDuckGo/7 Safari/605.1.15",
    "Mozilla/5.0 (Linux; Android 10; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36",
    "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80/190.280; U; en) Presto/2.12.423 Version/12.16",
    "Mozilla/5.0 (Mobile; LYF/F90M/LYF-F90M-000-02-28-130318; Android; rv:48.0) Gecko/48.0 Firefox/48.0 KAIOS/2.0",
    "Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0",
    "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
    f"{ANDROID} Quora 3.2",
    f"{DESK} Edg/126.0",
    f"{ANDROID} SamsungBrowser/25.0",
    f"{ANDROID} ShareChat/2024.1",
    f"{ANDROID} MojLite",
    f"{ANDROID} UCBrowser/13",
    f"{IPHONE} Discord/200",
    f"{IPHONE} Mobile/15E148 Safari/604.1 OPX/2.4",
    "Mozilla/5.0 (Linux; Android 14) Instagram 300.0",
    f"{IPHONE} Outlook-iOS/709.2",
    f"{DESK} Teams/24",
    f"{DESK} Electron/28 discord/1.0.9",
    f"{IPHONE} BingSapphire/29",
    f"{IPHONE} EtsyInc/6",
    f"{IPHONE} Bluesky",
    f"{IPHONE} Threads 300",
)
PROGRAMS = (
    "http.rb/5.1.1 (Mastodon/4.2.0; +https://mastodon.social/)",
    "Mastodon/4.3.0 (http.rb/5.2.0; +https://x.example/)",
    "Pleroma 2.5.0; https://p.example <a@b.c>",
    "Akkoma 3.10",
    "Misskey/13.14.2 (https://m.example)",
    "Mozilla/5.0 (compatible; SummalyBot/5.0.3)",
    "axios/1.6.2",
    "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
    "Scrapy/2.11 (+https://scrapy.org)",
    "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
    "Viber",
    "Viber/13.3",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Mozilla/5.0 (compatible; Iframely/1.3.1; +https://iframely.com/docs/about)",
    "GoogleOther",
    "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126 Mobile Safari/537.36 (compatible; GoogleOther)",
    "Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)",
    "Mozilla/5.0 (Linux; Android 14; wv) AppleWebKit/537.36 Chrome/126 Mobile Safari/537.36 thirdLandingPageFeInfra",
    "Mozilla/5.0 zgrab/0.x",
    "WhatsApp/2.23.20.0",
    "WhatsApp/2.2409.2 N",
    "TelegramBot (like TwitterBot)",
    "Twitterbot/1.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0",
    "meta-externalagent/1.1",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
    "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/534+ (KHTML, like Gecko) BingPreview/1.0b",
    "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
    "Pinterest/0.2 (+https://www.pinterest.com/bot.html)",
    "Mozilla/5.0 (compatible; Pinterestbot/1.0; +http://www.pinterest.com/bot.html)",
    "Bluesky Cardyb/1.1; +mailto:support@bsky.app",
    "GoToSocial/0.15 (+https://gts.example)",
    "Friendica 'Yellow Archangel' 2023",
    "lemmy/0.19",
    "PixelFed/0.12 (+https://pixelfed.social)",
    "Synapse (bot; +https://github.com/matrix-org/synapse)",
    "Dalvik/2.1.0 (Linux; U; Android 14)",
    "CFNetwork/1494.0.7 Darwin/23.4.0",
    "okhttp/4.9",
    "Apache-HttpClient/4.5",
    "Ruby",
    "undici",
    "got (https://github.com/sindresorhus/got)",
    "aiohttp/3.9",
    "libwww-perl/6",
    "Mozilla/5.0 (compatible; Yahoo! Slurp)",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/126 Safari/537.36",
    "Mozilla/5.0 (compatible; redditbot/1.0)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 11.6; rv:92.0) Gecko/20100101 Firefox/92.0 Discordbot",
    "SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 (compatible; Bytespider; spider-feedback@bytedance.com)",
    "TikTokSpider",
    "Iframely/1.3.1",
    "Tumblr/14.0 ",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 11_0 like Mac OS X) AppleWebKit/604.1.38 (KHTML, like Gecko) Version/11.0 Mobile/15A372 Safari/604.1 (compatible; Applebot/0.3)",
    "Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Chrome/126 Mobile Safari/537.36 (compatible; TelegramBot)",
    "Postman",
    *(
        f"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 {one}"
        for one in (
            "Acmebot/1",
            "AcmeCrawl",
            "Acme Spider",
            "Link Preview",
            "Acme Scanner",
            "HeadlessAcme",
            "Acme-Lighthouse",
            "AcmeMonitor/1",
            "(see https://acme.example/about)",
            "(compatible; Acme)",
            "thirdLandingPageFeInfra",
        )
    ),
    "Acme/1.0",
    "",
)


@pytest.mark.parametrize("agent", PEOPLE)
def test_a_person_in_a_browser_counts_within_an_app_too(agent: str) -> None:
    assert is_browser(agent)


@pytest.mark.parametrize("agent", PROGRAMS)
def test_a_program_is_nobody(agent: str) -> None:
    assert not is_browser(agent)


@pytest.mark.parametrize(
    ("method", "purpose", "counts"),
    [
        ("GET", "", True),
        ("HEAD", "", False),
        ("GET", "prefetch", False),
        ("GET", "prefetch;prerender", False),
        ("GET", "prefetch;anonymous-client-ip", False),
        ("GET", "preview", False),
        ("GET", ":instant", False),
    ],
)
def test_what_is_fetched_ahead_is_no_click(method: str, purpose: str, *, counts: bool) -> None:
    assert by_a_person(Visit(DESK, "203.0.113.7", method, purpose)) == counts
