#include "apps/wiring/destination_end.hpp"

#include <algorithm>

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

class DataverseEnd final : public DestinationEnd {
 public:
  DataverseEnd(SignIn sign_in, dataverse::PlatformSettings platform,
               const Surroundings& surroundings, const engine::Pacer::Settings& pace,
               engine::NamingRules names)
      : tokens_(surroundings.network, surroundings.executor, std::move(sign_in.oauth)),
        transport_(surroundings.network, tokens_),
        connector_(transport_, surroundings.executor.clock(), std::move(sign_in.root),
                   std::move(platform)),
        faces_(connector_.destination()),
        names_(std::move(names)),
        pacer_(surroundings.executor, "destination", pace) {}

  model::Destination& faces() override { return faces_; }
  engine::Pacer& pacer() override { return pacer_; }
  engine::NamingRules names() const override { return names_; }

 private:
  http::OAuthTokenSource tokens_;
  http::AuthorizingTransport transport_;
  dataverse::Connector connector_;
  model::Destination faces_;
  engine::NamingRules names_;
  engine::Pacer pacer_;
};

Result<std::unique_ptr<DestinationEnd>> open_dataverse(const packs::PlatformPack& pack,
                                                       const Project& project,
                                                       const Surroundings& surroundings) {
  FLIT_TRY(platform, dataverse::read_platform(pack));
  FLIT_TRY(client_id, surroundings.secrets(project.destination.client_id));
  FLIT_TRY(client_secret, surroundings.secrets(project.destination.client_secret));
  FLIT_TRY(oauth, dataverse::sign_in(project.destination, client_id.reveal(), client_secret));
  FLIT_TRY(root, http::Url::parse(project.destination.url));
  engine::NamingRules names{
      .prefix = platform.publisher.prefix,
      .first_option = std::int64_t{platform.publisher.option_prefix} * 10'000};
  const engine::Pacer::Settings pace = pace_of(platform, project.load.lanes, surroundings);
  return std::unique_ptr<DestinationEnd>(
      std::make_unique<DataverseEnd>(SignIn{std::move(root), std::move(oauth)}, std::move(platform),
                                     surroundings, pace, std::move(names)));
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
