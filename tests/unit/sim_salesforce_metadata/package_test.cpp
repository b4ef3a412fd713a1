// What a package brings, in which order, and what it lacks (fact sheet §6.1).

#include "sim/salesforce/metadata/package.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/encoding.hpp"

namespace flit::test {
namespace {

using namespace sim::salesforce::metadata;  // NOLINT(google-build-using-namespace)
using testing::ElementsAre;
using testing::HasSubstr;

/// One file, "a.txt", that holds "hello" and is not compressed.
constexpr std::string_view small_zip =
    "UEsDBBQAAAAAAAAAISiGphA2BQAAAAUAAAAFAAAAYS50eHRoZWxsb1BLAQIUAxQAAAAAAAAAISiGphA2BQAAAAUAAAAF"
    "AAAAAAAAAAAAAACAAQAAAABhLnR4dFBLBQYAAAAAAQABADMAAAAoAAAAAAA=";

std::string types(const std::string& type, const std::string& members) {
  return "<types><members>" + members + "</members><name>" + type + "</name></types>";
}

std::string manifest(const std::string& body) {
  return "<Package xmlns=\"http://soap.sforce.com/2006/04/metadata\">" + body +
         "<version>66.0</version></Package>";
}

std::vector<std::string> names(const Package& package) {
  std::vector<std::string> out;
  for (const Component& one : package.components)
    out.push_back((one.removed ? "-" : "") + one.type + ":" + one.full_name);
  return out;
}

const ZipFile account{
    "unpackaged/objects/Account.object",
    "<CustomObject><fields><fullName>A__c</fullName></fields><fields><fullName>B__c</fullName></"
    "fields><recordTypes><fullName>R</fullName></recordTypes></CustomObject>"};

TEST(PackageOf, WhatIsListedInTheOrderOfSaving) {
  const auto package =
      read_package({{"unpackaged/permissionsets/M.permissionset",
                     "<PermissionSet><label>M</label></PermissionSet>"},
                    account,
                    {"unpackaged/package.xml",
                     manifest(types("PermissionSet", "M") + types("CustomField", "Account.B__c") +
                              types("RecordType", "Account.R"))}});
  ASSERT_TRUE(package);
  EXPECT_THAT(names(*package),
              ElementsAre("CustomField:Account.B__c", "RecordType:Account.R", "PermissionSet:M"));
  EXPECT_TRUE(package->problems.empty());
  EXPECT_EQ(package->components[0].parent(), "Account");
  EXPECT_EQ(package->components[0].own_name(), "B__c");
}

TEST(PackageOf, AWholeObjectBringsAllItsParts) {
  const auto package = read_package(
      {account, {"unpackaged/package.xml", manifest(types("CustomObject", "Account"))}});
  ASSERT_TRUE(package);
  EXPECT_THAT(names(*package), ElementsAre("CustomObject:Account", "CustomField:Account.A__c",
                                           "CustomField:Account.B__c", "RecordType:Account.R"));
}

TEST(PackageOf, WhatIsMissingIsAProblem) {
  const auto package =
      read_package({{"package.xml", manifest(types("CustomField", "Account.X__c"))}});
  ASSERT_TRUE(package);
  ASSERT_EQ(package->problems.size(), 1);
  EXPECT_EQ(package->problems[0].text,
            "An object 'Account.X__c' of type CustomField was named in package.xml, but was not "
            "found in zipped directory");
}

TEST(PackageOf, RemovalsComeLastAndPartsFirst) {
  const auto package =
      read_package({{"package.xml", manifest("")},
                    {"destructiveChanges.xml", manifest(types("CustomObject", "P__c") +
                                                        types("CustomField", "Account.A__c"))}});
  ASSERT_TRUE(package);
  EXPECT_THAT(names(*package), ElementsAre("-CustomField:Account.A__c", "-CustomObject:P__c"));
}

TEST(PackageOf, NothingIsRefused) {
  EXPECT_THAT(read_package({account}).error().message, HasSubstr("No package.xml found"));
  EXPECT_FALSE(read_package({{"package.xml", "<Package"}}));
  const auto broken = read_package({{"package.xml", manifest(types("CustomObject", "A"))},
                                    {"objects/A.object", "<CustomObject>"}});
  ASSERT_TRUE(broken);
  EXPECT_THAT(broken->problems[0].text, HasSubstr("Error parsing file"));
}

TEST(Zip, IsReadOrRefused) {
  const std::string bytes = *base64::decode(small_zip);
  const auto files = read_zip(bytes);
  ASSERT_TRUE(files) << files.error().text();
  ASSERT_EQ(files->size(), 1);
  EXPECT_EQ(files->front().path, "a.txt");
  EXPECT_EQ(files->front().bytes, "hello");
  std::string damaged = bytes;
  damaged[36] = 'j';
  EXPECT_FALSE(read_zip(damaged)) << "the checksum differs";
  EXPECT_FALSE(read_zip(bytes.substr(0, 60)));
  EXPECT_FALSE(read_zip("not a zip"));
}

}  // namespace
}  // namespace flit::test
