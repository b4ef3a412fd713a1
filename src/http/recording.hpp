#pragma once
/// @file Exchanges as lines of JSON: for golden tests and bug reports.
///
/// One line per exchange, in the order in which they ended, masked (http/mask.hpp). A line holds
/// {"request": {"method", "url", "headers": [[name, value]…], "body"}} and either "response"
/// {"status", "headers", "body"} or "error" {"fault", "message", "where", "remedy", "code",
/// "retry_after_ms"}. Bodies that are not UTF-8 stand as "body_base64"; those left out or too large
/// as "body_bytes". The file is for its owner only (0600): bodies hold records.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/sync.hpp"
#include "http/mask.hpp"
#include "http/transport.hpp"

namespace flit::http {

struct RecordingSettings {
  MaskSettings mask{};
  enum class Bodies { kept, left_out } bodies = Bodies::kept;
  std::size_t max_body = std::size_t{1} << 20U;  ///< larger ones are left out
};

struct RecordedBody {
  std::optional<std::string> text{};  ///< none: left out
  std::uint64_t size = 0;
};

/// What one line says.
struct RecordedExchange {
  Method method = Method::get;
  std::string url{};  ///< masked
  Headers headers{};
  RecordedBody body{};
  Result<Response> result = Response{};
  RecordedBody answer{};
};

std::string to_line(const RecordedExchange& exchange);
Result<RecordedExchange> from_line(std::string_view line);

/// All lines of a file. Fault::setup with the line that is none.
Result<std::vector<RecordedExchange>> read_recording(const std::filesystem::path& path);

/// Passes every request on and appends what became of it to a file. Streamed bodies are recorded as
/// far as max_body goes. Thread-safe.
class RecordingTransport final : public Transport {
 public:
  /// Appends to the file or makes it. `inner` outlives this. Fault::setup: it cannot be written.
  static Result<std::unique_ptr<RecordingTransport>> open(Transport& inner,
                                                          const std::filesystem::path& path,
                                                          RecordingSettings settings = {});
  ~RecordingTransport() override;
  RecordingTransport(const RecordingTransport&) = delete;
  RecordingTransport& operator=(const RecordingTransport&) = delete;

  Result<Response> send(const Request& request, std::stop_token stop) override;

  /// Why the recording is not whole, if it is not: a full disk never fails a request.
  std::optional<Error> problem() const;

 private:
  RecordingTransport(Transport& inner, int file, RecordingSettings settings);
  RecordedExchange record(const Request& request, const Result<Response>& result, RecordedBody sent,
                          RecordedBody received) const;
  void append(const std::string& line);

  Transport& inner_;
  int file_;
  RecordingSettings settings_;
  Mask mask_;
  Sync<std::optional<Error>> problem_;
};

}  // namespace flit::http
