// File and image columns, notes and e-mail attachments (fact sheet §10, §12; PD
// file-column-data.md).

#include "base/encoding.hpp"
#include "tests/component/dataverse/simulated.hpp"

namespace flit::sim::dataverse {
namespace {

const std::string columns = "EntityDefinitions(LogicalName='account')/Attributes";
const std::string png = std::string("\x89PNG\r\n\x1A\n", 8) + "pixels";
const Headers octets{{"Content-Type", "application/octet-stream"}};

/// An account with the columns new_doc (file, at most `most_kb`) and new_photo (image).
class Files : public ::testing::Test {
 protected:
  explicit Files(SimulatorSettings settings = {}) : sim(std::move(settings)) {
    EXPECT_EQ(sim.send("POST", columns,
                       R"j({"@odata.type":"Microsoft.Dynamics.CRM.FileAttributeMetadata",
                            "SchemaName":"new_Doc","MaxSizeInKB":6000})j")
                  .status,
              204);
    EXPECT_EQ(sim.send("POST", columns,
                       R"j({"@odata.type":"Microsoft.Dynamics.CRM.ImageAttributeMetadata",
                            "SchemaName":"new_Photo","CanStoreFullImage":true})j")
                  .status,
              204);
    id = sim.create("accounts", R"j({"name":"A"})j");
    doc = "accounts(" + id + ")/new_doc";
    photo = "accounts(" + id + ")/new_photo";
  }

  Answered action(const std::string& name, const std::string& body) {
    return sim.send("POST", name, body);
  }
  std::string target() const {
    return R"j({"@odata.type":"Microsoft.Dynamics.CRM.account","accountid":")j" + id + "\"}";
  }
  std::string begin_blocks() {
    return std::string(
        action("InitializeFileBlocksUpload",
               R"j({"FileAttributeName":"new_doc","FileName":"a.pdf","Target":)j" + target() + "}")
            .json()["FileContinuationToken"]
            .string_or(""));
  }

  Simulated sim;
  std::string id, doc, photo;
};

TEST_F(Files, AreUploadedInOneCallAndDownloadedWithTheirNameAndSize) {
  EXPECT_EQ(sim.send("PATCH", doc + "?x-ms-file-name=a.txt", "hello world", octets).status, 204);

  Answered whole = sim.send("GET", doc + "/$value");
  Answered part = sim.send("GET", doc + "/$value", "", {{"Range", "bytes=6-8"}});

  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.body, "hello world");
  EXPECT_EQ(whole.headers.value_or("x-ms-file-name", ""), "a.txt");
  EXPECT_EQ(whole.headers.value_or("x-ms-file-size", ""), "11");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.body, "wor");
  EXPECT_EQ(part.headers.value_or("x-ms-chunk-size", ""), "4194304");
  EXPECT_EQ(sim.send("GET", doc + "/$value", "", {{"Range", "bytes=11-"}}).code(), "0x80090000");
}

TEST_F(Files, TheNameOfTheHeaderWinsAndANameIsRequired) {
  Headers named = octets;
  named.add("x-ms-file-name", "header.txt");
  EXPECT_EQ(sim.send("PUT", doc + "?x-ms-file-name=query.txt", "x", named).status, 204);

  EXPECT_EQ(sim.send("GET", "accounts(" + id + ")?$select=new_doc_name")
                .json()["new_doc_name"]
                .string_or(""),
            "header.txt");
  EXPECT_EQ(sim.send("PATCH", doc, "x", octets).code(), "0x80090003");
  EXPECT_EQ(sim.send("PATCH", doc + "?x-ms-file-name=a.txt", "", octets).code(), "0x80090004");
}

TEST_F(Files, ANameCannotAddHeadersOfItsOwn) {
  EXPECT_EQ(
      sim.send("PATCH", doc + "?x-ms-file-name=a%0d%0aX-Evil:%201%C3%BC.txt", "x", octets).status,
      204);
  Answered read = sim.send("GET", doc + "/$value");

  EXPECT_EQ(read.headers.value_or("x-ms-file-name", ""), "a%0D%0AX-Evil%3A%201%C3%BC.txt");
  EXPECT_EQ(sim.send("PATCH", doc + "?x-ms-file-name=" + std::string(256, 'n'), "x", octets).code(),
            "0x80044331");
}

