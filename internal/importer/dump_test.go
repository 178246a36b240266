package importer

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"puntari/internal/checklist"
	"testing"
)

func TestDump(t *testing.T) {
	f := os.Getenv("DUMP")
	if f == "" {
		t.Skip()
	}
	c, _ := checklist.Builtin()
	data, _ := os.ReadFile(f)
	err := Import(context.Background(), f, bytes.NewReader(data), Options{Lexicon: &c.Lexicon}, func(r *Record) error {
		if r.Index > 0 {
			return nil
		}
		b, _ := json.MarshalIndent(r.Dataset, "", " ")
		fmt.Println(string(b))
		for _, x := range r.Facts {
			fmt.Printf("%s = %.60q <- %s %.50q %s %s\n", x.Path, x.Value, x.Source.Property, x.Source.Raw, x.Source.Kind, x.Source.Rule)
		}
		fmt.Println(r.Problems)
		return nil
	})
	fmt.Println(err)
}
