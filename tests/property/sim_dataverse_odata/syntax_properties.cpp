#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "expressions.hpp"
#include "sim/dataverse/odata/query_options.hpp"
#include "sim/dataverse/odata/resource_path.hpp"

namespace flit::test {
namespace {

RC_GTEST_PROP(FilterSyntax, ParseUndoesPrint, ()) {
  const Expression filter = random_filter(3);

  const auto again = parse_filter(to_string(filter), {});

  if (!again) RC_FAIL(to_string(filter) + ": " + again.error().text());
  RC_ASSERT(*again == filter);
}

RC_GTEST_PROP(FilterSyntax, AnyBytesAreReadOrRefused, (const std::string& bytes)) {
  const auto filter = parse_filter(bytes, {});
  const auto query = parse_query("$filter=" + bytes + "&$expand=" + bytes + "&$apply=" + bytes);
  const auto path = parse_resource_path(bytes, {});

  RC_ASSERT((filter || filter.error().code == "0x80060888"));
  RC_ASSERT((query || query.error().code == "0x80060888"));
  RC_ASSERT((path || path.error().code == "0x80060888"));
}

RC_GTEST_PROP(FilterSyntax, BytesOfTheAlphabetAreReadOrRefused, ()) {
  const auto text = *rc::gen::resize(
      200,
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab'()/,:=[]{}\"@$ 01-.;&"))));

  const auto filter = parse_filter(text, {{"@a", text}});

  RC_ASSERT((!filter || parse_filter(to_string(*filter), {}).has_value()));
}

}  // namespace
}  // namespace flit::test
