#include "sim/dataverse/odata/fetch_xml.hpp"

#include <charconv>
#include <map>
#include <memory>

#include <expat.h>

#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse::odata {
namespace {

using Attributes = std::map<std::string, std::string, std::less<>>;

Error invalid_xml() {
  return platform_fault("0x80040203", "Invalid XML.");
}
Error invalid_node() {
  return platform_fault("0x8004111c", "The element node encountered is invalid.");
}
Error missing_attribute() {
  return platform_fault("0x8004111e", "A required attribute was not specified.");
}

enum class Element : std::uint8_t {
  fetch,
  entity,
  attribute,
  all,
  order,
  filter,
  condition,
  value
};

std::optional<Element> element_of(std::string_view name) {
  constexpr std::pair<std::string_view, Element> names[] = {
      {"fetch", Element::fetch},        {"entity", Element::entity},
      {"link-entity", Element::entity}, {"attribute", Element::attribute},
      {"all-attributes", Element::all}, {"order", Element::order},
      {"filter", Element::filter},      {"condition", Element::condition},
      {"value", Element::value},
  };
  for (const auto& [text, element] : names)
    if (text == name) return element;
  return std::nullopt;
}

class FetchReader {
 public:
  Result<FetchQuery> read(std::string_view xml) {
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate("UTF-8"),
                                                                         XML_ParserFree);
    parser_ = parser.get();
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, on_start, on_end);
    XML_SetCharacterDataHandler(parser_, on_text);
    XML_SetStartDoctypeDeclHandler(parser_, on_doctype);
    const auto status = XML_Parse(parser_, xml.data(), static_cast<int>(xml.size()), XML_TRUE);
    if (error_) return *error_;
    if (status != XML_STATUS_OK) return invalid_xml();
    if (query_.entity.name.empty())
      return platform_fault("0x80041123", "A required element was not specified.");
    return std::move(query_);
  }

 private:
  static void on_start(void* self, const XML_Char* name, const XML_Char** attributes) noexcept {
    static_cast<FetchReader*>(self)->start(name, attributes);
  }
  static void on_end(void* self, const XML_Char*) noexcept {
    static_cast<FetchReader*>(self)->end();
  }
  static void on_text(void* self, const XML_Char* text, int length) noexcept {
    auto* reader = static_cast<FetchReader*>(self);
    if (!reader->open_.empty() && reader->open_.back() == Element::value)
      reader->text_.append(text, static_cast<std::size_t>(length));
  }
  static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*,
                         int) noexcept {
    static_cast<FetchReader*>(self)->fail(invalid_xml());
  }

  void fail(Error error) {
    if (!error_) error_ = std::move(error);
    XML_StopParser(parser_, XML_FALSE);
  }

  void start(std::string_view name, const XML_Char** raw) {
    if (error_) return;
    const auto element = element_of(name);
    const bool root = open_.empty();
    if (!element || root != (*element == Element::fetch)) return fail(invalid_node());
    if (open_.size() >= static_cast<std::size_t>(max_fetch_depth)) return fail(invalid_node());
    Attributes attributes;
    for (; *raw != nullptr; raw += 2) attributes.emplace(raw[0], raw[1]);
    const std::optional<Element> parent = root ? std::nullopt : std::optional(open_.back());
    open_.push_back(*element);
    if (auto refused = begin(*element, parent, attributes)) fail(std::move(*refused));
  }

  std::optional<Error> begin(Element element, std::optional<Element> parent,
                             const Attributes& attributes) {
    const bool in_entity = parent == Element::entity;
    switch (element) {
      case Element::fetch:
        return begin_fetch(attributes);
      case Element::entity:
        if (!in_entity && parent != Element::fetch && parent != Element::filter)
          return invalid_node();
        return begin_entity(attributes, parent != Element::fetch, parent == Element::filter);
      case Element::attribute:
        return in_entity ? begin_attribute(attributes) : std::optional(invalid_node());
      case Element::all:
        if (!in_entity) return invalid_node();
        entities_.back()->all_attributes = true;
        return std::nullopt;
      case Element::order:
        return in_entity ? begin_order(attributes) : std::optional(invalid_node());
      case Element::filter:
        return in_entity || parent == Element::filter ? begin_filter(attributes, !in_entity)
                                                      : std::optional(invalid_node());
      case Element::condition:
        return parent == Element::filter ? begin_condition(attributes)
                                         : std::optional(invalid_node());
      case Element::value:
        text_.clear();
        return parent == Element::condition ? std::nullopt : std::optional(invalid_node());
    }
    return std::nullopt;
  }

  void end() {
    if (error_ || open_.empty()) return;
    const Element element = open_.back();
    open_.pop_back();
    if (element == Element::entity) entities_.pop_back();
    if (element == Element::filter) filters_.pop_back();
    if (element == Element::value) filters_.back()->conditions.back().values.push_back(text_);
  }

  static std::string text_of(const Attributes& attributes, std::string_view name) {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string() : found->second;
  }

  static std::optional<bool> flag(const Attributes& attributes, std::string_view name) {
    const std::string text = text_of(attributes, name);
    if (text.empty() || text == "false" || text == "0") return false;
    if (text == "true" || text == "1") return true;
    return std::nullopt;
  }

  /// Leaves `value` alone when the attribute is absent; false when it is no positive number.
  static bool number(const Attributes& attributes, std::string_view name,
                     std::optional<std::int64_t>& value) {
    const std::string text = text_of(attributes, name);
    if (text.empty()) return true;
    std::int64_t parsed = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
    if (error != std::errc() || stop != text.data() + text.size() || parsed < 1) return false;
    value = parsed;
    return true;
  }

  std::optional<Error> begin_fetch(const Attributes& attributes) {
    std::optional<std::int64_t> page;
    if (!number(attributes, "top", query_.top) || !number(attributes, "count", query_.count) ||
        !number(attributes, "page", page) ||
        !number(attributes, "aggregatelimit", query_.aggregate_limit))
      return platform_fault("0x8004110c", "A value greater than zero must be specified.");
    query_.page = page.value_or(1);
    const auto distinct = flag(attributes, "distinct");
    if (!distinct)
      return platform_fault("0x80041115",
                            "The only valid values for distinct attribute are 'true', 'false', "
                            "'1', and '0'.");
    const auto aggregate = flag(attributes, "aggregate");
    if (!aggregate)
      return platform_fault("0x8004111a", "An error occurred while processing Aggregates in Query");
    query_.distinct = *distinct;
    query_.aggregate = *aggregate;
    query_.return_total = flag(attributes, "returntotalrecordcount").value_or(false);
    query_.paging_cookie = text_of(attributes, "paging-cookie");
    query_.from_bin = text_of(attributes, "datasource") == "bin";
    return std::nullopt;
  }

  std::optional<Error> begin_entity(const Attributes& attributes, bool is_link, bool in_filter) {
    FetchEntity entity{.name = text_of(attributes, "name"),
                       .alias = text_of(attributes, "alias"),
                       .from = text_of(attributes, "from"),
                       .to = text_of(attributes, "to")};
    if (entity.name.empty()) return missing_attribute();
    if (!is_link) {
      if (!query_.entity.name.empty()) return invalid_node();
      query_.entity = std::move(entity);
      entities_.push_back(&query_.entity);
      return std::nullopt;
    }
    if (entity.from.empty() || entity.to.empty())
      return platform_fault("0x80041111",
                            "AttributeFrom and AttributeTo must be either both specified or both "
                            "omitted.");
    const auto type = link_type_of(text_of(attributes, "link-type"), in_filter);
    if (!type)
      return platform_fault("0x80041117",
                            "The only valid values for link-type attribute are 'natural', 'inner', "
                            "and 'outer'.");
    entity.type = *type;
    if (entity.alias.empty()) entity.alias = entity.name + std::to_string(++links_);
    auto& links = in_filter ? filters_.back()->links : entities_.back()->links;
    links.push_back(std::move(entity));
    entities_.push_back(&links.back());
    return std::nullopt;
  }

  /// Those of filters only restrict; exists and in do so outside of filters, too.
  static std::optional<LinkType> link_type_of(std::string_view name, bool in_filter) {
    constexpr std::pair<std::string_view, LinkType> outside[] = {
        {"", LinkType::inner},
        {"inner", LinkType::inner},
        {"natural", LinkType::inner},
        {"outer", LinkType::outer},
        {"exists", LinkType::exists},
        {"in", LinkType::exists},
        {"matchfirstrowusingcrossapply", LinkType::first}};
    constexpr std::pair<std::string_view, LinkType> inside[] = {
        {"any", LinkType::exists},     {"not any", LinkType::not_any}, {"all", LinkType::all},
        {"not all", LinkType::exists}, {"exists", LinkType::exists},   {"in", LinkType::exists}};
    if (in_filter) {
      for (const auto& [text, type] : inside)
        if (text == name) return type;
      return std::nullopt;
    }
    for (const auto& [text, type] : outside)
      if (text == name) return type;
    return std::nullopt;
  }

  std::optional<Error> begin_attribute(const Attributes& attributes) {
    FetchAttribute attribute{.name = text_of(attributes, "name"),
                             .alias = text_of(attributes, "alias"),
                             .date_grouping = text_of(attributes, "dategrouping")};
    if (attribute.name.empty()) return missing_attribute();
    const auto group = flag(attributes, "groupby");
    if (!group)
      return platform_fault("0x8004112e",
                            "The only valid values for groupby attribute are 'true', 'false', '1', "
                            "and '0'.");
    attribute.group_by = *group;
    if (!is_date_grouping(attribute.date_grouping))
      return platform_fault("0x80041135", "An invalid value was specified for dategrouping.");
    const std::string method = text_of(attributes, "aggregate");
    if (!method.empty()) {
      attribute.aggregate = method_of(method, flag(attributes, "distinct").value_or(false));
      if (!attribute.aggregate)
        return platform_fault("0x8004111a",
                              "An error occurred while processing Aggregates in Query");
    }
    if (query_.aggregate && attribute.alias.empty())
      return platform_fault("0x80041109", "Invalid alias for aggregate operation.");
    entities_.back()->attributes.push_back(std::move(attribute));
    return std::nullopt;
  }

  /// PD fetchxml/reference/attribute.
  static bool is_date_grouping(std::string_view text) {
    constexpr std::string_view known[] = {"",        "day",  "week",          "month",
                                          "quarter", "year", "fiscal-period", "fiscal-year"};
    return std::find(std::begin(known), std::end(known), text) != std::end(known);
  }

  static std::optional<AggregateMethod> method_of(std::string_view name, bool distinct) {
    if (name == "count") return AggregateMethod::count;
    if (name == "countcolumn")
      return distinct ? AggregateMethod::count_distinct : AggregateMethod::count_values;
    if (name == "sum") return AggregateMethod::sum;
    if (name == "avg") return AggregateMethod::average;
    if (name == "min") return AggregateMethod::min;
    if (name == "max") return AggregateMethod::max;
    return std::nullopt;
  }

  std::optional<Error> begin_order(const Attributes& attributes) {
    const auto descending = flag(attributes, "descending");
    if (!descending)
      return platform_fault("0x80041119",
                            "The only valid values for descending attribute are 'true', 'false', "
                            "'1', and '0'.");
    entities_.back()->orders.push_back({.entity = text_of(attributes, "entityname"),
                                        .attribute = text_of(attributes, "attribute"),
                                        .alias = text_of(attributes, "alias"),
                                        .descending = *descending});
    return std::nullopt;
  }

  std::optional<Error> begin_filter(const Attributes& attributes, bool nested) {
    const std::string type = text_of(attributes, "type");
    if (!type.empty() && type != "and" && type != "or")
      return platform_fault("0x80041122",
                            "Unsupported filter type. Valid values are 'and', or 'or'.");
    auto& filters = nested ? filters_.back()->filters : entities_.back()->filters;
    filters.push_back({.is_or = type == "or", .links = {}});
    filters_.push_back(&filters.back());
    return std::nullopt;
  }

  std::optional<Error> begin_condition(const Attributes& attributes) {
    FetchCondition condition{.entity = text_of(attributes, "entityname"),
                             .attribute = text_of(attributes, "attribute"),
                             .op = text_of(attributes, "operator"),
                             .value_of = text_of(attributes, "valueof")};
    if (condition.attribute.empty() || condition.op.empty()) return missing_attribute();
    if (const auto value = attributes.find("value"); value != attributes.end())
      condition.values.push_back(value->second);
    filters_.back()->conditions.push_back(std::move(condition));
    return std::nullopt;
  }

  XML_Parser parser_ = nullptr;
  FetchQuery query_;
  // Open elements from the root on; a parent's vector does not grow while its child is open.
  std::vector<Element> open_;
  std::vector<FetchEntity*> entities_;
  std::vector<FetchFilter*> filters_;
  std::string text_;
  int links_ = 0;
  std::optional<Error> error_;
};

}  // namespace

Result<FetchQuery> parse_fetch_xml(std::string_view xml) {
  if (xml.find_first_not_of(" \t\r\n") == std::string_view::npos)
    return platform_fault("0x80041124", "Xml String can't be null.");
  if (xml.size() > 1'000'000) return invalid_xml();
  return FetchReader().read(xml);
}

}  // namespace flit::sim::dataverse::odata
