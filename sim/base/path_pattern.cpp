#include "sim/base/path_pattern.hpp"

#include <re2/re2.h>

namespace flit::sim {

struct PathPattern::Compiled {
  explicit Compiled(const std::string& text) : expression(text, RE2::Quiet) {}
  RE2 expression;
};

Result<PathPattern> PathPattern::compile(const std::string& text) {
  auto compiled = std::make_shared<const Compiled>(text);
  if (!compiled->expression.ok())
    return Error{.fault = Fault::setup,
                 .message = "is no regular expression: " + compiled->expression.error()};
  PathPattern pattern;
  pattern.compiled_ = std::move(compiled);
  return pattern;
}

bool PathPattern::matches(std::string_view path) const {
  if (!compiled_) return true;
  return RE2::PartialMatch(re2::StringPiece(path.data(), path.size()), compiled_->expression);
}

void describe(spec::Parsed<PathPattern>& type) {
  type.as("a regular expression (RE2)", "", &PathPattern::compile);
}

}  // namespace flit::sim
