#include "mapping/conversion.hpp"

#include <map>

#include <gtest/gtest.h>

namespace flit::mapping {
namespace {

using model::Field;
using model::FieldRule;
using model::FieldType;
using Trouble = Converted::Trouble;

/// Companies 501 (there), 502 (not yet), 503 (failed); owner 31.
class KnownRecords final : public Lookups {
 public:
  Lookup record(std::string_view object, std::string_view id) const override {
    if (object != "companies") return {};
    if (id == "501")
      return {.kind = Lookup::Kind::found, .target = {.table = "account", .id = "a-501"}};
    if (id == "502")
      return {.kind = Lookup::Kind::later, .target = {.table = "account", .id = "a-502"}};
    if (id == "503") return {.kind = Lookup::Kind::unusable, .reason = "too_long"};
    return {};
  }
  Lookup owner(std::string_view id) const override {
    if (id == "31")
      return {.kind = Lookup::Kind::found, .target = {.table = "systemuser", .id = "u-31"}};
    return {};
  }
};

/// One conversion, from JSON text to what comes out, over an arena that outlives the answer.
class ConversionTest : public ::testing::Test {
 protected:
  Converted convert(std::string_view json_text) {
    const auto converter =
        make_converter(rule, source, column, {Zone::find("America/New_York").value()});
    EXPECT_TRUE(converter) << converter.error().text();
    if (!converter) return {};
    EXPECT_TRUE(document_.read(json_text)) << json_text;
    return (*converter)->convert(document_.root(), {arena_, lookups_});
  }
  std::string shown(std::string_view json_text) { return convert(json_text).value.display(); }
  std::string code(std::string_view json_text) { return std::string(convert(json_text).code); }

  FieldRule rule{.from = "from", .to = "to"};
  Field source{.name = "from", .type = FieldType::text};
  Field column{.name = "to", .type = FieldType::text};

