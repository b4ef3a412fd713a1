#include "store/json_list.hpp"

#include "base/json_writer.hpp"

namespace flit::store {

std::string json_list(std::span<const std::string> texts) {
  json::Writer out;
  out.begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
  return out.take();
}

}  // namespace flit::store
