#include "apps/wiring/text_file.hpp"

#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace flit::wiring {
namespace {

namespace fs = std::filesystem;

Error because_of(int reason, const fs::path& path, const char* what) {
  return {.fault = Fault::setup,
          .message = std::string(what) + ": " + std::generic_category().message(reason),
          .where = path.string(),
          .remedy = "Check the folder, its permissions and the free space."};
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<std::string> read_text_file(const fs::path& path) {
  std::error_code ignored;
  std::ifstream in(path, std::ios::binary);
  if (!in || fs::is_directory(path, ignored))
    return Error{.fault = Fault::setup,
                 .message = "the file cannot be read",
                 .where = path.string(),
                 .remedy = "Check the path and its permissions."};
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Result<void> write_text_file(const fs::path& path, std::string_view text) {
  std::error_code failed;
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), failed);
  if (failed) return because_of(failed.value(), path.parent_path(), "the folder cannot be made");
  const fs::path beside = path.string() + ".part";
  const int file = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return because_of(errno, path, "the file cannot be written");
  const bool whole = write_all(file, text) && ::fsync(file) == 0;
  const int reason = errno;
  ::close(file);
  if (!whole) return because_of(reason, path, "the file cannot be written");
  fs::rename(beside, path, failed);
  if (failed) return because_of(failed.value(), path, "the file cannot be replaced");
  return {};
}

}  // namespace flit::wiring
