package profile

import (
	"fmt"
	"hash"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing/fstest"

	"puntari/checklists"
	"puntari/internal/descriptor"
)

// Limits on a profile, so that a folder that holds something else is refused before
// it is read.
const (
	maxFile  = 4 << 20
	maxFiles = 500
)

// document is one YAML file of a profile or layer.
type document struct {
	*descriptor.YAMLDocument
	// language is set for a file of translations: a plain text in it is in this
	// language.
	language string
}

// reader reads the files of a folder. The first error of the file system is kept.
type reader struct {
	fsys     fs.FS
	name     string // of the folder, for problems
	sum      hash.Hash
	files    int
	problems []Problem
	err      error
}

// bytes reads a file and adds it to the digest.
func (r *reader) bytes(name string) []byte {
	if r.err != nil {
		return nil
	}
	if r.files++; r.files > maxFiles {
		r.err = fmt.Errorf("%s: more than %d files", r.name, maxFiles)
		return nil
	}
	info, err := fs.Stat(r.fsys, name)
	if err != nil {
		r.err = err
		return nil
	}
	if info.Size() > maxFile {
		r.problems = append(r.problems, descriptor.TextProblem(r.shown(name), "", 1, 1, "profile.too_large", map[string]string{"limit": fmt.Sprint(maxFile >> 20)}))
		return nil
	}
	data, err := fs.ReadFile(r.fsys, name)
	if err != nil {
		r.err = err
		return nil
	}
	fmt.Fprintf(r.sum, "%s %d\n", name, len(data))
	r.sum.Write(data)
	return data
}

// shown is the name of a file as problems show it.
func (r *reader) shown(name string) string {
	if r.name == "" {
		return name
	}
	return filepath.Join(r.name, filepath.FromSlash(name))
}

// read reads a YAML file; nil when it could not be parsed.
func (r *reader) read(name string) *document {
	data := r.bytes(name)
	if data == nil {
		return nil
	}
	y, problems := descriptor.ReadYAML(r.shown(name), data)
	r.problems = append(r.problems, problems...)
	if y == nil {
		return nil
	}
	d := &document{YAMLDocument: y}
	if y.Root == nil || d.root() == nil {
		r.problems = append(r.problems, y.Problem(y.Root, "profile.not_group", "", nil))
		return nil
	}
	return d
}

// texts reads the translations of a folder: one file for each language, named by it.
func (r *reader) texts(folder string) []*document {
	names, err := fs.Glob(r.fsys, folder+"/*.yaml")
	if err != nil {
		r.err = err
	}
	var out []*document
	for _, n := range names {
		d := r.read(n)
		if d == nil {
			continue
		}
		d.language, _, _ = strings.Cut(path.Base(n), ".")
		if !languageForm.MatchString(d.language) {
			r.problems = append(r.problems, d.Problem(nil, "profile.text_file", "", map[string]string{"found": path.Base(n)}))
			continue
		}
		out = append(out, d)
	}
	return out
}

// layers reads the layers that organisation.yaml names: those of the folder's own
// layers/ first, else those of the program.
func (r *reader) layers(head *document, codes []string) []Layer {
	n := member(head.root(), "jurisdiction")
	var out []Layer
	var own []string
	if entries, err := fs.ReadDir(r.fsys, "layers"); err == nil {
		for _, e := range entries {
			if e.IsDir() {
				own = append(own, e.Name())
			}
		}
	}
	for i, code := range codes {
		v := &values{d: head, problems: &r.problems}
		switch {
		case slices.Contains(codes[:i], code):
			v.problem(v.element(n, i), "profile.twice", "jurisdiction", "found", code)
		case slices.Contains(own, code):
			l := r.layer("layers/"+code, code)
			l.Own = true
			out = append(out, l)
		case slices.Contains(builtinLayers(), code):
			program := &reader{fsys: checklists.Files, name: "checklists", sum: r.sum}
			out = append(out, program.layer("layers/"+code, code))
			if program.err != nil {
				r.err = program.err
			}
			r.problems = append(r.problems, program.problems...)
		default:
			known := append(slices.Clone(own), builtinLayers()...)
			v.problem(v.element(n, i), "profile.unknown_layer", "jurisdiction", "found", code,
				"nearest", descriptor.Nearest(code, known), "allowed", strings.Join(known, ", "))
		}
	}
	return out
}

// layer reads the files of a layer. Its head is in layer.yaml.
func (r *reader) layer(folder, code string) Layer {
	l := Layer{Code: code}
	names, err := fs.Glob(r.fsys, folder+"/*.yaml")
	if err != nil {
		r.err = err
	}
	if !slices.Contains(names, folder+"/layer.yaml") {
		r.problems = append(r.problems, descriptor.TextProblem(r.shown(folder+"/layer.yaml"), "", 1, 1, "profile.no_layer_file", nil))
		return l
	}
	for _, n := range names {
		d := r.read(n)
		if d == nil {
			continue
		}
		if path.Base(n) == "layer.yaml" {
			v := &values{d: d, problems: &r.problems}
			for key, n := range pairs(d.root()) {
				switch key.Value {
				case "name":
					l.Name = v.langText(n, "name", nil)
				case "version":
					if l.Version = v.text(n, "version"); l.Version != "" && !versionForm.MatchString(l.Version) {
						v.problem(n, "profile.version_form", "version", "found", l.Version)
					}
				}
			}
			for _, key := range []string{"name", "version"} {
				if member(d.root(), key) == nil {
					v.problem(nil, "profile.missing", key)
				}
			}
		}
		l.files = append(l.files, d)
	}
	l.files = append(l.files, r.texts(folder+"/texts")...)
	return l
}

// policies gathers the organisation's Rego modules, so that what is evaluated is what
// the digest was taken of. (MapFS is the standard library's file system in memory.)
func (r *reader) policies() (fs.FS, error) {
	if _, err := fs.Stat(r.fsys, "policies"); err != nil {
		if os.IsNotExist(err) {
			return nil, nil
		}
		return nil, err
	}
	files := fstest.MapFS{}
	err := fs.WalkDir(r.fsys, "policies", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".rego" {
			return err
		}
		if data := r.bytes(name); data != nil {
			files[strings.TrimPrefix(name, "policies/")] = &fstest.MapFile{Data: data}
		}
		return r.err
	})
	if err != nil || len(files) == 0 {
		return nil, err
	}
	return files, nil
}

// folders are the folders of a profile beside organisation.yaml.
var folders = []string{"changes", "texts", "layers", "policies"}

// IsPart tells whether a file or folder belongs to a profile, so that it is not taken
// for the description of a dataset: organisation.yaml and the profile's folders
// beside it.
func IsPart(name string) bool {
	base := filepath.Base(name)
	if base == File {
		return true
	}
	if !slices.Contains(folders, base) {
		return false
	}
	_, err := os.Stat(filepath.Join(filepath.Dir(name), File))
	return err == nil
}
