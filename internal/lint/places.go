package lint

import (
	"io/fs"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// Locate finds the lines of findings about YAML, which a catalogue does not
// keep. The files are those of the folder that holds checklists/; what is not
// found there, or cannot be read, keeps its place.
func Locate(findings []Finding, files fs.FS) {
	docs := map[string][]*document{}
	for i := range findings {
		f := &findings[i]
		if f.Line > 0 || !strings.HasPrefix(f.File, "checklists/") {
			continue
		}
		if _, read := docs[f.File]; !read {
			docs[f.File] = documents(files, f.File)
		}
		for _, d := range docs[f.File] {
			if n := d.find(f); n != nil {
				f.Place = Place{d.name, n.Line, n.Column}
				break
			}
		}
	}
}

// document is a file of YAML.
type document struct {
	name string
	root *yaml.Node
}

// documents reads a file, or those of a folder.
func documents(files fs.FS, name string) []*document {
	names := []string{name}
	if path.Ext(name) != ".yaml" {
		names, _ = fs.Glob(files, name+"/*.yaml") // the pattern is ours, so it is well formed
	}
	var out []*document
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		d := &document{name, &yaml.Node{}}
		if err == nil && yaml.Unmarshal(data, d.root) == nil {
			out = append(out, d)
		}
	}
	return out
}

// words lead to the place of a finding: the thing it is about, then the part.
func words(f *Finding) []string {
	out := strings.Fields(f.Params["text"])
	for _, name := range []string{"item", "field", "mitigation", "group", "lang"} {
		if w := f.Params[name]; w != "" {
			out = append(out, w)
		}
	}
	if result := f.Params["result"]; result != "" {
		out = append(out, "reasons", result)
	}
	for _, name := range []string{"name", "value", "date", "version"} {
		if w := f.Params[name]; w != "" {
			out = append(out, w)
		}
	}
	return out
}

// find goes from word to word, each below the one before, as far as they are
// there; nil when not even the first is.
func (d *document) find(f *Finding) *yaml.Node {
	var at *yaml.Node
	in, skip := d.root, 0
	if f.Code == "twice" {
		skip = 1
	}
	for _, w := range words(f) {
		s := &search{word: w, skip: skip}
		s.walk(in)
		if s.at == nil {
			continue
		}
		at, in = s.at, s.in
	}
	return at
}

// search looks for a word: a key, the name of an element of a list, or a value.
type search struct {
	word string
	skip int
	// at is where the word stands, in what belongs to it.
	at, in *yaml.Node
}

// naming are the keys whose value names the mapping that they stand in.
var naming = []string{"id", "code", "path", "level", "value", "group"}

func (s *search) found(at, in *yaml.Node) {
	if s.skip--; s.skip < 0 && s.at == nil {
		s.at, s.in = at, in
	}
}

func (s *search) walk(n *yaml.Node) {
	switch {
	case s.at != nil:
	case n.Kind == yaml.ScalarNode:
		if n.Value == s.word {
			s.found(n, n)
		}
	case n.Kind == yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			key, value := n.Content[i], n.Content[i+1]
			switch {
			case key.Value == s.word:
				s.found(key, value)
			case value.Kind == yaml.ScalarNode && value.Value == s.word && slices.Contains(naming, key.Value):
				s.found(value, n)
			default:
				s.walk(value)
			}
		}
	default:
		for _, child := range n.Content {
			s.walk(child)
		}
	}
}