 private:
  model::Arena arena_;
  json::Document document_;
  KnownRecords lookups_;
};

TEST_F(ConversionTest, TextIsKeptByteForByte) {
  EXPECT_EQ(shown("\"a\\n\\tb\xC2\xA0\xF0\x9F\x98\x80 \""), "a\n\tb\xC2\xA0\xF0\x9F\x98\x80 ");
}

TEST_F(ConversionTest, TextThatIsTooLongIsRefusedUnlessTheMapSaysOtherwise) {
  column.max_length = 4;

  EXPECT_EQ(code("\"abcd\""), "");
  EXPECT_EQ(code("\"abc\xF0\x9F\x98\x80\""), "too_long");  // an emoji takes two units
  rule.too_long = model::TooLong::truncate;
  EXPECT_EQ(shown("\"abc\xF0\x9F\x98\x80\""), "abc");
  EXPECT_EQ(code("\"abcde\""), "truncated");
}

TEST_F(ConversionTest, PhonesBecomeInternationalAndNonsenseStaysAndIsFlagged) {
  column.type = FieldType::phone;

  EXPECT_EQ(shown("\"(212) 555-0143 ext. 9\""), "+12125550143 ext. 9");
  EXPECT_EQ(shown("\"+49 30 123456\""), "+4930123456");
  EXPECT_EQ(shown("\"call my wife\""), "call my wife");
  EXPECT_EQ(code("\"call my wife\""), "phone_not_valid");
}

TEST_F(ConversionTest, AddressesThatAreNoneStayAndAreFlagged) {
  column.type = FieldType::email;

  EXPECT_EQ(code("\"a.lund@northwind.example\""), "");
  for (const char* text : {"\"n/a\"", "\"a@b;c@d\"", "\"Anna <a@b.example>\""})
    EXPECT_EQ(code(text), "email_not_valid");
  EXPECT_EQ(shown("\"n/a\""), "n/a");
}

TEST_F(ConversionTest, BlanksAroundAnAddressGoAndThatIsSaid) {
  column.type = FieldType::email;

  EXPECT_EQ(shown("\" a@b.example \""), "a@b.example");
  EXPECT_EQ(code("\" a@b.example \""), "white_space_removed");
}

TEST_F(ConversionTest, MoneyIsExactAndRangesAreChecked) {
  column = {.name = "estimatedvalue",
            .type = FieldType::money,
            .scale = 2,
            .min = Decimal::of(-1'000'000'000'000),
            .max = Decimal::of(1'000'000'000'000)};

  EXPECT_EQ(shown("\"12500.5\""), "12500.5");
  EXPECT_EQ(shown("-0.10"), "-0.10");
  EXPECT_EQ(code("\"99999999999999.999999\""), "out_of_range");
  EXPECT_EQ(shown("\"1.005\""), "1.00");
  EXPECT_EQ(code("\"1.005\""), "rounded");
  EXPECT_EQ(code("\"twelve\""), "not_a_number");
}

TEST_F(ConversionTest, AWholeNumberIsTheSameHoweverItIsWritten) {
  column = {.name = "numberofemployees",
            .type = FieldType::integer,
            .min = Decimal::of(0),
            .max = Decimal::of(100)};

  for (const char* seven : {"7", "\"7\"", "\" 7\"", "7.0", "0.7e1", "\"+7\""}) {
    EXPECT_EQ(shown(seven), "7") << seven;
    EXPECT_EQ(code(seven), "") << seven;
  }
  EXPECT_EQ(shown("-0"), "0");
  EXPECT_EQ(shown("100"), "100");
  for (const char* outside : {"101", "\"101\"", "-1", "100.6", "1e30"})
    EXPECT_EQ(code(outside), "out_of_range") << outside;
  EXPECT_EQ(code("7.5"), "rounded");
}

TEST_F(ConversionTest, SharesBecomePerCentAndMillisecondsMinutes) {
  column = {.name = "closeprobability",
            .type = FieldType::integer,
            .min = Decimal::of(0),
            .max = Decimal::of(100)};
  rule.convert = "percent";
  EXPECT_EQ(shown("\"0.6\""), "60");
  EXPECT_EQ(code("\"1.2\""), "out_of_range");
  EXPECT_EQ(code("\"0.125\""), "rounded");

  rule.convert = "minutes";
  column.max.reset();
  EXPECT_EQ(shown("754000"), "13");
  EXPECT_EQ(shown("0"), "0");
}

TEST_F(ConversionTest, CentsSecondsAndMinutesChangeTheirUnit) {
  column = {.name = "amount", .type = FieldType::money, .scale = 2};
  rule.convert = "cents";
  EXPECT_EQ(shown("1250"), "12.50");

  column = {.name = "actualdurationminutes", .type = FieldType::integer};
  rule.convert = "seconds_as_minutes";
  EXPECT_EQ(shown("754"), "13");

  rule.convert = "minutes_as_seconds";
  EXPECT_EQ(shown("15"), "900");
}

TEST_F(ConversionTest, DaysAreNeverShifted) {
  column.type = FieldType::date;
  EXPECT_EQ(shown("\"1979-12-31\""), "1979-12-31");
  EXPECT_EQ(shown("\"2025-05-02T01:00:00Z\""), "2025-05-01");  // still the day before in New York
  EXPECT_EQ(code("\"1492-10-12\""), "out_of_range");
  EXPECT_EQ(code("\"12/31/1979\""), "not_a_date");

  source.native_type = "date epoch_ms";
  EXPECT_EQ(shown("157766400000"), "1975-01-01");
}

TEST_F(ConversionTest, ADayBecomesANoonAndAMomentKeepsItsOffset) {
  column.type = FieldType::instant;

  EXPECT_EQ(shown("\"2020-05-01\"").substr(0, 16), "2020-05-01T12:00");
  EXPECT_EQ(convert("\"2020-05-01T09:00:00-05:00\"").value.offset_minutes(), -300);
}

TEST_F(ConversionTest, ChoicesGoValueByValueAndAnUnnamedOneIsNotDropped) {
  source.type = FieldType::choice;
  source.options = {{.value = "mql", .label = "Marketing qualified"},
                    {.value = "lead", .label = "Lead"}};
  column = {.name = "statuscode",
            .type = FieldType::choice,
            .options = {{.value = "1", .label = "New"}, {.value = "2", .label = "Contacted"}}};
  rule.values = model::ValueMap{.pairs = {{"lead", "New"}, {"mql", "2"}}};

  EXPECT_EQ(shown("\"lead\""), "1");
  EXPECT_EQ(shown("\" Lead \""), "1");
  EXPECT_EQ(shown("\"Marketing Qualified\""), "2");
  EXPECT_EQ(code("\"partner\""), "choice_not_mapped");
  EXPECT_EQ(convert("\"partner\"").trouble, Trouble::refused);

  rule.values->other = model::OtherValues::use_default;
  rule.fallback = "New";
  EXPECT_EQ(shown("\"partner\""), "1");
  EXPECT_EQ(code("\"partner\""), "unknown_choice");
}

TEST_F(ConversionTest, AnEmptyOptionLeavesAValueOutOnPurpose) {
  column = {
      .name = "statuscode", .type = FieldType::choice, .options = {{.value = "1", .label = "New"}}};
  rule.values =
      model::ValueMap{.pairs = {{"lead", "New"}, {"done", ""}}, .other = model::OtherValues::null};

  EXPECT_EQ(shown("\"done\""), "");
  EXPECT_EQ(code("\"done\""), "");
  EXPECT_EQ(code("\"else\""), "unknown_choice");
}

TEST_F(ConversionTest, AnUnknownChoiceIsQuotedInWholeCharacters) {
  column = {
      .name = "statuscode", .type = FieldType::choice, .options = {{.value = "1", .label = "New"}}};
  rule.values = model::ValueMap{.pairs = {{"lead", "New"}}};
  const std::string unknown(59, 'x');

  const Converted refused = convert("\"" + unknown + "\xF0\x9F\x98\x80\"");

  EXPECT_EQ(refused.code, "choice_not_mapped");
  EXPECT_EQ(refused.detail, "'" + unknown + "' stands in no value map");
}

TEST_F(ConversionTest, ChoicesOfEqualNamesNeedNoValueMap) {
  source.type = FieldType::choice;
  source.options = {{.value = "a", .label = "Other"}, {.value = "b", .label = "Other"}};
  column = {.name = "flit_kind",
            .type = FieldType::choice,
            .options = {{.value = "1", .label = "Other"}, {.value = "2", .label = "Other (b)"}}};
  rule.values = model::ValueMap{.other = model::OtherValues::null};

  EXPECT_EQ(shown("\"a\""), "1");
  EXPECT_EQ(shown("\"b\""), "2");
  EXPECT_EQ(code("\"c\""), "unknown_choice");
}

TEST_F(ConversionTest, SeveralChoicesKeepTheirOrderAndLoseTheirDoubles) {
  column = {.name = "interests",
            .type = FieldType::choices,
            .options = {{.value = "1", .label = "trusts"}, {.value = "2", .label = "wills"}}};

  EXPECT_EQ(shown("\"wills;trusts;wills\""), "2; 1");
  EXPECT_EQ(code("\"wills;yachts\""), "choice_not_mapped");
}

TEST_F(ConversionTest, AValueMapThatNamesAnUnknownOptionIsASetUpError) {
  column = {
      .name = "statuscode", .type = FieldType::choice, .options = {{.value = "1", .label = "New"}}};
  rule.values = model::ValueMap{.pairs = {{"lead", "Nwe"}}};

  const auto converter = make_converter(rule, source, column, {Zone::find("UTC").value()});

  ASSERT_FALSE(converter);
  EXPECT_EQ(converter.error().fault, Fault::setup);
  EXPECT_NE(converter.error().text().find("did you mean 'New'"), std::string::npos)
      << converter.error().text();
}

TEST_F(ConversionTest, ReferencesSayWhatBecameOfTheOtherRecord) {
  source.targets = {"companies"};
  column.type = FieldType::reference;

  EXPECT_EQ(convert("\"501\"").value.as_reference().id, "a-501");
  EXPECT_EQ(code("\"502\""), "later");
  EXPECT_EQ(code("\"503\""), "reference_not_moved");
  EXPECT_EQ(code("\"999\""), "broken_reference");
  EXPECT_TRUE(convert("\"999\"").value.is_null());

  rule.convert = "owner";
  EXPECT_EQ(convert("\"31\"").value.as_reference().table, "systemuser");
  EXPECT_EQ(convert("\"32\"").trouble, Trouble::refused);
}

TEST_F(ConversionTest, ANameThatIsNoConversionGetsASuggestion) {
  rule.convert = "phoen";
  const auto converter = make_converter(rule, source, column, {Zone::find("UTC").value()});

  ASSERT_FALSE(converter);
  EXPECT_NE(converter.error().text().find("did you mean 'phone'"), std::string::npos)
      << converter.error().text();
}

TEST_F(ConversionTest, PeopleAreRecordsOrAddressesAndNobodyIsMadeUp) {
  column = {.name = "parties", .type = FieldType::unknown};
  rule.convert = "parties";
  rule.arguments = {{"from", "1"}, {"to", "2"}};

  EXPECT_EQ(shown(R"([{"role":"from","object":"owners","id":"31"},)"
                  R"({"role":"to","object":"companies","id":"501","address":"a@b.example"},)"
                  R"({"role":"to","object":null,"id":null,"address":"\"C\" <c@d.example>"}])"),
            "1; systemuser u-31; ; 2; account a-501; ; 2; ; c@d.example");
  EXPECT_EQ(code(R"([{"role":"from","object":"owners","id":"99","address":"x@y.example"}])"), "");
  EXPECT_EQ(code(R"([{"role":"from","object":"companies","id":"503","address":"+1212"}])"),
            "party_not_moved");
  EXPECT_EQ(code(R"([{"role":"organizer","object":"owners","id":"31"}])"), "party_not_moved");
}

TEST_F(ConversionTest, ARoleThatIsNoNumberOverThereIsRefusedBeforehand) {
  rule.convert = "parties";
  rule.arguments = {{"from", "sender"}};

  EXPECT_FALSE(make_converter(rule, source, column, {Zone::find("UTC").value()}));
}

}  // namespace
}  // namespace flit::mapping
