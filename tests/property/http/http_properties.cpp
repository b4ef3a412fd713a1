// What holds for every URL value, form and multipart body, not only for the examples.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "http/multipart.hpp"
#include "http/url.hpp"

namespace flit::http {
namespace {

/// Bytes that matter to the codecs come often: line breaks, dashes, the boundary itself.
rc::Gen<std::string> awkward_text() {
  const auto piece = rc::gen::oneOf(
      rc::gen::element<std::string>("\r\n", "\n", "\r", "--", "-", "b", "--b", "--b--", " ", "%",
                                    "+", "&", "=", "#", "?", std::string(1, '\0'), "é", "😀"),
      rc::gen::arbitrary<std::string>());
  return rc::gen::resize(100, rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                                           [](const std::vector<std::string>& pieces) {
                                             std::string text;
                                             for (const std::string& part : pieces) text += part;
                                             return text;
                                           }));
}

RC_GTEST_PROP(UrlProperties, EveryValueComesBackFromAQuery, ()) {
  const std::string name = *awkward_text();
  const std::string value = *awkward_text();
  RC_PRE(!name.empty() || !value.empty());

  Url url = *Url::parse("https://h/x?first=1");
  url.add_query(name, value).add_query("last", "2");

  const form::Fields expected{{"first", "1"}, {name, value}, {"last", "2"}};
  RC_ASSERT(url.parameters() == expected);
  RC_ASSERT(Url::parse(url.text()).value() == url);
}

RC_GTEST_PROP(UrlProperties, EverySegmentStaysOne, ()) {
  const std::string segment = *awkward_text();

  Url url = *Url::parse("https://h/x");
  url.append_segment(segment);

  const std::string last = url.path().substr(3);
  RC_ASSERT(last.find_first_of("/?#") == std::string::npos);
  RC_ASSERT(percent::decode(last).value() == segment);
}

RC_GTEST_PROP(UrlProperties, NoLinkMakesAnInvalidUrl, ()) {
  const auto resolved = Url::parse("https://h/a/b?c").value().resolve(*awkward_text());

  if (resolved) RC_ASSERT(Url::parse(resolved->text()).value() == *resolved);
}

RC_GTEST_PROP(MultipartProperties, WhatIsWrittenIsReadBackHoweverItIsCut, ()) {
  const auto bodies =
      *rc::gen::resize(20, rc::gen::container<std::vector<std::string>>(awkward_text()));
  const auto step = *rc::gen::inRange<std::size_t>(1, 200);
  MultipartWriter writer("b");
  std::vector<std::string> written;
  for (const std::string& body : bodies)
    if (writer.part({{"Content-ID", std::to_string(written.size())}}, body))
      written.push_back(body);
  const std::string text = writer.finish();

  MultipartReader reader("b");
  std::vector<std::string> read;
  for (std::size_t at = 0; at < text.size(); at += step) {
    RC_ASSERT(reader.feed(std::string_view(text).substr(at, step)).has_value());
    while (auto part = reader.next()) read.push_back(part->body);
  }

  RC_ASSERT(reader.finish().has_value());
  RC_ASSERT(read == written);
}

}  // namespace
}  // namespace flit::http
