#include "reports/output.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace flit::reports {

Output::Output(std::filesystem::path file) : file_(std::move(file)), beside_(file_) {
  beside_ += ".part";
  const int descriptor = ::open(beside_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor >= 0) stream_.reset(::fdopen(descriptor, "wb"));
  if (!stream_) failed_ = errno;
}

Output::~Output() {
  if (!stream_ && failed_ == 0) return;  // finished
  stream_.reset();
  std::error_code ignored;  // nothing can be done about a part that stays
  std::filesystem::remove(beside_, ignored);
}

Output& Output::write(std::string_view text) {
  if (stream_ && failed_ == 0 &&
      std::fwrite(text.data(), 1, text.size(), stream_.get()) != text.size())
    failed_ = errno;
  return *this;
}

Result<void> Output::finish() {
  if (failed_ == 0 && std::fflush(stream_.get()) != 0) failed_ = errno;
  if (failed_ == 0) {
    stream_.reset();
    std::error_code error;
    std::filesystem::rename(beside_, file_, error);
    if (!error) return {};
    failed_ = error.value();
  }
  return Error{.fault = Fault::setup,
               .message = "cannot be written: " + std::generic_category().message(failed_),
               .where = file_.string(),
               .remedy = "Make room, or make the folder writable for this user"};
}

}  // namespace flit::reports
