#include "sim/salesforce/xml/xml.hpp"

#include <gtest/gtest.h>

namespace flit::test {
namespace {

namespace xml = sim::salesforce::xml;

TEST(Xml, ReadsElementsWithoutPrefixes) {
  const auto root = xml::read(
      "<a:r xmlns:a='u' xmlns:xsi='v'><a:n xsi:type='a:T'> x &lt; y </a:n><n xsi:nil='true'/>"
      "<!-- no --><![CDATA[<&>]]></a:r>");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->name, "r");
  EXPECT_EQ(root->value("n"), "x < y");
  EXPECT_EQ(root->child("n")->type, "T");
  EXPECT_TRUE(root->all("n")[1]->nil);
  EXPECT_EQ(root->text, "<&>");
  EXPECT_EQ(root->value("none"), "");
}

TEST(Xml, RefusesWhatCouldGrowOrBreak) {
  for (const char* text : {"", "<a>", "<a></b>", "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>",
                           "<a/><b/>", "<a>\xFF</a>"})
    EXPECT_FALSE(xml::read(text)) << text;
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<a>";
  const auto refused = xml::read(deep);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "elements are nested too deeply");
}

TEST(Xml, WritesWhatReadsBack) {
  xml::Writer out;
  out.open("r").element("t", "a<b>&\"\r\n\x01").close("r");
  const auto root = xml::read(out.take());
  ASSERT_TRUE(root);
  EXPECT_EQ(root->child("t")->text, "a<b>&\"\r\n\xEF\xBF\xBD");
}

}  // namespace
}  // namespace flit::test
