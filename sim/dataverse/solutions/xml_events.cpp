#include "sim/dataverse/solutions/xml_events.hpp"

#include <memory>
#include <vector>

#include <expat.h>

#include "sim/dataverse/odata/uri_fault.hpp"

namespace flit::sim::dataverse {
namespace {

std::string_view local(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class Events {
 public:
  explicit Events(const XmlHandler& handler) : handler_(handler) {}

  Result<void> read(std::string_view xml) {
    // Exports call themselves utf-16 and come as UTF-8 all the same: what stands here decides.
    const std::unique_ptr<XML_ParserStruct, void (*)(XML_Parser)> parser(XML_ParserCreate("UTF-8"),
                                                                         XML_ParserFree);
    parser_ = parser.get();
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, on_start, on_end);
    XML_SetCharacterDataHandler(parser_, on_text);
    XML_SetStartDoctypeDeclHandler(parser_, on_doctype);
    const auto status = XML_Parse(parser_, xml.data(), static_cast<int>(xml.size()), XML_TRUE);
    if (status == XML_STATUS_OK && !failed_) return {};
    return odata::platform_fault("0x8004802c",
                                 "This solution package cannot be imported because it contains "
                                 "invalid XML.");
  }

 private:
  static void on_start(void* self, const XML_Char* name, const XML_Char** raw) noexcept {
    auto& events = *static_cast<Events*>(self);
    if (events.texts_.size() >= static_cast<std::size_t>(max_xml_depth)) return events.fail();
    XmlAttributes attributes;
    for (; *raw != nullptr; raw += 2) attributes.emplace(local(raw[0]), raw[1]);
    events.texts_.emplace_back();
    if (events.handler_.start) events.handler_.start(local(name), attributes);
  }
  static void on_end(void* self, const XML_Char* name) noexcept {
    auto& events = *static_cast<Events*>(self);
    if (events.texts_.empty()) return;
    if (events.handler_.end) events.handler_.end(local(name), events.texts_.back());
    events.texts_.pop_back();
  }
  static void on_text(void* self, const XML_Char* text, int length) noexcept {
    auto& events = *static_cast<Events*>(self);
    if (!events.texts_.empty()) events.texts_.back().append(text, static_cast<std::size_t>(length));
  }
  static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*,
                         int) noexcept {
    static_cast<Events*>(self)->fail();
  }

  void fail() {
    failed_ = true;
    XML_StopParser(parser_, XML_FALSE);
  }

  const XmlHandler& handler_;
  XML_Parser parser_ = nullptr;
  std::vector<std::string> texts_;
  bool failed_ = false;
};

}  // namespace

Result<void> read_xml(std::string_view xml, const XmlHandler& handler) {
  constexpr std::size_t most = 32U << 20;
  if (xml.size() > most)
    return odata::platform_fault("0x8004802c",
                                 "This solution package cannot be imported because it contains "
                                 "invalid XML: a file is larger than 32 MiB.");
  return Events(handler).read(xml);
}

}  // namespace flit::sim::dataverse
