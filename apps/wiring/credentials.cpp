#include "apps/wiring/credentials.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "apps/wiring/text_file.hpp"

namespace flit::wiring {
namespace {

Error missing(std::string message, std::string where, std::string remedy) {
  return {.fault = Fault::setup,
          .message = std::move(message),
          .where = std::move(where),
          .remedy = std::move(remedy)};
}

Result<Secret> filled(std::string text, const std::string& where) {
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty())
    return missing("the credential is empty", where, "Put the credential there and try again.");
  const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (!plain)
    return missing("the credential holds a line break or another control character", where,
                   "Put the credential alone there, as one line.");
  return Secret(std::move(text));
}

Result<Secret> from_environment(const std::string& name) {
  const char* text = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): nobody sets it
  if (text == nullptr)
    return missing("the environment variable is not set", name,
                   fmt::format("export {}=…, or name another place in flitstack.yaml.", name));
  return filled(text, name);
}

Result<Secret> from_file(const std::string& path) {
  struct stat seen {};
  if (::stat(path.c_str(), &seen) != 0)
    return missing("the file with the credential is not there", path,
                   "Check the path in flitstack.yaml.");
  if ((seen.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return missing("others can read the file with the credential", path, "chmod 600 " + path);
  FLIT_TRY(text, read_text_file(path));
  return filled(std::move(text), path);
}

/// A command as an error may show it: what it is given may be a secret in itself.
std::string shown(const std::string& command) {
  return "command:" + command.substr(0, command.find(' ')) + " …";
}

Result<Secret> from_command(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "re");  // NOLINT(cert-env33-c): the operator's own
  if (pipe == nullptr) return missing("the command cannot be started", shown(command), "");
  std::string text;
  std::array<char, 4096> piece{};
  while (const std::size_t read = std::fread(piece.data(), 1, piece.size(), pipe))
    text.append(piece.data(), read);
  const int status = ::pclose(pipe);
  if (status != 0)
    return missing(fmt::format("the command for the credential ended with {}",
                               WIFEXITED(status) ? WEXITSTATUS(status) : status),
                   shown(command), "Run it by hand: it prints the credential and ends with 0.");
  return filled(std::move(text), shown(command));
}

}  // namespace

Result<SecretReference> secret_reference(const std::string& text) {
  const auto rest = [&](std::string_view prefix) { return text.substr(prefix.size()); };
  if (text.starts_with("env:")) return SecretReference{.env = rest("env:")};
  if (text.starts_with("file:")) return SecretReference{.file = rest("file:")};
  if (text.starts_with("command:")) return SecretReference{.command = rest("command:")};
  return missing("a credential is named as env:NAME, file:PATH or command:CMD",
                 "flitstack.yaml › source › auth › value_from",
                 "Write for example value_from: \"env:FLIT_SOURCE_TOKEN\".");
}

Result<Secret> resolve(const SecretReference& reference) {
  if (reference.env) return from_environment(*reference.env);
  if (reference.file) return from_file(*reference.file);
  if (reference.command) return from_command(*reference.command);
  return missing("no credential is named", "flitstack.yaml",
                 "Name one as {env: NAME}, {file: PATH} or {command: CMD}.");
}

}  // namespace flit::wiring
