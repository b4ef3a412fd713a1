// Who is asking: userinfo and the identity URL (fact sheet §1.2).

#include <shared_mutex>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "sim/salesforce/identity/oauth.hpp"
#include "sim/salesforce/schema/cell_text.hpp"

namespace flit::sim::salesforce {
namespace {

/// The user's own words, read once.
struct Profile {
  std::string username, email, name, first_name, last_name, nickname, language, locale, zone;
  bool active = false;
};

Profile profile_of(const Organization& org, RecordId user) {
  const Object& users = org.object("User");
  const Row* row = org.store->find(users, user);
  const auto text = [&](std::string_view field) {
    return row == nullptr ? std::string() : text_of(row->cell(*users.find(field)));
  };
  return {.username = text("Username"),
          .email = text("Email"),
          .name = text("Name"),
          .first_name = text("FirstName"),
          .last_name = text("LastName"),
          .nickname = text("CommunityNickname"),
          .language = text("LanguageLocaleKey"),
          .locale = text("LocaleSidKey"),
          .zone = text("TimeZoneSidKey"),
          .active = text("IsActive") == "true"};
}

void write_urls(json::Writer& out, const std::string& root, const std::string& org15,
                const std::string& user) {
  const std::string soap = root + "/services/Soap/";
  const std::string rest = root + "/services/data/v{version}/";
  out.key("urls").begin_object().member("enterprise", soap + "c/{version}/" + org15);
  out.member("metadata", soap + "m/{version}/" + org15)
      .member("partner", soap + "u/{version}/" + org15);
  out.member("rest", rest)
      .member("sobjects", rest + "sobjects/")
      .member("search_rest", rest + "search/");
  out.member("query_rest", rest + "query/").member("recent", rest + "recent/");
  out.member("tooling_soap", soap + "T/{version}/" + org15)
      .member("tooling_rest", rest + "tooling/");
  out.member("profile", root + "/" + user).member("feeds", rest + "chatter/feeds");
  out.member("groups", rest + "chatter/groups").member("users", rest + "chatter/users");
  out.member("feed_items", rest + "chatter/feed-items")
      .member("feed_elements", rest + "chatter/feed-elements");
  out.member("custom_domain", root).end_object();
}

void write_photos(json::Writer& out, const std::string& root) {
  out.key("photos").begin_object().member("picture", root + "/profilephoto/005/F");
  out.member("thumbnail", root + "/profilephoto/005/T").end_object();
}

}  // namespace

Response OAuth::user_info(RecordId user, const std::string& root) const {
  const std::shared_lock lock(org_.mutex);
  const Profile profile = profile_of(org_, user);
  const std::string org = org_.known.organization.text();
  json::Writer out;
  out.begin_object().member("sub", fmt::format("{}/id/{}/{}", root, org, user.text()));
  out.member("user_id", user.text()).member("organization_id", org);
  out.member("preferred_username", profile.username).member("nickname", profile.nickname);
  out.member("name", profile.name).member("email", profile.email).member("email_verified", true);
  out.member("given_name", profile.first_name).member("family_name", profile.last_name);
  out.member("zoneinfo", profile.zone);
  write_photos(out, root);
  out.member("profile", root + "/" + user.text()).member("picture", root + "/profilephoto/005/F");
  write_urls(out, root, org_.known.organization.text15(), user.text());
  out.member("active", profile.active)
      .member("user_type", "STANDARD")
      .member("language", profile.language);
  out.member("locale", profile.locale).member("utcOffset", 0);
  std::string updated;
  append_datetime(updated, org_.now_ms(), "+0000");
  out.member("updated_at", updated).end_object();
  return Response::json(200, out.take());
}

Response OAuth::identity(RecordId user, const std::string& root) const {
  const std::shared_lock lock(org_.mutex);
  const Profile profile = profile_of(org_, user);
  const std::string org = org_.known.organization.text();
  json::Writer out;
  out.begin_object().member("id", fmt::format("{}/id/{}/{}", root, org, user.text()));
  out.member("asserted_user", true).member("user_id", user.text()).member("organization_id", org);
  out.member("username", profile.username).member("nick_name", profile.nickname);
  out.member("display_name", profile.name)
      .member("email", profile.email)
      .member("email_verified", true);
  out.member("first_name", profile.first_name).member("last_name", profile.last_name);
  out.member("timezone", profile.zone);
  write_photos(out, root);
  for (const char* name :
       {"addr_street", "addr_city", "addr_state", "addr_country", "addr_zip", "mobile_phone"})
    out.key(name).null();
  out.member("mobile_phone_verified", false);
  out.key("status").begin_object().key("created_date").null().key("body").null().end_object();
  write_urls(out, root, org_.known.organization.text15(), user.text());
  out.member("active", profile.active)
      .member("user_type", "STANDARD")
      .member("language", profile.language);
  out.member("locale", profile.locale).member("utcOffset", 0);
  std::string modified;
  append_datetime(modified, org_.now_ms(), "+0000");
  out.member("last_modified_date", modified).member("is_app_installed", true).end_object();
  return Response::json(200, out.take());
}

}  // namespace flit::sim::salesforce
