// Package policy opens a data policy, its checklists and its rules together,
// wherever it is kept: in the program, in the folder of an organisation, in a copy
// of the repository, or in a bundle.
package policy

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing/fstest"

	"puntari/internal/bundle"
	"puntari/internal/checklist"
	"puntari/internal/engine"
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
	// policy does not come from such a folder.
	Files fs.FS
	// Profile is the organisation's, nil without one.
	Profile *profile.Profile
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

// Open opens the policy of a folder, an organisation's or one with checklists/ and
// policies/, or of a bundle. Problems are what an organisation's folder has to
// mend; with an error among them there is no policy. The error is [ErrNotAPolicy]
// where nothing of the kind is there, a [checklist.FileError] where a file of
// checklists cannot be read, and one of package bundle for a bundle.
func Open(name string) (*Policy, []profile.Problem, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	if !info.IsDir() {
		return openBundle(name)
	}
	files := os.DirFS(name)
	if organisation, err := fs.Stat(files, profile.File); err == nil && !organisation.IsDir() {
		return openProfile(name, files)
	}
	if !isDir(files, "checklists") || !isDir(files, "policies") {
		return nil, nil, fmt.Errorf("%s: %w", name, ErrNotAPolicy)
	}
	lists, err := fs.Sub(files, "checklists")
	if err != nil {
		return nil, nil, err
	}
	rules, err := fs.Sub(files, "policies")
	if err != nil {
		return nil, nil, err
	}
	core, err := checklist.Load(lists)
	if err != nil {
		return nil, nil, err
	}
	if !isDir(lists, "layers") {
		return &Policy{Name: name, Catalogue: core, Rules: rules, Files: files}, nil, nil
	}
	c, problems, err := profile.Default(core, lists)
	for i := range problems {
		problems[i].File = filepath.Join(name, problems[i].File)
	}
	if err != nil || c == nil {
		return nil, problems, err
	}
	return &Policy{Name: name, Catalogue: c, Rules: rules, Files: files}, problems, nil
}

func isDir(files fs.FS, name string) bool {
	info, err := fs.Stat(files, name)
	return err == nil && info.IsDir()
}

func openBundle(name string) (*Policy, []profile.Problem, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	b, err := bundle.Read(f, nil)
	if err != nil {
		return nil, nil, err
	}
	return &Policy{Name: name, Catalogue: b.Catalogue, Rules: b.Rules}, nil, nil
}

func openProfile(name string, files fs.FS) (*Policy, []profile.Problem, error) {
	p, problems, err := profile.Load(files, name)
	if err != nil || p == nil {
		return nil, problems, err
	}
	rules, err := Rules(p)
	if err != nil {
		return nil, problems, err
	}
	return &Policy{Name: name, Catalogue: p.Catalogue, Rules: rules, Profile: p}, problems, nil
}

// Rules are the rules of the core with those of an organisation.
func Rules(p *profile.Profile) (fs.FS, error) {
	if p.Policies == nil {
		return policies.Files, nil
	}
	all := fstest.MapFS{}
	for _, part := range []struct {
		folder string
		files  fs.FS
	}{{"", policies.Files}, {engine.OwnFolder + "/", p.Policies}} {
		err := fs.WalkDir(part.files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(part.files, name)
			all[part.folder+name] = &fstest.MapFile{Data: data}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}
