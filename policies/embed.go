// Package policies holds the Rego policies that judge the facts of a dataset.
package policies

import "embed"

// Files holds the Rego modules of this folder, their tests among them.
//
//go:embed *.rego */*.rego
var Files embed.FS
