/*
 * git: libgit2, loaded when something is asked of the repository.
 *
 * It brings a dozen libraries for its network side, which is never used: to
 * load and start them all takes as long as a hundred pages, and nothing of
 * them should be in a server that has nothing to ask.
 */
#ifndef SITE_GIT_H
#define SITE_GIT_H

#include <git2.h>
#include <git2/sys/repository.h>
#include <stdbool.h>

#include "base/err.h"

/* What is used of it, as its headers have it, without their "git_". */
struct git {
	__typeof__(git_blob_free) *blob_free;
	__typeof__(git_blob_lookup) *blob_lookup;
	__typeof__(git_blob_rawcontent) *blob_rawcontent;
	__typeof__(git_blob_rawsize) *blob_rawsize;
	__typeof__(git_buf_dispose) *buf_dispose;
	__typeof__(git_commit_committer) *commit_committer;
	__typeof__(git_commit_free) *commit_free;
	__typeof__(git_commit_id) *commit_id;
	__typeof__(git_commit_lookup) *commit_lookup;
	__typeof__(git_commit_message) *commit_message;
	__typeof__(git_commit_parent_id) *commit_parent_id;
	__typeof__(git_commit_parentcount) *commit_parentcount;
	__typeof__(git_commit_tree) *commit_tree;
	__typeof__(git_commit_tree_id) *commit_tree_id;
	__typeof__(git_error_last) *error_last;
	__typeof__(git_index_free) *index_free;
	__typeof__(git_index_get_bypath) *index_get_bypath;
	__typeof__(git_libgit2_init) *libgit2_init;
	__typeof__(git_libgit2_opts) *libgit2_opts;
	__typeof__(git_libgit2_shutdown) *libgit2_shutdown;
	__typeof__(git_object_free) *object_free;
	__typeof__(git_object_peel) *object_peel;
	__typeof__(git_odb_free) *odb_free;
	__typeof__(git_odb_hashfile) *odb_hashfile;
	__typeof__(git_odb_object_data) *odb_object_data;
	__typeof__(git_odb_object_dup) *odb_object_dup;
	__typeof__(git_odb_object_free) *odb_object_free;
	__typeof__(git_odb_object_id) *odb_object_id;
	__typeof__(git_odb_object_size) *odb_object_size;
	__typeof__(git_odb_object_type) *odb_object_type;
	__typeof__(git_odb_read) *odb_read;
	__typeof__(git_reference_free) *reference_free;
	__typeof__(git_reference_lookup) *reference_lookup;
	__typeof__(git_reference_symbolic_target) *reference_symbolic_target;
	__typeof__(git_reference_type) *reference_type;
	__typeof__(git_repository__cleanup) *repository__cleanup;
	__typeof__(git_repository_commondir) *repository_commondir;
	__typeof__(git_repository_discover) *repository_discover;
	__typeof__(git_repository_free) *repository_free;
	__typeof__(git_repository_index) *repository_index;
	__typeof__(git_repository_is_shallow) *repository_is_shallow;
	__typeof__(git_repository_odb) *repository_odb;
	__typeof__(git_repository_open) *repository_open;
	__typeof__(git_repository_path) *repository_path;
	__typeof__(git_repository_workdir) *repository_workdir;
	__typeof__(git_revparse_single) *revparse_single;
	__typeof__(git_tree_entry_byindex) *tree_entry_byindex;
	__typeof__(git_tree_entry_byname) *tree_entry_byname;
	__typeof__(git_tree_entry_bypath) *tree_entry_bypath;
	__typeof__(git_tree_entry_dup) *tree_entry_dup;
	__typeof__(git_tree_entry_filemode) *tree_entry_filemode;
	__typeof__(git_tree_entry_free) *tree_entry_free;
	__typeof__(git_tree_entry_id) *tree_entry_id;
	__typeof__(git_tree_entry_name) *tree_entry_name;
	__typeof__(git_tree_entry_type) *tree_entry_type;
	__typeof__(git_tree_entrycount) *tree_entrycount;
	__typeof__(git_tree_free) *tree_free;
	__typeof__(git_tree_lookup) *tree_lookup;
};

/* ERR_SYSTEM where it is not installed. */
bool git_load(struct git *out, struct err *e)
	__attribute__((warn_unused_result));

#endif
