#include "rerank/kept_model.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

#include "base/hash.hpp"
#include "rerank/answer.hpp"

namespace flit::rerank {

namespace {

bool write(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  return static_cast<bool>(out);
}

}  // namespace

KeptModel::KeptModel(Model& model, std::filesystem::path folder)
    : model_(model), folder_(std::move(folder)) {}

Result<std::string> KeptModel::complete(const std::string& request) {
  const std::filesystem::path name = folder_ / sha256_hex(request);
  const std::filesystem::path kept = name.string() + ".response.json";
  if (std::ifstream in(kept, std::ios::binary); in)
    return std::string(std::istreambuf_iterator<char>(in), {});
  FLIT_TRY(response, model_.complete(request));
  if (!read_answers(response)) return response;
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  if (!write(name.string() + ".request.json", request) || !write(kept, response))
    return Error{.fault = Fault::setup,
                 .message = "the answer cannot be kept",
                 .where = folder_.string(),
                 .remedy = "Check the folder and the free space."};
  return response;
}

}  // namespace flit::rerank
