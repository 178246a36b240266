package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"puntari/internal/descriptor"
	"puntari/internal/importer"
	"puntari/internal/source"
)

type importFlags struct {
	output, facts string
	force         bool
}

func (a *app) importCommand() *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Use:     "import FILE...",
		Short:   a.message("cli.import.short"),
		Long:    a.message("cli.import.long"),
		Example: "  puntari import package_show.json -o dataset.yaml\n  puntari import catalogue.ttl -o descriptions",
		Args:    a.files,
		RunE:    func(c *cobra.Command, args []string) error { return a.importFiles(c.Context(), args, &f) },
	}
	c.Flags().StringVarP(&f.output, "output", "o", "", a.message("cli.flag.import_output"))
	c.Flags().StringVar(&f.facts, "facts", "", a.message("cli.flag.facts"))
	c.Flags().BoolVar(&f.force, "force", false, a.message("cli.flag.force_description"))
	return c
}

// importFiles turns records of other formats into descriptors, each value with
// a comment that says where it comes from.
func (a *app) importFiles(ctx context.Context, files []string, f *importFlags) error {
	var all []*source.Record
	failed, err := a.each(ctx, files, func(s *source.Record) error {
		all = append(all, s)
		return nil
	})
	if err != nil {
		return err
	}
	out, err := a.descriptors(all, f.output)
	if err != nil {
		return err
	}
	if f.facts != "" {
		data, err := allFacts(all)
		if err != nil {
			return err
		}
		out = append(out, file{f.facts, data})
	}
	for _, x := range out {
		if _, err := os.Stat(x.name); err == nil && !f.force {
			return a.failure("cli.exists", "file", x.name)
		}
	}
	if err := a.writeFiles(out, f.force); err != nil {
		return err
	}
	if f.output != "" {
		fmt.Fprintln(a.stdout, a.message("cli.import.done", "count", fmt.Sprint(len(all)), "output", f.output))
	}
	if failed {
		return exit(exitFailed)
	}
	return nil
}

// descriptors writes the datasets as YAML: to standard output, to one file as a
// stream, or into a folder.
func (a *app) descriptors(all []*source.Record, output string) ([]file, error) {
	var stream bytes.Buffer
	var out []file
	names := map[string]int{}
	folder := output != "" && filepath.Ext(output) == ""
	for i, s := range all {
		var b bytes.Buffer
		if err := descriptor.WriteYAML(&b, s.Dataset, a.notes(s)); err != nil {
			return nil, err
		}
		if folder {
			base := "dataset"
			if s.Dataset.Dataset.Identifier != nil {
				base = slug(*s.Dataset.Dataset.Identifier)
			}
			if names[base]++; names[base] > 1 {
				base = fmt.Sprintf("%s-%d", base, names[base])
			}
			out = append(out, file{filepath.Join(output, base+".yaml"), b.Bytes()})
			continue
		}
		if i > 0 {
			stream.WriteString("---\n")
		}
		stream.Write(b.Bytes())
	}
	switch {
	case folder || len(all) == 0:
		return out, nil
	case output == "":
		_, err := a.stdout.Write(stream.Bytes())
		return nil, err
	}
	return []file{{output, stream.Bytes()}}, nil
}

// notes says of each imported value where it comes from; what the source
// suggests stands at the column's name, for a person to decide.
func (a *app) notes(s *source.Record) map[string]string {
	notes := map[string]string{}
	add := func(path, note string) {
		if notes[path] != "" {
			note = notes[path] + "; " + note
		}
		notes[path] = note
	}
	for _, f := range s.Facts {
		if f.Source.Kind == importer.Suggested {
			at := f.Path
			if i := strings.LastIndexByte(f.Path, '.'); strings.HasPrefix(f.Path, "schema.fields[") && i > 0 {
				at = f.Path[:i] + ".name"
			}
			add(at, a.message("cli.import.suggested", "field", a.words.Label(byName(f.Path, s.Dataset)), "value", f.Value))
			continue
		}
		if f.Source.Property != "" {
			add(f.Path, a.message("cli.import.from", "property", f.Source.Property))
		}
	}
	return notes
}

// allFacts lists the facts of all datasets as JSON, a dataset a line.
func allFacts(all []*source.Record) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	for _, s := range all {
		id := ""
		if s.Dataset.Dataset.Identifier != nil {
			id = *s.Dataset.Dataset.Identifier
		}
		if err := e.Encode(map[string]any{"identifier": id, "facts": s.Facts}); err != nil {
			return nil, err
		}
	}
	return b.Bytes(), nil
}
