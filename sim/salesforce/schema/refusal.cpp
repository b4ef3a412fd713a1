#include "sim/salesforce/schema/refusal.hpp"

#include "base/json_writer.hpp"

namespace flit::sim::salesforce {
namespace {

void append_fields(std::string& out, const std::vector<std::string>& fields) {
  out += '[';
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    json::append_quoted(out, fields[i]);
  }
  out += ']';
}

}  // namespace

void Refusal::append_rest(std::string& out) const {
  out += "{\"message\":";
  json::append_quoted(out, message);
  out += ",\"errorCode\":";
  json::append_quoted(out, code);
  if (!fields.empty()) {
    out += ",\"fields\":";
    append_fields(out, fields);
  }
  if (!more.empty()) out += "," + more;
  out += '}';
}

void Refusal::append_collection(std::string& out) const {
  out += "{\"statusCode\":";
  json::append_quoted(out, code);
  out += ",\"message\":";
  json::append_quoted(out, message);
  out += ",\"fields\":";
  append_fields(out, fields);
  out += '}';
}

std::string Refusal::body() const {
  std::string out = "[";
  append_rest(out);
  out += ']';
  return out;
}

std::string Refusal::bulk_text() const {
  std::string out = code + ":" + message + ":";
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    out += fields[i];
  }
  out += fields.empty() ? "--" : " --";
  return out;
}

}  // namespace flit::sim::salesforce
