// Package checklists holds what Puntari asks and how much it weighs, as YAML
// that people read and change. The Go types are in internal/checklist.
package checklists

import "embed"

// Files holds the YAML files of this folder, the layers of jurisdictions among them.
//
//go:embed *.yaml messages/*.yaml layers/*/*.yaml
var Files embed.FS
