// Package policy opens a data policy, its checklists and its rules together,
// wherever it is kept.
package policy

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"puntari/internal/checklist"
	"puntari/internal/profile"
	"puntari/policies"
)

// Policy is a data policy.
type Policy struct {
	// Name is the folder or file that the policy was opened from, "" for the one
	// that is part of the program.
	Name      string
	Catalogue *checklist.Catalogue
	// Rules are the Rego modules, their tests among them.
	Rules fs.FS
	// Files is the folder that holds checklists/ and policies/; nil where the
	// policy does not come from a folder.
	Files fs.FS
}

// ErrNotAPolicy says that a folder holds no data policy.
var ErrNotAPolicy = errors.New("no data policy")

// Builtin returns the policy that is part of the program.
func Builtin() (*Policy, error) {
	c, err := checklist.Builtin()
	if err != nil {
		return nil, err
	}
	return &Policy{Catalogue: c, Rules: policies.Files}, nil
}

// Open opens the policy of a folder with checklists/ and policies/, with the default
// layers of its own laid over the core. The error is
// [ErrNotAPolicy] where the folder is none, and a [checklist.FileError] where a
// file of it cannot be read.
func Open(name string) (*Policy, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, err
	}
	files := os.DirFS(name)
	if !info.IsDir() || !isDir(files, "checklists") || !isDir(files, "policies") {
		return nil, fmt.Errorf("%s: %w", name, ErrNotAPolicy)
	}
	lists, err := fs.Sub(files, "checklists")
	if err != nil {
		return nil, err
	}
	rules, err := fs.Sub(files, "policies")
	if err != nil {
		return nil, err
	}
	c, err := checklist.Load(lists)
	if err != nil {
		return nil, err
	}
	if isDir(lists, "layers") {
		var problems []profile.Problem
		if c, problems, err = profile.Default(c, lists); err != nil {
			return nil, err
		}
		if len(problems) > 0 {
			return nil, errors.New(problems[0].Format(c, "en"))
		}
	}
	return &Policy{Name: name, Catalogue: c, Rules: rules, Files: files}, nil
}

func isDir(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	return err == nil && info.IsDir()
}
