#include "engine/profile.hpp"

#include <algorithm>

#include "base/json_writer.hpp"
#include "engine/field_profile.hpp"
#include "engine/finding_catalogue.hpp"
#include "engine/observed_json.hpp"
#include "engine/record_questions.hpp"
#include "mapping/text_converters.hpp"
#include "store/notebook.hpp"
#include "store/staged_questions.hpp"

namespace flit::engine {
namespace {

constexpr std::int64_t chunk_size = 2000;
constexpr std::string_view stage = "S-01";
constexpr std::string_view document = "observed fields";

/// What a chunk found, to be written in one transaction.
class Notes {
 public:
  void found(const Found& one) {
    auto& ids = found_[{std::string(one.code), std::string(one.object), std::string(one.field)}];
    if (ids.empty() || ids.back() != one.id) ids.emplace_back(one.id);
  }
  void shared(const SharedValue& value, const std::string& id) {
    shared_.push_back({std::string(value.code), value.hash, id});
  }
  void pair(const store::Pair& one) { pairs_.push_back(one); }

  Result<void> write(store::sql::Connection& transaction) const {
    for (const auto& [what, ids] : found_) {
      store::Finding finding = finding_of(stage, what.code, what.object, what.field);
      finding.count = ids.size();
      FLIT_TRY_VOID(store::add_finding(transaction, finding, ids));
    }
    for (const Value& one : shared_)
      FLIT_TRY_VOID(store::put_shared_value(transaction, one.code, one.hash, one.id));
    for (const store::Pair& one : pairs_) FLIT_TRY_VOID(store::put_pair(transaction, one));
    return {};
  }

 private:
  struct What {
    std::string code;
    std::string object;
    std::string field;
    auto operator<=>(const What&) const = default;
  };
  struct Value {
    std::string code;
    std::int64_t hash;
    std::string id;
  };
  std::map<What, std::vector<std::string>> found_;
  std::vector<Value> shared_;
  std::vector<store::Pair> pairs_;
};

void add_fields(const model::Condition& condition, std::vector<std::string>& fields) {
  if (!condition.field.empty()) fields.push_back(condition.field);
  for (const model::Condition& part : condition.parts) add_fields(part, fields);
}

/// A list that no schema describes (owners, files, histories), as far as the rules name its fields.
class ListShape {
 public:
  explicit ListShape(const std::string& name) { object_.name = name; }
  void add(const std::vector<std::string>& fields) {
    for (const std::string& field : fields)
      if (!field.empty() && object_.find_field(field) == nullptr)
        object_.fields.push_back({.name = field, .type = model::FieldType::unknown});
  }
  model::Object take() { return std::move(object_); }

