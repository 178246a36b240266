// Package checklists holds what Puntari asks and how much it weighs, as YAML
// that people read and change. The Go types are in internal/checklist.
package checklists

import "embed"

// Files holds the YAML files of this folder.
//
//go:embed *.yaml messages/*.yaml
var Files embed.FS
