#pragma once
/// @file What is asked of every record of one object: by its schema and by the path's rules.
///
/// Compiled once per object; answering touches the ledger only to look other records up. One per
/// pass: not thread-safe.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "engine/profile.hpp"
#include "mapping/condition.hpp"
#include "mapping/record_view.hpp"
#include "store/books.hpp"
#include "store/pairs.hpp"
#include "store/sql.hpp"
#include "store/staging.hpp"

namespace flit::engine {

/// A record was found under a code; `object` and `id` may be another's than the one looked at.
struct Found {
  std::string_view code;
  std::string_view object;
  std::string_view field;
  std::string_view id;
};
using FoundSink = std::function<void(const Found&)>;

/// A value that other records may have too.
struct SharedValue {
  std::string_view code;
  std::int64_t hash;
};
using SharedSink = std::function<void(const SharedValue&)>;

/// Two records that belong together by a third one.
using PairSink = std::function<void(const store::Pair&)>;

/// Where answers go.
struct Answers {
  FoundSink found;
  SharedSink shared;
  PairSink pair;
};

/// Under this code the content ids of files are collected, so that pictures can be looked up.
inline constexpr std::string_view content_ids = "content_id";

/// What a record is asked with.
struct Asked {
  const store::StagedRecord& staged;
  const mapping::RecordView& view;
  store::sql::Connection& reader;
};

class RecordQuestions {
 public:
  static Result<RecordQuestions> compile(const Profile::Inputs& inputs, const model::Object& object,
                                         const mapping::FieldNumbers& numbers, store::Books& books,
                                         Instant started);

  /// REQUIRES: `asked.view` is open on a live record of the object.
  Result<void> ask(const Asked& asked, const Answers& answers) const;

 private:
  struct Rule {
    std::string code;
    std::unique_ptr<mapping::CompiledCondition> when;
  };
  struct Listed {
    const packs::ListedRule* rule;
    std::size_t field;
    std::optional<std::size_t> about;
  };
  struct Pair {
    const packs::PairRule* rule;
    std::unique_ptr<mapping::CompiledCondition> when;
    std::vector<std::size_t> fields;
  };
  struct Shared {
    std::string code;
    std::vector<std::size_t> fields;
  };
  /// A field whose value names a record. `owner`: a person, listed under the person's own id.
  struct Reference {
    std::string target;
    bool owner = false;
    bool archived_will_do = false;  ///< a placeholder takes its place
  };

  RecordQuestions(const model::Object& object, store::Books& books)
      : object_(&object), books_(&books), names_(&books.names) {}

  Result<void> compile_rules(const packs::QualityRules& rules, const mapping::Locale& locale,
                             const mapping::FieldNumbers& numbers);
  void compile_references(const packs::PathPack& path);
  void compile_converted(const model::FieldRule& rule);
  void compile_shared(const packs::QualityRules& rules, const mapping::FieldNumbers& numbers);
  void compile_pair(const packs::PairRule& rule, const mapping::FieldNumbers& numbers);

  Result<void> ask_field(const Asked& asked, std::size_t number, const FoundSink& found) const;
  std::string_view misfit(const model::Field& field, json::Value value,
                          const std::string& text) const;
  bool is_near(int year) const;
  Result<void> ask_reference(const Asked& asked, std::size_t number, const std::string& text,
                             const FoundSink& found) const;
  Result<void> ask_markup(const Asked& asked, const model::Field& field, const std::string& html,
                          const FoundSink& found) const;
  Result<bool> answers_to(const Asked& asked, const packs::ListedRule& rule,
                          const std::string& named) const;
  Result<void> ask_lists(const Asked& asked, const FoundSink& found) const;
  Result<void> ask_pairs(const Asked& asked, const Answers& answers) const;
  void share(const Asked& asked, const SharedSink& shared) const;

  const model::Object* object_;
  store::Books* books_;
  store::Names* names_;
  std::vector<std::optional<Reference>> references_;  // by field number
  std::vector<Rule> rules_;
  std::vector<Listed> listed_;
  std::vector<Pair> pairs_;
  std::vector<Shared> shared_;
  packs::PictureRule pictures_{};
  int latest_year_ = 0;  ///< 0: dates ahead are not judged
};

}  // namespace flit::engine
