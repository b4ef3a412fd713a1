#include "sim/dataverse/errors/refusal.hpp"

#include <fmt/format.h>

#include "base/json_writer.hpp"

namespace flit::sim::dataverse {

std::string Refusal::code_text() const {
  return code == 0 ? "0x0" : fmt::format("0x{:08x}", code);
}

std::string Refusal::body(bool with_annotations) const {
  json::Writer out;
  out.begin_object().key("error").begin_object();
  out.member("code", code_text()).member("message", message);
  if (with_annotations) {
    for (const auto& [name, value] : annotations) out.member("@" + name, value);
    out.member("@Microsoft.PowerApps.CDS.HelpLink",
               fmt::format("http://go.microsoft.com/fwlink/?LinkID=398563&error={}", code_text()));
    out.member("@Microsoft.PowerApps.CDS.InnerError.Message", message);
  }
  out.end_object().end_object();
  return out.take();
}

}  // namespace flit::sim::dataverse