 private:
  model::Object object_;
};

std::vector<model::Object> lists_of(const packs::QualityRules& rules, const model::Schema& source) {
  std::map<std::string, ListShape> lists;
  const auto shape = [&](const std::string& name) {
    return source.find_object(name) != nullptr || name.empty()
               ? nullptr
               : &lists.try_emplace(name, name).first->second;
  };
  for (const packs::SharedValueRule& rule : rules.shared)
    if (ListShape* list = shape(rule.object)) list->add(rule.fields);
  for (const packs::ConditionRule& rule : rules.conditions)
    if (ListShape* list = shape(rule.object)) {
      std::vector<std::string> fields;
      add_fields(rule.when, fields);
      list->add(fields);
    }
  for (const packs::ListedRule& rule : rules.listed)
    if (ListShape* list = shape(rule.object)) list->add({rule.field, rule.about_field});
  if (ListShape* list = shape(rules.pictures.list)) list->add({rules.pictures.content_id});
  std::vector<model::Object> all;
  all.reserve(lists.size());
  for (auto& [name, list] : lists) all.push_back(list.take());
  return all;
}

/// Follows a merged record to the one that is live; what it comes to otherwise is a finding.
Result<std::string_view> end_of_merge(const Environment& environment,
                                      store::sql::Connection& reader, const std::string& object,
                                      const store::StagedRecord& staged) {
  std::set<std::string> been{staged.record.key.id};
  std::optional<std::string> next = staged.record.merged_into;
  while (next) {
    if (!been.insert(*next).second) return std::string_view("merge_loop");
    FLIT_TRY(into, environment.books.staging.find(reader, object, *next));
    if (!into) return std::string_view("merge_target_purged");
    next = into->record.merged_into;
  }
  return std::string_view();
}

std::vector<FieldProfile> measures_of(const model::Object& object) {
  std::vector<FieldProfile> all;
  all.reserve(object.fields.size());
  for (const model::Field& field : object.fields) all.emplace_back(field);
  return all;
}

void measure(const model::Object& object, const Asked& asked, std::vector<FieldProfile>& fields) {
  std::string buffer;
  for (std::size_t i = 0; i < object.fields.size(); ++i) {
    const json::Value value = asked.view.field(i);
    if (mapping::is_empty(value))
      fields[i].add_empty();
    else
      fields[i].add(value, mapping::text_of(value, buffer), asked.staged.record.key.id);
  }
}

/// What an earlier run found.
Result<void> forget(store::sql::Connection& transaction) {
  FLIT_TRY_VOID(store::clear_shared_values(transaction));
  FLIT_TRY_VOID(store::clear_pairs(transaction));
  return store::clear_findings(transaction, stage);
}

}  // namespace

Event to_event(const ObjectProfiled& event) {
  return Event("object_profiled", Level::info)
      .label("object", event.object)
      .count("records", static_cast<std::int64_t>(event.records));
}

Result<ProfileCounts> Profile::run(std::stop_token stop) {
  FLIT_TRY_VOID(environment_.ledger.commit(forget));
  ProfileCounts counts;
  Observed observed;
  std::vector<model::Object> objects = lists_of(inputs_.path.quality, inputs_.source);
  objects.insert(objects.end(), inputs_.source.objects.begin(), inputs_.source.objects.end());
  for (const model::Object& object : objects) {
    FLIT_TRY(records, profile_object(object, observed, stop));
    counts.records += records;
  }
  FLIT_TRY_VOID(ask_about_all());
  FLIT_TRY_VOID(environment_.ledger.commit([&](store::sql::Connection& transaction) {
    return store::put_document(transaction, document, observed_json(observed),
                               environment_.clock().now());
  }));
  FLIT_TRY_VOID(environment_.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
    FLIT_TRY(all, store::findings(reader, stage));
    counts.findings = all.size();
    return {};
  }));
  return counts;
}

/// One object, chunk by chunk.
class Profile::ObjectPass {
 public:
  static Result<ObjectPass> begin(Environment& environment, const Inputs& inputs,
                                  const model::Object& object) {
    ObjectPass pass(environment, object);
    FLIT_TRY(questions, RecordQuestions::compile(inputs, object, *pass.numbers_, environment.books,
                                                 environment.ledger.info().created_at));
    pass.questions_.emplace(std::move(questions));
    return pass;
  }

  /// The next records; false when there are none.
  Result<bool> step() {
    Notes notes;
    std::size_t seen = 0;
    FLIT_TRY_VOID(environment_.ledger.read([&](store::sql::Connection& reader) {
      return environment_.books.staging.scan(
          reader, object_.name, after_, chunk_size,
          [&](const store::StagedRecord& staged) -> Result<void> {
            after_ = staged.seq;
            ++seen;
            return look(staged, reader, notes);
          });
    }));
    if (seen == 0) return false;
    FLIT_TRY_VOID(write(notes));
    return true;
  }