TEST_F(Files, ChunksComeInOrderAndTheLastOneWritesTheRow) {
  Answered begun =
      sim.send("PATCH", doc + "?x-ms-file-name=a%20b.pdf", "", {{"x-ms-transfer-mode", "chunked"}});
  ASSERT_EQ(begun.status, 200) << begun.body;
  const std::string location(begun.headers.value_or("Location", ""));
  const std::string next = location.substr(location.find("accounts("));
  const auto chunk = [&](const std::string& range, const std::string& bytes) {
    Headers headers = octets;
    headers.add("Content-Range", range);
    return sim.send("PATCH", next, bytes, headers);
  };

  EXPECT_EQ(begun.headers.value_or("x-ms-chunk-size", ""), "4194304");
  EXPECT_EQ(chunk("bytes 3-5/6", "def").code(), "0x80090005");
  EXPECT_EQ(chunk("bytes 0-2/6", "abc").status, 206);
  EXPECT_EQ(sim.send("GET", doc + "/$value").status, 204);
  EXPECT_EQ(chunk("bytes 3-5/6", "def").status, 204);
  EXPECT_EQ(sim.send("GET", doc + "/$value").body, "abcdef");
  EXPECT_EQ(sim.send("GET", doc + "/$value").headers.value_or("x-ms-file-name", ""), "a b.pdf");
  EXPECT_EQ(chunk("bytes 0-2/6", "abc").code(), "0x80090003");
}

TEST_F(Files, AChunkAboveFourMegabytesIsRefusedInTheWordsOfTheSheet) {
  Answered begun =
      sim.send("PATCH", doc + "?x-ms-file-name=a.pdf", "", {{"x-ms-transfer-mode", "chunked"}});
  const std::string location(begun.headers.value_or("Location", ""));

  Answered refused = sim.send("PATCH", location.substr(location.find("accounts(")),
                              std::string(5UL * 1024 * 1024, 'x'), octets);

  EXPECT_EQ(refused.code(), "0x80090008");
  EXPECT_EQ(refused.json().at_path("error.message").string_or(""),
            "Invalid file chunk size: 5 MB. Maximum chunk size supported: 4 MB.");
}

TEST_F(Files, BlocksAreJoinedInTheOrderOfTheList) {
  const std::string token = begin_blocks();
  const auto block = [&](const std::string& name, const std::string& bytes) {
    return action("UploadBlock", R"j({"BlockId":")j" + base64::encode(name) +
                                     R"j(","BlockData":")j" + base64::encode(bytes) +
                                     R"j(","FileContinuationToken":")j" + token + "\"}");
  };
  EXPECT_EQ(block("b1", "world").status, 204);
  EXPECT_EQ(block("b2", "hello ").status, 204);
  EXPECT_EQ(block("longer", "x").code(), "0x80090003");
  const auto commit = [&](const std::string& list) {
    return action("CommitFileBlocksUpload",
                  R"j({"FileName":"a.txt","MimeType":"text/plain","FileContinuationToken":")j" +
                      token + R"j(","BlockList":[)j" + list + "]}");
  };
  const std::string b1 = "\"" + base64::encode("b1") + "\"",
                    b2 = "\"" + base64::encode("b2") + "\"";

  EXPECT_EQ(commit(b1 + ",\"eHg=\"").code(), "0x80090006");
  Answered done = commit(b2 + "," + b1);

  EXPECT_EQ(done.json()["FileSizeInBytes"].as_integer(), 11);
  EXPECT_EQ(sim.send("GET", doc + "/$value").body, "hello world");
  EXPECT_EQ(sim.send("GET", doc + "/$value").headers.value_or("mimetype", ""), "text/plain");
  EXPECT_EQ(sim.send("GET", "accounts(" + id + ")?$select=new_doc").json()["new_doc"].string_or(""),
            done.json()["FileId"].string_or("-"));
}

TEST_F(Files, AreDownloadedByBlocks) {
  sim.send("PATCH", doc + "?x-ms-file-name=a.txt", "hello world", octets);

  Answered begun = action("InitializeFileBlocksDownload",
                          R"j({"FileAttributeName":"new_doc","Target":)j" + target() + "}");
  const std::string token(begun.json()["FileContinuationToken"].string_or(""));
  Answered block = action("DownloadBlock", R"j({"Offset":6,"BlockLength":100,)j"
                                           R"j("FileContinuationToken":")j" +
                                               token + "\"}");

  EXPECT_EQ(begun.json()["FileSizeInBytes"].as_integer(), 11);
  EXPECT_EQ(begun.json()["FileName"].string_or(""), "a.txt");
  EXPECT_EQ(begun.json()["IsChunkingSupported"].as_boolean(), true);
  EXPECT_EQ(block.json()["Data"].string_or(""), base64::encode("world"));
  EXPECT_EQ(action("DownloadBlock", R"j({"Offset":0,"BlockLength":1,"FileContinuationToken":"x"})j")
                .status,
            400);
}

