// Pages that are opened in a browser run nothing, whatever people have typed: parsed as a browser
// parses them, not searched for texts.

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <gumbo.h>

#include "every_byte.hpp"
#include "planted_data.hpp"
#include "tests/e2e/migration/both_ends.hpp"

namespace flit::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// What of a page could run, and the policy that it would have to break.
struct Seen {
  std::vector<std::string> dangers{};
  std::string policy{};
};

bool is_dangerous_element(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_APPLET:
    case GUMBO_TAG_BASE:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_LINK:
      return true;
    default:
      return false;
  }
}

/// Links lead within the package.
bool is_harmless_address(const std::string& value) {
  return value.find(':') == std::string::npos && !value.starts_with("//");
}

void look_at(const GumboElement& element, Seen& seen) {
  if (is_dangerous_element(element.tag))
    seen.dangers.emplace_back(gumbo_normalized_tagname(element.tag));
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
    const std::string name = attribute->name;
    const std::string value = attribute->value;
    if (name.starts_with("on") || name == "srcdoc") seen.dangers.push_back(name);
    if ((name == "href" || name == "src" || name == "action" || name == "xlink:href") &&
        !is_harmless_address(value) && !value.starts_with("data:image/"))
      seen.dangers.push_back(fmt::format("{}={}", name, value));
    if (value == "Content-Security-Policy")
      seen.policy = gumbo_get_attribute(&element.attributes, "content")->value;
  }
}

void look_below(const GumboNode& node, Seen& seen) {
  const bool is_element = node.type == GUMBO_NODE_ELEMENT || node.type == GUMBO_NODE_TEMPLATE;
  if (!is_element) return;
  look_at(node.v.element, seen);
  for (unsigned i = 0; i < node.v.element.children.length; ++i)
    look_below(*static_cast<const GumboNode*>(node.v.element.children.data[i]), seen);
}

Seen look(const std::string& page) {
  Seen seen;
  GumboOutput* parsed = gumbo_parse_with_options(&kGumboDefaultOptions, page.data(), page.size());
  look_below(*parsed->root, seen);
  gumbo_destroy_output(&kGumboDefaultOptions, parsed);
  return seen;
}

TEST(Page, ThatWouldRunSomethingIsSeenAsSuch) {
  EXPECT_THAT(look(std::string("<p>") + markup).dangers, ElementsAre("script", "onerror"));
  EXPECT_THAT(look("<a href=\"java\nscript:x\">").dangers, testing::SizeIs(1));
  EXPECT_THAT(look("<a href=\"lists/x.csv\">").dangers, IsEmpty());
}

TEST(Pages, RunNothingThatSomebodyTyped) {
  const TemporaryDirectory folder;
  write_planted_data(folder / "data", {});
  const BothEnds ends({.source = {"--data", (folder / "data").string()}});
  ends.prepare();
  ends.sample();
  ends.typed({"run"}, {0, 6});
  ends.typed({"reconcile"});
  ends.typed({"report"});

  std::size_t pages = 0;
  bool shows_it = false;
  for (const Bytes& file : files_below(ends.project() / "out")) {
    if (!file.name.ends_with(".html")) continue;
    const Seen seen = look(file.text);
    EXPECT_THAT(seen.dangers, IsEmpty()) << file.name;
    EXPECT_THAT(seen.policy, HasSubstr("default-src 'none'")) << file.name;
    EXPECT_EQ(seen.policy.find("script-src"), std::string::npos) << file.name;
    shows_it |= file.text.find("&lt;script&gt;") != std::string::npos;
    ++pages;
  }
  EXPECT_EQ(pages, 3U) << "scope, difference, handover";
  EXPECT_TRUE(shows_it) << "the planted texts are there, as texts";
}

TEST(Lists, BeginNoFormula) {
  const TemporaryDirectory folder;
  write_planted_data(folder / "data", {});
  const BothEnds ends({.source = {"--data", (folder / "data").string()}});
  ends.prepare();
  ends.typed({"report"});

  bool shows_it = false;
  for (const Bytes& file : files_below(ends.project() / "out")) {
    if (!file.name.ends_with(".csv")) continue;
    EXPECT_EQ(file.text.find("\n="), std::string::npos) << file.name;
    EXPECT_EQ(file.text.find(",="), std::string::npos) << file.name;
    EXPECT_EQ(file.text.find(",\"="), std::string::npos) << file.name;
    shows_it |= file.text.find("=cmd()") != std::string::npos;
  }
  EXPECT_TRUE(shows_it);
}

}  // namespace
}  // namespace flit::test
