// What is encoded decodes to the same bytes; what decodes was written that way by an encoder.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/encoding.hpp"
#include "base/uuid.hpp"

namespace flit {
namespace {

base64::Form any_form() {
  return {*rc::gen::element(base64::Alphabet::standard, base64::Alphabet::url_safe),
          *rc::gen::element(base64::Padding::required, base64::Padding::forbidden)};
}

Uuid any_uuid() {
  Uuid::Bytes bytes{};
  for (auto& byte : bytes) byte = *rc::gen::resize(100, rc::gen::arbitrary<std::uint8_t>());
  return Uuid(bytes);
}

RC_GTEST_PROP(EncodingProperties, Base64ReadsWhatItWrote, (const std::string& bytes)) {
  const auto form = any_form();

  RC_ASSERT(base64::decode(base64::encode(bytes, form), form).value() == bytes);
}

RC_GTEST_PROP(EncodingProperties, Base64ReadsOnlyWhatItWouldWrite, ()) {
  const auto form = any_form();
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("AQgw5+/-_=")));

  const auto bytes = base64::decode(text, form);

  RC_CLASSIFY(bytes.has_value());
  if (bytes) RC_ASSERT(base64::encode(*bytes, form) == text);
}

RC_GTEST_PROP(EncodingProperties, HexReadsWhatItWrote, (const std::string& bytes)) {
  RC_ASSERT(hex::decode(hex::encode(bytes)).value() == bytes);
}

RC_GTEST_PROP(EncodingProperties, PercentReadsWhatItWroteAndWritesOnlyAscii,
              (const std::string& bytes)) {
  const std::string text = percent::encode(bytes);

  RC_ASSERT(percent::decode(text).value() == bytes);
  for (const char c : text) RC_ASSERT(c > 0x20 && c < 0x7F);
}

RC_GTEST_PROP(EncodingProperties, DecodersSurviveAnyBytes, (const std::string& bytes)) {
  // the claim is that they return at all: the sanitizers watch
  (void)base64::decode(bytes, any_form());
  (void)percent::decode(bytes);
  (void)hex::decode(bytes);
  (void)form::parse(bytes);
  (void)Uuid::parse(bytes);
}

RC_GTEST_PROP(EncodingProperties, AFormReadsWhatItWrote, ()) {
  form::Fields fields;
  for (int i = *rc::gen::resize(100, rc::gen::inRange(0, 6)); i > 0; --i)
    fields.push_back({*rc::gen::nonEmpty<std::string>(), *rc::gen::arbitrary<std::string>()});

  RC_ASSERT(form::parse(form::encode(fields)).value() == fields);
}

RC_GTEST_PROP(UuidProperties, TextAndBytesAreOne, ()) {
  const Uuid first = any_uuid();
  const Uuid second = any_uuid();

  RC_ASSERT(Uuid::parse(first.text()).value() == first);
  RC_ASSERT(Uuid::parse("{" + first.text() + "}").value() == first);
  RC_ASSERT((first <=> second) == (first.text() <=> second.text()));
}

RC_GTEST_PROP(UuidProperties, OneWrongCharacterIsRefused, ()) {
  std::string text = any_uuid().text();
  const auto place = *rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, text.size()));
  text[place] = *rc::gen::elementOf(std::string("gGzZ/:@`{} .\xFF"));

  RC_ASSERT(!Uuid::parse(text));
}

RC_GTEST_PROP(UuidProperties, Version5IsAFunctionOfNamespaceAndName, (const std::string& name)) {
  const Uuid space = any_uuid();
  const Uuid made = Uuid::version5(space, name);

  RC_ASSERT(made == Uuid::version5(space, name));
  RC_ASSERT(made != Uuid::version5(space, name + "x"));
  RC_ASSERT(made.version() == 5);
}

}  // namespace
}  // namespace flit