  /// What the fields came to; numbers far from all others are found only now.
  Result<void> finish(Observed& observed) {
    Notes outliers;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      const std::string& name = object_.fields[i].name;
      observed.emplace(object_.name + "." + name, fields_[i].observed());
      for (const auto& [id, number] : fields_[i].outliers())
        outliers.found({"outlier", object_.name, name, id});
    }
    return write(outliers);
  }

  std::uint64_t records() const { return records_; }

 private:
  ObjectPass(Environment& environment, const model::Object& object)
      : environment_(environment),
        object_(object),
        numbers_(std::make_unique<mapping::FieldNumbers>(object)),
        view_(*numbers_),
        fields_(measures_of(object)) {}

  Result<void> look(const store::StagedRecord& staged, store::sql::Connection& reader,
                    Notes& notes) {
    const std::string& id = staged.record.key.id;
    if (staged.record.merged_into) {
      FLIT_TRY(code, end_of_merge(environment_, reader, object_.name, staged));
      if (!code.empty()) notes.found({code, object_.name, {}, id});
    }
    if (staged.record.archived) return {};
    ++records_;
    if (!view_.open(staged.record.payload)) {
      notes.found({"not_readable", object_.name, {}, id});
      return {};
    }
    const Asked asked{staged, view_, reader};
    measure(object_, asked, fields_);
    return questions_->ask(asked,
                           {.found = [&](const Found& one) { notes.found(one); },
                            .shared = [&](const SharedValue& value) { notes.shared(value, id); },
                            .pair = [&](const store::Pair& pair) { notes.pair(pair); }});
  }

  Result<void> write(const Notes& notes) {
    return environment_.ledger.commit(
        [&](store::sql::Connection& transaction) { return notes.write(transaction); });
  }

  Environment& environment_;
  const model::Object& object_;
  std::unique_ptr<mapping::FieldNumbers> numbers_;  // on the heap: the view points to it
  mapping::RecordView view_;
  std::vector<FieldProfile> fields_;
  std::optional<RecordQuestions> questions_;
  std::uint64_t records_ = 0;
  std::int64_t after_ = 0;
};

Result<std::uint64_t> Profile::profile_object(const model::Object& object, Observed& observed,
                                              std::stop_token stop) {
  FLIT_TRY(pass, ObjectPass::begin(environment_, inputs_, object));
  while (true) {
    if (stop.stop_requested())
      return Error{.fault = Fault::cancelled, .message = "stopped while looking at " + object.name};
    FLIT_TRY(more, pass.step());
    if (!more) break;
  }
  FLIT_TRY_VOID(pass.finish(observed));
  emit(environment_.events, ObjectProfiled{object.name, pass.records()});
  return pass.records();
}

Result<void> Profile::ask_about_all() {
  return environment_.ledger.commit([&](store::sql::Connection& transaction) -> Result<void> {
    store::Names& names = environment_.books.names;
    const packs::QualityRules& rules = inputs_.path.quality;
    FLIT_TRY_VOID(store::drop_single_values(transaction));
    for (const packs::SharedValueRule& rule : rules.shared)
      FLIT_TRY_VOID(store::list_shared(transaction, finding_of(stage, rule.code, rule.object)));
    FLIT_TRY(associations, store::associations(transaction));
    for (const std::string& association : associations) {
      const store::EdgeEnds ends = store::edge_ends(association);
      FLIT_TRY_VOID(store::list_dangling(
          transaction, names, ends, finding_of(stage, "broken_reference", ends.from, association)));
      FLIT_TRY_VOID(store::list_dangling_back(
          transaction, names, ends, finding_of(stage, "broken_reference", ends.to, association)));
    }
    for (const packs::LinkedRule& rule : rules.linked)
      FLIT_TRY_VOID(store::list_unlinked(transaction, names, store::edge_ends(rule.association),
                                         finding_of(stage, rule.code, rule.object)));
    return store::recount_findings(transaction, stage);
  });
}

Result<Observed> observed_fields(const Environment& environment) {
  std::optional<std::string> body;
  const Result<void> read =
      environment.ledger.read([&](store::sql::Connection& reader) -> Result<void> {
        FLIT_TRY(found, store::document(reader, document));
        body = std::move(found);
        return {};
      });
  if (!read) return Error(read.error());
  return body ? observed_of_json(*body) : Result<Observed>(Observed{});
}

}  // namespace flit::engine
