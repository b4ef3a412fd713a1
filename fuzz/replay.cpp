// A fuzz target without a fuzzer: runs it over its corpus, then over seeded mutations of it.
//   fuzz_<name> CORPUS MUTATIONS [SEED]
// Input number n depends only on the corpus, n and the seed. When the target stops the program,
// the input it choked on is left in ./fuzz-failure.input.

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Bytes = std::vector<std::uint8_t>;
using Random = std::mt19937_64;

// NOLINTBEGIN(cppcoreguidelines-avoid-non-const-global-variables): a signal handler reads them
const std::uint8_t* current_data = nullptr;
std::size_t current_size = 0;
// NOLINTEND(cppcoreguidelines-avoid-non-const-global-variables)

/// Only calls that are allowed in a signal handler.
void keep_failing_input(int signal) {
  constexpr char told[] = "\nthe failing input is in fuzz-failure.input\n";
  const int file = open("fuzz-failure.input", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  const bool is_kept = file >= 0 && write(file, current_data, current_size) >= 0;
  if (is_kept && write(STDERR_FILENO, told, sizeof told - 1) < 0) _exit(2);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void run(const Bytes& input) {
  current_data = input.data();
  current_size = input.size();
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

/// Sorted by name, so that every machine sees the same order.
std::vector<Bytes> read_corpus(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Bytes> corpus;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return corpus;
}

std::size_t below(Random& random, std::size_t end) {
  return end == 0 ? 0 : random() % end;
}

void mutate_once(Bytes& input, const std::vector<Bytes>& corpus, Random& random) {
  constexpr std::string_view telling = "{}[]:,\"'\\#&*!|>-?%@` \t\r\n\0~<0.eE+";
  const auto at = [&] {
    return input.begin() + static_cast<std::ptrdiff_t>(below(random, input.size() + 1));
  };
  const auto place = at();
  const auto rest = static_cast<std::size_t>(input.end() - place);
  switch (below(random, 5)) {
    case 0:
      if (rest > 0) *place = static_cast<std::uint8_t>(random());
      break;
    case 1:
      input.insert(place, static_cast<std::uint8_t>(telling[below(random, telling.size())]));
      break;
    case 2:
      input.erase(place, place + static_cast<std::ptrdiff_t>(
                                     below(random, std::min<std::size_t>(rest, 8) + 1)));
      break;
    case 3: {  // a piece of itself again
      const Bytes piece(place, place + static_cast<std::ptrdiff_t>(
                                           below(random, std::min<std::size_t>(rest, 64) + 1)));
      const auto offset = static_cast<std::ptrdiff_t>(below(random, input.size() + 1));
      input.insert(input.begin() + offset, piece.begin(), piece.end());
      break;
    }
    default: {  // a piece of another
      const Bytes& other = corpus[below(random, corpus.size())];
      const auto from = static_cast<std::ptrdiff_t>(below(random, other.size() + 1));
      const auto length =
          std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(other.size()) - from, 64);
      input.insert(place, other.begin() + from, other.begin() + from + length);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fputs("usage: fuzz_<name> CORPUS MUTATIONS [SEED]\n", stderr);
    return 2;
  }
  const std::vector<Bytes> corpus = read_corpus(argv[1]);
  if (corpus.empty()) {
    std::fprintf(stderr, "no corpus in %s\n", argv[1]);
    return 2;
  }
  const std::uint64_t seed = argc > 3 ? std::strtoull(argv[3], nullptr, 10) : 1;
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL, SIGBUS})
    std::signal(signal, keep_failing_input);

  for (const Bytes& input : corpus) run(input);
  const std::uint64_t mutations = std::strtoull(argv[2], nullptr, 10);
  for (std::uint64_t number = 0; number < mutations; ++number) {
    Random random(seed * 1'000'003 + number);
    Bytes input = corpus[below(random, corpus.size())];
    for (std::size_t i = 1 + below(random, 6); i > 0; --i) mutate_once(input, corpus, random);
    run(input);
  }
  std::printf("%zu inputs of the corpus and %llu mutations (seed %llu): no promise broken\n",
              corpus.size(), static_cast<unsigned long long>(mutations),
              static_cast<unsigned long long>(seed));
  return 0;
}
