#pragma once
/// @file Converters into days and moments. A day has no zone and is never shifted by one.

#include <memory>

#include "mapping/conversion.hpp"

namespace flit::mapping {

/// How the source writes a time.
enum class WrittenTime : std::uint8_t {
  iso,       ///< "2025-09-30", "2025-05-02T14:00:00.000Z"
  epoch_ms,  ///< milliseconds since 1970 UTC
  epoch_seconds,
};

/// A day. A moment becomes the day that it was in `zone`.
std::unique_ptr<Converter> make_date(WrittenTime written, const Zone& zone);

/// A moment. A day becomes its noon in UTC: columns that show a day of a stored moment then show
/// the same day everywhere from −11 to +11 hours (facts/dataverse.md §10, "Format DateOnly with
/// behaviour UserLocal").
std::unique_ptr<Converter> make_instant(WrittenTime written);

}  // namespace flit::mapping
