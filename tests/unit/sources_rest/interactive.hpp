#pragma once
/// @file The Interactive pack for tests, with whatever a test lays over it.

#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "base/yaml_reader.hpp"
#include "packs/library.hpp"
#include "sources/rest/source.hpp"

namespace flit::sources::rest {

inline yaml::Node yaml_of(const std::string& text) {
  Diagnostics diagnostics;
  auto node = yaml::read(std::make_shared<const SourceText>("flitstack.yaml", text), diagnostics);
  EXPECT_TRUE(node) << diagnostics.text();
  return node.value_or(yaml::Node());
}

inline Result<RestSpec> read_interactive(const std::string& overrides = "{}") {
  FLIT_TRY(library, packs::Library::read(packs::shipped_files()));
  FLIT_TRY(pack, library.source("interactive"));
  return read_spec(*pack, yaml_of(overrides));
}

inline RestSpec interactive(const std::string& overrides = "base_url: https://crm.test/api/v1\n") {
  auto spec = read_interactive(overrides);
  EXPECT_TRUE(spec) << spec.error().text();
  return spec ? std::move(*spec) : RestSpec();
}

}  // namespace flit::sources::rest
