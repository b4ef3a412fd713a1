#include "http/recording.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace flit::http {
namespace {

/// What goes through a sink or source, kept as far as it may be.
class Copy {
 public:
  explicit Copy(std::size_t limit) : limit_(limit) {}

  void add(std::string_view piece) {
    body_.size += piece.size();
    if (body_.size <= limit_)
      text_ += piece;
    else
      text_.clear();
  }

  RecordedBody body() && {
    if (body_.size <= limit_) body_.text = std::move(text_);
    return std::move(body_);
  }

 private:
  std::size_t limit_;
  RecordedBody body_;
  std::string text_;
};

Request copied_through(const Request& request, Copy& sent, Copy& received) {
  Request copy = request;
  if (request.source)
    copy.source = [&](std::span<char> buffer) -> Result<std::size_t> {
      FLIT_TRY(count, request.source(buffer));
      sent.add({buffer.data(), count});
      return count;
    };
  if (request.sink)
    copy.sink = [&](const Response& head, std::string_view piece) -> Result<void> {
      received.add(piece);
      return request.sink(head, piece);
    };
  return copy;
}

Error write_problem(const std::string& where) {
  return {.fault = Fault::setup,
          .message = "cannot be written: " + std::generic_category().message(errno),
          .where = where,
          .remedy = "Check the folder's permissions and the free space"};
}

}  // namespace

Result<std::unique_ptr<RecordingTransport>> RecordingTransport::open(
    Transport& inner, const std::filesystem::path& path, RecordingSettings settings) {
  const int file =
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return write_problem(path.string());
  return std::unique_ptr<RecordingTransport>(
      new RecordingTransport(inner, file, std::move(settings)));
}

RecordingTransport::RecordingTransport(Transport& inner, int file, RecordingSettings settings)
    : inner_(inner), file_(file), settings_(std::move(settings)), mask_(settings_.mask) {}

RecordingTransport::~RecordingTransport() {
  ::close(file_);
}

Result<Response> RecordingTransport::send(const Request& request, std::stop_token stop) {
  const bool keeps = settings_.bodies == RecordingSettings::Bodies::kept;
  const std::size_t limit = keeps ? settings_.max_body : 0;
  Copy sent(limit);
  Copy received(limit);
  const bool is_streamed = request.source || request.sink;
  auto result = is_streamed ? inner_.send(copied_through(request, sent, received), std::move(stop))
                            : inner_.send(request, std::move(stop));
  if (!request.source) sent.add(request.body);
  if (result) received.add(result->body);
  append(to_line(record(request, result, std::move(sent).body(), std::move(received).body())));
  return result;
}

RecordedExchange RecordingTransport::record(const Request& request, const Result<Response>& result,
                                            RecordedBody sent, RecordedBody received) const {
  RecordedExchange exchange{.method = request.method, .url = mask_.url(request.url)};
  exchange.headers = mask_.headers(request.headers);
  exchange.body = std::move(sent);
  if (exchange.body.text)
    exchange.body.text = mask_.body(request.headers.media_type(), *exchange.body.text);
  if (!result) {
    exchange.result = Error(result.error());
    return exchange;
  }
  exchange.result = Response{.status = result->status, .headers = mask_.headers(result->headers)};
  exchange.answer = std::move(received);
  if (exchange.answer.text)
    exchange.answer.text = mask_.body(result->headers.media_type(), *exchange.answer.text);
  return exchange;
}

/// One write() per line: lines of several lanes do not mix, and a crash leaves whole lines.
void RecordingTransport::append(const std::string& line) {
  const std::string bytes = line + "\n";
  const ssize_t written = ::write(file_, bytes.data(), bytes.size());
  if (written == static_cast<ssize_t>(bytes.size())) return;
  problem_.with([error = write_problem("the recording")](std::optional<Error>& problem) {
    if (!problem) problem = error;
  });
}

std::optional<Error> RecordingTransport::problem() const {
  return problem_.with([](const std::optional<Error>& problem) { return problem; });
}

}  // namespace flit::http
