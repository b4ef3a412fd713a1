#pragma once
/// @file A Dataverse environment with all its faces: what `apps` makes and hands to the engine.
///
/// The transport authorises (http/authorizing.hpp with an OAuth source made from sign_in()) and
/// keeps no cookies. Files are not yet written: that face is null.

#include "destinations/dataverse/batch_writer.hpp"
#include "destinations/dataverse/dependent_reader.hpp"
#include "destinations/dataverse/metadata.hpp"
#include "destinations/dataverse/owner_directory.hpp"
#include "destinations/dataverse/row_reader.hpp"
#include "destinations/dataverse/schema_writer.hpp"
#include "destinations/dataverse/web_api.hpp"

namespace flit::destinations::dataverse {

class Connector {
 public:
  /// `transport` and `clock` outlive this. `root` is the environment's URL.
  Connector(http::Transport& transport, const Clock& clock, http::Url root,
            PlatformSettings settings)
      : api_(transport, clock, std::move(root), std::move(settings)) {}
  Connector(const Connector&) = delete;
  Connector& operator=(const Connector&) = delete;

  /// Valid as long as this is.
  model::Destination destination() {
    return {metadata_, schema_writer_, owners_, writer_,
            reader_,   dependents_,    nullptr, companions_of(api_.settings())};
  }

 private:
  WebApi api_;
  Metadata metadata_{api_};
  SchemaWriter schema_writer_{api_, metadata_};
  OwnerDirectory owners_{api_};
  BatchWriter writer_{api_, metadata_};
  RowReader reader_{api_, metadata_};
  DependentReader dependents_{api_, metadata_};
};

}  // namespace flit::destinations::dataverse
