#pragma once
/// @file Fills typed structs from a tree, by the description of their types.
///
/// Goes on after a mistake, so that one run shows them all, up to the limit of Diagnostics. What
/// was read beside a mistake is never handed out: base/spec.hpp gives a value or none.

#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.hpp"
#include "base/spec_type.hpp"
#include "base/yaml_node.hpp"

namespace flit::spec::detail {

class Reader {
 public:
  explicit Reader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  /// False when anything was wrong; `out` is then half filled.
  bool read(const Type& type, const yaml::Node& node, void* out);

  /// "objects.contact.size expects …, found …" at the node. Always false.
  bool expected(std::string_view what, const yaml::Node& node, std::string hint = {});
  bool expected_map(std::string_view what, const yaml::Node& node);
  /// "objects.contact.size: message" at the node. Always false.
  bool refuse(const yaml::Node& node, std::string_view message, std::string hint = {});

 private:
  friend class Step;
  friend bool read_structure(Reader&, const Type&, const yaml::Node&, void*);
  friend bool read_cases(Reader&, const Type&, const yaml::Node&, void*);

  std::string path() const;
  bool read_fields(const Type& type, const yaml::Node& node, void* out, std::string_view tag);
  bool read_field(const Field& field, const yaml::Node& node, void* out);
  bool read_unknown(const Type& type, const yaml::Entry& entry);
  bool finish(const Type& type, const yaml::Node& node, const std::vector<bool>& seen, void* out);
  bool check_exclusions(const Type& type, const yaml::Node& node);

  Diagnostics& diagnostics_;
  std::vector<std::string> path_;  // keys, and "[3]" for items of lists
};

bool read_boolean(Reader&, const Type&, const yaml::Node&, void* out);  // bool
bool read_text(Reader&, const Type&, const yaml::Node&, void* out);     // std::string
bool read_scalar(Reader&, const Type&, const yaml::Node&, void* out);   // std::string
bool read_number(Reader&, const Type&, const yaml::Node&, void* out);   // double
bool read_node(Reader&, const Type&, const yaml::Node&, void* out);     // yaml::Node
bool read_parsed(Reader&, const Type&, const yaml::Node&, void* out);
bool read_choice(Reader&, const Type&, const yaml::Node&, void* out);
bool read_optional(Reader&, const Type&, const yaml::Node&, void* out);
bool read_wrapped(Reader&, const Type&, const yaml::Node&, void* out);
bool read_list(Reader&, const Type&, const yaml::Node&, void* out);
bool read_map(Reader&, const Type&, const yaml::Node&, void* out);
bool read_structure(Reader&, const Type&, const yaml::Node&, void* out);
bool read_cases(Reader&, const Type&, const yaml::Node&, void* out);

/// The integer, if it lies in [least, most]; said at the node otherwise.
std::optional<std::int64_t> read_integer(Reader&, const yaml::Node&, std::int64_t least,
                                         std::int64_t most);

}  // namespace flit::spec::detail
