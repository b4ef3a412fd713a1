#include "base/spec_reader.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/edit_distance.hpp"
#include "base/excerpt.hpp"
#include "base/secret_words.hpp"

namespace flit::spec::detail {
namespace {

/// "a number 12", "text 'abc'", "a map": what stands there, for who does not see the line.
std::string found(const yaml::Node& node, bool is_secret) {
  if (is_secret && node.is_scalar()) return "something else";
  if (node.is_text()) return "text " + excerpt(node.text());
  if (node.is_null() || !node.is_scalar()) return std::string(to_string(node.kind()));
  return excerpt(node.text());
}

std::string listed(const std::vector<std::string>& words, std::string_view last) {
  constexpr std::size_t most = 12;
  std::string out;
  for (std::size_t i = 0; i < words.size() && i < most; ++i) {
    if (i > 0) out.append(i + 1 == words.size() ? last : ", ");
    out.append(words[i]);
  }
  return words.size() > most ? out + ", …" : out;
}

std::string known_instead(std::string_view word, const std::vector<std::string>& known) {
  std::string hint = did_you_mean_text(word, known);
  if (!hint.empty() || known.empty()) return hint;
  return "known here: " + listed(known, ", ");
}

template <typename Named, typename Name>
std::vector<std::string> names_of(const std::vector<Named>& all, Name name) {
  std::vector<std::string> names;
  names.reserve(all.size());
  for (const Named& each : all) names.push_back(each.*name);
  return names;
}

constexpr std::size_t none = static_cast<std::size_t>(-1);

std::size_t index_of(const std::vector<Field>& fields, std::string_view key) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const Field& field) { return field.key == key; });
  return found == fields.end() ? none : static_cast<std::size_t>(found - fields.begin());
}

/// A scalar where a structure stands, as the map that it is short for.
yaml::Node spelled_out(const Type& type, const yaml::Node& node) {
  return yaml::Node::map({{{type.shorthand, node.at(), yaml::Style::plain}, node}}, node.at());
}

}  // namespace

/// One step further down the path, for as long as it lives.
class Step {
 public:
  Step(Reader& reader, std::string step) : reader_(reader) {
    reader_.path_.push_back(std::move(step));
  }
  ~Step() { reader_.path_.pop_back(); }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

 private:
  Reader& reader_;
};

bool Reader::read(const Type& type, const yaml::Node& node, void* out) {
  return !diagnostics_.is_full() && type.read(*this, type, node, out);
}

std::string Reader::path() const {
  std::string out;
  for (const std::string& step : path_) {
    if (!out.empty() && step.front() != '[') out.push_back('.');
    out.append(step);
  }
  return out;
}

bool Reader::expected(std::string_view what, const yaml::Node& node, std::string hint) {
  const std::string subject = path_.empty() ? "the document" : path();
  diagnostics_.error(
      node.at(),
      fmt::format("{} expects {}, found {}", subject, what, found(node, names_secret(subject))),
      std::move(hint));
  return false;
}

bool Reader::expected_map(std::string_view what, const yaml::Node& node) {
  if (!node.is_null()) return expected(what, node);
  return expected(what, node,
                  path_.empty() ? "write its keys, or {} for none" : "remove the key, or write {}");
}

bool Reader::refuse(const yaml::Node& node, std::string_view message, std::string hint) {
  diagnostics_.error(node.at(),
                     path_.empty() ? std::string(message) : fmt::format("{}: {}", path(), message),
                     std::move(hint));
  return false;
}

bool Reader::read_unknown(const Type& type, const yaml::Entry& entry) {
  const std::string where = path_.empty() ? "" : " in " + path();
  const std::string name = names_secret(path()) ? "" : " " + excerpt(entry.key.text);
  diagnostics_.error(entry.key.at, fmt::format("unknown field{}{}", name, where),
                     known_instead(entry.key.text, names_of(type.fields, &Field::key)));
  return false;
}

bool Reader::read_field(const Field& field, const yaml::Node& node, void* out) {
  const Step step(*this, field.key);
  void* const member = field.member(out);
  if (!read(field.type(), node, member)) return false;
  if (const auto number = node.as_double(); field.range && number) {
    if (*number < field.range->least || *number > field.range->most)
      return expected(fmt::format("a number from {} to {}", field.range->least, field.range->most),
                      node);
  }
  const std::string problem = field.problem ? field.problem(member) : "";
  return problem.empty() || refuse(node, problem);
}

bool Reader::check_exclusions(const Type& type, const yaml::Node& node) {
  bool good = true;
  for (const Exclusion& exclusion : type.exclusions) {
    std::vector<std::string> present;
    for (const std::string& key : exclusion.keys)
      if (node.find(key) != nullptr) present.push_back(key);
    if (present.size() > 1)
      good = refuse(node, listed(present, " and ") + " exclude each other", "keep one of them");
    else if (present.empty() && exclusion.count == Count::exactly_one)
      good = refuse(node, fmt::format("one of {} is missing", listed(exclusion.keys, " and ")));
  }
  return good;
}

bool Reader::finish(const Type& type, const yaml::Node& node, const std::vector<bool>& seen,
                    void* out) {
  bool good = true;
  for (std::size_t i = 0; i < type.fields.size(); ++i) {
    const Field& field = type.fields[i];
    if (seen[i]) continue;
    if (field.is_required)
      good = refuse(node, fmt::format("'{}' is missing", field.key), field.help);
    else if (field.set_default)
      field.set_default(field.member(out));
  }
  return check_exclusions(type, node) && good;
}