TEST_F(Files, TellAboutThemselvesInFileAttachments) {
  sim.send("PATCH", doc + "?x-ms-file-name=a.txt", "hello", octets);

  Answered read =
      sim.send("GET", "accounts(" + id + ")?$select=name&$expand=account_FileAttachments(" +
                          "$select=filename,filesizeinbytes,regardingfieldname)");
  const json::Value files = read.json()["account_FileAttachments"];

  ASSERT_EQ(files.size(), 1U) << read.body;
  EXPECT_EQ(item(files, 0)["filename"].string_or(""), "a.txt");
  EXPECT_EQ(item(files, 0)["filesizeinbytes"].as_integer(), 5);
  EXPECT_EQ(item(files, 0)["regardingfieldname"].string_or(""), "new_doc");
  EXPECT_EQ(sim.send("POST", "fileattachments", "{}").code(), "0x80040800");
}

TEST_F(Files, AreRemovedByUrlByIdAndWithTheirRow) {
  const auto attachments = [&] {
    return sim.send("GET", "fileattachments").json()["value"].size();
  };
  const auto upload = [&] {
    EXPECT_EQ(sim.send("PATCH", doc + "?x-ms-file-name=a.txt", "hello", octets).status, 204);
    return std::string(
        sim.send("GET", "accounts(" + id + ")?$select=new_doc").json()["new_doc"].string_or(""));
  };

  upload();
  EXPECT_EQ(sim.send("DELETE", doc).status, 204);
  EXPECT_EQ(sim.send("GET", doc + "/$value").status, 204);
  EXPECT_EQ(action("DeleteFile", R"j({"FileId":")j" + upload() + "\"}").status, 204);
  EXPECT_EQ(attachments(), 0U);
  const std::string file = upload();
  EXPECT_EQ(sim.send("DELETE", "accounts(" + id + ")").status, 204);
  EXPECT_EQ(attachments(), 0U);
  EXPECT_EQ(action("DeleteFile", R"j({"FileId":")j" + file + "\"}").code(), "0x80040217");
}

TEST_F(Files, AreBoundedByTheColumnAndByBlockedExtensions) {
  EXPECT_EQ(
      sim.send("PATCH", doc + "?x-ms-file-name=a.bin", std::string(6001UL * 1024, 'x'), octets)
          .code(),
      "0x80044a02");
  EXPECT_EQ(sim.send("PATCH", doc + "?x-ms-file-name=a.EXE", "x", octets).code(), "0x80043e09");
  EXPECT_EQ(sim.send("POST", columns,
                     R"j({"@odata.type":"Microsoft.Dynamics.CRM.ImageAttributeMetadata",
                          "SchemaName":"new_Big","MaxSizeInKB":30721})j")
                .code(),
            "0x8009000e");
}

TEST_F(Files, OfARefusedChangeSetNeverWere) {
  const auto part = [](const std::string& content_id, const std::string& head,
                       const std::string& body) {
    return "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: "
           "binary\r\nContent-ID: " +
           content_id + "\r\n\r\n" + head + "\r\n\r\n" + body + "\r\n";
  };
  const std::string before = sim.simulator.digest().digest();
  const std::string batch =
      "--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n" +
      part("1",
           "PATCH " + doc +
               "?x-ms-file-name=a.txt HTTP/1.1\r\nContent-Type: application/octet-stream",
           "hello") +
      part("2", "POST accounts HTTP/1.1\r\nContent-Type: application/json", R"({"nope":1})") +
      "--c--\r\n--b--\r\n";

  EXPECT_EQ(
      sim.send("POST", "$batch", batch, {{"Content-Type", "multipart/mixed; boundary=b"}}).status,
      400);

  EXPECT_EQ(sim.send("GET", doc + "/$value").status, 204);
  EXPECT_EQ(sim.simulator.digest().digest(), before);
}

TEST_F(Files, CountInTheDigestByTheirContent) {
  const auto digest = [&] { return sim.simulator.digest().digest(); };
  const auto upload = [&](const std::string& bytes) {
    sim.send("PATCH", doc + "?x-ms-file-name=a.txt", bytes, octets);
  };

  upload("one");
  const std::string one = digest();
  upload("two");
  EXPECT_NE(digest(), one);
  upload("one");
  EXPECT_EQ(digest(), one);
}

