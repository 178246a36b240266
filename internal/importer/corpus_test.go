package importer

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"puntari/internal/checklist"
	"puntari/internal/descriptor"
)

const corpus = "../../../shared/corpus/descriptors"

func TestZZ(t *testing.T) {
	c, err := checklist.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	_ = filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if d.IsDir() || d.Name() == "SOURCES.tsv" {
			return nil
		}
		data, _ := os.ReadFile(path)
		n, bad, fields := 0, 0, 0
		var probs []string
		err = Import(context.Background(), d.Name(), bytes.NewReader(data), Options{Lexicon: &c.Lexicon}, func(r *Record) error {
			n++
			if descriptor.HasErrors(r.Problems) {
				bad++
			}
			fields += len(r.Facts)
			for _, p := range r.Problems {
				if len(probs) < 6 {
					probs = append(probs, fmt.Sprintf("%d:%d %s %v", p.Line, p.Column, p.Code, p.Params))
				}
			}
			return nil
		})
		rel, _ := filepath.Rel(corpus, path)
		fmt.Printf("%s\t%s\t%d\t%d\t%d\t%v\t%s\n", rel, Detect(data[:min(len(data), headSize)], d.Name()), n, bad, fields, err, strings.Join(probs, " | "))
		return nil
	})
	_ = errors.New
}