bool Reader::read_fields(const Type& type, const yaml::Node& node, void* out,
                         std::string_view tag) {
  bool good = true;
  std::vector<bool> seen(type.fields.size(), false);
  std::vector<yaml::Entry> rest;
  for (const yaml::Entry& entry : node.entries()) {
    const std::size_t index = index_of(type.fields, entry.key.text);
    if (index != none) {
      seen[index] = true;
      good &= read_field(type.fields[index], entry.value, out);
    } else if (type.rest) {
      rest.push_back(entry);
    } else if (tag.empty() || entry.key.text != tag) {
      good &= read_unknown(type, entry);
    }
    if (diagnostics_.is_full()) return false;
  }
  if (type.rest) *type.rest(out) = yaml::Node::map(std::move(rest), node.at());
  if (type.place) *type.place(out) = node.at();
  good &= finish(type, node, seen, out);
  if (!good || !type.problem) return good;
  const std::string problem = type.problem(out);
  return problem.empty() || refuse(node, problem);
}

bool read_structure(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  if (node.is_map()) return reader.read_fields(type, node, out, "");
  const bool is_short = !type.shorthand.empty() && !node.is_null();
  if (is_short) return reader.read_fields(type, spelled_out(type, node), out, "");
  return reader.expected_map("a map", node);
}

bool read_cases(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  if (!node.is_map()) return reader.expected("a map", node);
  const std::vector<std::string> names = names_of(type.cases, &Case::name);
  const yaml::Entry* tag = node.find(type.tag);
  if (tag == nullptr)
    return reader.refuse(node, fmt::format("'{}' is missing", type.tag),
                         "one of " + listed(names, " and "));
  for (const Case& each : type.cases) {
    if (tag->value.is_text() && each.name == tag->value.text())
      return reader.read_fields(each.type(), node, each.emplace(out), type.tag);
  }
  const Step step(reader, type.tag);
  return reader.expected("one of " + listed(names, " and "), tag->value,
                         did_you_mean_text(tag->value.text(), names));
}

bool read_boolean(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  const auto value = node.as_boolean();
  if (!value) return reader.expected(type.name, node);
  *static_cast<bool*>(out) = *value;
  return true;
}

bool read_text(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  if (!node.is_text()) {
    const bool needs_quotes = node.is_scalar() && !node.is_null();
    return reader.expected(type.name, node,
                           needs_quotes ? "write " + yaml::written_as_text(node.text()) : "");
  }
  *static_cast<std::string*>(out) = node.text();
  return true;
}

bool read_scalar(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  if (!node.is_scalar() || node.is_null()) return reader.expected(type.name, node);
  *static_cast<std::string*>(out) = node.text();
  return true;
}

bool read_number(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  const auto value = node.as_double();
  if (!value) return reader.expected(type.name, node);
  *static_cast<double*>(out) = *value;
  return true;
}

std::optional<std::int64_t> read_integer(Reader& reader, const yaml::Node& node, std::int64_t least,
                                         std::int64_t most) {
  if (node.kind() != yaml::Kind::integer) {
    reader.expected("a whole number", node);
    return {};
  }
  const auto value = node.as_integer();
  if (value && *value >= least && *value <= most) return value;
  reader.expected(fmt::format("a whole number from {} to {}", least, most), node);
  return {};
}

bool read_node(Reader&, const Type&, const yaml::Node& node, void* out) {
  *static_cast<yaml::Node*>(out) = node;
  return true;
}

bool read_parsed(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  return type.parse(reader, node, out);
}

bool read_choice(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  if (node.is_text()) {
    for (const Choice& choice : type.choices) {
      if (choice.name != node.text()) continue;
      type.choose(out, choice.value);
      return true;
    }
  }
  const std::vector<std::string> names = names_of(type.choices, &Choice::name);
  return reader.expected("one of " + listed(names, " and "), node,
                         did_you_mean_text(node.text(), names));
}

bool read_optional(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  if (!node.is_null()) return reader.read(type.inner(), node, type.add(out, ""));
  type.reset(out);
  return true;
}

bool read_wrapped(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  *type.position(out) = node.at();
  return reader.read(type.inner(), node, type.add(out, ""));
}

bool read_list(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  if (!node.is_sequence())
    return reader.expected(
        type.name, node,
        node.is_null() ? "remove the key, or write []" : "put it in brackets: [ ]");
  bool good = true;
  std::size_t index = 0;
  for (const yaml::Node& item : node.items()) {
    const Step step(reader, fmt::format("[{}]", index++));
    good &= reader.read(type.inner(), item, type.add(out, ""));
  }
  return good;
}

bool read_map(Reader& reader, const Type& type, const yaml::Node& node, void* out) {
  if (!node.is_map()) return reader.expected_map(type.name, node);
  bool good = true;
  for (const yaml::Entry& entry : node.entries()) {
    const Step step(reader, entry.key.text.empty() ? "''" : entry.key.text);
    good &= reader.read(type.inner(), entry.value, type.add(out, entry.key.text));
  }
  return good;
}

}  // namespace flit::spec::detail
