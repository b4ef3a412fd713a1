#include "apps/wiring/destination_end.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "destinations/dataverse/connector.hpp"
#include "http/authorizing.hpp"

namespace flit::wiring {
namespace {

namespace dataverse = destinations::dataverse;

/// The published limits: those of a server are filled and learnt, concurrency is a ceiling
/// (facts/dataverse.md §8).
engine::Pacer::Settings pace_of(const dataverse::PlatformSettings& platform, int lanes,
                                const Surroundings& surroundings) {
  engine::Pacer::Settings settings{.seed = surroundings.seed, .events = &surroundings.events};
  settings.governor.ceiling = lanes;
  for (const dataverse::QuotaSettings& quota : platform.quotas) {
    using Of = engine::ServerLimit::Of;
    const auto amount = static_cast<double>(quota.amount);
    if (quota.what == "requests" && quota.window)
      settings.governor.server_limits.push_back({Of::requests, amount, *quota.window, quota.code});
    if (quota.what == "execution milliseconds" && quota.window)
      settings.governor.server_limits.push_back(
          {Of::work, amount / 1000, *quota.window, quota.code});
    if (quota.what == "concurrent requests")
      settings.governor.ceiling = std::min(lanes, static_cast<int>(quota.amount));
  }
  settings.governor.initial = std::min(settings.governor.initial, settings.governor.ceiling);
  return settings;
}

struct SignIn {
  http::Url root;
  http::OAuthSettings oauth;
};

/// The environment as one application user sees it.
class Access {
 public:
  Access(SignIn sign_in, dataverse::PlatformSettings platform, const Surroundings& surroundings)
      : tokens_(surroundings.network, surroundings.executor, std::move(sign_in.oauth)),
        transport_(surroundings.network, tokens_),
        connector_(transport_, surroundings.executor.clock(), std::move(sign_in.root),
                   std::move(platform)),
        faces_(connector_.destination()) {}

  model::Destination& faces() { return faces_; }

 private:
  http::OAuthTokenSource tokens_;
  http::AuthorizingTransport transport_;
  dataverse::Connector connector_;
  model::Destination faces_;
};

class DataverseEnd final : public DestinationEnd {
 public:
  /// `users`: at least one.
  DataverseEnd(std::vector<std::unique_ptr<Access>> users, engine::NamingRules names,
               Executor& executor, engine::Pacer::Settings pace)
      : users_(std::move(users)),
        names_(std::move(names)),
        pacer_(executor, "destination", with_users(std::move(pace), users_.size())) {
    for (std::size_t i = 1; i < users_.size(); ++i) further_.push_back(&users_[i]->faces());
  }

  model::Destination& faces() override { return users_.front()->faces(); }
  engine::Pacer& pacer() override { return pacer_; }
  std::span<model::Destination* const> further() const override { return further_; }
  engine::NamingRules names() const override { return names_; }

 private:
  static engine::Pacer::Settings with_users(engine::Pacer::Settings pace, std::size_t users) {
    pace.users = users;
    return pace;
  }

  std::vector<std::unique_ptr<Access>> users_;
  std::vector<model::Destination*> further_{};
  engine::NamingRules names_;
  engine::Pacer pacer_;
};

/// The first, who does all that is not loading, and the further ones. An application that stands
/// here twice would be taken for two with limits of their own.
Result<std::vector<SignIn>> sign_ins_of(const dataverse::EnvironmentSettings& environment,
                                        const Surroundings& surroundings) {
  std::vector<dataverse::ApplicationUser> users = environment.further_users;
  users.insert(users.begin(), {environment.client_id, environment.client_secret});
  std::vector<SignIn> all;
  std::set<std::string> ids;
  for (const dataverse::ApplicationUser& user : users) {
    FLIT_TRY(client_id, surroundings.secrets(user.client_id));
    FLIT_TRY(client_secret, surroundings.secrets(user.client_secret));
    if (!ids.insert(client_id.reveal()).second)
      return Error{
          .fault = Fault::setup,
          .message = "destination.further_users names an application that signs in already",
          .where = "flitstack.yaml",
          .remedy = "Give each application user once: its limits do not double"};
    FLIT_TRY(oauth, dataverse::sign_in(environment, client_id.reveal(), client_secret));
    FLIT_TRY(root, http::Url::parse(environment.url));
    all.push_back({std::move(root), std::move(oauth)});
  }
  return all;
}

Result<std::unique_ptr<DestinationEnd>> open_dataverse(const packs::PlatformPack& pack,
                                                       const Project& project,
                                                       const Surroundings& surroundings) {
  FLIT_TRY(platform, dataverse::read_platform(pack));
  FLIT_TRY(sign_ins, sign_ins_of(project.destination, surroundings));
  engine::NamingRules names{
      .prefix = platform.publisher.prefix,
      .first_option = std::int64_t{platform.publisher.option_prefix} * 10'000};
  std::vector<std::unique_ptr<Access>> accesses;
  for (SignIn& sign_in : sign_ins)
    accesses.push_back(std::make_unique<Access>(std::move(sign_in), platform, surroundings));
  return std::unique_ptr<DestinationEnd>(
      std::make_unique<DataverseEnd>(std::move(accesses), std::move(names), surroundings.executor,
                                     pace_of(platform, project.load.lanes, surroundings)));
}

}  // namespace

Result<std::unique_ptr<DestinationEnd>> open_destination(const packs::PlatformPack& pack,
                                                         const Project& project,
                                                         const Surroundings& surroundings) {
  if (pack.speaks == "dataverse") return open_dataverse(pack, project, surroundings);
  return Error{.fault = Fault::setup,
               .message = fmt::format("this version cannot load a destination that speaks \"{}\"",
                                      pack.speaks),
               .where = "packs/destinations/" + pack.name + ".yaml",
               .remedy = "Destinations that speak \"dataverse\" can be loaded."};
}

}  // namespace flit::wiring
