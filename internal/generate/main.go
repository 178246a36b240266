// Command generate writes what follows from checklists/*.yaml: the Go type of a
// descriptor, its JSON Schema, the catalogue that the program carries, the
// schema that the policies are checked against, and the reference pages in
// docs/. Run it with `go generate ./...` from anywhere in the module.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"puntari/internal/checklist"
	"puntari/internal/profile"
	"puntari/internal/reference"
	"puntari/internal/schema"
	"puntari/policies"
)

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	if err := run(root); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

// run writes every generated file below root.
func run(root string) error {
	c, err := read(os.DirFS(filepath.Join(root, "checklists")))
	if err != nil {
		return err
	}
	for _, g := range generators {
		data, err := g.content(c)
		if err != nil {
			return fmt.Errorf("%s: %w", g.path, err)
		}
		path := filepath.Join(root, filepath.FromSlash(g.path))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// generator makes one file.
type generator struct {
	path string
	make func(*checklist.Catalogue) ([]byte, error)
	// core files are made of the core alone, the others of the general profile: the
	// core with the default layers.
	core bool
}

// content makes the file.
func (g *generator) content(c *catalogues) ([]byte, error) {
	if g.core {
		return g.make(c.core)
	}
	return g.make(c.general)
}

// catalogues are the core and the general profile of one folder.
type catalogues struct{ core, general *checklist.Catalogue }

// read reads the checklists of a folder.
func read(files fs.FS) (*catalogues, error) {
	core, err := checklist.Load(files)
	if err != nil {
		return nil, err
	}
	c, err := checklist.Load(files)
	if err != nil {
		return nil, err
	}
	general, problems, err := profile.Default(c, files)
	for _, p := range problems {
		err = errors.Join(err, errors.New(p.Format(c, "en")))
	}
	return &catalogues{core, general}, err
}

// generators lists every generated file.
var generators = []generator{
	{path: "internal/checklist/core.json", make: builtin, core: true},
	{path: "internal/checklist/builtin.json", make: builtin},
	{path: "internal/descriptor/dataset_gen.go", make: dataset},
	{path: "policies/schemas/facts.json", make: factsSchema},
	{path: "policies/schemas/tally.json", make: tallySchema},
	{path: "docs/descriptor.schema.json", make: schema.Descriptor},
	{path: "docs/assessment.schema.json", make: assessmentSchema},
	{path: "docs/descriptor.md", make: page((*reference.Book).Fields, "en", "descriptor.md")},
	{path: "docs/checklists.md", make: page((*reference.Book).Checklists, "en", "checklists.md")},
	{path: "docs/data-policy.md", make: page((*reference.Book).Articles, "en", "data-policy.md")},
	{path: "docs/fi/descriptor.md", make: page((*reference.Book).Fields, "fi", "descriptor.md")},
	{path: "docs/fi/checklists.md", make: page((*reference.Book).Checklists, "fi", "checklists.md")},
	{path: "docs/fi/data-policy.md", make: page((*reference.Book).Articles, "fi", "data-policy.md")},
	{path: "docs/sv/descriptor.md", make: page((*reference.Book).Fields, "sv", "descriptor.md")},
	{path: "docs/sv/checklists.md", make: page((*reference.Book).Checklists, "sv", "checklists.md")},
	{path: "docs/sv/data-policy.md", make: page((*reference.Book).Articles, "sv", "data-policy.md")},
}

func builtin(c *checklist.Catalogue) ([]byte, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return append(data, '\n'), nil
}

// page returns the generator of a reference page in a language.
func page(write func(b *reference.Book, lang, file string) ([]byte, error), lang, file string) func(*checklist.Catalogue) ([]byte, error) {
	return func(c *checklist.Catalogue) ([]byte, error) {
		b, err := reference.New(c, policies.Files)
		if err != nil {
			return nil, err
		}
		return write(b, lang, file)
	}
}
