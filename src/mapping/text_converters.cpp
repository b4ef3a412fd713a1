#include "mapping/text_converters.hpp"

#include <map>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "mapping/email.hpp"
#include "mapping/html.hpp"
#include "mapping/phone.hpp"

namespace flit::mapping {
namespace {

using model::Arena;
using model::Value;

class TextConverter final : public Converter {
 public:
  explicit TextConverter(const TextLimit& limit) : limit_(limit) {}
  Converted convert(json::Value source, const Context& context) const override {
    std::string buffer;
    return limit_.fit(text_of(source, buffer), context.arena);
  }

 private:
  TextLimit limit_;
};

class LineConverter final : public Converter {
 public:
  explicit LineConverter(const TextLimit& limit) : limit_(limit) {}
  Converted convert(json::Value source, const Context& context) const override {
    std::string buffer;
    const std::string_view text = text_of(source, buffer);
    return limit_.fit(text::collapse_white_space(text), context.arena);
  }

 private:
  TextLimit limit_;
};

class EmailConverter final : public Converter {
 public:
  explicit EmailConverter(const TextLimit& limit) : limit_(limit) {}
  Converted convert(json::Value source, const Context& context) const override {
    std::string buffer;
    const std::string_view whole = text_of(source, buffer);
    const std::string_view text = text::trim(whole);
    if (is_email_address(text))
      return text.size() == whole.size()
                 ? limit_.fit(text, context.arena)
                 : limit_.fit_flagged(text, context.arena, "white_space_removed");
    return limit_.fit_flagged(text, context.arena, "email_not_valid");
  }

 private:
  TextLimit limit_;
};

class PhoneConverter final : public Converter {
 public:
  PhoneConverter(const TextLimit& limit, std::string region)
      : limit_(limit), numbers_(std::move(region)) {}
  Converted convert(json::Value source, const Context& context) const override {
    std::string buffer;
    const std::string_view text = text::trim(text_of(source, buffer));
    const auto number = numbers_.international(text);
    if (number) return limit_.fit(*number, context.arena);
    return limit_.fit_flagged(text, context.arena, "phone_not_valid");
  }

 private:
  TextLimit limit_;
  PhoneNumbers numbers_;
};

class HtmlConverter final : public Converter {
 public:
  explicit HtmlConverter(const TextLimit& limit) : limit_(limit) {}
  Converted convert(json::Value source, const Context& context) const override {
    std::string buffer;
    const CleanHtml clean = clean_html(text_of(source, buffer));
    if (clean.removed.empty()) return limit_.fit(clean.html, context.arena);
    return limit_.fit_flagged(clean.html, context.arena, "markup_removed");
  }

 private:
  TextLimit limit_;
};

class PlainTextConverter final : public Converter {
 public:
  explicit PlainTextConverter(const TextLimit& limit) : limit_(limit) {}
  Converted convert(json::Value source, const Context& context) const override {
    std::string buffer;
    return limit_.fit(text_of_html(text_of(source, buffer)), context.arena);
  }

 private:
  TextLimit limit_;
};

class JsonTextConverter final : public Converter {
 public:
  explicit JsonTextConverter(const TextLimit& limit) : limit_(limit) {}
  Converted convert(json::Value source, const Context& context) const override {
    return limit_.fit(source.dump(), context.arena);
  }

 private:
  TextLimit limit_;
};

class LabelConverter final : public Converter {
 public:
  LabelConverter(const TextLimit& limit, const model::Field& source) : limit_(limit) {
    for (const model::Option& option : source.options) labels_.emplace(option.value, option.label);
  }
  Converted convert(json::Value source, const Context& context) const override {
    std::string buffer;
    const std::string_view value = text_of(source, buffer);
    const auto known = labels_.find(value);
    if (known != labels_.end()) return limit_.fit(known->second, context.arena);
    return limit_.fit_flagged(value, context.arena, "unknown_choice");
  }

 private:
  TextLimit limit_;
  std::map<std::string, std::string, std::less<>> labels_;
};

}  // namespace

TextLimit TextLimit::of(const model::FieldRule& rule, const model::Field& column) {
  return {.max_units = column.max_length.value_or(0), .too_long = rule.too_long};
}

Converted TextLimit::fit_counted(std::string_view text, Arena& arena) const {
  const std::size_t units = utf8::utf16_units(text);
  if (units <= max_units) return Converted::plain(Value::text(text, arena));
  std::string detail = fmt::format("{} characters, the column takes {}", units, max_units);
  if (too_long == model::TooLong::fail) return Converted::refused("too_long", std::move(detail));
  const std::string_view kept = utf8::prefix_of_utf16_units(text, max_units);
  const std::string_view code =
      too_long == model::TooLong::attach ? "attached_in_full" : "truncated";
  return Converted::flagged(Value::text(kept, arena), code, std::move(detail));
}

Converted TextLimit::fit_flagged(std::string_view text, Arena& arena, std::string_view code) const {
  Converted fitted = fit(text, arena);
  if (fitted.trouble == Converted::Trouble::none) return Converted::flagged(fitted.value, code);
  return fitted;
}

std::unique_ptr<Converter> make_text(const TextLimit& limit) {
  return std::make_unique<TextConverter>(limit);
}
std::unique_ptr<Converter> make_line(const TextLimit& limit) {
  return std::make_unique<LineConverter>(limit);
}
std::unique_ptr<Converter> make_email(const TextLimit& limit) {
  return std::make_unique<EmailConverter>(limit);
}
std::unique_ptr<Converter> make_phone(const TextLimit& limit, std::string region) {
  return std::make_unique<PhoneConverter>(limit, std::move(region));
}
std::unique_ptr<Converter> make_html(const TextLimit& limit) {
  return std::make_unique<HtmlConverter>(limit);
}
std::unique_ptr<Converter> make_plain_text(const TextLimit& limit) {
  return std::make_unique<PlainTextConverter>(limit);
}
std::unique_ptr<Converter> make_json_text(const TextLimit& limit) {
  return std::make_unique<JsonTextConverter>(limit);
}
std::unique_ptr<Converter> make_label_text(const TextLimit& limit, const model::Field& source) {
  return std::make_unique<LabelConverter>(limit, source);
}

}  // namespace flit::mapping