TEST_F(Files, ImagesGoByUrlOrInTheRowAndMustBeImages) {
  EXPECT_EQ(sim.send("PATCH", photo + "?x-ms-file-name=a.png", png, octets).status, 204);
  EXPECT_EQ(sim.send("GET", photo + "/$value?size=full").body, png);
  Answered row =
      sim.send("GET", "accounts(" + id + ")?$select=new_photo,new_photo_url,new_photoid");
  EXPECT_EQ(row.json()["new_photo"].string_or(""), base64::encode(png));
  EXPECT_NE(
      row.json()["new_photo_url"].string_or("").find(row.json()["new_photoid"].string_or("-")),
      std::string_view::npos);

  EXPECT_EQ(sim.send("PATCH", "accounts(" + id + ")",
                     R"j({"entityimage":")j" + base64::encode("no image") + "\"}")
                .code(),
            "0x80072553");
  EXPECT_EQ(
      sim.send("POST", "accounts", R"j({"entityimage":")j" + base64::encode(png) + "\"}").status,
      204);
  EXPECT_EQ(
      sim.send("POST", "accounts", R"j({"new_photo":")j" + base64::encode(png) + "\"}").code(),
      "0x80090487");
  EXPECT_EQ(sim.send("PATCH", "accounts(" + id + ")", R"j({"new_photo":null})j").status, 204);
  EXPECT_EQ(sim.send("GET", photo + "/$value").status, 204);
}

TEST_F(Files, OfNotesAndAttachmentsAreMeasuredInBase64) {
  const std::string email = sim.create("emails", R"j({"subject":"s"})j");
  const std::string body = base64::encode(std::string(6UL * 1024 * 1024, 'x'));
  const auto attach = [&](const std::string& rest) {
    return sim.send("POST", "activitymimeattachments",
                    R"j({"objectid_activitypointer@odata.bind":"/activitypointers()j" + email +
                        R"j()","objecttypecode":"email","filename":"a.pdf",)j" + rest + "}");
  };

  EXPECT_EQ(attach(R"j("body":")j" + body + "\"").code(), "0x80044a02");
  EXPECT_EQ(attach(R"j("body":"aGVsbG8=")j").status, 204);
  Answered read = sim.send("GET", "activitymimeattachments?$select=filesize,objecttypecode");
  EXPECT_EQ(read.first()["filesize"].as_integer(), 5);
  EXPECT_EQ(read.first()["objecttypecode"].string_or(""), "email");
  EXPECT_EQ(
      sim.send("POST", "annotations", R"j({"subject":"s","documentbody":")j" + body + "\"}").code(),
      "0x80044a02");
}

TEST_F(Files, OfANoteAreUploadedAndDownloadedByBlocks) {
  const std::string note = sim.create("annotations", R"j({"subject":"s"})j");
  const std::string named = R"j("Target":{"@odata.type":"Microsoft.Dynamics.CRM.annotation",)j"
                            R"j("annotationid":")j" +
                            note + R"j(","filename":"a.txt"})j";
  const std::string token(action("InitializeAnnotationBlocksUpload", "{" + named + "}")
                              .json()["FileContinuationToken"]
                              .string_or(""));
  const std::string with_token = R"j(,"FileContinuationToken":")j" + token + "\"}";

  EXPECT_EQ(
      action("UploadBlock", R"j({"BlockId":"YQ==","BlockData":"aGVsbG8=")j" + with_token).status,
      204);
  EXPECT_EQ(action("CommitAnnotationBlocksUpload",
                   "{" + named + R"j(,"BlockList":["YQ=="])j" + with_token)
                .json()["FileSizeInBytes"]
                .as_integer(),
            5);
  EXPECT_EQ(sim.send("GET", "annotations(" + note + ")/documentbody/$value").body, "aGVsbG8=");
  EXPECT_EQ(action("InitializeAnnotationBlocksDownload", "{" + named + "}")
                .json()["FileSizeInBytes"]
                .as_integer(),
            5);
}

TEST_F(Files, OfAnEmailAreUploadedByBlocks) {
  const std::string email = sim.create("emails", R"j({"subject":"s"})j");
  const std::string named =
      R"j("Target":{"@odata.type":"Microsoft.Dynamics.CRM.activitymimeattachment",)j"
      R"j("objectid_email@odata.bind":"/emails()j" +
      email + R"j()","filename":"a.txt"})j";
  const std::string token(action("InitializeAttachmentBlocksUpload", "{" + named + "}")
                              .json()["FileContinuationToken"]
                              .string_or(""));
  const std::string with_token = R"j(,"FileContinuationToken":")j" + token + "\"}";
  EXPECT_EQ(
      action("UploadBlock", R"j({"BlockId":"YQ==","BlockData":"aGVsbG8=")j" + with_token).status,
      204);

  Answered done = action("CommitAttachmentBlocksUpload",
                         "{" + named + R"j(,"BlockList":["YQ=="])j" + with_token);

  EXPECT_EQ(done.json()["FileSizeInBytes"].as_integer(), 5) << done.body;
  EXPECT_EQ(sim.send("GET", "emails(" + email + ")/email_activity_mime_attachment?$select=filename")
                .json()["value"]
                .size(),
            1U);
}

}  // namespace
}  // namespace flit::sim::dataverse
