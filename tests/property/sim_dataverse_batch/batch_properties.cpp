#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/dataverse/batch/batch_request.hpp"

namespace flit::test {
namespace {

using sim::dataverse::batch::BatchRequest;
using sim::dataverse::batch::Operation;
using sim::dataverse::batch::parse_batch;

struct Sent {
  std::string method;
  std::string target;
  std::string body;
  std::string content_id;
};

/// How a client writes: line end, where the Content-ID goes, whether the last empty line is there.
struct Dialect {
  std::string end = *rc::gen::element<std::string>("\r\n", "\n");
  bool id_inside = *rc::gen::arbitrary<bool>();
  std::string preamble = *rc::gen::element<std::string>("", "preamble\r\n", "\r\n", "--b2\r\n");
};

Sent random_operation() {
  const auto text = [](const char* alphabet) {
    return *rc::gen::resize(
        60, rc::gen::container<std::string>(rc::gen::elementOf(std::string(alphabet))));
  };
  return {*rc::gen::element<std::string>("POST", "PATCH", "DELETE"), "x" + text("a/('$ü =?-") + "x",
          text("{}\":-b\n a"), std::to_string(*rc::gen::inRange(0, 99))};
}

std::string printed(const Sent& sent, const std::string& boundary, const Dialect& dialect) {
  const std::string id = "Content-ID: " + sent.content_id + dialect.end;
  std::string out = "--" + boundary + dialect.end + "Content-Type: application/http" + dialect.end;
  if (!dialect.id_inside) out += id;
  out += dialect.end + sent.method + " " + sent.target + " HTTP/1.1" + dialect.end;
  if (dialect.id_inside) out += id;
  return out + dialect.end + sent.body + dialect.end;
}

void expect_same(const Operation& read, const Sent& sent) {
  RC_ASSERT(read.method == sent.method);
  RC_ASSERT(read.target == sent.target);
  RC_ASSERT(read.body == sent.body);
  RC_ASSERT(read.content_id == sent.content_id);
}

RC_GTEST_PROP(BatchSyntax, WhatAnyDialectWritesIsReadBack, ()) {
  const Dialect dialect;
  std::vector<std::vector<Sent>> parts(*rc::gen::resize(100, rc::gen::inRange<std::size_t>(0, 5)));
  std::string body = dialect.preamble;
  for (auto& operations : parts) {
    const bool change_set = *rc::gen::arbitrary<bool>();
    operations.resize(change_set ? *rc::gen::resize(100, rc::gen::inRange<std::size_t>(2, 5)) : 1);
    if (change_set)
      body += "--b" + dialect.end + "Content-Type: multipart/mixed; boundary=\"c\"" + dialect.end +
              dialect.end;
    for (Sent& sent : operations) {
      sent = random_operation();
      RC_PRE(sent.body.find("--") == std::string::npos);
      body += printed(sent, change_set ? "c" : "b", dialect);
    }
    if (change_set) body += "--c--" + dialect.end;
  }
  body += "--b--";

  const auto batch = parse_batch("multipart/mixed; boundary=b", body);

  if (!batch) RC_FAIL(batch.error().text());
  RC_ASSERT(batch->parts.size() == parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    RC_ASSERT(batch->parts[i].operations.size() == parts[i].size());
    for (std::size_t j = 0; j < parts[i].size(); ++j)
      expect_same(batch->parts[i].operations[j], parts[i][j]);
  }
}

RC_GTEST_PROP(BatchSyntax, AnyBytesAreReadOrRefused, ()) {
  const auto bytes = *rc::gen::resize(
      400, rc::gen::container<std::string>(rc::gen::elementOf(std::string("-b\r\n :;=c\"H"))));

  const auto batch = parse_batch("multipart/mixed; boundary=b", bytes);
  const auto other = parse_batch(bytes, "--b--");

  RC_ASSERT((batch || batch.error().code == "0x80060888"));
  RC_ASSERT((other || other.error().code == "0x80060888"));
}

}  // namespace
}  // namespace flit::test
