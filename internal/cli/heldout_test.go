package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"puntari/internal/sample/tables"
)

// TestCityLeaksNothing describes the files of two cities in the wild forms that
// files have: each can be described, and no identifier of any of them, nor what
// their texts tell of people, is in what is written.
func TestCityLeaksNothing(t *testing.T) {
	if testing.Short() {
		t.Skip("describes some eighty files")
	}
	all, err := tables.New(1)
	if err != nil {
		t.Fatal(err)
	}
	second, err := tables.Second(1)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, truth := range append(all, second...) {
		path := filepath.Join(dir, truth.File)
		if err := os.WriteFile(path, truth.Data, 0o600); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if got := Main(context.Background(), []string{"describe", path}, strings.NewReader(""), &out, &out); got != 0 {
			t.Errorf("%s ends with %d: %s", truth.File, got, out.Bytes())
		}
		written := out.String()
		for i, c := range truth.Columns {
			for _, v := range secrets(&c) {
				if says(written, v) {
					t.Errorf("%s: %q of column %d %q is in what is written", truth.File, v, i+1, c.Name)
					break
				}
			}
		}
	}
}

// secrets lists the values of a column that must not be written. Dates, ages and
// codes of areas are too short not to turn up by chance.
func secrets(c *tables.Column) (out []string) {
	holds := 0
	for _, kind := range tables.Kinds[:len(tables.Kinds)-3] {
		if kind != tables.BirthDate && kind != tables.PostalCode {
			holds += c.Holds[kind]
		}
	}
	if holds == 0 {
		return nil
	}
	for _, v := range c.Values {
		if utf8.RuneCountInString(v) >= 6 {
			out = append(out, v)
		}
	}
	return out
}

// says tells whether a text has a value that is not a part of a longer word.
func says(text, value string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], value)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:at+i])
		at += i + len(value)
		after, _ := utf8.DecodeRuneInString(text[at:])
		if !unicode.IsLetter(before) && !unicode.IsDigit(before) && !unicode.IsLetter(after) && !unicode.IsDigit(after) {
			return true
		}
	}
}
