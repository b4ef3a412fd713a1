#pragma once
/// @file XML as the platform's older interfaces use it: elements and text, read whole, written
/// flat.
///
/// Reading gives a tree without attributes, comments and namespace prefixes; xsi:type and xsi:nil
/// are kept, because SOAP needs them. Document types are refused, so that no entity can grow.
/// expat does the work and is seen only in the .cpp file. Pure functions.

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace flit::sim::salesforce::xml {

struct Node {
  std::string name{};  ///< without prefix
  std::string text{};  ///< of this element alone, as it stands
  std::string type{};  ///< xsi:type without prefix
  bool nil = false;    ///< xsi:nil="true"
  std::vector<Node> children{};

  /// The first child of that name; null if there is none.
  const Node* child(std::string_view child_name) const;
  /// Its text without white space at the ends; empty if there is none.
  std::string_view value(std::string_view child_name) const;
  bool is_true(std::string_view child_name) const { return value(child_name) == "true"; }
  std::vector<const Node*> all(std::string_view child_name) const;
};

/// Levels of nesting that are read.
inline constexpr int max_depth = 64;

/// The root element. Fault::permanent with line and column otherwise.
Result<Node> read(std::string_view text);

void append_escaped(std::string& out, std::string_view text);

/// An element with text and no children.
Node leaf(std::string name, std::string text);

/// Appends elements; the caller closes what it opens.
class Writer {
 public:
  /// With the declaration in front.
  Writer() : out_(R"(<?xml version="1.0" encoding="UTF-8"?>)") {}
  enum class Fragment {};
  explicit Writer(Fragment /*no declaration*/) {}

  /// `attributes` as they stand: xmlns="…".
  Writer& open(std::string_view name, std::string_view attributes = {});
  Writer& close(std::string_view name);
  Writer& element(std::string_view name, std::string_view text);
  /// The whole tree; its own type and nil become xsi:type and xsi:nil, whose prefix the caller
  /// declares.
  Writer& node(const Node& node);
  Writer& raw(std::string_view xml) {
    out_ += xml;
    return *this;
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

}  // namespace flit::sim::salesforce::xml
