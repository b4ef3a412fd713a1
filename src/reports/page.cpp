#include "reports/page.hpp"

#include <string_view>

namespace flit::reports {
namespace {

constexpr std::string_view style =
#include <reports/page.css.inc>  // made from page.css by CMake
    ;

constexpr std::string_view policy =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action "
    "'none'";

}  // namespace

Page::Page(const std::filesystem::path& file, const PageHead& head) : output_(file) {
  html_.raw("<!DOCTYPE html>\n").open("html", {{"lang", "en"}}).open("head");
  html_.single("meta", {{"charset", "utf-8"}});
  html_.single("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy}});
  html_.single("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html_.single("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  html_.element("title", head.title + ": " + head.subtitle);
  html_.raw("<style>").raw(style).raw("</style>").close().raw("\n").open("body");
  html_.open("header").element("p", "FlitStack", {{"class", "brand"}});
  html_.element("h1", head.title).element("p", head.subtitle, {{"class", "subtitle"}});
  html_.open("dl", {{"class", "facts"}});
  for (const auto& [name, value] : head.facts) {
    html_.open("div").element("dt", name).element("dd", value).close();
  }
  html_.close().close().open("main").raw("\n");
}

void Page::section(std::string_view id, std::string_view title, std::string_view lead) {
  html_.raw("\n").element("h2", title, {{"id", id}});
  if (!lead.empty()) html_.element("p", lead, {{"class", "lead"}});
}

void Page::paragraph(std::string_view text) {
  html_.element("p", text);
}

void Page::open_table(const std::vector<Column>& columns) {
  columns_ = columns;
  html_.open("div", {{"class", "scroll"}}).open("table").open("thead").open("tr");
  for (const Column& column : columns_)
    html_.element("th", column.title, {{"class", column.number ? "n" : ""}, {"scope", "col"}});
  html_.close().close().open("tbody");
}

void Page::table_row(const std::vector<std::string>& cells) {
  html_.open("tr");
  for (std::size_t i = 0; i < cells.size(); ++i)
    html_.element("td", cells[i],
                  {{"class", i < columns_.size() && columns_[i].number ? "n" : ""}});
  html_.close().raw("\n");
}

void Page::close_table() {
  html_.close().close().close();
}

Result<void> Page::finish() {
  html_.close().open("footer").text("Made by FlitStack from the ledger of this migration.").close();
  html_.close().close().raw("\n");
  flush();
  return output_.finish();
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3)
    digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

}  // namespace flit::reports
