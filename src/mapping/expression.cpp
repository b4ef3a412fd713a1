#include "mapping/expression.hpp"

#include <mutex>

extern "C" {
#include <jq.h>
#include <jv.h>
}

namespace flit::mapping {
namespace {

/// jq reports what is wrong through a callback, piece by piece.
void collect(void* messages, jv message) {
  jv text = jv_dump_string(message, 0);
  static_cast<std::string*>(messages)->append(jv_string_value(text)).append(" ");
  jv_free(text);
}

class JqExpression final : public Expression {
 public:
  JqExpression() : state_(jq_init()) {}
  ~JqExpression() override { jq_teardown(&state_); }
  JqExpression(const JqExpression&) = delete;
  JqExpression& operator=(const JqExpression&) = delete;

  bool compile_text(const std::string& text, std::string& messages) {
    jq_set_error_cb(state_, collect, &messages);
    const bool compiled = jq_compile(state_, text.c_str()) != 0;
    jq_set_error_cb(state_, nullptr, nullptr);
    return compiled;
  }

  bool is_true(std::string_view payload) const override {
    const std::scoped_lock lock(mutex_);
    jv record = jv_parse_sized(payload.data(), static_cast<int>(payload.size()));
    if (jv_is_valid(record) == 0) return jv_free(record), false;
    jq_start(state_, record, 0);
    jv result = jq_next(state_);
    const jv_kind kind = jv_get_kind(result);
    jv_free(result);
    return kind != JV_KIND_INVALID && kind != JV_KIND_FALSE && kind != JV_KIND_NULL;
  }

 private:
  mutable std::mutex mutex_;
  mutable jq_state* state_;
};

}  // namespace

Result<std::unique_ptr<Expression>> Expression::compile(const std::string& text) {
  auto expression = std::make_unique<JqExpression>();
  std::string messages;
  if (expression->compile_text(text, messages))
    return std::unique_ptr<Expression>(std::move(expression));
  return Error{.fault = Fault::setup,
               .message = "this jq expression does not compile: " + messages,
               .where = "condition",
               .remedy = "Try it with `jq` on one record first"};
}

}  // namespace flit::mapping
