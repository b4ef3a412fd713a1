#pragma once
/// @file One function for each gotcha; what it checks is said in its file. See check.hpp.

#include "engine/checks/check.hpp"

namespace flit::engine::checks {

Result<CheckResult> clause_library(const CheckInputs& inputs, std::stop_token stop);
Result<CheckResult> spouse_pairs(const CheckInputs& inputs, std::stop_token stop);
Result<CheckResult> answer_files(const CheckInputs& inputs, std::stop_token stop);
Result<CheckResult> source_reach(const CheckInputs& inputs, std::stop_token stop);
Result<CheckResult> modules(const CheckInputs& inputs, std::stop_token stop);
Result<CheckResult> custom_tables(const CheckInputs& inputs, std::stop_token stop);
Result<CheckResult> renewal_price(const CheckInputs& inputs, std::stop_token stop);
Result<CheckResult> columns_first(const CheckInputs& inputs, std::stop_token stop);
Result<CheckResult> request_limits(const CheckInputs& inputs, std::stop_token stop);
Result<CheckResult> inactive_owners(const CheckInputs& inputs, std::stop_token stop);

}  // namespace flit::engine::checks
