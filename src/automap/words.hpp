#pragma once
/// @file From identifiers and labels to plain words.
///
/// "MailingPostalCode", "billing_zip_code__c" and "Zip/Postal Code" all become lower-case words
/// without accents; letters outside the Latin script are kept as they are. Pure text work: what a
/// word means is the lexicon's business. Input may be any bytes of any length; only the first
/// max_bytes count.

#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace flit::automap {

inline constexpr std::size_t max_name_bytes =
    240;  ///< longer names and labels are cut: no name means more

/// Lower case, accents removed, everything that is neither letter nor digit replaced by a blank.
std::string folded(std::string_view text);

/// Words of an identifier or label, in order: split at separators, camelCase and letter/digit
/// borders.
std::vector<std::string> split_words(std::string_view text);

/// A plural brought to its singular where English spelling allows it ("companies" -> "company").
std::string singular(const std::string& word);

/// An undivided word ("companyname") cut into words of `vocabulary`, fewest pieces first; the word
/// itself if it cannot be covered. Pieces have three letters or more, but for "id" and "of".
std::vector<std::string> cut(const std::string& word,
                             const std::unordered_set<std::string>& vocabulary);

/// Cosine of character trigram sets, 0…1.
double trigram_similarity(std::string_view left, std::string_view right);

/// The words joined again, for exact comparison.
std::string joined(const std::vector<std::string>& words);

}  // namespace flit::automap
