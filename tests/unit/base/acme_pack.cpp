#include "tests/unit/base/acme_pack.hpp"

namespace acme {

using flit::Error;
using flit::Fault;
using flit::Result;
using flit::spec::Cases;
using flit::spec::Choices;
using flit::spec::Converted;
using flit::spec::ScalarText;
using flit::spec::Spec;

void describe(Choices<Method>& choices) {
  choices.add("get", Method::get, "The query is part of the address.");
  choices.add("post", Method::post, "The query is the body.");
}

void describe(Spec<CursorPager>& spec) {
  spec.named("cursor pager", "Each page names the cursor of the next.");
  spec.field(&CursorPager::send, "send", "Query parameter that carries the cursor.").required();
  spec.field(&CursorPager::read, "read", "Where the answer holds the next cursor.").required();
  spec.field(&CursorPager::size, "size", "Records asked for per page.")
      .default_to(100)
      .between(1, 500);
}

void describe(Spec<NumberedPager>& spec) {
  spec.named("numbered pager", "Pages have numbers.");
  spec.field(&NumberedPager::send, "send", "Query parameter that carries the number.");
  spec.field(&NumberedPager::first, "first", "Number of the first page.").default_to(1);
}

void describe(Cases<Pager>& cases) {
  cases.named("pager", "How further pages are asked for.", "kind");
  cases.add<CursorPager>("cursor", "By a cursor.");
  cases.add<NumberedPager>("numbered", "By number.");
}

void describe(Spec<WrittenCondition>& spec) {
  spec.named("condition", "A test of one record.");
  spec.field(&WrittenCondition::field, "field", "The field that is looked at.");
  spec.field(&WrittenCondition::equals, "equals", "It has this value.");
  spec.field(&WrittenCondition::in, "in", "It has one of these values.");
  spec.field(&WrittenCondition::any, "any", "One of these holds.");
  spec.exactly_one_of({"equals", "in", "any"});
}

void describe(Converted<Condition>& type) {
  type.from<WrittenCondition>([](WrittenCondition written) -> Result<Condition> {
    if (written.any.empty() && written.field.empty())
      return Error{.fault = Fault::setup,
                   .message = "a comparison needs a 'field'",
                   .remedy = "name the field that is compared"};
    Condition condition{written.field, {}, std::move(written.any)};
    if (written.equals) condition.values.push_back(written.equals->text);
    for (ScalarText& value : written.in) condition.values.push_back(std::move(value.text));
    return condition;
  });
}

void describe(Spec<Object>& spec) {
  spec.named("object", "A kind of record and where to get it.");
  spec.shorthand("get");
  spec.position(&Object::at);
  spec.field(&Object::get, "get", "Path of the list.").required();
  spec.field(&Object::method, "method", "How it is asked for.").default_to(Method::get);
  spec.field(&Object::records, "records", "Where the answer holds the records.");
  spec.field(&Object::keys, "keys", "Fields that name a record.")
      .default_to(std::vector<std::string>{"id"}, "[id]");
  spec.field(&Object::page, "page", "How further pages are asked for.");
  spec.field(&Object::where, "where", "Which records are read.");
  spec.field(&Object::values, "values", "Source value → our value | nothing else.");
}

void describe(Spec<Quota>& spec) {
  spec.named("quota", "A published limit.");
  spec.field(&Quota::requests, "requests", "How many.").required();
  spec.field(&Quota::window, "window", "In which time.").required();
  spec.field(&Quota::cost, "cost", "What one request counts.")
      .default_to(flit::Decimal::of(1), "1");
}

void describe(Spec<Pack>& spec) {
  spec.named("source pack", "A platform that records are read from.");
  spec.field(&Pack::source, "source", "Its name.").required().check([](const std::string& name) {
    return name.empty() ? "must not be empty" : "";
  });
  spec.field(&Pack::base, "base", "Address that every path begins with.").required();
  spec.field(&Pack::quota, "quota", "Published limits.");
  spec.field(&Pack::headers, "headers", "Sent with every request.");
  spec.field(&Pack::objects, "objects", "What can be read.").keyed_by<&Object::name>();
  spec.field(&Pack::burst, "burst", "A quota for bursts.");
  spec.field(&Pack::proxy, "proxy", "A proxy, if one is needed.");
  spec.field(&Pack::read_only, "read_only", "Refuses to write.").default_to(true);
  spec.field(&Pack::share, "share", "Part of the quota that may be used.").between(0, 1);
  spec.field(&Pack::retries, "retries", "How often a request is repeated.");
  spec.check([](const Pack& pack) {
    return pack.read_only || pack.burst ? "" : "a pack that writes needs a 'burst'";
  });
}

}  // namespace acme
