#pragma once
/// @file A small source pack, as the spec tests read it: one of everything a spec can say.

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/decimal.hpp"
#include "base/spec.hpp"

namespace acme {

enum class Method { get, post };

struct CursorPager {
  std::string send;
  std::string read;
  int size = 0;
};

struct NumberedPager {
  std::string send = "page";
  std::int64_t first = 1;
};

using Pager = std::variant<std::monostate, CursorPager, NumberedPager>;

/// Read as WrittenCondition, then made into this.
struct Condition {
  std::string field;
  std::vector<std::string> values;
  std::vector<Condition> any;
};

struct WrittenCondition {
  std::string field;
  std::optional<flit::spec::ScalarText> equals;
  std::vector<flit::spec::ScalarText> in;
  std::vector<Condition> any;
};

struct Object {
  std::string name;
  std::string get;
  Method method = Method::get;
  flit::spec::Located<std::string> records;
  std::vector<std::string> keys;
  Pager page;
  std::optional<Condition> where;
  std::vector<std::pair<std::string, flit::spec::ScalarText>> values;
  flit::Position at;
};

struct Quota {
  unsigned requests = 0;
  std::chrono::milliseconds window{};
  flit::Decimal cost;
};

struct Pack {
  std::string source;
  std::string base;
  std::vector<Quota> quota;
  std::map<std::string, std::string> headers;
  std::vector<Object> objects;
  std::unique_ptr<Quota> burst;
  std::optional<std::string> proxy = "none";
  bool read_only = true;
  double share = 0.5;
  std::uint8_t retries = 0;
  flit::yaml::Node extra;
};

void describe(flit::spec::Choices<Method>& choices);
void describe(flit::spec::Spec<CursorPager>& spec);
void describe(flit::spec::Spec<NumberedPager>& spec);
void describe(flit::spec::Cases<Pager>& cases);
void describe(flit::spec::Spec<WrittenCondition>& spec);
void describe(flit::spec::Converted<Condition>& type);
void describe(flit::spec::Spec<Object>& spec);
void describe(flit::spec::Spec<Quota>& spec);
void describe(flit::spec::Spec<Pack>& spec);

}  // namespace acme
