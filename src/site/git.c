/* git: libgit2, loaded when something is asked of the repository. */
#include "site/git.h"

#include <stddef.h>

#include "base/library.h"
#include "base/banned.h"

static const struct library_function functions[] = {
	{ "git_blob_free", offsetof(struct git, blob_free) },
	{ "git_blob_lookup", offsetof(struct git, blob_lookup) },
	{ "git_blob_rawcontent", offsetof(struct git, blob_rawcontent) },
	{ "git_blob_rawsize", offsetof(struct git, blob_rawsize) },
	{ "git_buf_dispose", offsetof(struct git, buf_dispose) },
	{ "git_commit_committer", offsetof(struct git, commit_committer) },
	{ "git_commit_free", offsetof(struct git, commit_free) },
	{ "git_commit_id", offsetof(struct git, commit_id) },
	{ "git_commit_lookup", offsetof(struct git, commit_lookup) },
	{ "git_commit_message", offsetof(struct git, commit_message) },
	{ "git_commit_parent_id", offsetof(struct git, commit_parent_id) },
	{ "git_commit_parentcount", offsetof(struct git, commit_parentcount) },
	{ "git_commit_tree", offsetof(struct git, commit_tree) },
	{ "git_commit_tree_id", offsetof(struct git, commit_tree_id) },
	{ "git_error_last", offsetof(struct git, error_last) },
	{ "git_index_free", offsetof(struct git, index_free) },
	{ "git_index_get_bypath", offsetof(struct git, index_get_bypath) },
	{ "git_libgit2_init", offsetof(struct git, libgit2_init) },
	{ "git_libgit2_opts", offsetof(struct git, libgit2_opts) },
	{ "git_libgit2_shutdown", offsetof(struct git, libgit2_shutdown) },
	{ "git_object_free", offsetof(struct git, object_free) },
	{ "git_object_peel", offsetof(struct git, object_peel) },
	{ "git_odb_free", offsetof(struct git, odb_free) },
	{ "git_odb_hashfile", offsetof(struct git, odb_hashfile) },
	{ "git_odb_object_data", offsetof(struct git, odb_object_data) },
	{ "git_odb_object_dup", offsetof(struct git, odb_object_dup) },
	{ "git_odb_object_free", offsetof(struct git, odb_object_free) },
	{ "git_odb_object_id", offsetof(struct git, odb_object_id) },
	{ "git_odb_object_size", offsetof(struct git, odb_object_size) },
	{ "git_odb_object_type", offsetof(struct git, odb_object_type) },
	{ "git_odb_read", offsetof(struct git, odb_read) },
	{ "git_reference_free", offsetof(struct git, reference_free) },
	{ "git_reference_lookup", offsetof(struct git, reference_lookup) },
	{ "git_reference_symbolic_target",
		offsetof(struct git, reference_symbolic_target) },
	{ "git_reference_type", offsetof(struct git, reference_type) },
	{ "git_repository__cleanup",
		offsetof(struct git, repository__cleanup) },
	{ "git_repository_commondir",
		offsetof(struct git, repository_commondir) },
	{ "git_repository_discover",
		offsetof(struct git, repository_discover) },
	{ "git_repository_free", offsetof(struct git, repository_free) },
	{ "git_repository_index", offsetof(struct git, repository_index) },
	{ "git_repository_is_shallow",
		offsetof(struct git, repository_is_shallow) },
	{ "git_repository_odb", offsetof(struct git, repository_odb) },
	{ "git_repository_open", offsetof(struct git, repository_open) },
	{ "git_repository_path", offsetof(struct git, repository_path) },
	{ "git_repository_workdir", offsetof(struct git, repository_workdir) },
	{ "git_revparse_single", offsetof(struct git, revparse_single) },
	{ "git_tree_entry_byindex", offsetof(struct git, tree_entry_byindex) },
	{ "git_tree_entry_byname", offsetof(struct git, tree_entry_byname) },
	{ "git_tree_entry_bypath", offsetof(struct git, tree_entry_bypath) },
	{ "git_tree_entry_dup", offsetof(struct git, tree_entry_dup) },
	{ "git_tree_entry_filemode",
		offsetof(struct git, tree_entry_filemode) },
	{ "git_tree_entry_free", offsetof(struct git, tree_entry_free) },
	{ "git_tree_entry_id", offsetof(struct git, tree_entry_id) },
	{ "git_tree_entry_name", offsetof(struct git, tree_entry_name) },
	{ "git_tree_entry_type", offsetof(struct git, tree_entry_type) },
	{ "git_tree_entrycount", offsetof(struct git, tree_entrycount) },
	{ "git_tree_free", offsetof(struct git, tree_free) },
	{ "git_tree_lookup", offsetof(struct git, tree_lookup) },
};

bool
git_load(struct git *out, struct err *e)
{
	return library_load("libgit2.so." LIBGIT2_SOVERSION,
		"libgit2-" LIBGIT2_SOVERSION, functions,
		sizeof functions / sizeof *functions, out, e);
}
