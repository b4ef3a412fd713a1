#pragma once
/// @file Answers are kept: asked once, never asked again, and there for whoever audits the map.

#include <filesystem>

#include "rerank/rerank.hpp"

namespace flit::rerank {

/// Looks into `folder` before it asks: <sha256 of the request>.request.json and .response.json.
/// Only usable answers are kept. A folder that cannot be written is a fault of the first answer.
class KeptModel final : public Model {
 public:
  KeptModel(Model& model, std::filesystem::path folder);

  Result<std::string> complete(const std::string& request) override;

 private:
  Model& model_;
  std::filesystem::path folder_;
};

}  // namespace flit::rerank
