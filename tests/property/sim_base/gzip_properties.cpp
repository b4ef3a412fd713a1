// Packing and unpacking are each other's inverse; foreign bytes are refused, never a crash.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/base/gzip.hpp"
#include "sim/base/target.hpp"

namespace flit::sim {
namespace {

RC_GTEST_PROP(GzipProperties, WhatIsPackedUnpacksToTheSame, (std::string text)) {
  const int doublings = *rc::gen::resize(100, rc::gen::inRange(0, 12));
  for (int i = 0; i < doublings; ++i) text += text;

  RC_ASSERT(gunzip(gzip(text), text.size()).value() == text);
}

RC_GTEST_PROP(GzipProperties, ADamagedBodyIsRefusedOrShort, (std::string text)) {
  std::string packed = gzip(text);
  packed[*rc::gen::inRange<std::size_t>(0, packed.size())] = *rc::gen::arbitrary<char>();

  const auto plain = gunzip(packed, 1'000'000);

  RC_ASSERT(!plain || plain->size() <= 1'000'000U);
}

RC_GTEST_PROP(TargetProperties, EverySegmentAndParameterComesBackAsItWasEncoded, ()) {
  const auto segments =
      *rc::gen::container<std::vector<std::string>>(rc::gen::nonEmpty<std::string>());
  const auto parameters = *rc::gen::container<std::vector<std::pair<std::string, std::string>>>(
      rc::gen::pair(rc::gen::nonEmpty<std::string>(), rc::gen::arbitrary<std::string>()));
  std::string raw;
  for (const std::string& segment : segments) raw += "/" + percent::encode(segment);
  form::Fields fields;
  for (const auto& [name, value] : parameters) fields.push_back({name, value});
  raw += "?" + form::encode(fields);

  const auto target = Target::parse(raw).value();

  RC_ASSERT(target.segments == segments);
  RC_ASSERT(target.parameters == fields);
}

}  // namespace
}  // namespace flit::sim
