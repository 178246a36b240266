package spreadsheet

import (
	"bytes"
	"encoding/xml"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"
)

// decoded is what Excel makes of an inline string: the text of the element, with
// the escaped characters read from the left.
func decoded(t testing.TB, element []byte) string {
	t.Helper()
	var text string
	if err := xml.Unmarshal(element, &text); err != nil {
		t.Fatalf("%q: %v", element, err)
	}
	return regexp.MustCompile(`_x[0-9A-Fa-f]{4}_`).ReplaceAllStringFunc(text, func(m string) string {
		n, err := strconv.ParseUint(m[2:6], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		return string(rune(n))
	})
}

var texts = []string{
	"", "a", "=1+1", "ä & <b> \"c\" 'd'", " a", "a ", "a  b", "\u00a0a", "a\nb", "a\tb", "a\r\nb\rc", "\x00\x1f\x7f\u0085", "a\u202eb\u2066c", "\ufffe\uffff\ufffd",
	"bad \xff\xfe utf-8", "_x0041_", "_x0041_x0042_", "_x005F_x0041_", "__x0041__x00e4_", "_x004_ _x00G1_ _x0041", "]]>", "𝄞𝄞", "&amp;&#0;",
}

// What is written is the cleaned text for XML and for Excel, and white space that
// matters is marked as such.
func TestAppendString(t *testing.T) {
	for _, s := range texts {
		got := AppendString(nil, s)
		if back := decoded(t, got); back != Clean(s) {
			t.Errorf("%q is written as %q, which is %q", s, got, back)
		}
		c := Clean(s)
		keep := c != strings.TrimSpace(c) || strings.ContainsAny(c, "\n\t") || strings.Contains(c, "  ")
		if keep != bytes.Contains(got, []byte("preserve")) {
			t.Errorf("%q is written as %q", s, got)
		}
	}
}

func FuzzAppendString(f *testing.F) {
	for _, s := range texts {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := Cut(Clean(s), CellLimit)
		if back := decoded(t, AppendString(nil, s)); back != want {
			t.Errorf("%q comes back as %q", want, back)
		}
		if !utf8.ValidString(want) || Units(want) > CellLimit {
			t.Errorf("%q is not clean", want)
		}
		var text string
		if err := xml.Unmarshal([]byte(`<x y="`+Escape(s)+`"/>`), &struct {
			Y *string `xml:"y,attr"`
		}{&text}); err != nil || text != Clean(s) {
			t.Errorf("%q is %q as an attribute, %v", s, text, err)
		}
	})
}

func TestClean(t *testing.T) {
	for s, want := range map[string]string{
		"a\r\nb\rc\td": "a\nb\nc\td", "\x00\x1b": "\ufffd\ufffd", "\x7f\u0085": "\ufffd\ufffd", "\u202a\u202e\u2066\u2069": strings.Repeat("\ufffd", 4),
		"\ufffe\U0001ffff": "\ufffd\ufffd", "\xff\xfe": "\ufffd\ufffd", "\u00a0ä𝄞\ufffd": "\u00a0ä𝄞\ufffd",
	} {
		if got := Clean(s); got != want {
			t.Errorf("Clean(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	for _, x := range []struct {
		in    string
		limit int
		want  string
	}{{"abcd", 4, "abcd"}, {"abcde", 4, "abc…"}, {"ääää", 4, "ääää"}, {"ääääå", 4, "äää…"}, {"𝄞𝄞", 4, "𝄞𝄞"}, {"𝄞𝄞a", 4, "𝄞…"}, {"\xff\xff\xff", 2, "\xff…"}} {
		if got := Cut(x.in, x.limit); got != x.want {
			t.Errorf("Cut(%q, %d) = %q, want %q", x.in, x.limit, got, x.want)
		}
	}
	long := AppendString(nil, strings.Repeat("𝄞", CellLimit))
	if n := Units(decoded(t, long)); n > CellLimit || n < CellLimit-2 {
		t.Errorf("a cell holds %d units", n)
	}
}

func TestHeaderText(t *testing.T) {
	for s, want := range map[string]string{"a & b": "a && b", "8 items": " 8 items", "a\nb\tc": "a b c", "abcdefghijklmnop": "abcdefghijk…"} {
		if got := HeaderText(s, 12); got != want {
			t.Errorf("HeaderText(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestReferences(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 53: "BA", 702: "ZZ", 703: "AAA", 16384: "XFD"} {
		if got := ColumnName(n); got != want {
			t.Errorf("column %d is %s, want %s", n, got, want)
		}
	}
	if At(28, 7) != "AB7" || Fixed(28, 7) != "$AB$7" || QuoteSheet("it's") != "'it''s'" || Quote(`a"b`) != `"a""b"` {
		t.Error("a reference is wrong")
	}
}

func BenchmarkAppendString(b *testing.B) {
	texts := []string{"HEL-2024-00017", "Katuvalaisimet ja liikennevalot", "Kaupunkiympäristön toimiala", "● Avaa aineisto", "helsinki:dataset_17", "PER, SEC", ""}
	var buf []byte
	for b.Loop() {
		buf = buf[:0]
		for _, s := range texts {
			buf = AppendString(buf, s)
		}
	}
}
