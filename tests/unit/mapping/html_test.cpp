#include "mapping/html.hpp"

#include <gtest/gtest.h>

namespace flit::mapping {
namespace {

TEST(CleanHtml, KeepsWhatIsSafe) {
  EXPECT_EQ(
      clean_html("<p>See <b>will</b> &amp; <a href=\"https://x.example/a?b=1&c=2\">link</a></p>")
          .html,
      "<p>See <b>will</b> &amp; <a href=\"https://x.example/a?b=1&amp;c=2\" rel=\"noopener "
      "noreferrer\">link</a></p>");
}

TEST(CleanHtml, LeavesNothingThatCouldRun) {
  for (const char* hostile :
       {"<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
        "<a href=\"java\tscript:alert(1)\">x</a>", "<iframe src=//evil.example></iframe>",
        "<svg><script>alert(1)</script></svg>", "<p onclick=alert(1)>x",
        "<a href=\"&#106;avascript:alert(1)\">x</a>",
        "<style>p{background:url(javascript:alert(1))}</style>",
        "<math><mtext></mtext><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 "
        "onerror=alert(1)&gt;\">",
        "<template><script>alert(1)</script></template>",
        "<p style=\"x:expression(alert(1))\">x</p>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">"}) {
    const CleanHtml clean = clean_html(hostile);
    const std::string twice = clean_html(clean.html).html;
    EXPECT_EQ(clean.html.find("<script"), std::string::npos) << clean.html;
    EXPECT_EQ(clean.html.find("<img"), std::string::npos) << clean.html;
    EXPECT_EQ(clean.html.find("<iframe"), std::string::npos) << clean.html;
    EXPECT_EQ(clean.html.find("href=\"java"), std::string::npos) << clean.html;
    EXPECT_EQ(clean.html.find("style="), std::string::npos) << clean.html;
    EXPECT_EQ(twice, clean.html) << "cleaning what is clean changes nothing";
  }
}

TEST(CleanHtml, IsTextAlsoWhereAReferenceIsBeyondAnyCharacter) {
  EXPECT_EQ(clean_html("&#11111111111;x").html, "\uFFFDx");
  EXPECT_EQ(clean_html("a\x02").removed.size(), 1U) << "a control is replaced, and that is said";
  EXPECT_TRUE(clean_html("a\uFFFD").removed.empty()) << "it was there";
  EXPECT_EQ(text_of_html("&#111111111111x"), "\uFFFDx");
}

TEST(CleanHtml, SaysWhatItTookOut) {
  EXPECT_EQ(clean_html("<p onclick=x()>a<script>b</script></p>").removed,
            (std::vector<std::string>{"onclick", "script"}));
  EXPECT_TRUE(clean_html("<p>plain</p>").removed.empty());
}

TEST(CleanHtml, NamesTheImagesThatTheTextShows) {
  const CleanHtml clean = clean_html(
      "<img src=\"/api/v1/files/880/content?inline=1\" data-file-id=\"880\"><img "
      "src=\"cid:img1@int\">"
      "<img src=\"data:image/png;base64,AAAA\"><img src=\"http://x.example/a.png\">");

  ASSERT_EQ(clean.images.size(), 4U);
  EXPECT_EQ(clean.images[0].reference, "880");
  EXPECT_EQ(clean.images[1].reference, "img1@int");
  EXPECT_EQ(clean.images[2].kind, HtmlImage::Kind::embedded);
  EXPECT_EQ(clean.images[3].reference, "http://x.example/a.png");
}

TEST(CleanHtml, ClosesWhatWasLeftOpenAndSurvivesAbsurdNesting) {
  EXPECT_EQ(clean_html("<p>a<b>b").html, "<p>a<b>b</b></p>");

  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<div>";
  deep += "text";

  EXPECT_EQ(clean_html(deep).html, "text");
  EXPECT_EQ(text_of_html(deep), "text");
}

TEST(TextOfHtml, ReadsAsAPersonWould) {
  EXPECT_EQ(
      text_of_html("<h1>Will</h1><p>Dear  <b>Anna</b>,<br>see:</p><ul><li>one</li><li>two</li></ul>"
                   "<script>no()</script><a href=\"https://x.example\">here</a>"),
      "Will\nDear Anna,\nsee:\n- one\n- two\nhere (https://x.example)");
}

}  // namespace
}  // namespace flit::mapping
