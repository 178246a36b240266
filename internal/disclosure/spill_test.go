package disclosure

import (
	"context"
	"errors"
	"os"
	"slices"
	"testing"
)

func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestSpillRounds has one part with more distinct digests than its table holds.
func TestSpillRounds(t *testing.T) {
	s := NewSpill(t.TempDir(), 0)
	defer s.Close()
	w := s.Writer()
	const n = 300_000
	for i := range uint64(n) {
		// All in part 0; two of each digest, four of the first hundred.
		d := Digest{mix(i) >> 8, mix(i + n)}
		for range 2 {
			w.Add(d)
			if i < 100 {
				w.Add(d)
			}
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	h, err := s.Histogram(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	if want := (Histogram{{2, n - 100}, {4, 100}}); !slices.Equal(h, want) {
		t.Errorf("got %v, want %v", h, want)
	}
}

// TestSpillPrivate looks at what is on disk while it is there.
func TestSpillPrivate(t *testing.T) {
	parent := t.TempDir()
	s := NewSpill(parent, 0)
	defer s.Close()
	digest := Digest{0x0102030405060708, 0x1112131415161718}
	for range 3 {
		if err := s.write(1, []Digest{digest, digest}); err != nil {
			t.Fatal(err)
		}
	}
	disk := make([]byte, s.file.end)
	if _, err := s.file.file.ReadAt(disk, 0); err != nil {
		t.Fatal(err)
	}
	for at := 0; at < len(disk); at += size {
		if slices.Equal(disk[:size], disk[at:at+size]) != (at == 0) || disk[at] == 8 && disk[at+1] == 7 {
			t.Errorf("what is on disk can be told apart: %x", disk)
		}
	}
	n := 0
	err := s.read(t.Context(), 1, func(back []Digest) bool {
		for _, d := range back {
			n++
			if d != digest {
				t.Errorf("read %x", d)
			}
		}
		return true
	})
	if n != 6 || err != nil {
		t.Errorf("read %d digests, %v", n, err)
	}
	if mode, err := s.file.file.Stat(); err != nil || mode.Mode().Perm() != 0o600 {
		t.Errorf("the file has mode %v, %v", mode.Mode(), err)
	}
	if s.file.dir == "" {
		if left := list(t, parent); len(left) > 0 {
			t.Errorf("a folder is left: %v", left)
		}
		return
	}
	if mode, err := os.Stat(s.file.dir); err != nil || mode.Mode().Perm() != 0o700 {
		t.Errorf("the folder has mode %v, %v", mode.Mode(), err)
	}
}

// TestSpillFails sees that a failure to write is not lost.
func TestSpillFails(t *testing.T) {
	s := NewSpill(t.TempDir()+"/missing", 0)
	defer s.Close()
	w := s.Writer()
	var err error
	for i := uint64(0); i < 1_000_000 && err == nil; i++ {
		err = w.Add(Digest{mix(i), i})
	}
	if !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("got %v", err)
	}
	if _, err := s.Histogram(t.Context(), 1); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("counted all the same: %v", err)
	}
}

func TestSpillCancelled(t *testing.T) {
	s := NewSpill(t.TempDir(), 0)
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Histogram(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestKey checks that digests of one key agree and of two differ.
func TestKey(t *testing.T) {
	a, b := NewKey(), NewKey()
	again := a.Of(1, 2)
	if a.Of(1, 2) != again || again == a.Of(2, 1) || a.Of(1) == b.Of(1) {
		t.Error("digests do not tell records or keys apart")
	}
}
