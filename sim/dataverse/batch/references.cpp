#include "sim/dataverse/batch/references.hpp"

#include <algorithm>
#include <vector>

#include "sim/dataverse/batch/multipart.hpp"

namespace flit::sim::dataverse::batch {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  while (at < text.size() && is_blank(text[at])) ++at;
  return at;
}

/// Where the value of a member starts whose name ends at the quote `at`; npos if no colon follows.
std::size_t value_behind(std::string_view text, std::size_t at) {
  at = skip_blanks(text, at + 1);
  if (at >= text.size() || text[at] != ':') return std::string_view::npos;
  return skip_blanks(text, at + 1);
}

/// The next quote that ends a member name @odata.bind or @odata.id, from `from` on.
std::size_t next_binding(std::string_view text, std::size_t from) {
  constexpr std::string_view prefix = "@odata.";
  for (;;) {
    const std::size_t at = text.find(prefix, from);
    if (at == std::string_view::npos) return at;
    const std::string_view rest = text.substr(at + prefix.size());
    if (rest.substr(0, 5) == "bind\"") return at + prefix.size() + 4;
    if (rest.substr(0, 3) == "id\"") return at + prefix.size() + 2;
    from = at + prefix.size();
  }
}

/// The texts that a binding leads to, without their quotes: one, or those of a list.
std::vector<std::string_view> bound_texts(std::string_view body, std::size_t name_end) {
  std::vector<std::string_view> texts;
  std::size_t at = value_behind(body, name_end);
  if (at >= body.size()) return texts;
  const bool list = body[at] == '[';
  if (list) at = skip_blanks(body, at + 1);
  while (at < body.size() && body[at] == '"') {
    const std::size_t end = body.find('"', at + 1);
    if (end == std::string_view::npos) break;
    texts.push_back(body.substr(at + 1, end - at - 1));
    at = skip_blanks(body, end + 1);
    if (!list || at >= body.size() || body[at] != ',') break;
    at = skip_blanks(body, at + 1);
  }
  return texts;
}

}  // namespace

void References::define(std::string_view content_id, std::string_view entity) {
  entities_.insert_or_assign(std::string(content_id), std::string(entity));
}

void References::forget(std::string_view content_id) {
  entities_.erase(std::string(content_id));
}

Result<std::string_view> References::entity_of(std::string_view reference) const {
  const auto found = entities_.find(std::string(reference.substr(1)));
  if (found == entities_.end())
    return batch_fault("Content-ID Reference: '" + std::string(reference) +
                       "' does not exist in the batch context.");
  return std::string_view(found->second);
}

Result<std::string> References::resolve_target(std::string_view target) const {
  // "$metadata", "$batch" and the like are segments of the platform, not references.
  if (target.size() < 2 || target[0] != '$' || target[1] < '0' || target[1] > '9') {
    const std::string name(target.substr(0, target.find_first_of("/?")));
    const bool defined = name.size() > 1 && name[0] == '$' && entities_.contains(name.substr(1));
    if (!defined) return std::string(target);
  }
  const std::size_t end = std::min(target.find_first_of("/?"), target.size());
  FLIT_TRY(entity, entity_of(target.substr(0, end)));
  return std::string(entity).append(target.substr(end));
}

Result<std::optional<std::string>> References::resolve_body(std::string_view body) const {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t name_end = next_binding(body, 0); name_end != std::string_view::npos;
       name_end = next_binding(body, name_end)) {
    for (const std::string_view text : bound_texts(body, name_end)) {
      if (text.size() < 2 || text.front() != '$') continue;
      FLIT_TRY(entity, entity_of(text));
      const auto at = static_cast<std::size_t>(text.data() - body.data());
      out.append(body.substr(copied, at - copied)).append("/").append(entity);
      copied = at + text.size();
    }
  }
  if (copied == 0) return std::optional<std::string>();
  return std::optional<std::string>(out.append(body.substr(copied)));
}

}  // namespace flit::sim::dataverse::batch
