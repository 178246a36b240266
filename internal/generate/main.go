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
	"puntari/internal/schema"
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
	{"docs/descriptor.md", pageIn("en", "descriptor.md", descriptorPage)},
	{"docs/checklists.md", pageIn("en", "checklists.md", checklistsPage)},
	{"docs/data-policy.md", pageIn("en", "data-policy.md", policyPage)},
	{"docs/fi/descriptor.md", pageIn("fi", "descriptor.md", descriptorPage)},
	{"docs/fi/checklists.md", pageIn("fi", "checklists.md", checklistsPage)},
	{"docs/fi/data-policy.md", pageIn("fi", "data-policy.md", policyPage)},
	{"docs/sv/descriptor.md", pageIn("sv", "descriptor.md", descriptorPage)},
	{"docs/sv/checklists.md", pageIn("sv", "checklists.md", checklistsPage)},
	{"docs/sv/data-policy.md", pageIn("sv", "data-policy.md", policyPage)},
}

func builtin(c *checklist.Catalogue) ([]byte, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return nil, err
	}
	return append(data, '\n'), nil
}
