#pragma once
/// @file The functions and actions that belong to no row; each is one function of this list.

#include "sim/dataverse/api/session.hpp"

namespace flit::sim::dataverse {

Answer<ApiReply> who_am_i(Session& session);
Answer<ApiReply> current_organization(Session& session);
Answer<ApiReply> retrieve_version(Session& session);
Answer<ApiReply> total_record_count(Session& session);
Answer<ApiReply> message_filters(Session& session);

Answer<ApiReply> win_opportunity(Session& session);
Answer<ApiReply> lose_opportunity(Session& session);
Answer<ApiReply> restore(Session& session);
Answer<ApiReply> bulk_delete(Session& session);

Answer<ApiReply> merge(Session& session);
Answer<ApiReply> qualify_lead(Session& session, const Table& table, const Row& found);

Answer<ApiReply> grant_access(Session& session);
Answer<ApiReply> modify_access(Session& session);
Answer<ApiReply> revoke_access(Session& session);
Answer<ApiReply> shared_principals(Session& session);
/// Bound to a user or team: what that one may do with the row "Target".
Answer<ApiReply> principal_access(Session& session, const Uuid& principal);

Answer<ApiReply> add_role_privileges(Session& session, const Table& table, const Row& role);
Answer<ApiReply> replace_role_privileges(Session& session, const Table& table, const Row& role);
Answer<ApiReply> remove_role_privilege(Session& session, const Table& table, const Row& role);
Answer<ApiReply> role_privileges_of(Session& session);
Answer<ApiReply> user_privileges(Session& session, const Table& table, const Row& user);

Answer<ApiReply> begin_annotation_upload(Session& session);
Answer<ApiReply> begin_attachment_upload(Session& session);
Answer<ApiReply> begin_file_upload(Session& session);
Answer<ApiReply> upload_block(Session& session);
Answer<ApiReply> commit_annotation_upload(Session& session);
Answer<ApiReply> commit_attachment_upload(Session& session);
Answer<ApiReply> commit_file_upload(Session& session);

Answer<ApiReply> begin_annotation_download(Session& session);
Answer<ApiReply> begin_attachment_download(Session& session);
Answer<ApiReply> begin_file_download(Session& session);
Answer<ApiReply> download_block(Session& session);
Answer<ApiReply> delete_file(Session& session);

Answer<ApiReply> publish(Session& session);
Answer<ApiReply> insert_option_value(Session& session);
Answer<ApiReply> update_option_value(Session& session);
Answer<ApiReply> delete_option_value(Session& session);
Answer<ApiReply> order_option(Session& session);
Answer<ApiReply> insert_status_value(Session& session);
Answer<ApiReply> create_customer_relationships(Session& session);
Answer<ApiReply> create_polymorphic_lookup(Session& session);
Answer<ApiReply> reactivate_key(Session& session);
Answer<ApiReply> can_be_referenced(Session& session);
Answer<ApiReply> can_be_referencing(Session& session);
Answer<ApiReply> can_many_to_many(Session& session);
Answer<ApiReply> valid_referenced(Session& session);
Answer<ApiReply> valid_referencing(Session& session);
Answer<ApiReply> valid_many_to_many(Session& session);
Answer<ApiReply> retrieve_metadata_changes(Session& session);

Answer<ApiReply> import_solution(Session& session);
Answer<ApiReply> import_solution_async(Session& session);

Answer<ApiReply> format_address(Session& session);
Answer<ApiReply> initialize_from(Session& session);

/// {"@odata.context":"…#Microsoft.Dynamics.CRM.<name>", …: opens the body of a response.
json::Writer response_of(const Session& session, std::string_view name);

}  // namespace flit::sim::dataverse
