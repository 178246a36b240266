// Command generate writes what follows from checklists/*.yaml: the Go type of a
// descriptor, its JSON Schema, the catalogue that the program carries, the
// schema that the policies are checked against, and the reference pages in
// docs/. Run it with `go generate ./...` from anywhere in the module.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"puntari/internal/checklist"
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
	c, err := checklist.Load(os.DirFS(filepath.Join(root, "checklists")))
	if err != nil {
		return err
	}
	for _, g := range generators {
		data, err := g.make(c)
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

// generators lists every generated file.
var generators = []struct {
	path string
	make func(*checklist.Catalogue) ([]byte, error)
}{
	{"internal/checklist/builtin.json", builtin},
	{"internal/descriptor/dataset_gen.go", dataset},
	{"policies/schemas/facts.json", factsSchema},
	{"policies/schemas/tally.json", tallySchema},
	{"docs/descriptor.schema.json", schema.Descriptor},
	{"docs/assessment.schema.json", assessmentSchema},
	{"docs/descriptor.md", page((*reference.Book).Fields, "en", "descriptor.md")},
	{"docs/checklists.md", page((*reference.Book).Checklists, "en", "checklists.md")},
	{"docs/data-policy.md", page((*reference.Book).Articles, "en", "data-policy.md")},
	{"docs/fi/descriptor.md", page((*reference.Book).Fields, "fi", "descriptor.md")},
	{"docs/fi/checklists.md", page((*reference.Book).Checklists, "fi", "checklists.md")},
	{"docs/fi/data-policy.md", page((*reference.Book).Articles, "fi", "data-policy.md")},
	{"docs/sv/descriptor.md", page((*reference.Book).Fields, "sv", "descriptor.md")},
	{"docs/sv/checklists.md", page((*reference.Book).Checklists, "sv", "checklists.md")},
	{"docs/sv/data-policy.md", page((*reference.Book).Articles, "sv", "data-policy.md")},
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
