#pragma once
/// @file `interactive.yaml`: how the rows of foreign files become an Interactive (facts/sources.md
/// §1.12).
///
/// Only what was written, checked for its form; folder/loader.hpp gives it a meaning. Unknown keys
/// are errors with line and column.

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/spec.hpp"
#include "sim/interactive/folder/table_input.hpp"

namespace flit::sim::interactive {

enum class Match { exact, trim, fold, squash };
enum class Missing { null, error, keep, dangling };
/// A class, so that a bare `null` and the text "null" mean the same.
struct MissingRule {
  Missing rule = Missing::error;
};
enum class OnMany { error, first };
enum class LetterCase { lower, upper };

struct ValueSpec;

struct MapMaker {
  yaml::Node columns{};  ///< one key, the column: {text: value}
  std::optional<spec::ScalarText> fallback{};
  MissingRule missing{Missing::null};
};

struct JoinMaker {
  std::string input{};
  std::string col{};
  std::string to{};
  Match match = Match::exact;
  std::string take{};
  MissingRule missing{};
  OnMany on_many = OnMany::error;
  std::string as{};  ///< "pipeline": the label becomes that pipeline's id
};

struct RefMaker {
  std::string object{};
  std::string col{};
  std::string by{};
  Match match = Match::exact;
  MissingRule missing{};
  OnMany on_many = OnMany::error;
};

struct OwnerMaker {
  std::string col{};
  Match match = Match::exact;
  MissingRule missing{};
};

struct StageMaker {
  std::string pipeline{};  ///< property that holds the pipeline's id
  std::unique_ptr<ValueSpec> label{};
};

struct DatetimeModifier {
  std::string time = "00:00:00";
  std::string zone = "UTC";
};

/// A constant, or one maker and modifiers in their fixed order.
struct ValueSpec {
  std::optional<std::string> column{};
  std::optional<spec::ScalarText> constant{};
  std::optional<std::uint64_t> row{};
  std::optional<std::string> pattern{};
  std::vector<ValueSpec> first_of{};
  std::optional<MapMaker> map{};
  std::optional<JoinMaker> join{};
  std::optional<RefMaker> ref{};
  std::optional<OwnerMaker> owner{};
  std::optional<StageMaker> stage{};
  bool self = false;

  bool trim = false;
  std::optional<LetterCase> letter_case{};
  yaml::Node parse{};
  std::optional<int> scale10{};
  std::optional<DatetimeModifier> datetime{};
  bool slug = false;
  std::optional<std::string> email{};
  std::optional<spec::ScalarText> fallback{};
  Position at{};
};

struct Condition {
  std::optional<std::string> column{};
  std::optional<spec::ScalarText> equals{};
  std::vector<spec::ScalarText> in{};
  bool empty = false;
  bool not_empty = false;
  std::vector<Condition> all{};
  std::vector<Condition> any{};
  std::unique_ptr<Condition> negated{};
};

using Values = std::vector<std::pair<std::string, ValueSpec>>;

struct Selection {
  std::string from{};
  std::optional<Condition> where{};
  std::vector<std::string> distinct{};
};

struct OwnerSpec : Selection {
  ValueSpec id{};
  std::optional<ValueSpec> user_id{};
  std::optional<ValueSpec> name{};
  std::optional<ValueSpec> email{};
  std::optional<ValueSpec> active{};
  std::optional<ValueSpec> type{};
  std::vector<ValueSpec> teams{};
};

struct StageSpec {
  std::optional<std::string> id{};
  int n = 0;
  std::string label{};
  int order = 0;
  std::optional<std::string> probability{};
  std::optional<std::string> forecast_category{};
  bool closed = false;
  std::optional<bool> won{};
  bool archived = false;
};

struct PipelineSpec : Selection {
  ValueSpec id{};
  ValueSpec label{};
  std::vector<StageSpec> stages{};
};

struct TagSpec : Selection {
  ValueSpec id{};
  ValueSpec label{};
  std::vector<std::string> objects{};
};

struct CustomSpec {
  std::string type = "string";
  std::string label{};
  yaml::Node options{};  ///< `auto` or a list
  ValueSpec value{};
};

struct SchemaSpec {
  std::string label{};
  std::string label_plural{};
  std::string primary_display = "name";
};

struct ObjectSpec : Selection {
  std::optional<SchemaSpec> schema{};
  ValueSpec id{};
  std::optional<ValueSpec> created_at{};
  std::optional<ValueSpec> updated_at{};
  std::optional<ValueSpec> owner{};
  Values properties{};
  std::vector<std::pair<std::string, CustomSpec>> custom{};
  std::vector<std::string> required{};
};

struct EdgeSpec {
  std::string from{};
  std::string to{};
  std::string rows{};
  std::optional<Condition> where{};
  ValueSpec from_id{};
  ValueSpec to_id{};
  bool primary = false;
  std::optional<ValueSpec> label{};
  Values attributes{};
};

struct EntrySpec {
  std::string rows{};
  std::optional<Condition> where{};
  ValueSpec deal{};
  ValueSpec stage{};
  ValueSpec entered_at{};
};

struct CheckSpec {
  std::optional<std::string> object{};
  std::optional<std::string> association{};
  bool stage_history = false;
  std::vector<std::pair<std::string, spec::ScalarText>> where{};
  std::optional<std::size_t> count{};
  std::vector<std::pair<std::string, spec::ScalarText>> sum{};
  std::vector<std::pair<std::string, std::size_t>> distinct{};
  Position at{};
};

struct AccountSpec {
  std::optional<std::string> id{};
  std::optional<std::string> name{};
  std::optional<std::string> timezone{};
  std::optional<std::string> currency{};
  std::optional<std::string> locale{};
  std::optional<std::string> edition{};
  std::optional<std::string> domain{};
};

struct DefaultsSpec {
  std::optional<std::string> created_at{};
  std::optional<std::string> updated_at{};
  std::string created_by = "1";
  std::optional<std::string> owner_id{};
};

struct Manifest {
  int version = 0;
  std::string root = ".";
  std::optional<std::string> clock{};
  AccountSpec account{};
  DefaultsSpec defaults{};
  std::vector<InputSettings> inputs{};
  std::optional<std::string> native{};
  std::vector<OwnerSpec> owners{};
  std::vector<PipelineSpec> pipelines{};
  std::vector<TagSpec> tags{};
  std::vector<std::pair<std::string, ObjectSpec>> objects{};
  std::vector<EdgeSpec> associations{};
  std::vector<EntrySpec> stage_history{};
  std::vector<CheckSpec> checks{};
};

void describe(spec::Spec<Manifest>& spec);

/// Reads a manifest and what it extends. Fault::setup with all its mistakes.
Result<Manifest> read_manifest(const std::string& path);

}  // namespace flit::sim::interactive
