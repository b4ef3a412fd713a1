#pragma once
/// @file Duplicate detection: only when the request asks for it (fact sheet §2, §9 0x80040333).

#include "sim/dataverse/write/work.hpp"

namespace flit::sim::dataverse {

/// The rules that environments start with: accounts of one name, contacts and leads of one e-mail
/// address. Case-insensitive. Nothing is checked unless MSCRM.SuppressDuplicateDetection is false.
Answer<void> check_duplicates(const Work& work, const Table& table, const RowDraft& draft);

}  // namespace flit::sim::dataverse
