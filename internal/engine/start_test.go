package engine

import (
	"testing"

	"puntari/internal/checklist"
	"puntari/policies"
)

func BenchmarkStart(b *testing.B) {
	b.Run("checklists", func(b *testing.B) {
		for b.Loop() {
			if _, err := checklist.Builtin(); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("compile", func(b *testing.B) {
		for b.Loop() {
			if _, err := Compile(policies.Files); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("compile checked", func(b *testing.B) {
		for b.Loop() {
			if _, err := CompileChecked(policies.Files); err != nil {
				b.Fatal(err)
			}
		}
	})
	c, _ := checklist.Builtin()
	p, err := Compile(policies.Files)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("engine", func(b *testing.B) {
		for b.Loop() {
			if _, err := NewCompiled(c, p, Options{}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
