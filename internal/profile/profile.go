// Package profile lays what is particular to a country and to an organisation over
// the core: first the jurisdiction layers that the organisation names, then the
// organisation's own folder. All are written in the same way and read by the same
// code; what a profile changes is kept as data, so that every report can list it.
package profile

import (
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"path"
	"slices"
	"sort"

	"puntari/checklists"
	"puntari/internal/checklist"
)

// File is the name of the file that makes a folder a profile.
const File = "organisation.yaml"

// DefaultLayers are the jurisdiction layers of the general profile, which is used
// where no organisation's own is named.
var DefaultLayers = []string{"fi"}

// Profile is what an organisation makes of the core: who it is, the layers and
// changes laid over the checklists and the data policy, and rules of its own.
type Profile struct {
	Organisation Organisation
	// Catalogue is the core with the layers and the organisation's changes laid over
	// it. What has dates is in force on its days only; [checklist.Catalogue.On] gives
	// the catalogue of a day.
	Catalogue *checklist.Catalogue
	// Layers are the jurisdiction layers in the order in which they are laid.
	Layers []Layer
	// Changes are what the organisation's files change in the core and its layers,
	// in the order of the files, whatever their dates. Translations into further
	// languages are not among them.
	Changes []Change
	// Policies are the organisation's own Rego modules and their tests, named from
	// its folder "policies"; nil without any. The core's are not among them.
	Policies fs.FS
	// Digest identifies the content of the folder: "sha256:" and 64 hex digits; empty
	// for the general profile.
	Digest string
}

// Layer is what the law of a jurisdiction adds to the core.
type Layer struct {
	Code    string         `json:"code"`
	Name    checklist.Text `json:"name"`
	Version string         `json:"version"`
	// Own layers are part of the profile's folder.
	Own bool `json:"own,omitempty"`

	files []*document
}

// Own tells whether this is an organisation's own profile, not the general one.
func (p *Profile) Own() bool { return p.Digest != "" }

// General is the general profile with a catalogue that was read already.
func General(c *checklist.Catalogue) *Profile {
	return &Profile{
		Organisation: Organisation{Languages: slices.Clone(checklist.Languages), Jurisdiction: DefaultLayers},
		Catalogue:    c,
	}
}

// Languages are the languages of the profile, the default one first.
func (p *Profile) Languages() []string { return p.Organisation.Languages }

// Load reads the profile in a folder. The name of the folder is shown in problems.
// All problems are returned at once; there is a profile when none of them is an
// error. The error is one of reading files.
func Load(files fs.FS, name string) (*Profile, []Problem, error) {
	r := &reader{fsys: files, name: name, sum: sha256.New()}
	p := &Profile{}
	var own []*document
	head := r.read(File)
	if r.err != nil {
		return nil, nil, r.err
	}
	if head != nil {
		r.organisation(head, &p.Organisation)
		own = append(own, head)
	}
	// Descriptions of datasets may lie beside organisation.yaml, so further files of
	// the profile have a folder.
	names, err := fs.Glob(files, "changes/*.yaml")
	if err != nil {
		return nil, nil, err
	}
	for _, n := range names {
		if d := r.read(n); d != nil {
			own = append(own, d)
		}
	}
	own = append(own, r.texts("texts")...)
	if head != nil {
		p.Layers = r.layers(head, p.Organisation.Jurisdiction)
	}
	policies, err := r.policies()
	if err != nil {
		return nil, nil, err
	}
	p.Policies = policies
	if r.err != nil {
		return nil, nil, r.err
	}
	p.Digest = "sha256:" + hex.EncodeToString(r.sum.Sum(nil))
	c, err := checklist.Core()
	if err != nil {
		return nil, nil, err
	}
	l := &laying{c: c, languages: p.Organisation.Languages, identifier: p.Organisation.Identifier}
	for i := range p.Layers {
		l.layer = p.Layers[i].Code
		l.documents(p.Layers[i].files)
	}
	l.layer = ""
	l.documents(own)
	l.finish(p)
	p.Catalogue, p.Changes = l.c, l.changes
	problems := slices.Concat(r.problems, l.problems)
	sort.SliceStable(problems, func(i, j int) bool {
		a, b := &problems[i], &problems[j]
		if a.File != b.File {
			return a.File != b.File && fileOrder(a.File) < fileOrder(b.File)
		}
		return a.Line < b.Line || a.Line == b.Line && a.Column < b.Column
	})
	if hasErrors(problems) {
		return nil, problems, nil
	}
	return p, problems, nil
}

// fileOrder puts organisation.yaml first.
func fileOrder(name string) string {
	if path.Base(name) == File {
		return ""
	}
	return name
}

// Default lays the default layers over a core, for what is generated from it.
func Default(core *checklist.Catalogue, folder fs.FS) (*checklist.Catalogue, []Problem, error) {
	return WithLayers(core, folder, DefaultLayers...)
}

// WithLayers lays jurisdiction layers of the folder checklists/ over a core.
func WithLayers(core *checklist.Catalogue, folder fs.FS, codes ...string) (*checklist.Catalogue, []Problem, error) {
	l := &laying{c: core}
	for _, code := range codes {
		r := &reader{fsys: folder, name: "checklists", sum: sha256.New()}
		layer := r.layer("layers/"+code, code)
		if r.err != nil {
			return nil, nil, r.err
		}
		l.problems = append(l.problems, r.problems...)
		l.layer = code
		l.documents(layer.files)
	}
	return l.c, l.problems, nil
}

// builtinLayers are the codes of the layers that come with the program.
func builtinLayers() []string {
	entries, err := fs.ReadDir(checklists.Files, "layers")
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}
